"""The legal clocks: from what happened and when, to what falls due and when. The rules themselves are in deadline_rules.py.

`due_at` is the outer limit, cut to the second; the duty is "without undue delay". Weekends and holidays move nothing.

What the law counts is computed here and nowhere else. Where it sets no hour, or an act no term, a time that was set takes the
place of the rule's own: a target of the municipality's, or the CSIRT's date. Nothing falls due before its trigger.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.deadline_rules import RULE_BY_ID, RULES, DeadlineKind, Rule
from domain.deadline_texts import DANISH, ENGLISH, explain
from domain.time import add_hours, add_months, local, rfc3339_local, utc


class ClockFacts(NamedTuple):
    """What the clocks run from: aware datetimes in any zone, None for what has not happened. Detection starts no clock."""

    registered_at: datetime | None = None
    detected_at: datetime | None = None
    aware_at: datetime | None = None
    """When the entity knew that the incident is significant (kendskab, § 13, stk. 1)."""
    notified_at: datetime | None = None
    """When the incident notification was actually sent."""
    handled_at: datetime | None = None
    breach_aware_at: datetime | None = None
    """When the controller knew of the personal data breach (GDPR art. 33)."""
    trust_service: bool = False
    effect_at: datetime | None = None
    """When it was established that the recipients' services are likely to be affected adversely (§ 15, stk. 1)."""
    high_risk_at: datetime | None = None
    """When a high risk to the data subjects was established (GDPR art. 34)."""
    warned_at: datetime | None = None
    """When the early warning was actually sent; the CSIRT answers it (§ 13, stk. 3)."""
    interim_requested_at: datetime | None = None
    """When the CSIRT asked for an intermediate report (§ 13, stk. 1, nr. 3). Until its date is in `set_due` nothing is due."""
    approval_owed_at: datetime | None = None
    """When something was done alone, in an emergency or without approval."""
    set_due: Mapping[str, datetime] = {}
    """Kind of deadline to the due time that a person, the CSIRT or the policy set. It starts no clock, and moves no limit that
    is the law's."""


class Deadline(NamedTuple):
    """One clock. All times are aware and UTC; kinds are unique in a list."""

    kind: DeadlineKind
    due_at: datetime
    trigger: str
    """The field of ClockFacts that the clock runs from; `detected_at` marks a cautious clock."""
    triggered_at: datetime
    rule: str
    paragraph: str
    statutory: bool
    outer_at: datetime | None = None
    """A note, never an alarm: Regulation 1182/71 art. 3(1) leaves out the hour in which the event falls. Only for hours."""
    cautious_at: datetime | None = None
    """A note: when it would fall due, had awareness come with the first observation."""
    forecast: bool = False
    """Its trigger has not happened yet."""

    @property
    def name(self) -> str:
        """The report's name in the law, Danish."""
        return RULE_BY_ID[self.rule].name

    @property
    def name_en(self) -> str:
        """The report's name, English."""
        return RULE_BY_ID[self.rule].name_en

    @property
    def explanation(self) -> str:
        """Why it falls due then, Danish sentences."""
        return explain(self, DANISH)

    @property
    def explanation_en(self) -> str:
        """Why it falls due then, English sentences."""
        return explain(self, ENGLISH)

    @property
    def discharged_by(self) -> frozenset[DeadlineKind]:
        """The acts that end the duty."""
        return RULE_BY_ID[self.rule].discharged_by

    @property
    def limit_in_law(self) -> bool:
        """`due_at` is the law's; else a target of our own, or the CSIRT's date, also where the duty is statutory."""
        return RULE_BY_ID[self.rule].limit_in_law

    @property
    def awaited(self) -> bool:
        """Another owes it, and being overdue is theirs."""
        return RULE_BY_ID[self.rule].awaited

    @property
    def is_set(self) -> bool:
        """`due_at` was set, and is not what the rule's own term gives."""
        return self.due_at != _end(RULE_BY_ID[self.rule], self.triggered_at)


class Duty(NamedTuple):
    """A deadline and the act that met it, if any."""

    deadline: Deadline
    discharged_at: datetime | None

    @property
    def owed(self) -> bool:
        """Ours to do, and not done."""
        return self.discharged_at is None and not self.deadline.awaited

    @property
    def late(self) -> bool:
        """The act came after the limit: recorded all the same, and marked."""
        return self.discharged_at is not None and self.discharged_at > self.deadline.due_at

    def overdue_at(self, now: datetime) -> bool:
        """Not done at `now` and past the limit, whoever owes it; at the limit itself it is not."""
        return self.discharged_at is None and now > self.deadline.due_at


def deadlines(facts: ClockFacts) -> tuple[Deadline, ...]:
    """Every clock that the facts have started, earliest first, by the rules in force on the date of awareness.

    While the incident is not known to be handled, both the final report and the status report that would take its place are
    listed, at the same instant. Once `handled_at` is known one is left: the final report if it is not later than that instant,
    else the status report, and then the final report one month after `handled_at` (§ 13, stk. 1, nr. 4-5).
    Raises NoZoneError.
    """
    found = {deadline.kind: deadline for rule in RULES if (deadline := _deadline(rule, facts))}
    dropped = _not_owed(found.get(DeadlineKind.FINAL_REPORT), facts.handled_at)
    return tuple(sorted((d for d in found.values() if d.kind not in dropped), key=lambda d: d.due_at))


