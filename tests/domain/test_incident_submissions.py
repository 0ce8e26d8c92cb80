"""What was sent to the authority is recorded as it happened, with every way in which it departs from the process."""

from typing import Any

import pytest

from domain.incident.errors import UnknownNumberError
from domain.incident.events import (
    BreachRegistered,
    DataProtectionAuthorityNotified,
    DeadlineApproached,
    Deviation,
    EarlyWarningSent,
    Fact,
    IncidentEvent,
    IncidentNotificationSent,
    MergedInto,
    Submission,
    WithdrawalSent,
)
from domain.incident.evolve import replay
from domain.incident.filing import form_of
from tests.spec import given
from tests.support.incidents import (
    INCIDENT,
    NOW,
    approved,
    assessed,
    at,
    aware,
    cleared,
    closed,
    drafted,
    early_warning,
    filled,
    final_report,
    meta,
    missed,
    mitigated,
    notified,
    reopened,
    reported,
    status_report,
)
from tests.support.proposals import OTHER

CLEARED = tuple(
    event
    for report in ("incident_notification", "status_report", "final_report")
    for event in (drafted(report), cleared(report))
)
SIGNIFICANT = (reported(), assessed(), aware(), approved(), *CLEARED)
NOTIFIED = (*SIGNIFICANT, notified(20))


@pytest.mark.parametrize("event", [early_warning(25), notified(73)])
def test_what_is_sent_at_the_limit_is_in_time(event: IncidentEvent) -> None:
    assert deviations_of(SIGNIFICANT, event) == ()


def deviations_of(before: tuple[IncidentEvent, ...], event: IncidentEvent) -> tuple[Deviation, ...]:
    (recorded,) = given(*before).when(event).decided()
    assert isinstance(recorded, Fact)
    return recorded.deviations


@pytest.mark.parametrize(
    ("before", "event", "deviations"),
    [
        (SIGNIFICANT, early_warning(25.001), ("late",)),
        (SIGNIFICANT, notified(73.001), ("late",)),
        ((*NOTIFIED, mitigated(30)), final_report(20 + 31 * 24), ("late",)),
        (NOTIFIED, status_report(20 + 31 * 24), ("late",)),
        ((*NOTIFIED, mitigated(900)), final_report(900 + 30 * 24), ()),
        ((*NOTIFIED, mitigated(900)), final_report(900 + 31 * 24 + 1), ("late",)),
        ((reported(), assessed(), aware()), early_warning(), ("not-approved",)),
        ((reported(),), early_warning(), ("not-assessed",)),
        ((reported(), assessed(significant=False)), early_warning(), ("not-significant",)),
        ((*SIGNIFICANT, assessed(3)), early_warning(), ("not-approved",)),
        ((*SIGNIFICANT, early_warning(4)), early_warning(30), ("already-recorded",)),
        (SIGNIFICANT, final_report(), ("out-of-order", "before-handled")),
        (SIGNIFICANT, status_report(), ("out-of-order",)),
        ((*SIGNIFICANT, notified(90)), notified(95), ("already-recorded",)),
        ((reported(), closed()), notified(900), ("not-assessed", "after-close")),
        (
            (reported(), assessed(significant=False), closed()),
            final_report(),
            ("not-significant", "out-of-order", "before-handled", "after-close"),
        ),
        ((reported(), closed(), reopened(), assessed(820), aware(820)), notified(900), ("late", "not-approved")),
        ((reported(), mitigated(2)), mitigated(3), ("already-recorded",)),
        ((reported(), mitigated(2), closed(), reopened()), mitigated(820), ()),
        ((reported(), mitigated(2), closed()), mitigated(820), ("already-recorded", "after-close")),
    ],
)
def test_a_fact_tells_how_it_departs_from_the_process(
    before: tuple[IncidentEvent, ...], event: IncidentEvent, deviations: tuple[Deviation, ...]
) -> None:
    assert deviations_of(before, event) == deviations


def test_whoever_records_a_fact_cannot_write_its_deviations() -> None:
    assert deviations_of(SIGNIFICANT, early_warning(5, deviations=("late",))) == ()
    assert deviations_of((reported(),), mitigated(5, deviations=("late",))) == ()


def test_the_other_channel_without_a_reason_is_marked() -> None:
    assert deviations_of(SIGNIFICANT, early_warning(5, submission_channel="alternative")) == ("no-reason",)
    told = early_warning(5, submission_channel="alternative", channel_reason="Virk er nede")
    assert deviations_of(SIGNIFICANT, told) == ()


@pytest.mark.parametrize("why", [{"late_reason": "Vi talte op"}, {"values": {"breach.delay_reason": "Vi talte op"}}])
def test_datatilsynet_is_told_late_with_reasons_or_it_is_marked(why: dict[str, Any]) -> None:
    before = (reported(), BreachRegistered(meta=meta(1), breach_aware_at=at(1), risk="possible"))
    late = DataProtectionAuthorityNotified(meta=meta(74))
    assert deviations_of(before, late)[:2] == ("late", "no-reason")
    blank = late.model_copy(update={"values": {"breach.delay_reason": " "}})
    assert deviations_of(before, blank)[:2] == ("late", "no-reason")
    assert "no-reason" not in deviations_of(before, late.model_copy(update=why))


