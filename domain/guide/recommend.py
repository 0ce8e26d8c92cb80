"""From answers to a recommendation. The same answers give the same one for ever, whatever their order. A person decides."""

from collections.abc import Mapping

from domain.events import Frozen
from domain.guide.checking import check_answers
from domain.guide.guide import Guide
from domain.guide.options import DATA_TYPES
from domain.guide.outcomes import (
    CONTRADICTION,
    NEAR_MISS_OR_THREAT,
    NO_INCIDENT,
    NOT_KNOWN_YET,
    NOTHING_WEIGHS,
    ONE_AGGRAVATES,
    ONE_IS_ENOUGH,
    SEVERAL_AGGRAVATE,
    NextStep,
    Outcome,
    Verdict,
)
from domain.guide.question import NO, STANDING_ALONE, UNKNOWN, Criterion, Part
from domain.guide.reading import YES, AnyOf, Reading
from domain.guide.thresholds import Thresholds
from domain.guide.weighing import Reason, Weight
from domain.incident.events import Nis2Category, YesNoUnknown

NONE_SET = Thresholds()

_SAYS_NO_INCIDENT: AnyOf = {"q1.event_kind": frozenset({"none", "planned_work"}), "q1.cia": frozenset({"none"})}
_NEAR_MISS_OR_THREAT: AnyOf = {"q1.event_kind": frozenset({"near_miss", "threat"})}
_SEVERAL = 2

_OPENS: Mapping[NextStep, AnyOf] = {
    NextStep.ESCALATE: {"q1.safety": frozenset({UNKNOWN})},
    NextStep.RECIPIENTS: {"q2.recipients": YES},
    NextStep.THREAT_ADVICE: {"q1.event_kind": frozenset({"threat"})},
    NextStep.GDPR: {
        "q1.data": YES,
        "q2.data_types": frozenset(option.key for option in DATA_TYPES) - STANDING_ALONE,
        # GDPR art. 33 frees only from what is unlikely to be a risk: what nobody knows yet is not that.
        "q2.gdpr_risk": frozenset({"possible", "high", UNKNOWN}),
    },
    NextStep.DATA_SUBJECTS: {"q2.gdpr_risk": frozenset({"high"})},
    NextStep.RECURRENCE: {"q2.recurrence": YES},
}


class Recommendation(Frozen):
    """What the answers recommend, with everything that led to it."""

    guide_version: str
    outcome: Outcome
    category: Nis2Category
    danish: str
    """The sentence of the decision rule that was met."""
    english: str
    reasons: tuple[Reason, ...]
    """In the order of the guide's table: hard ones first."""
    unknown: tuple[str, ...]
    """The questions whose answers must be found out, in the order in which they are asked."""
    opens: tuple[NextStep, ...]
    suspected_malicious: YesNoUnknown
    """For the early warning, § 13, stk. 1, nr. 1; so is `cross_border`."""
    cross_border: YesNoUnknown


def recommend(guide: Guide, answers: Mapping[str, str], thresholds: Thresholds = NONE_SET) -> Recommendation:
    """Weigh the answers by the guide and by the municipality's own thresholds.

    Total over all answers that `check_answers` lets through; raises its errors for others. What nobody answered counts as
    unknown, except that an event of no told kind counts as an incident.
    """
    check_answers(guide, answers)
    questions = {
        key: question
        for key, question in guide.by_key.items()
        if thresholds.ir_2024_2690 or Criterion.IR not in question.criteria
    }
    reading = Reading(questions, {key: answer for key, answer in answers.items() if key in questions})
    reasons = _reasons(guide, reading, thresholds)
    verdict = _verdict(guide, reading, reasons)
    return Recommendation(
        guide_version=guide.version,
        outcome=verdict.outcome,
        category=verdict.category,
        danish=verdict.danish,
        english=verdict.english,
        reasons=reasons,
        unknown=_unknown(guide, reading, verdict),
        opens=_opens(reading, verdict),
        suspected_malicious=_suspected_malicious(reading),
        cross_border=_cross_border(reading),
    )


