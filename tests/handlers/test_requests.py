"""What a step asks for is what its event holds, read the way people write, and every mistake is named."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.errors import InvalidInputError
from domain.incident import events as e
from domain.incident.transitions import BY_STEP, TRANSITIONS, Nature
from domain.signals import Severity
from domain.time import AmbiguousTimeError, NonexistentTimeError, UnreadableTimeError
from handlers.requests import COMMON, REQUESTS, InvalidFieldsError, Origin, parse_request, to_event

NOW = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
ORIGIN = Origin("u-7", "web", "c-1", NOW, os_user="kirsten")
REPORT = {"title": "Nede", "severity": "high", "entity": "laerkeborg"}
OTHER = UUID("0a0b0c0d-0000-4000-8000-000000000043")


def found(named: str) -> UUID:
    assert named in {"H-2026-0043", str(OTHER)}
    return OTHER


def event(step: str, **fields: Any) -> e.IncidentEvent:  # noqa: ANN401 - as a form sends them
    filled_in = {"reference": "H-2026-0042"} if step == "report" else {}
    return to_event(step, parse_request(step, fields, found), ORIGIN, **filled_in)


def test_every_step_that_a_person_takes_has_a_request_and_no_other() -> None:
    assert set(REQUESTS) == {row.step for row in TRANSITIONS if row.nature is not Nature.SYSTEM}
    with pytest.raises(InvalidFieldsError, match="there is no step 'deadline-missed': use one of report, "):
        parse_request("deadline-missed", {}, found)


@pytest.mark.parametrize("step", REQUESTS)
def test_a_request_asks_for_exactly_what_the_event_does_not_fill_in(step: str) -> None:
    model = BY_STEP[step].event
    assert set(REQUESTS[step].model_fields) == set(model.model_fields) - model.FILLED_IN | COMMON
    for name in ("meta", "sealed", "deviations", "by_default", "reference", "old", "clear_new"):
        assert name not in REQUESTS[step].model_fields


def test_the_least_that_a_report_needs_is_a_title_and_a_severity() -> None:
    reported = event("report", **REPORT)
    assert isinstance(reported, e.Reported)
    assert (reported.title, reported.severity, reported.kind) == ("Nede", Severity.HIGH, "incident")
    assert reported.detected_at == reported.meta.occurred_at == NOW
    assert (reported.meta.actor, reported.meta.channel, reported.meta.os_user) == ("u-7", "web", "kirsten")
    assert reported.meta.correlation_id == "c-1"


def test_a_report_from_paper_was_detected_when_it_happened_unless_told_otherwise() -> None:
    told = event("report", **REPORT, occurred_at="18-11-2026 kl. 09.30")
    assert isinstance(told, e.Reported)
    assert told.detected_at == told.meta.occurred_at == datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
    both = event("report", **REPORT, occurred_at="18-11-2026 09:30", detected_at="2026-11-18 09:10")
    assert isinstance(both, e.Reported)
    assert both.detected_at == datetime(2026, 11, 18, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("20.11.2026 kl. 15.20", 20),
        ("20-11-2026 15:21", 21),
        ("2026-11-20 15:22", 22),
        ("2026-11-20T15:23:00+01:00", 23),
        ("2026-11-20T14:24:00Z", 24),
        (datetime(2026, 11, 20, 14, 25, tzinfo=UTC), 25),
    ],
)
def test_times_are_read_as_people_write_them_in_copenhagen(written: object, minute: int) -> None:
    declared = event("declare-awareness", aware_at=written, reason="Driften vidste det")
    assert isinstance(declared, e.AwarenessDeclared)
    assert declared.aware_at == datetime(2026, 11, 20, 14, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("2026-10-25 02:30", AmbiguousTimeError),
        ("2026-03-29 02:30", NonexistentTimeError),
        ("i går", UnreadableTimeError),
    ],
)
def test_a_time_that_cannot_be_one_instant_is_never_guessed(written: str, error: type[InvalidInputError]) -> None:
    with pytest.raises(error):
        parse_request("note", {"text": "Ord", "occurred_at": written}, found)


def test_a_time_without_a_zone_from_a_program_is_refused_too() -> None:
    with pytest.raises(InvalidFieldsError, match=r"occurred_at: .*timezone"):
        parse_request("note", {"text": "Ord", "occurred_at": datetime(2026, 11, 20, 14, 20)}, found)  # noqa: DTZ001


def test_names_are_a_list_or_one_line_with_commas() -> None:
    for written in ("esdh, ,omsorg", ["esdh", " omsorg "]):
        reported = event("report", **REPORT, services=written)
        assert isinstance(reported, e.Reported)
        assert reported.services == ("esdh", "omsorg")


def test_what_a_form_sends_empty_counts_as_left_out_but_no_is_an_answer() -> None:
    reported = event("report", **REPORT, description="", place=None, services="", occurred_at="", kind="")
    assert isinstance(reported, e.Reported)
    assert (reported.description, reported.services, reported.kind, reported.meta.occurred_at) == (None, (), "incident", NOW)
    assessed = event("assess", significant=False, nis2_category="low")
    assert isinstance(assessed, e.Assessed)
    assert assessed.significant is False


def test_whoever_acts_for_another_says_so() -> None:
    meta = event("note", text="Ord", actor="u-9", role="notifier", on_behalf_of="u-1").meta
    assert (meta.actor, meta.role, meta.on_behalf_of) == ("u-9", "notifier", "u-1")


@pytest.mark.parametrize(
    ("step", "fields", "named"),
    [
        ("report", {}, ["title: Field required"]),
        ("report", {**REPORT, "severity": "terrible"}, ["severity: Input should be 'critical', 'high'"]),
        ("report", {**REPORT, "titel": "x"}, ["titel: Extra inputs are not permitted"]),
        ("note", {"text": "Ord", "role": "direktør"}, ["role: Input should be 'incident_receiver'"]),
        ("report", {**REPORT, "reference": "H-2026-0001"}, ["reference: Extra inputs are not permitted"]),
        ("report", {**REPORT, "title": "   "}, ["title: String should have at least 1 character"]),
        ("report", {**REPORT, "title": "x" * 301}, ["title: String should have at most 300 characters"]),
        ("assess", {"significant": "måske", "nis2_category": "x"}, ["significant: ", "nis2_category: "]),
        ("early-warning", {}, ["suspected_malicious: Field required", "cross_border: Field required"]),
        ("early-warning", {"deviations": ["late"]}, ["deviations: Extra inputs are not permitted"]),
        ("note", {"text": "Ord", "expected_version": -1}, ["expected_version: "]),
        ("reopen", {}, ["reason: Field required"]),
        ("close", {"reason": "duplikat"}, ["reason: Input should be "]),
        ("correct", {"field": "reference", "reason": "x"}, ["field: Input should be 'title'"]),
    ],
)
def test_every_wrong_field_is_named(step: str, fields: dict[str, Any], named: list[str]) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        parse_request(step, fields, found)
    for part in named:
        assert part in str(refusal.value)


@pytest.mark.parametrize("step", REQUESTS)
def test_every_request_describes_itself_as_json_schema(step: str) -> None:
    schema = REQUESTS[step].model_json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(REQUESTS[step].model_fields)


def test_people_name_other_incidents_by_reference() -> None:
    closed = event("close", reason="duplicate", duplicate_of="H-2026-0043")
    assert isinstance(closed, e.Closed)
    assert closed.duplicate_of == OTHER
    told = {"significant_together": True, "reason": "Samme fejl"}
    for others in ("H-2026-0043, " + str(OTHER), ["H-2026-0043", str(OTHER)]):
        considered = event("recurrence", others=others, **told)
        assert isinstance(considered, e.RecurrenceConsidered)
        assert considered.others == (OTHER, OTHER)
