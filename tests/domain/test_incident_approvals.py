"""Four eyes, alone on duty, and what a second person approves afterwards."""

from datetime import timedelta

import pytest

from domain.deadlines import duties
from domain.incident import events as e
from domain.incident.errors import (
    AloneNotAllowedError,
    AssessmentMissingError,
    FinalBeforeHandledError,
    NothingToApproveError,
    OwnApprovalError,
)
from domain.incident.evolve import replay
from domain.incident.state import Incident
from domain.policy import Authority, Policy
from domain.submissions.kinds import ReportKind
from tests.spec import given
from tests.support.incidents import (
    INCIDENT,
    NOW,
    approved,
    assessed,
    at,
    aware,
    cleared,
    drafted,
    early_warning,
    meta,
    mitigated,
    notified,
    reported,
)

ASSESSED = (reported(), assessed(), aware())
ONE_PERSON = Authority(Policy(four_eyes=False))
NEVER_ALONE = Authority(Policy(alone_on_duty=False))
EMERGENCY = e.EmergencyActionTaken(meta=meta(0.2), action="Serveren slukket")


def state(*events: e.IncidentEvent) -> Incident:
    incident = replay(INCIDENT, events)
    assert incident is not None
    return incident


def test_nobody_approves_their_own_assessment() -> None:
    given(*ASSESSED).when(approved(actor="u-7")).then_refused(OwnApprovalError, "u-7 proposed it: a second person must approve")
    given(*ASSESSED).when(approved(actor="u-8")).then(approved(actor="u-8"))


def test_whoever_is_alone_approves_and_a_second_person_follows_within_the_policy_s_hours() -> None:
    alone = approved(actor="u-7", alone=True)
    (recorded,) = given(*ASSESSED).when(alone).decided()
    assert recorded == alone.model_copy(update={"approve_by": NOW + timedelta(hours=24)})
    then = state(*ASSESSED, recorded)
    assert then.approved
    assert then.awaiting == {"4": NOW + timedelta(hours=24)}


def test_alone_counts_only_where_it_is_one_s_own_and_only_if_the_policy_knows_it() -> None:
    given(*ASSESSED).when(approved(actor="u-8", alone=True)).then(approved(actor="u-8"))
    given(*ASSESSED).when(approved(actor="u-7", alone=True), under=NEVER_ALONE).then_refused(AloneNotAllowedError)


def test_a_policy_without_four_eyes_asks_for_nobody_else() -> None:
    given(*ASSESSED).when(approved(actor="u-7"), under=ONE_PERSON).then(approved(actor="u-7"))
    given(reported()).when(EMERGENCY, under=ONE_PERSON).then(EMERGENCY)


def test_an_emergency_action_waits_for_nobody_and_is_approved_afterwards() -> None:
    (recorded,) = given(reported()).when(EMERGENCY).decided()
    before = (reported(), recorded)
    assert state(*before).awaiting == {"2": NOW + timedelta(hours=24)}
    own = e.ApprovedAfterwards(meta=meta(1), approved_number=2)
    given(*before).when(own).then_refused(OwnApprovalError, "u-7 did number 2")
    second = e.ApprovedAfterwards(meta=meta(2, actor="u-8"), approved_number=2)
    given(*before).when(second).then(second)
    assert state(*before, second).awaiting == {}
    given(*before).when(own, under=ONE_PERSON).then(own)
    given(*before, second).when(second).then_refused(NothingToApproveError, "waits for no approval; waiting: none")


def test_what_waits_is_told_by_its_number_from_the_first() -> None:
    many = [EMERGENCY.model_copy(update={"approve_by": at(24)}) for _ in range(2, 12)]
    other = e.ApprovedAfterwards(meta=meta(1, actor="u-8"), approved_number=99)
    given(reported(), *many).when(other).then_refused(NothingToApproveError, "waiting: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11$")


