"""`--demo=large`: many more incidents before the story's own, made by a generator that gives the same for the same start."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from adapters.demo.chapters.cast import (
    ASSESSING,
    DESK,
    DOCUMENTING,
    MANAGEMENT,
    NOTIFYING,
    PHONE,
    RESTORING,
    SUPPLIERS,
    TECHNICAL,
)
from adapters.demo.large_catalogue import spots
from adapters.demo.large_profiles import GENERAL
from adapters.demo.profiles import PROFILES, Profile
from adapters.demo.steps import Missed, Step, Take, Who
from adapters.demo.times import After, Before
from domain.deadline_rules import NIS2_ACT_IN_FORCE, DeadlineKind
from domain.time import local

INCIDENTS = 2000
YEARS_S, GAP_S = 730 * 86_400, 75 * 86_400
"""They begin between two years and 75 days before the start: the organisation and the story come after them."""
SEED = 434
SEASON = (1.0, 0.9, 0.9, 0.8, 0.8, 0.7, 0.5, 0.7, 0.9, 1.0, 1.0, 0.9)
"""How much of each month's may happen, January first: winter is hard on everything, and in July nobody changes anything."""
WEEKEND, SATURDAY = 0.5, 5
HOUR, DAY = 3600, 86_400

SEVERE = ("critical", "high", "high", "medium")
LESS = ("high", "medium", "medium", "low", "low", "info")
NOTHING_SERIOUS = {
    "q1.event_kind": "incident",
    "q1.cia": "availability",
    "q1.critical_service": "no",
    "q1.disruption_now": "none",
    "q1.disruption_worst": "none",
    "q1.safety": "no",
    "q1.data": "no",
    "q1.malicious": "no",
    "q1.spread": "none",
    "q1.economy": "no",
    "q1.others": "no",
}
SERIOUS = NOTHING_SERIOUS | {
    "q1.critical_service": "yes_happened",
    "q1.disruption_now": "serious",
    "q1.disruption_worst": "serious",
    "q1.others": "yes_possible",
}


class Generated(NamedTuple):
    """An incident of the generator, under a name that is no incident's of the story."""

    name: str
    steps: tuple[Step, ...]


def generated(start: datetime, count: int) -> Iterator[Generated]:
    """So many closed incidents in a demo that starts then, in the order in which they begin."""
    chance = Random(SEED)  # noqa: S311 - no secret: the same incidents at every start are the point
    begins = sorted((_begin(chance, start) for _ in range(count)), reverse=True)
    for number, begin in enumerate(begins, start=1):
        yield Generated(f"large-{number:05}", tuple(_Life(chance, start, begin).steps()))


def _begin(chance: Random, start: datetime) -> int:
    """So many seconds before the start, more often in winter and on working days."""
    while True:
        seconds = chance.randrange(GAP_S, YEARS_S)
        day = local(start - timedelta(seconds=seconds)).date()
        is_weekend = day.weekday() >= SATURDAY
        if chance.random() < SEASON[day.month - 1] * (WEEKEND if is_weekend else 1):
            return seconds


