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


def entered_late(sporlog: Sporlog) -> str:
    ref = sporlog.report("Alt er nede", occurred_at="2026-11-20 14:00")
    sporlog("incident", "note", ref, "--text", "Ringet op", "--occurred-at", "2026-11-20 16:00")
    sporlog("incident", "mitigate", ref, "--occurred-at", "2026-11-20 18:00")
    sporlog(*("incident", "assess", ref, "--significant", "--nis2-category", "high", "--occurred-at", "2026-11-20 15:00"))
    return ref


def test_in_the_order_in_which_it_happened(sporlog: Sporlog) -> None:
    ref = entered_late(sporlog)
    steps = sporlog("replay", ref, "--by", "occurred", "--json").json
    assert [step["step"] for step in steps] == ["report", "assess", "declare-awareness", "note", "mitigate"]
    assert [step["version"] for step in steps] == [1, 4, 5, 2, 3]
    assert [step["state"]["status"] for step in steps] == ["reported", "assessed", "assessed", "assessed", "mitigated"]
    assert kinds(steps[2]["clocks_started"]) == ["early_warning", "incident_notification"]
    then = sporlog("replay", ref, "--by", "occurred", "--at", "2026-11-20 15:30", "--json").json
    assert [step["step"] for step in then] == ["report", "assess", "declare-awareness"]


def test_side_by_side_is_told_where_the_readings_differ(sporlog: Sporlog) -> None:
    ref = entered_late(sporlog)
    since = {(one["recorded"], one["occurred"]): one["since"] for one in sporlog("replay", ref, "--compare", "--json").json}
    assert since == {
        (None, "reported"): "2026-11-20T13:00:00Z",
        (None, "assessed"): "2026-11-20T14:00:00Z",
        (None, "mitigated"): "2026-11-20T17:00:00Z",
    }
    shown = sporlog("replay", ref, "--compare").out
    assert "Loggen sagde" in shown
    assert "fre. 20. nov. 2026 kl. 18.00" in shown


def test_what_was_entered_as_it_happened_reads_the_same_both_ways(sporlog: Sporlog) -> None:
    ref = sporlog.report("Nu")
    assert sporlog("replay", ref, "--compare", "--json").json == []
    assert "ens" in sporlog("replay", ref, "--compare").out


def test_questions_that_have_no_answer_are_refused_in_one_line(sporlog: Sporlog) -> None:
    ref = sporlog.report("Nu")
    for wrong in (
        ("--by", "occurred", "--position", 1),
        ("--compare", "--at", "2026-11-20 12:00"),
        ("--compare", "--position", 1),
    ):
        refused = sporlog("replay", ref, *wrong)
        assert refused.code == 2
        assert len(refused.err.splitlines()) == 1
