"""Judging significance starts the clocks; approval and later judgements do not move them, a person may, with a reason."""

import pytest

from domain.incident.errors import (
    AssessmentMissingError,
    AwareBeforeDetectionError,
    CategoryContradictsError,
    InTheFutureError,
    ReasonMissingError,
)
from domain.incident.events import Assessed, AwarenessDeclared, IncidentEvent, Nis2Category
from domain.incident.evolve import replay
from domain.incident.state import Incident, Status
from tests.spec import given
from tests.support.incidents import (
    INCIDENT,
    approved,
    assessed,
    at,
    aware,
    closed,
    early_warning,
    meta,
    mitigated,
    notified,
    reopened,
    reported,
)


def known(*events: IncidentEvent) -> Incident:
    state = replay(INCIDENT, events)
    assert state is not None
    return state


def declare(hours: float, reason: str | None = "Driften vidste det da") -> AwarenessDeclared:
    return AwarenessDeclared(meta=meta(50), aware_at=at(hours), reason=reason)


def test_first_assessment_as_significant_declares_awareness_at_its_own_time() -> None:
    given(reported()).when(assessed(1)).then(assessed(1), aware(1))


def test_awareness_by_default_is_never_before_detection() -> None:
    told_before = reported(0, detected_at=at(2))
    given(told_before).when(assessed(1)).then(assessed(1), aware(1).model_copy(update={"aware_at": at(2)}))


def test_assessment_as_not_significant_starts_no_clock() -> None:
    given(reported()).when(assessed(significant=False)).then(assessed(significant=False))
    assert known(reported(), assessed(significant=False)).clock_facts().aware_at is None


def test_second_assessment_as_significant_moves_no_clock() -> None:
    given(reported(), assessed(1), aware(1)).when(assessed(9)).then(assessed(9))
    given(reported(), assessed(1), aware(1), assessed(5, significant=False)).when(assessed(9)).then(assessed(9))
    assert known(reported(), assessed(1), aware(1), assessed(5, significant=False), assessed(9)).clock_facts().aware_at == at(1)


def test_an_incident_that_is_no_longer_significant_has_no_clocks() -> None:
    facts = known(reported(), assessed(), aware(), notified(), mitigated(), assessed(40, significant=False)).clock_facts()
    assert (facts.aware_at, facts.notified_at, facts.handled_at) == (None, None, None)


def test_a_new_assessment_needs_a_new_approval() -> None:
    assert known(reported(), assessed(), approved()).approved
    assert not known(reported(), assessed(), approved(), assessed(4)).approved


def test_what_was_not_assessed_cannot_be_approved() -> None:
    given(reported()).when(approved()).then_refused(AssessmentMissingError, "nothing to approve")


def test_awareness_moves_by_a_new_event_with_its_reason() -> None:
    given(reported(), assessed(9), aware(9)).when(declare(3)).then(declare(3))
    assert known(reported(), assessed(9), aware(9), declare(3)).clock_facts().aware_at == at(3)


def test_awareness_without_a_reason_is_refused() -> None:
    given(reported(), assessed(9), aware(9)).when(declare(3, reason=None)).then_refused(ReasonMissingError, "`reason` is empty")


@pytest.mark.parametrize("before", [(reported(),), (reported(), assessed(significant=False))])
def test_awareness_needs_an_assessment_as_significant(before: tuple[IncidentEvent, ...]) -> None:
    given(*before).when(declare(3)).then_refused(AssessmentMissingError, "not assessed as significant")


def test_awareness_cannot_lie_in_the_future_or_before_detection() -> None:
    significant = (reported(), assessed(), aware())
    given(*significant).when(declare(51), now=at(50)).then_refused(InTheFutureError, "aware_at .* is in the future")
    given(*significant).when(declare(-1)).then_refused(AwareBeforeDetectionError, "correct detected_at first")
    given(*significant).when(declare(0)).then(declare(0))


@pytest.mark.parametrize(
    ("proposed", "field"),
    [(reported(0.1), "occurred_at"), (reported(-1, detected_at=at(0.1)), "detected_at")],
)
def test_a_report_from_the_future_is_refused_but_another_clock_may_be_five_minutes_ahead(
    proposed: IncidentEvent, field: str
) -> None:
    given().when(proposed, now=at(0)).then_refused(InTheFutureError, f"report: {field} 2026-11-20T15:26:00\\+01:00")
    given().when(proposed, now=at(0.05)).then(proposed)


def test_a_time_is_the_future_only_beyond_five_minutes() -> None:
    given().when(reported(5 / 60), now=at(0)).then(reported(5 / 60))


def test_what_has_not_happened_cannot_be_recorded() -> None:
    given(reported()).when(early_warning(9), now=at(8)).then_refused(InTheFutureError, "early-warning: occurred_at")


def test_status_goes_back_to_the_assessment_when_reopened_and_handling_starts_anew() -> None:
    assert known(reported(), closed(), reopened()).status is Status.REPORTED
    again = known(reported(), assessed(significant=False), mitigated(), closed(), reopened())
    assert (again.status, again.handled_at) == (Status.ASSESSED, None)


@pytest.mark.parametrize(("significant", "category"), [(True, "low"), (True, "medium"), (False, "high")])
def test_significant_and_category_must_agree(significant: bool, category: str) -> None:  # noqa: FBT001 - a table
    judged = Assessed(meta=meta(2), significant=significant, nis2_category=Nis2Category(category))
    given(reported()).when(judged, now=at(3)).then_refused(CategoryContradictsError)
