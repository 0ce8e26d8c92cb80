"""The table of steps is complete, and decides who may be refused."""

from typing import get_args

import pytest

from domain.errors import SporlogError
from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.errors import (
    IncidentAlreadyClosedError,
    IncidentAlreadyReportedError,
    ReasonMissingError,
    StepNotAllowedError,
)
from domain.incident.events import IncidentEvent
from domain.incident.state import Status
from domain.incident.transitions import BY_EVENT, TRANSITIONS, Nature, Transition
from tests.spec import Given, given
from tests.support.incidents import assessed, closed, mitigated, reported
from tests.support.proposals import GROUND, PROPOSAL

BEFORE: dict[Status, Given] = {
    Status.REPORTED: given(*GROUND),
    Status.ASSESSED: given(*GROUND, assessed(significant=False)),
    Status.MITIGATED: given(*GROUND, assessed(significant=False), mitigated()),
    Status.CLOSED: given(*GROUND, assessed(significant=False), mitigated(), closed()),
}


def rows(*natures: Nature) -> list[Transition]:
    return [row for row in TRANSITIONS if row.nature in natures and row.event is not e.Reported]


def test_every_event_of_an_incident_has_one_row_and_every_row_its_own_step() -> None:
    events = [row.event for row in TRANSITIONS]
    assert set(events) == set(get_args(IncidentEvent)) == set(PROPOSAL)
    assert len(events) == len(set(events)) == len({row.step for row in TRANSITIONS})


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.step)
def test_every_row_names_its_paragraph_and_itself_in_both_languages(row: Transition) -> None:
    assert row.paragraph.startswith(("§ ", "OFL § ", "GDPR art. "))
    assert row.danish
    assert row.english
    assert row.danish != row.english


def test_facts_are_all_that_happens_outside_and_carry_their_deviations() -> None:
    without = {e.Reported, e.NoteAdded}  # both are words for the log, right at any time
    facts = {row.event for row in TRANSITIONS if row.nature is Nature.FACT}
    assert {event for event in facts if issubclass(event, e.Fact)} == facts - without
    assert not any(issubclass(row.event, e.Fact) for row in rows(Nature.ACT, Nature.SYSTEM))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    "row",
    # What is noted of a deadline depends on whether it runs: see test_incident_submissions.
    [row for row in rows(Nature.FACT, Nature.SYSTEM) if row.event not in {e.DeadlineApproached, e.DeadlineMissed}],
    ids=lambda row: row.step,
)
def test_a_fact_is_recorded_whatever_the_status(row: Transition, status: Status) -> None:
    (recorded,) = BEFORE[status].when(PROPOSAL[row.event]).decided()
    assert type(recorded) is row.event
    if isinstance(recorded, e.Fact):
        assert ("after-close" in recorded.deviations) == (status not in row.allowed_from)
        filled_in = {*row.event.FILLED_IN, "values"}
        assert recorded.model_dump(exclude=filled_in) == PROPOSAL[row.event].model_dump(exclude=filled_in)
    else:
        assert recorded == PROPOSAL[row.event]


@pytest.mark.parametrize(
    ("row", "status"), [(row, status) for row in rows(Nature.ACT) for status in Status if status not in row.allowed_from]
)
def test_an_act_outside_its_statuses_is_refused_by_name(row: Transition, status: Status) -> None:
    when = BEFORE[status].when(PROPOSAL[row.event])
    if status is Status.CLOSED:
        when.then_refused(IncidentAlreadyClosedError, f"H-2026-0042 is closed: reopen it before {row.step}")
    else:
        when.then_refused(StepNotAllowedError, f"H-2026-0042 is {status}: {row.step} is possible from closed")


@pytest.mark.parametrize("event", [row.event for row in TRANSITIONS if row.event is not e.Reported], ids=lambda c: c.__name__)
def test_nothing_happens_to_an_incident_that_was_not_reported(event: type[DomainEvent]) -> None:
    given().when(PROPOSAL[event]).then_refused(StepNotAllowedError, f"{BY_EVENT[event].step} needs an incident")


def test_an_incident_is_reported_once() -> None:
    given().when(reported()).then(reported())
    given(reported()).when(reported()).then_refused(IncidentAlreadyReportedError, "H-2026-0042 is reported already")


def test_only_these_steps_do_without_their_words() -> None:
    without = set()
    for proposed in PROPOSAL.values():
        words = {name for name in proposed.CONFIDENTIAL_FIELDS if isinstance(getattr(proposed, name), str)}
        before = given() if isinstance(proposed, e.Reported) else BEFORE[Status.REPORTED]
        try:
            before.when(proposed.model_copy(update=dict.fromkeys(words, ""))).decided()
        except ReasonMissingError:
            continue
        except SporlogError:
            pass
        if words:
            without.add(BY_EVENT[type(proposed)].step)
    # What was sent happened, whatever was told of it.
    sent = {"interim-report", "voluntary-notification", "withdrawal", "recipients", "data-subjects"}
    # A signal that was taken out can be put back.
    assert without == {*sent, "interim-request", "receipt", "detach-signal"}
