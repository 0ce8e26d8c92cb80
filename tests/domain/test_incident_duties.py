"""Duties beside the reports: recipients, the CSIRT, data protection; and what a downgrade does to them all."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from domain.deadlines import Duty, duties
from domain.incident import events as e
from domain.incident.errors import (
    AlreadySignificantError,
    AwareBeforeDetectionError,
    AwarenessMovedLaterError,
    InTheFutureError,
    OpenDutyError,
    ReasonMissingError,
)
from domain.incident.evolve import replay
from domain.incident.priority import SEVERITY
from domain.policy import Authority, Policy
from domain.roles import Role
from domain.signals import Severity
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
    meta,
    mitigated,
    notified,
    reopened,
    reported,
)
from tests.support.proposals import OTHER

SIGNIFICANT = (reported(), assessed(), aware())
UNLIKELY = {"breach_aware_at": at(2), "risk": "unlikely"}


def owed(*events: e.IncidentEvent) -> dict[str, Duty]:
    incident = replay(INCIDENT, events)
    assert incident is not None
    return {duty.deadline.kind.value: duty for duty in duties(incident.clock_facts(), incident.sent)}


def due(*events: e.IncidentEvent) -> dict[str, datetime]:
    return {kind: duty.deadline.due_at for kind, duty in owed(*events).items() if duty.discharged_at is None}


def breach(hours: float = 2, **more: object) -> e.BreachRegistered:
    return e.BreachRegistered.model_validate({"meta": meta(hours), "breach_aware_at": at(hours), "risk": "possible"} | more)


def test_significant_now_starts_the_clocks_without_the_guide_which_follows() -> None:
    declared = e.SignificanceDeclared(meta=meta(1))
    given(reported()).when(declared).then(declared, aware(1))
    before = (reported(), declared, aware(1))
    assert due(*before) == {"early_warning": at(25), "incident_notification": at(73)}
    incident = replay(INCIDENT, before)
    assert incident is not None
    assert (incident.significant, incident.nis2_category, incident.work.guide_follows) == (True, "high", True)
    given(*before).when(declared).then_refused(AlreadySignificantError, "go through the guide")
    (recorded,) = given(*before).when(assessed(2)).decided()
    assert recorded == assessed(2), "the awareness stands"


def test_recipients_are_owed_word_once_it_is_known_who_is_affected() -> None:
    found = e.RecipientsIdentified(meta=meta(2), recipients="Borgere med hjemmepleje")
    (recorded,) = given(*SIGNIFICANT).when(found, under=Authority(Policy(recipients_within_hours=6))).decided()
    assert due(*SIGNIFICANT, recorded)["recipients"] == at(8)
    told = e.RecipientsNotified(meta=meta(4), recipients="Alle", channels=("website",))
    assert "recipients" not in due(*SIGNIFICANT, recorded, told)
    warned = told.model_copy(update={"threat": True})
    assert "recipients" in due(*SIGNIFICANT, recorded, warned), "advice on a threat (stk. 2) is another duty"
    given(*SIGNIFICANT, early_warning(5), notified(20), mitigated(30), recorded).when(
        closed(e.CloseReason.RESOLVED)
    ).then_refused(OpenDutyError, "recipients")


def test_the_csirt_s_answer_is_awaited_and_keeps_nobody_from_closing() -> None:
    sent = (*SIGNIFICANT, early_warning(5))
    assert owed(*sent)["csirt_reply"].deadline.due_at == at(29)
    assert "csirt_reply" not in due(*sent, e.CsirtReplied(meta=meta(20), reply="Modtaget"))


def test_a_foreloebig_rapport_is_owed_when_the_csirt_asks_and_again_when_it_asks_again() -> None:
    asked = e.InterimReportRequested(meta=meta(30), send_by=at(60), request="Status?")
    sent = e.InterimReportSent(meta=meta(50), summary="Stadig nede")
    assert due(*SIGNIFICANT, asked)["interim_report"] == at(60)
    assert "interim_report" not in due(*SIGNIFICANT, asked, sent)
    again = e.InterimReportRequested(meta=meta(70), send_by=at(90), request="Og nu?")
    assert due(*SIGNIFICANT, asked, sent, again)["interim_report"] == at(90)
    (early,) = given(*SIGNIFICANT).when(sent).decided()
    assert isinstance(early, e.InterimReportSent)
    assert "not-requested" in early.deviations


def test_a_foreloebig_rapport_without_a_date_does_not_take_the_date_of_the_one_before() -> None:
    asked = e.InterimReportRequested(meta=meta(30), send_by=at(60), request="Status?")
    again = e.InterimReportRequested(meta=meta(70), request="Og nu?")
    assert "interim_report" not in due(*SIGNIFICANT, asked, e.InterimReportSent(meta=meta(50)), again)


def test_what_is_found_out_later_puts_off_no_word_to_people() -> None:
    found, more = (e.RecipientsIdentified(meta=meta(h), recipients="Borgere", tell_by=at(h + 24)) for h in (2, 20))
    assert due(*SIGNIFICANT, found, more)["recipients"] == at(26)
    (high,) = given(reported()).when(breach(risk="high")).decided()
    (wider,) = given(reported(), high).when(breach(30, risk="high", breach_aware_at=at(2))).decided()
    assert due(reported(), high, wider)["data_subjects"] == at(2 + 72)


def test_a_foreloebig_rapport_that_was_asked_for_without_a_date_keeps_the_incident_open() -> None:
    asked = e.InterimReportRequested(meta=meta(3), request="Status?")
    before = (*SIGNIFICANT, asked, early_warning(5), notified(20), mitigated(30))
    given(reported(), asked).when(closed(e.CloseReason.NOT_AN_INCIDENT)).then_refused(OpenDutyError, "foreløbig rapport")
    given(*before, final_report(600)).when(closed()).then(closed())


def test_merged_with_one_whose_breach_was_notified_its_own_breach_is_still_owed_by_its_own_clock() -> None:
    theirs: dict[str, Any] = {"sent": {"gdpr_notification": at(9), "recipients": at(9)}, "triggers": {"breach_aware": at(1)}}
    merged = e.ClocksInherited(meta=meta(90), other=OTHER, relation="merged", detected_at=at(0), **theirs)
    assert due(reported(), breach(80), merged) == {"gdpr_notification": at(152)}
    assert due(reported(), merged) == {}


def test_a_breach_has_its_own_awareness_and_its_own_clock_whatever_its_significance() -> None:
    before = (reported(), assessed(significant=False, reason="Kun én postkasse"))
    assert due(*before, breach(3)) == {"gdpr_notification": at(75)}
    assert due(*before, breach(3), e.DataProtectionAuthorityNotified(meta=meta(20))) == {}


def test_a_high_risk_asks_to_tell_the_data_subjects_unless_exempt() -> None:
    (high,) = given(reported()).when(breach(risk="high")).decided()
    assert due(reported(), high)["data_subjects"] == at(2) + timedelta(hours=72)
    (exempt,) = given(reported()).when(breach(risk="high", exempt="encrypted")).decided()
    assert isinstance(exempt, e.BreachRegistered)
    assert exempt.tell_by is None
    assert set(due(reported(), exempt)) == {"gdpr_notification"}
    (less,) = given(reported(), high).when(breach(5, risk="possible", breach_aware_at=at(2))).decided()
    assert set(due(reported(), high, less)) == {"gdpr_notification"}


def test_a_breach_that_is_not_notified_is_documented_with_its_reason() -> None:
    without = e.BreachRegistered.model_validate({"meta": meta(2)} | UNLIKELY)
    given(reported()).when(without).then_refused(ReasonMissingError, "documented with why the risk is unlikely")
    told = without.model_copy(update={"reason": "Krypteret, og nøglen er vores"})
    given(reported()).when(told).then(told)
    assert due(reported(), told) == {}


def test_a_breach_is_known_from_the_detection_of_the_incident_at_the_earliest_and_never_in_the_future() -> None:
    given(reported()).when(breach(breach_aware_at=at(-1))).then_refused(AwareBeforeDetectionError)
    given(reported()).when(breach(breach_aware_at=at(0))).then(breach(breach_aware_at=at(0)))
    given(reported()).when(breach(breach_aware_at=at(3)), now=at(2)).then_refused(InTheFutureError, "breach: breach_aware_at")


def test_a_downgrade_tells_of_each_nis2_clock_that_it_ends_and_leaves_the_others() -> None:
    before = (*SIGNIFICANT, breach(2), early_warning(5))
    downgrade = assessed(10, significant=False, reason="Kun ti brugere")
    first, *cancelled = given(*before).when(downgrade).decided()
    assert first == downgrade
    assert [(c.kind, c.due_at) for c in cancelled if isinstance(c, e.DeadlineCancelled)] == [("incident_notification", at(73))]
    assert due(*before, downgrade) == {"gdpr_notification": at(74)}


def test_significant_again_runs_from_the_awareness_that_there_was() -> None:
    before = (*SIGNIFICANT, assessed(10, significant=False, reason="Kun ti"), assessed(20))
    assert due(*before)["incident_notification"] == at(73)


@pytest.mark.parametrize("placed", [True, False])
def test_only_the_decision_maker_moves_the_awareness_later(*, placed: bool) -> None:
    under = Authority(holders={Role.DECISION_MAKER: frozenset({"u-boss"})} if placed else {})
    later = aware(3, by_default=False, reason="Først da var det sikkert")
    given(*SIGNIFICANT).when(later, under=under).then_refused(AwarenessMovedLaterError, "act in that role")
    boss = later.model_copy(update={"meta": meta(3, actor="u-boss", role="decision_maker")})
    given(*SIGNIFICANT).when(boss, under=under).then(boss)
    for hours in (0.5, 1):
        not_later = aware(hours, by_default=False, reason="Driften vidste det før")
        given(*SIGNIFICANT).when(not_later, under=under).then(not_later)


def test_one_submission_may_be_early_warning_and_notification_with_one_receipt() -> None:
    both = notified(10, combined=True, receipt="V-17", suspected_malicious="yes", cross_border="no")
    first, second = given(*SIGNIFICANT).when(both).decided()
    assert isinstance(first, e.EarlyWarningSent)
    assert (first.receipt, first.suspected_malicious, first.cross_border) == ("V-17", "yes", "no")
    assert isinstance(second, e.IncidentNotificationSent)
    assert due(*SIGNIFICANT, first, second).keys() == {"csirt_reply", "status_report", "second_approval"}
    (alone,) = given(*SIGNIFICANT, early_warning(5)).when(both).decided()
    assert isinstance(alone, e.IncidentNotificationSent), "an early warning that was sent is not recorded again"


def test_what_was_sent_first_discharges_the_duty_also_when_it_is_entered_last() -> None:
    told = [reported(), assessed(1), aware(1), early_warning(30), early_warning(5)]
    for order in (told, [*told[:3], told[4], told[3]]):
        known = replay(INCIDENT, order)
        assert known is not None
        assert known.sent["early_warning"] == at(5)


def test_what_went_through_the_other_channel_is_followed_up_on_virk_without_moving_a_clock() -> None:
    other = early_warning(5, submission_channel="alternative", channel_reason="Virk er nede")
    (first,) = given(*SIGNIFICANT).when(other).decided()
    assert isinstance(first, e.EarlyWarningSent)
    (second,) = given(*SIGNIFICANT, first).when(early_warning(9, follows=4)).decided()
    assert isinstance(second, e.EarlyWarningSent)
    assert "already-recorded" not in second.deviations
    incident = replay(INCIDENT, (*SIGNIFICANT, first, second))
    assert incident is not None
    assert incident.sent["early_warning"] == at(5)


def test_the_policy_s_limit_for_the_first_assessment_is_written_into_the_report() -> None:
    (two_hours,) = given().when(reported(), now=at(1), under=Authority(Policy(assess_within_hours=2))).decided()
    assert isinstance(two_hours, e.Reported)
    assert two_hours.assess_by == at(3)
    (detected,) = given().when(reported(), now=at(1), under=Authority(Policy(assess_from="detected"))).decided()
    assert isinstance(detected, e.Reported)
    assert detected.assess_by == at(4)
    given().when(reported(), now=at(1)).then(reported())


def test_an_incident_that_goes_on_in_another_owes_nothing_but_the_second_approval() -> None:
    alone = approved(2, actor="u-7", alone=True, approve_by=at(26))
    merged = e.MergedInto(meta=meta(6), into=OTHER, reason="Samme fejl")
    assert due(reported(), assessed(), aware(), alone, merged).keys() == {"second_approval"}
    assert due(reported(), assessed(), aware(), merged, reopened()).keys() == {"early_warning", "incident_notification"}


def test_impact_and_urgency_give_the_severity_where_the_policy_asks_them() -> None:
    told = reported(impact="high", urgency="medium", severity="low")
    given().when(told, now=at(1)).then(told)
    (weighed,) = given().when(told, now=at(1), under=Authority(Policy(impact_urgency=True))).decided()
    assert isinstance(weighed, e.Reported)
    assert weighed.severity == "high"
    (untold,) = given().when(reported(severity="low"), now=at(1), under=Authority(Policy(impact_urgency=True))).decided()
    assert isinstance(untold, e.Reported)
    assert untold.severity == "low"
    assert set(SEVERITY) == set(product(e.Level, e.Level))
    ranks = list(Severity)
    for (impact, urgency), severity in SEVERITY.items():
        assert SEVERITY[urgency, impact] == severity, "neither outweighs the other"
        worse = [SEVERITY[better, urgency] for better in e.Level if list(e.Level).index(better) < list(e.Level).index(impact)]
        assert all(ranks.index(one) <= ranks.index(severity) for one in worse)
