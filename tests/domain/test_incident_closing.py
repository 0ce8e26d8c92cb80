"""Closing: every reason has its way, and no way leads past a statutory duty."""

from uuid import uuid4

import pytest

from domain.incident.errors import AssessmentMissingError, DuplicateOfMissingError, NotMitigatedError, OpenDutyError
from domain.incident.events import CloseReason, IncidentEvent
from tests.spec import given
from tests.support.incidents import (
    INCIDENT,
    approved,
    assessed,
    at,
    aware,
    closed,
    early_warning,
    final_report,
    mitigated,
    notified,
    reopened,
    reported,
    status_report,
)

OTHER = uuid4()
SIGNIFICANT = (reported(), assessed(), aware(), approved())
ENDED_WITHOUT_HANDLING = (
    CloseReason.NOT_AN_INCIDENT,
    CloseReason.PLANNED_WORK,
    CloseReason.NEAR_MISS,
    CloseReason.THREAT,
    CloseReason.EXTERNAL_CAUSE,
)


def close(reason: CloseReason) -> IncidentEvent:
    return closed(reason, duplicate_of=OTHER if reason is CloseReason.DUPLICATE else None)


@pytest.mark.parametrize("reason", [*ENDED_WITHOUT_HANDLING, CloseReason.DUPLICATE])
def test_what_needs_no_handling_closes_straight_from_the_report(reason: CloseReason) -> None:
    given(reported()).when(close(reason)).then(close(reason))


def test_not_significant_closes_on_that_assessment_without_early_warning_or_mitigation() -> None:
    close_it = close(CloseReason.NOT_SIGNIFICANT)
    given(reported(), assessed(significant=False)).when(close_it).then(close_it)
    given(reported()).when(close_it).then_refused(AssessmentMissingError, "not assessed as not significant")
    # All duties are met, and still the judgement does not bear the reason.
    met = (*SIGNIFICANT, notified(), mitigated(), final_report())
    given(*met).when(close_it).then_refused(AssessmentMissingError, "not assessed as not significant")


def test_resolved_needs_an_assessment_and_mitigation() -> None:
    resolved = close(CloseReason.RESOLVED)
    given(reported()).when(resolved).then_refused(AssessmentMissingError, "never assessed")
    given(reported(), mitigated()).when(resolved).then_refused(AssessmentMissingError, "never assessed")
    given(reported(), assessed(significant=False)).when(resolved).then_refused(NotMitigatedError, "not recorded as mitigated")
    given(reported(), assessed(significant=False), mitigated()).when(resolved).then(resolved)


def test_a_reopened_incident_is_resolved_only_after_it_is_mitigated_again() -> None:
    before = (reported(), assessed(significant=False), mitigated(), close(CloseReason.RESOLVED), reopened())
    given(*before).when(close(CloseReason.RESOLVED)).then_refused(NotMitigatedError)


@pytest.mark.parametrize("other", [None, INCIDENT])
def test_a_duplicate_names_another_incident(other: None) -> None:
    given(reported()).when(closed(CloseReason.DUPLICATE, duplicate_of=other)).then_refused(
        DuplicateOfMissingError, "name the other incident in duplicate_of"
    )


@pytest.mark.parametrize("reason", CloseReason)
@pytest.mark.parametrize(
    ("before", "owed"),
    [
        (SIGNIFICANT, "early_warning .*nr. 1, due 2026-11-21T16:20:00\\+01:00.* incident_notification"),
        ((*SIGNIFICANT, early_warning()), "still owed: incident_notification .*nr. 2, due 2026-11-23T16:20:00\\+01:00"),
        ((*SIGNIFICANT, notified(20)), "still owed: status_report .*due 2026-12-21T11:20:00\\+01:00"),
        ((*SIGNIFICANT, notified(20), mitigated()), "still owed: final_report .*nr. 4, due 2026-12-21T11:20:00\\+01:00"),
        ((*SIGNIFICANT, notified(20), status_report(), mitigated(750)), "still owed: final_report_after_status .*nr. 5"),
        ((reported(), closed(), reopened(), assessed(820), aware(820)), "still owed: early_warning"),
    ],
)
def test_with_an_open_statutory_duty_no_reason_closes_and_the_duty_is_named(
    reason: CloseReason, before: tuple[IncidentEvent, ...], owed: str
) -> None:
    given(*before).when(close(reason)).then_refused(OpenDutyError, owed)


@pytest.mark.parametrize("reason", sorted(set(CloseReason) - {CloseReason.NOT_SIGNIFICANT}))
def test_when_every_duty_is_met_it_closes(reason: CloseReason) -> None:
    given(*SIGNIFICANT, notified(), mitigated(), final_report()).when(close(reason)).then(close(reason))


def test_what_only_we_ask_of_ourselves_keeps_nothing_open() -> None:
    alone = approved(2, actor="u-7", alone=True, approve_by=at(26))
    before = (reported(), assessed(significant=False), alone)
    given(*before).when(close(CloseReason.NOT_SIGNIFICANT)).then(close(CloseReason.NOT_SIGNIFICANT))


def test_an_assessment_as_not_significant_ends_the_duties() -> None:
    before = (*SIGNIFICANT, early_warning(), assessed(40, significant=False))
    given(*before).when(close(CloseReason.NOT_SIGNIFICANT)).then(close(CloseReason.NOT_SIGNIFICANT))