def cautious(facts: ClockFacts) -> tuple[Deadline, ...]:
    """The clocks of awareness as if it had come with the first observation, for people to see beside the real ones."""
    as_if = ClockFacts(aware_at=facts.detected_at, trust_service=facts.trust_service)
    return tuple(d._replace(trigger="detected_at") for d in deadlines(as_if))


def forecast_final_report(facts: ClockFacts) -> Deadline | None:
    """When the final report falls due if the incident notification is sent at its own limit; None once it is sent."""
    limit = next((d.due_at for d in deadlines(facts) if d.kind is DeadlineKind.INCIDENT_NOTIFICATION), None)
    if limit is None or facts.notified_at is not None:
        return None
    then = deadlines(facts._replace(notified_at=limit))
    return next((d._replace(forecast=True) for d in then if d.kind is DeadlineKind.FINAL_REPORT), None)


def duties(facts: ClockFacts, sent: Mapping[str, datetime]) -> tuple[Duty, ...]:
    """What is owed or awaited as far as is known, earliest first.

    `sent`: kind of act to when it was first done; `warned_at` and `notified_at` count too.
    An incident notification also ends the early warning, late if after 24 hours. A final report also ends the status report. Of
    the two that fall due together only the status report is listed while the incident is not known to be handled.
    """
    told = {DeadlineKind.EARLY_WARNING.value: facts.warned_at, DeadlineKind.INCIDENT_NOTIFICATION.value: facts.notified_at}
    done = {**told, **sent}
    running = facts.handled_at is None
    return tuple(
        Duty(deadline, min((t for kind in deadline.discharged_by if (t := done.get(kind))), default=None))
        for deadline in deadlines(facts)
        if not (running and deadline.kind is DeadlineKind.FINAL_REPORT)
    )


def limit_of(act: str, facts: ClockFacts) -> Deadline | None:
    """The deadline that decides whether we did `act` in time; None if no clock ran for it, or if it is another's to do."""
    by_kind: dict[str, Deadline] = {d.kind: d for d in deadlines(facts) if not d.awaited}
    if act == DeadlineKind.FINAL_REPORT:
        return by_kind.get(DeadlineKind.FINAL_REPORT_AFTER_STATUS, by_kind.get(act))
    return by_kind.get(act)


def as_json(deadline: Deadline) -> dict[str, str | bool | None]:
    """As `sporlog deadlines --json` prints it: English keys, RFC 3339 with Copenhagen's offset, to the second."""
    return {
        "kind": deadline.kind.value,
        "due_at": rfc3339_local(deadline.due_at),
        "trigger": deadline.trigger,
        "triggered_at": rfc3339_local(deadline.triggered_at),
        "rule": deadline.rule,
        "paragraph": deadline.paragraph,
        "name": deadline.name,
        "name_en": deadline.name_en,
        "explanation": deadline.explanation,
        "explanation_en": deadline.explanation_en,
        "statutory": deadline.statutory,
        "forecast": deadline.forecast,
        "outer_at": rfc3339_local(deadline.outer_at) if deadline.outer_at else None,
        "cautious_at": rfc3339_local(deadline.cautious_at) if deadline.cautious_at else None,
    }


def _deadline(rule: Rule, facts: ClockFacts) -> Deadline | None:
    triggered_at: datetime | None = getattr(facts, rule.trigger)
    if triggered_at is None:
        return None
    day = local(getattr(facts, rule.chosen_by) or triggered_at).date()
    if not rule.holds(day, trust_service=facts.trust_service):
        return None
    due_at = _due(rule, triggered_at, facts.set_due.get(rule.kind))
    if due_at is None:
        return None
    from_awareness = rule.trigger == "aware_at"
    observed_earlier = from_awareness and facts.detected_at is not None and facts.detected_at < triggered_at
    return Deadline(
        kind=rule.kind,
        due_at=due_at,
        trigger=rule.trigger,
        triggered_at=utc(triggered_at),
        rule=rule.id,
        paragraph=rule.paragraph,
        statutory=rule.statutory,
        outer_at=_end(rule, _next_full_hour(triggered_at)) if rule.limit_in_law and _in_hours(rule) else None,
        cautious_at=_end(rule, facts.detected_at) if observed_earlier and facts.detected_at else None,
    )


def _due(rule: Rule, start: datetime, set_at: datetime | None) -> datetime | None:
    if set_at is None or not rule.may_be_set:
        return _end(rule, start)
    # A policy may count from the detection, and then end before the registration: nothing is due before it can be known.
    return max(utc(start), utc(set_at).replace(microsecond=0))


def _end(rule: Rule, start: datetime) -> datetime | None:
    if rule.term is None:
        return None
    add = add_hours if _in_hours(rule) else add_months
    # Cut, not rounded: the limit shown is never later than the law's.
    return add(start, rule.term.amount).replace(microsecond=0)


def _in_hours(rule: Rule) -> bool:
    return rule.term is not None and rule.term.unit == "hours"


def _next_full_hour(instant: datetime) -> datetime:
    return utc(instant).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _not_owed(final: Deadline | None, handled_at: datetime | None) -> frozenset[DeadlineKind]:
    if handled_at is None:
        return frozenset()
    if final is None:
        # Without a notification no report ever fell due that the second month could follow.
        return frozenset({DeadlineKind.FINAL_REPORT_AFTER_STATUS})
    if handled_at <= final.due_at:
        return frozenset({DeadlineKind.STATUS_REPORT, DeadlineKind.FINAL_REPORT_AFTER_STATUS})
    return frozenset({DeadlineKind.FINAL_REPORT})
