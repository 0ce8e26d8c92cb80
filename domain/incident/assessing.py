"""Significance and awareness: what an assessment brings with it, and how the awareness may be moved."""

from datetime import datetime

from domain.deadlines import duties
from domain.guide.checking import check_answers
from domain.guide.guide import guide_named, guide_on
from domain.guide.recommend import recommend
from domain.guide.thresholds import Thresholds
from domain.incident import errors as err
from domain.incident import events as e
from domain.incident.permissions import acts_as
from domain.incident.state import Incident
from domain.incident.submission_kinds import NIS2_NOTICES
from domain.policy import Authority
from domain.roles import Role
from domain.time import local, rfc3339_local


def assess(incident: Incident, assessed: e.Assessed, authority: Authority, now: datetime) -> tuple[e.IncidentEvent, ...]:
    """The assessment with what the guide recommended, and its consequences.

    Raises `CategoryContradictsError`, `ReasonMissingError`, and what `check_answers` and `guide_named` raise.
    """
    if assessed.significant is not (assessed.nis2_category is e.Nis2Category.HIGH):
        msg = "significant and nis2_category contradict each other: significant is high, anything else is medium or low"
        raise err.CategoryContradictsError(msg)
    if assessed.answers:
        assessed = _guided(assessed, authority.policy.thresholds, now)
    if not assessed.reason and (assessed.departs or not (assessed.significant or assessed.answers)):
        why = f"departs from the recommendation ({assessed.recommendation})" if assessed.departs else "has no answers"
        msg = f"assess: `reason` is empty and the assessment {why}: say in a few words why it is judged so"
        raise err.ReasonMissingError(msg)
    if not assessed.significant:
        return (assessed, *_cancelled(incident, assessed))
    return (assessed, *_awareness(incident, assessed))


def _guided(assessed: e.Assessed, thresholds: Thresholds, now: datetime) -> e.Assessed:
    """The guide recommends, a person decides: what it said stands beside what they said."""
    guide = guide_named(assessed.guide_version) if assessed.guide_version else guide_on(local(now).date())
    check_answers(guide, assessed.answers, assessed.explanations or {})
    found = recommend(guide, assessed.answers, thresholds)
    return assessed.model_copy(
        update={
            "guide_version": guide.version,
            "recommendation": found.outcome.value,
            "because": tuple(dict.fromkeys(question for reason in found.reasons for question in reason.questions)),
            "departs": assessed.nis2_category is not found.category,
        }
    )


def declare_significant(incident: Incident, declared: e.SignificanceDeclared) -> tuple[e.IncidentEvent, ...]:
    """Væsentlig nu. Raises `AlreadySignificantError`."""
    if incident.significant:
        msg = f"{incident.reference} is judged significant already, the clocks run: go through the guide (assess)"
        raise err.AlreadySignificantError(msg)
    return (declared, *_awareness(incident, declared))


def check_awareness(incident: Incident, declared: e.AwarenessDeclared, authority: Authority) -> None:
    """Raises `AssessmentMissingError`, `AwareBeforeDetectionError`, `AwarenessMovedLaterError`."""
    if incident.significant is not True:
        msg = f"{incident.reference} is not assessed as significant: assess it first, the clocks start by themselves"
        raise err.AssessmentMissingError(msg)
    if declared.aware_at < incident.detected_at:
        detected = rfc3339_local(incident.detected_at)
        msg = f"aware_at is before the incident was detected ({detected}): correct detected_at first if that is wrong"
        raise err.AwareBeforeDetectionError(msg)
    later = incident.aware_at is not None and declared.aware_at > incident.aware_at
    if later and not acts_as(incident, Role.DECISION_MAKER, declared.meta, authority):
        msg = "only the Ledelsesbeslutningstager moves the awareness later: act in that role (decision_maker), with the reason"
        raise err.AwarenessMovedLaterError(msg)


def _awareness(incident: Incident, judged: e.Assessed | e.SignificanceDeclared) -> tuple[e.IncidentEvent, ...]:
    # Awareness follows from the first judgement as significant, never from its later approval (LAW 2.1); what was known once
    # stays known when an assessment says otherwise in between.
    if incident.aware_at is not None:
        return ()
    aware_at = max(judged.meta.occurred_at, incident.detected_at)
    return (e.AwarenessDeclared(meta=judged.meta, aware_at=aware_at, by_default=True),)


def _cancelled(incident: Incident, assessed: e.Assessed) -> tuple[e.IncidentEvent, ...]:
    """Not significant after all: each clock that ran for it is told to be over, none is forgotten."""
    owed = (duty.deadline for duty in duties(incident.clock_facts(), incident.sent) if duty.owed)
    return tuple(
        e.DeadlineCancelled(meta=assessed.meta, kind=deadline.kind.value, due_at=deadline.due_at, reason=assessed.reason)
        for deadline in owed
        if deadline.kind.value in NIS2_NOTICES
    )
