from datetime import UTC, datetime

from tests.adapters.cli.conftest import Sporlog


def a_story(sporlog: Sporlog) -> str:
    ref = sporlog.report("Fagsystemet er nede", occurred_at="2026-11-20 14:00", components="db-1")
    sporlog("incident", "note", ref, "--text", "Ringet op", "--actor", "u-7")
    sporlog(
        *("incident", "assess", ref, "--significant", "--nis2-category", "high", "--occurred-at", "2026-11-20 15:00"),
        *("--actor", "u-8", "--role", "assessor"),
    )
    sporlog("incident", "incident-notification", ref, "--occurred-at", "2026-11-21 09:00")
    return ref


def kinds(clocks: list[dict[str, str]]) -> list[str]:
    return [clock["kind"] for clock in clocks]


def test_each_step_tells_what_changed_who_did_it_and_the_clocks(sporlog: Sporlog) -> None:
    report, note, assess, aware, notify = sporlog("replay", a_story(sporlog), "--json").json
    assert report["changes"]["status"] == [None, "reported"]
    assert kinds(report["clocks_started"]) == ["internal_assessment"]
    assert (note["actor"], note["changes"], note["data"]["text"]) == ("u-7", {}, "Ringet op")
    assert (assess["actor"], assess["role"]) == ("u-8", "assessor")
    assert assess["changes"] == {
        "status": ["reported", "assessed"],
        "significant": [None, True],
        "nis2_category": [None, "high"],
    }
    assert kinds(assess["clocks_stopped"]) == ["internal_assessment"]
    assert kinds(aware["clocks_started"]) == ["early_warning", "incident_notification"]
    assert aware["clocks_started"][0]["due_at"] == "2026-11-21T15:00:00+01:00"
    assert kinds(notify["clocks_stopped"]) == ["early_warning", "incident_notification"]
    assert "status_report" in kinds(notify["clocks_started"])
    assert notify["state"]["sent"] == {"incident_notification": "2026-11-21T08:00:00Z"}


def test_as_of_a_position_shows_what_was_known_then(sporlog: Sporlog) -> None:
    ref = a_story(sporlog)
    assert [step["position"] for step in sporlog("replay", ref, "--position", 2, "--json").json] == [1, 2]
    assert sporlog("replay", ref, "--position", 0, "--json").json == []


def test_as_of_a_time_goes_by_when_it_was_recorded_not_by_when_it_happened(sporlog: Sporlog) -> None:
    ref = a_story(sporlog)
    recorded = [step["recorded_at"] for step in sporlog("replay", ref, "--json").json]
    assert len(sporlog("replay", ref, "--at", recorded[1], "--json").json) == 2
    assert len(sporlog("replay", ref, "--at", datetime.now(UTC).isoformat(), "--json").json) == 5
    # All of it happened after that, but nothing was recorded by then.
    assert sporlog("replay", ref, "--at", "2026-11-20 12:00", "--json").json == []
    assert "ikke registreret" in sporlog("replay", ref, "--at", "2026-11-20 12:00").out


def test_people_read_it_in_danish(sporlog: Sporlog) -> None:
    shown = sporlog("replay", a_story(sporlog)).out
    assert "Titel: – → Fagsystemet er nede" in shown
    assert "▶ Tidlig varsling, senest lør. 21. nov. 2026 kl. 15.00" in shown
    assert "■ Tidlig varsling" in shown
    assert "u-8 (Væsentlighedsvurderingsansvarlig)" in shown


def test_two_ways_of_looking_back_at_once_are_wrong_usage(sporlog: Sporlog) -> None:
    assert sporlog("replay", "H-2026-0001", "--at", "2026-11-20 12:00", "--position", 1).code == 2


def test_an_unknown_incident_is_not_found(sporlog: Sporlog) -> None:
    assert sporlog("replay", "H-2026-0007").code == 1