def test_the_second_approval_is_an_internal_duty_with_the_earliest_limit_and_shows_as_met() -> None:
    first = EMERGENCY.model_copy(update={"approve_by": at(24)})
    other = e.EmergencyActionTaken(meta=meta(3), action="Porten lukket", approve_by=at(27))
    incident = state(reported(), other, first)
    (duty,) = (d for d in duties(incident.clock_facts(), incident.sent) if d.deadline.kind == "second_approval")
    assert (duty.deadline.due_at, duty.deadline.statutory, duty.discharged_at) == (at(24), False, None)
    both = [e.ApprovedAfterwards(meta=meta(hours, actor="u-8"), approved_number=number) for hours, number in ((4, 3), (5, 2))]
    then = state(reported(), other, first, *both)
    (met,) = (d for d in duties(then.clock_facts(), then.sent) if d.deadline.kind == "second_approval")
    assert met.discharged_at == at(5)


def test_an_assessment_must_be_there_to_be_approved_or_rejected() -> None:
    given(reported()).when(approved()).then_refused(AssessmentMissingError)
    rejected = e.AssessmentRejected(meta=meta(2, actor="u-8"), reason="For tynd")
    given(reported()).when(rejected).then_refused(AssessmentMissingError)
    given(*ASSESSED).when(rejected).then(rejected)
    then = state(*ASSESSED, approved(), rejected)
    assert (then.approved, then.aware_at) == (False, at(1)), "the law's clocks do not wait"


def test_a_draft_is_approved_by_a_second_person_before_it_is_sent() -> None:
    draft = drafted("incident_notification", 3)
    given(*ASSESSED).when(cleared("incident_notification")).then_refused(NothingToApproveError, "has no draft")
    given(*ASSESSED, draft).when(cleared("incident_notification", actor="u-7")).then_refused(OwnApprovalError)
    given(*ASSESSED, draft).when(cleared("incident_notification")).then(cleared("incident_notification", number=4))
    (sent,) = given(*ASSESSED, draft, cleared("incident_notification", number=4)).when(notified(20)).decided()
    assert isinstance(sent, e.IncidentNotificationSent)
    assert (sent.deviations, sent.approve_by, sent.values) == ((), None, draft.values)


def test_a_draft_that_was_changed_after_its_approval_is_not_approved() -> None:
    again = (
        drafted("incident_notification", 3),
        cleared("incident_notification", number=4),
        drafted("incident_notification", 5),
    )
    (sent,) = given(*ASSESSED, *again).when(notified(20)).decided()
    assert isinstance(sent, e.IncidentNotificationSent)
    assert sent.deviations == ("not-approved",)


def test_what_was_sent_without_approval_is_recorded_and_approved_afterwards() -> None:
    (sent,) = given(*ASSESSED).when(notified(20)).decided()
    assert isinstance(sent, e.IncidentNotificationSent)
    assert (sent.deviations, sent.approve_by) == (("not-approved",), NOW + timedelta(hours=24))
    assert state(*ASSESSED, sent).awaiting == {"4": NOW + timedelta(hours=24)}


def test_the_early_warning_needs_no_approval_beside_that_of_the_assessment() -> None:
    (sent,) = given(*ASSESSED, approved()).when(early_warning(5)).decided()
    assert isinstance(sent, e.EarlyWarningSent)
    assert (sent.deviations, sent.approve_by) == ((), None)


def test_a_policy_may_leave_submissions_to_whoever_sends_them() -> None:
    (sent,) = given(*ASSESSED).when(notified(20), under=Authority(Policy(approve_submissions=False))).decided()
    assert isinstance(sent, e.IncidentNotificationSent)
    assert (sent.deviations, sent.approve_by) == ((), None)


@pytest.mark.parametrize("handled", [True, False])
def test_a_final_report_is_approved_before_the_incident_is_handled_only_on_purpose(*, handled: bool) -> None:
    before = (*ASSESSED, notified(20), drafted("final_report", 500), *((mitigated(499),) if handled else ()))
    clear = cleared("final_report", 501)
    override = e.SubmissionApproved(meta=meta(501, actor="u-8"), report=ReportKind.FINAL_REPORT, override=True)
    if handled:
        given(*before).when(clear).then(clear.model_copy(update={"draft": 5}))
    else:
        given(*before).when(clear).then_refused(FinalBeforeHandledError, "the law asks for a statusrapport")
        given(*before).when(override).then(override.model_copy(update={"draft": 5}))