def test_what_is_filed_otherwise_than_it_was_approved_is_not_approved() -> None:
    before = (*SIGNIFICANT, early_warning(4))
    assert deviations_of(before, notified(20)) == ()
    assert deviations_of(before, notified(20, values=filled("incident_notification"))) == ()
    otherwise = {**filled("incident_notification"), "severity": "low"}
    assert deviations_of(before, notified(20, values=otherwise)) == ("not-approved",)


def test_a_draft_is_filed_on_its_own_form_and_what_was_written_anew_on_todays() -> None:
    before = (reported(), assessed(), aware(), drafted("incident_notification", form_version="sporlog-1999-01"))
    for sent, on in ((notified(20), "sporlog-1999-01"), (notified(20, values={"summary": "Nede"}), form_of(NOW))):
        (filed,) = given(*before).when(sent).decided()
        assert isinstance(filed, Submission)
        assert filed.form_version == on


def test_a_withdrawal_follows_from_the_judgement_and_needs_no_approval_of_its_own() -> None:
    (filed,) = given(*NOTIFIED, assessed(30, significant=False)).when(WithdrawalSent(meta=meta(31))).decided()
    assert isinstance(filed, Submission)
    assert (filed.deviations, filed.approve_by) == ((), None)


def test_one_submission_that_is_both_notices_was_approved_as_both() -> None:
    report = "incident_notification"
    before = (reported(), assessed(), aware(), drafted(report), cleared(report))
    first, second = given(*before).when(notified(10, combined=True)).decided()
    assert isinstance(first, Fact)
    assert isinstance(second, Fact)
    assert first.deviations == second.deviations == ()


def test_a_draft_of_the_early_warning_is_not_what_was_sent_in_the_one_submission_that_is_both() -> None:
    before = (*SIGNIFICANT, drafted("early_warning"), notified(6))
    first, second = given(*before).when(notified(10, combined=True, follows=len(before))).decided()
    assert isinstance(first, EarlyWarningSent)
    assert isinstance(second, IncidentNotificationSent)
    assert first.values == {"suspected_malicious": "unknown", "cross_border": "unknown"}
    assert (first.follows, second.follows) == (None, len(before))


@pytest.mark.parametrize("number", [3, 99])
def test_a_notice_follows_an_earlier_one_of_its_own_kind_only(number: int) -> None:
    given(*SIGNIFICANT, early_warning(4)).when(early_warning(9, follows=number)).then_refused(
        UnknownNumberError, "no early_warning with number"
    )


def test_a_notice_follows_none_of_another_kind() -> None:
    before = (*SIGNIFICANT, early_warning(4), notified(20))
    follows = early_warning(21, follows=len(before))
    given(*before).when(follows).then_refused(UnknownNumberError, f"to follow; there are: {len(before) - 1}$")


def test_a_notice_of_which_nothing_was_told_is_filed_without_values() -> None:
    (filed,) = given(reported(), assessed(), aware()).when(status_report()).decided()
    assert isinstance(filed, Submission)
    assert filed.values is None


def test_after_reopening_a_final_report_is_owed_anew() -> None:
    before = (*NOTIFIED, mitigated(30), final_report(600), closed(), reopened())
    state = replay(INCIDENT, before)
    assert state is not None
    assert state.sent.keys() == {"incident_notification"}
    assert deviations_of((*before, mitigated(815)), final_report(816)) == ("not-approved",)


def test_sending_again_moves_no_clock() -> None:
    state = replay(INCIDENT, (*NOTIFIED, notified(50)))
    assert state is not None
    assert state.clock_facts().notified_at == at(20)


def test_a_missed_deadline_is_noted_once() -> None:
    given(*SIGNIFICANT).when(missed()).then(missed())
    given(*SIGNIFICANT, missed()).when(missed()).then()
    other = missed("incident_notification", hours=73)
    given(*SIGNIFICANT, missed()).when(other).then(other)


def test_a_limit_that_began_anew_is_missed_anew() -> None:
    first, again = mitigated(800), mitigated(2000)
    late, later = final_report(1700), missed("final_report_after_status", hours=2672)
    earlier = missed("final_report_after_status", hours=1544)
    before = (*NOTIFIED, status_report(700), first, earlier, late, closed(), reopened(1800), again)
    given(*before).when(later, now=at(2700)).then(later)
    given(*before, later).when(later, now=at(2700)).then()


@pytest.mark.parametrize(
    "meanwhile",
    [
        (assessed(10, significant=False),),
        (aware(3, by_default=False, reason="Først da var det sikkert"),),
        (MergedInto(meta=meta(4), into=OTHER, reason="Samme udfald"),),
    ],
)
def test_a_deadline_that_was_cancelled_or_moved_meanwhile_is_neither_missed_nor_near(meanwhile: Any) -> None:  # noqa: ANN401
    near = DeadlineApproached(meta=meta(24), kind="early_warning", due_at=at(25), rung="1h-left")
    given(*SIGNIFICANT, *meanwhile).when(missed()).then()
    given(*SIGNIFICANT, *meanwhile).when(near).then()


@pytest.mark.parametrize("sent", [early_warning(5), early_warning(40), notified(20)])
def test_a_deadline_whose_act_was_recorded_meanwhile_is_not_missed(sent: Any) -> None:  # noqa: ANN401 - either act
    given(*SIGNIFICANT, sent).when(missed()).then()
