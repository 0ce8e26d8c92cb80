import pytest

from domain.deadlines import ClockFacts, as_json, deadlines
from domain.time import parse_time
from tests.adapters.cli.conftest import Sporlog

AWARE = "2026-11-20T15:20:00+01:00"


def test_json_is_exactly_what_the_domain_says(sporlog: Sporlog) -> None:
    said = sporlog("deadlines", "--aware", AWARE, "--notified", "2026-11-22T10:00:00+01:00", "--json")
    facts = ClockFacts(aware_at=parse_time(AWARE), notified_at=parse_time("2026-11-22T10:00:00+01:00"))
    assert said.json == [as_json(deadline) for deadline in deadlines(facts)]
    assert [one["kind"] for one in said.json][:2] == ["early_warning", "incident_notification"]
    assert said.json[0]["due_at"] == "2026-11-21T15:20:00+01:00"


@pytest.mark.parametrize("written", ["2026-11-20 15:20", "20-11-2026 15:20", "20.11.2026 kl. 15.20", "2026-11-20T14:20:00Z"])
def test_times_are_read_as_danes_write_them(sporlog: Sporlog, written: str) -> None:
    assert sporlog("deadlines", "--aware", written, "--json").json[0]["triggered_at"] == AWARE


def test_each_option_starts_its_own_clock(sporlog: Sporlog) -> None:
    options = ("--registered", "--breach-aware", "--notified")
    kinds = {one["kind"] for option in options for one in sporlog("deadlines", option, AWARE, "--json").json}
    assert {"internal_assessment", "gdpr_notification", "final_report"} <= kinds


def test_a_trust_service_has_a_day_for_the_notification(sporlog: Sporlog) -> None:
    due = {one["kind"]: one["due_at"] for one in sporlog("deadlines", "--aware", AWARE, "--trust-service", "--json").json}
    assert due["incident_notification"] == "2026-11-21T15:20:00+01:00"


def test_detection_alone_starts_no_clock_but_people_see_the_cautious_ones(sporlog: Sporlog) -> None:
    assert sporlog("deadlines", "--detected", AWARE, "--json").json == []
    shown = sporlog("deadlines", "--detected", AWARE).out
    assert "Intet ur er startet" in shown
    assert "Tidlig varsling: hurtigst muligt, senest lør. 21. nov. 2026 kl. 15.20" in shown


@pytest.mark.parametrize(
    ("options", "limits"),
    [
        (
            ("--aware", AWARE),
            ("Tidlig varsling: {} lør. 21. nov. 2026 kl. 15.20", "Hændelsesunderretning: {} man. 23. nov. 2026 kl. 15.20"),
        ),
        (("--aware", AWARE, "--trust-service"), ("Hændelsesunderretning: {} lør. 21. nov. 2026 kl. 15.20",)),
        (("--breach-aware", AWARE), ("Anmeldelse til Datatilsynet: {} man. 23. nov. 2026 kl. 15.20",)),
        (
            ("--notified", AWARE),
            ("Endelig rapport: {} søn. 20. dec. 2026 kl. 15.20", "Statusrapport: {} søn. 20. dec. 2026 kl. 15.20"),
        ),
        (
            ("--notified", AWARE, "--handled", "2027-01-10 08:00"),
            ("Endelig rapport efter statusrapport: {} ons. 10. feb. 2027 kl. 08.00",),
        ),
    ],
)
def test_each_limit_of_the_law_reads_as_soon_as_possible_first(
    sporlog: Sporlog, options: tuple[str, ...], limits: tuple[str, ...]
) -> None:
    shown = sporlog("deadlines", *options).out
    assert [limit for limit in limits if limit.format("hurtigst muligt, senest") not in shown] == []


def test_an_internal_limit_reads_as_a_target(sporlog: Sporlog) -> None:
    shown = sporlog("deadlines", "--registered", AWARE).out
    assert "Første vurdering: senest fre. 20. nov. 2026 kl. 19.20" in shown
    assert "urtigst muligt" not in shown


def test_people_read_why_each_limit_falls_where_it_does(sporlog: Sporlog) -> None:
    shown = sporlog("deadlines", "--aware", AWARE).out
    assert "§ 13, stk. 1, nr. 1" in shown
    assert "24 timer efter kendskabet" in shown


def test_english_readers_read_english(sporlog: Sporlog) -> None:
    shown = sporlog.alone("deadlines", "--aware", AWARE, SPORLOG_LANG="en").out
    assert "Early warning: without undue delay, at the latest Sat 21 Nov 2026 15:20" in shown


@pytest.mark.parametrize("written", ["i går", "2026-10-25 02:30", "2026-03-29 02:30"])
def test_a_time_that_cannot_be_meant_is_wrong_usage_and_names_its_option(sporlog: Sporlog, written: str) -> None:
    said = sporlog("deadlines", "--aware", written, "--json")
    assert said.code == 2
    assert "(--aware: " in said.err
    assert said.out == ""


def test_no_time_at_all_is_wrong_usage(sporlog: Sporlog) -> None:
    assert sporlog("deadlines").code == 2
    assert sporlog("deadlines", "--trust-service").code == 2