class _Life:
    """One incident from its report to its end. `_at` is how many seconds it is before the start, and goes down."""

    def __init__(self, chance: Random, start: datetime, begin: int) -> None:
        self._chance, self._at = chance, begin
        several = (*PROFILES, *GENERAL)
        self._profile = _placed(chance, chance.choices(several, [profile.weight for profile in several])[0])
        # Before the act was in force nothing was owed under it.
        in_force = local(start - timedelta(seconds=begin)).date() >= NIS2_ACT_IN_FORCE
        self._significant = in_force and chance.random() < self._profile.significant

    def steps(self) -> Iterator[Step]:
        yield self._report()
        if self._is_outage:
            degree = "down" if self._significant or self._happens(0.4) else "degraded"
            yield self._later(1, 20, TECHNICAL, "service-degraded", service=self._profile.services[0], degree=degree)
        if self._happens(0.8):
            yield self._later(5, 90, TECHNICAL, "measure", measure=self._profile.measure)
        yield from self._significant_life() if self._significant else self._small_life()

    @property
    def _is_outage(self) -> bool:
        return self._profile.kind == "incident" and self._profile.incident_class.startswith("availability.")

    def _report(self) -> Step:
        profile, seen = self._profile, self._chance.randrange(60, 3 * HOUR)
        fields: dict[str, object] = {
            "title": profile.title,
            "place": self._chance.choice(("Rådhuset", "Distrikt Vest", "Distrikt Øst", "Skolerne", "Plejecentrene")),
            "severity": self._chance.choice(SEVERE if self._significant else LESS),
            "kind": profile.kind,
            "told_by": self._chance.choice(("alarm", "employee", "citizen", "supplier")),
            "services": profile.services,
            "components": profile.components,
            "administration": profile.administration,
        }
        who = self._chance.choice((PHONE, DESK))
        return Step(_before(self._at), Take(who, "report", fields, _before(self._at + seen)))

    def _small_life(self) -> Iterator[Step]:
        profile = self._profile
        near = profile.kind in {"near_miss", "threat"}
        answers = NOTHING_SERIOUS | ({"q1.event_kind": profile.kind} if near else {})
        category = "medium" if near else "low"
        told = {"significant": False, "nis2_category": category, "answers": answers, "reason": "Ingen tjeneste svigtede."}
        # One in ten comes after the four hours that the municipality allows itself.
        low, high = (250, 900) if self._happens(0.1) else (15, 230)
        yield self._later(low, high, ASSESSING, "assess", **told)
        if near:
            yield self._later(5, 60, NOTIFYING, "decline-voluntary", reason="Kendt i forvejen hos myndighederne.")
        else:
            yield from self._restored(30, 900)
        yield from self._cause()
        reason = profile.kind if near else "external_cause" if profile.third_party else "not_significant"
        yield self._later(60, 7200, DOCUMENTING, "close", reason=reason, summary="Intet mere at gøre.")

    def _significant_life(self) -> Iterator[Step]:
        profile = self._profile
        told = {"significant": True, "nis2_category": "high", "answers": SERIOUS, "reason": "En vigtig ydelse er ramt."}
        yield self._later(15, 230, ASSESSING, "assess", **told)
        aware = self._at
        yield self._later(5, 120, MANAGEMENT, "approve-assessment", comment="Godkendt.")
        yield self._later(
            30, 900, NOTIFYING, "early-warning", suspected_malicious=profile.malicious, cross_border="no", receipt="DEMO-STOR"
        )
        yield self._later(5, 60, NOTIFYING, "identify-recipients", services=profile.services, recipients="Brugerne af ydelsen.")
        yield self._later(5, 120, NOTIFYING, "recipients", channels=("web",), recipients="Brugerne af ydelsen.")
        if self._happens(0.9):
            yield self._later(30, 240, NOTIFYING, "csirt-reply", reply="Modtaget.")
        yield from self._restored(60, 1200)
        yield from self._cause()
        values = _notice(profile)
        if self._happens(0.08):
            self._at = aware - 72 * HOUR - 2
            yield Step(_before(self._at), Missed(DeadlineKind.INCIDENT_NOTIFICATION))
        yield from self._filed("incident_notification", "incident-notification", values, 10, 400)
        values |= {"root_cause": profile.cause_text, "mitigation.applied": profile.measure, "mitigation.ongoing": "Ingen"}
        self._at -= self._chance.randrange(3 * DAY, 20 * DAY)
        yield from self._filed("final_report", "final-report", values, 60, 600)
        yield from self._learnt()
        yield self._later(10, 600, DOCUMENTING, "close", reason="resolved", summary="Alle underretninger er sendt.")

    def _filed(self, report: str, step: str, values: Mapping[str, str], low: int, high: int) -> Iterator[Step]:
        yield self._later(low, high, NOTIFYING, "draft-submission", report=report, values=dict(values))
        yield self._later(10, 240, MANAGEMENT, "approve-submission", report=report, comment="Godkendt.")
        yield self._later(5, 60, NOTIFYING, step, receipt="DEMO-STOR", summary=values["summary"])

    def _restored(self, low: int, high: int) -> Iterator[Step]:
        if self._is_outage:
            service = self._profile.services[0]
            yield self._later(
                low, high, RESTORING, "test-restoration", service=service, passed=True, result="Prøvet og i orden."
            )
            yield self._later(1, 20, RESTORING, "service-restored", service=service)
            low, high = 5, 60
        yield self._later(low, high, RESTORING, "mitigate", summary="Driften er normal.")

    def _cause(self) -> Iterator[Step]:
        profile = self._profile
        if self._happens(0.6):
            who = SUPPLIERS if profile.third_party else TECHNICAL
            told = {"cause": profile.cause, "third_party": profile.third_party, "cause_key": profile.cause_key}
            yield self._later(10, 300, who, "root-cause", **told, text=profile.cause_text)
        yield self._later(5, 60, TECHNICAL, "classify", incident_class=profile.incident_class)

    def _learnt(self) -> Iterator[Step]:
        yield self._later(60, 2000, DOCUMENTING, "review", review="post_incident", conclusion="Gennemgået i fællesskab.")
        yield self._later(5, 60, DOCUMENTING, "lesson", area=self._profile.lesson_area, lesson=self._profile.lesson)
        due = After(self._chance.randrange(24, 4000))
        yield self._later(
            5, 60, DOCUMENTING, "plan-follow-up", owner=TECHNICAL.actor, due_at=due, follow_up=self._profile.lesson
        )

    def _happens(self, chance: float) -> bool:
        return self._chance.random() < chance

    def _later(self, low: int, high: int, who: Who, step: str, **fields: object) -> Step:
        """A step between so many minutes after the one before."""
        self._at -= self._chance.randrange(low * 60, high * 60)
        return Step(_before(self._at), Take(who, step, fields))


def _placed(chance: Random, profile: Profile) -> Profile:
    """One that may happen to any system happens to one: more often to some than to others."""
    if "{system}" not in profile.title:
        return profile
    places = spots()
    spot = places[int(len(places) * chance.random() ** 2)]
    return profile._replace(
        title=profile.title.format(system=spot.system),
        services=(spot.service,),
        components=(spot.component, spot.system),
        administration=spot.administration,
        cause_key=f"{profile.cause_key}-{spot.component}"[:80].replace("ø", "oe").replace("æ", "ae").replace("å", "aa"),
    )


def _before(seconds: int) -> Before:
    return Before(0, 0, seconds)


def _notice(profile: Profile) -> dict[str, str]:
    return {
        "summary": f"{profile.title}.",
        "suspected_malicious": profile.malicious,
        "cross_border": "no",
        "severity": "high",
        "impact": f"Ramt: {', '.join(profile.services)}.",
        "indicators": "Ingen kendte",
    }