def _reasons(guide: Guide, reading: Reading, thresholds: Thresholds) -> tuple[Reason, ...]:
    found = [reason for weighing in guide.weighings if (reason := weighing.weigh(reading, thresholds))]
    aggravated = any(reason.weight is Weight.AGGRAVATING for reason in found)
    return tuple(
        sorted(
            (reason for reason in found if aggravated or reason.weight is not Weight.LOWERING),
            key=lambda reason: tuple(Weight).index(reason.weight),
        )
    )


def _verdict(guide: Guide, reading: Reading, reasons: tuple[Reason, ...]) -> Verdict:
    hard = any(reason.weight is Weight.HARD for reason in reasons)
    if reading.met(_SAYS_NO_INCIDENT):
        return CONTRADICTION if hard else NO_INCIDENT
    if reading.met(_NEAR_MISS_OR_THREAT):
        return NEAR_MISS_OR_THREAT
    if hard:
        return ONE_IS_ENOUGH
    if any(reading.given(key) in {None, UNKNOWN} for key in guide.must_know):
        return NOT_KNOWN_YET
    # A critical service aggravates by itself, so that "it and one more" are two like any others.
    aggravating = {reading.questions[reason.questions[0]].group for reason in reasons if reason.weight is Weight.AGGRAVATING}
    weighing = len(aggravating) - any(reason.weight is Weight.LOWERING for reason in reasons)
    if weighing >= _SEVERAL:
        return SEVERAL_AGGRAVATE
    return ONE_AGGRAVATES if weighing else NOTHING_WEIGHS


def _unknown(guide: Guide, reading: Reading, verdict: Verdict) -> tuple[str, ...]:
    wanted = {key for key in reading.questions if reading.given(key) == UNKNOWN}
    if verdict is CONTRADICTION:
        wanted |= {*reading.met(_SAYS_NO_INCIDENT)}
    elif verdict not in {NO_INCIDENT, NEAR_MISS_OR_THREAT}:
        wanted |= {key for key in guide.must_know if reading.given(key) is None}
    return tuple(key for key in reading.questions if key in wanted)


def _opens(reading: Reading, verdict: Verdict) -> tuple[NextStep, ...]:
    opened = {step for step, condition in _OPENS.items() if reading.met(condition)}
    if verdict.category is Nis2Category.HIGH:
        opened |= {NextStep.ESCALATE, NextStep.RECIPIENTS}
    if verdict.category is Nis2Category.MEDIUM:
        opened.add(NextStep.VOLUNTARY)
    if verdict.category is not Nis2Category.LOW and not _full(reading):
        opened.add(NextStep.FULL_ASSESSMENT)
    return tuple(step for step in NextStep if step in opened)


def _full(reading: Reading) -> bool:
    """Whether part 2 is answered, its words and its elaborations apart."""
    return all(
        reading.given(question.key) is not None
        for question in reading.questions.values()
        if question.part is Part.FULL and not question.confidential and question.follows is None
    )


def _suspected_malicious(reading: Reading) -> YesNoUnknown:
    if reading.met({"q1.malicious": YES, "q2.cause": frozenset({"malicious-actions"})}):
        return YesNoUnknown.YES
    other_causes = frozenset({"system-failures", "human-errors", "natural-phenomena"})
    if reading.met({"q1.malicious": frozenset({NO}), "q2.cause": other_causes}):
        return YesNoUnknown.NO
    return YesNoUnknown.UNKNOWN


def _cross_border(reading: Reading) -> YesNoUnknown:
    if reading.met({"q2.cross_border": YES, "q1.spread": frozenset({"countries"})}):
        return YesNoUnknown.YES
    told = reading.given("q2.cross_border") or reading.given("q1.spread")
    return YesNoUnknown.UNKNOWN if told in {None, UNKNOWN} else YesNoUnknown.NO
