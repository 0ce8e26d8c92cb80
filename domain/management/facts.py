"""What the figures are made of: incidents with their times, acts, deadlines, attempts, and the critical services.

All times are aware and UTC. Exercises are left out before anything is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.catalogue.classes import ServiceClass
from domain.management.period import Period

FEW = 5
"""Below so many cases nothing is told as a percentage, a median or a trend: chance would be read as a tendency."""


class Trace(NamedTuple):
    """An event that a figure rests on: the incident that it is of, if it is an incident's, and its place in the log."""

    reference: str | None
    position: int


class Case(NamedTuple):
    """An incident of the period. `hit` are the critical services that it concerns, named by it or standing on what it names."""

    reference: str
    severity: str
    kind: str
    administration: str | None
    services: tuple[str, ...]
    components: tuple[str, ...]
    hit: frozenset[UUID]
    significant: bool | None
    recorded_at: datetime
    occurred_at: datetime
    detected_at: datetime
    assessed_at: datetime | None
    aware_at: datetime | None
    warned_at: datetime | None
    notified_at: datetime | None
    effect_at: datetime | None
    told_at: datetime | None
    handled_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    cause: str | None
    cause_key: str | None
    third_party: bool
    incident_class: str | None
    suppliers: tuple[str, ...]
    trace: Trace
    """Its last event."""


NO_INCIDENT = frozenset({"not_an_incident", "planned_work", "duplicate"})
"""Ends of what turned out to be none, or to be counted elsewhere."""
_OTHERWISE = NO_INCIDENT | {"near_miss", "threat"}


def is_incident(case: Case) -> bool:
    """Whether it is counted as an incident: not a near miss, a threat, planned work, a duplicate or a false alarm."""
    return case.kind == "incident" and (case.close_reason is None or case.close_reason not in _OTHERWISE)


class Act(NamedTuple):
    """Something that was done or happened. `hit` as of the incident's case."""

    act: str
    reference: str | None
    at: datetime
    subject: str | None
    due_at: datetime | None
    done_at: datetime | None
    late: bool
    hit: frozenset[UUID]
    trace: Trace
    """Its event."""


class Limit(NamedTuple):
    """A statutory deadline that fell due in the period, or is owed now. `name` is the law's."""

    kind: str
    name: str
    name_en: str
    reference: str
    started_at: datetime
    due_at: datetime
    done_at: datetime | None
    hit: frozenset[UUID]
    position: int

    @property
    def late(self) -> bool:
        """Done after the limit."""
        return self.done_at is not None and self.done_at > self.due_at

    def missed_at(self, now: datetime) -> bool:
        """Not done, and the limit is passed."""
        return self.done_at is None and self.due_at < now

    @property
    def trace(self) -> Trace:
        """The last event of its incident."""
        return Trace(self.reference, self.position)


class Outage(NamedTuple):
    """A service did not work as it should, from until; `until` None while it still does not. `down`: not at all."""

    service: UUID | str
    """The service's id; its name where the catalogue has none of that name."""
    down: bool
    start: datetime
    until: datetime | None
    trace: Trace


class Attempts(NamedTuple):
    """Alerts on one component in the period."""

    component: str
    signals: int
    hit: frozenset[UUID]
    position: int


class Service(NamedTuple):
    """A critical service as the catalogue had it at the period's end."""

    id: UUID
    name: str
    service_class: ServiceClass
    administration: str | None
    restoration_order: int | None
    tolerable_downtime_minutes: int | None
    availability_target: float | None
    planned: bool
    """An emergency plan covers it."""


class Board(NamedTuple):
    """How the executive board's list of critical services stands. `approved_on` is a Copenhagen day; None: never approved."""

    approved_on: str | None
    changed: bool
    """The list is no longer what was approved."""


class Recurrence(NamedTuple):
    """Incidents of the same cause within six months, the last of them in the period; see `domain.recurrence`."""

    cause: str | None
    cause_key: str | None
    incidents: tuple[Trace, ...]


H = TypeVar("H", bound="Concerning")


class Concerning(Protocol):
    """What concerns critical services."""

    @property
    def hit(self) -> frozenset[UUID]:
        """Which."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of one period that can be counted, as the log stood at `position`; `now` is when its last event was recorded."""

    period: Period
    now: datetime
    position: int
    cases: Sequence[Case] = ()
    """Registered in the period."""
    acts: Sequence[Act] = ()
    """Of the period by their own time; follow-ups of any time that are open or were planned in it."""
    limits: Sequence[Limit] = ()
    outages: Sequence[Outage] = ()
    """That reach into the period."""
    attempts: Sequence[Attempts] = ()
    signals: int = 0
    """Alerts in the period, each once."""
    services: Sequence[Service] = ()
    board: Board = field(default_factory=lambda: Board(None, changed=False))
    recurring: Sequence[Recurrence] = ()
    """The largest first; an incident is in one at most."""
    incidents: Sequence[Case] = field(init=False)
    """Those of the cases that are counted as incidents."""

    def __post_init__(self) -> None:
        """A dozen figures ask for them."""
        object.__setattr__(self, "incidents", [case for case in self.cases if is_incident(case)])

    @property
    def until(self) -> datetime:
        """To where the period has come: its end, or now while it runs."""
        return max(self.period.start, min(self.period.end, self.now))

    def by_service(self) -> dict[UUID, "Facts"]:
        """What concerns each critical service, in the order of `services`. All is looked at once, however many there are."""
        cases, acts = _by_hit(self.cases), _by_hit(self.acts)
        limits, attempts = _by_hit(self.limits), _by_hit(self.attempts)
        outages = by_service(self.outages)
        return {
            service.id: replace(
                self,
                cases=cases.get(service.id, ()),
                acts=acts.get(service.id, ()),
                limits=limits.get(service.id, ()),
                outages=outages.get(service.id, ()),
                attempts=attempts.get(service.id, ()),
                signals=sum(one.signals for one in attempts.get(service.id, ())),
                services=(service,),
            )
            for service in self.services
        }


def by_service(outages: Iterable[Outage]) -> dict[UUID | str, list[Outage]]:
    """The outages of each service that had one."""
    found: dict[UUID | str, list[Outage]] = {}
    for one in outages:
        found.setdefault(one.service, []).append(one)
    return found


def _by_hit(many: Sequence[H]) -> dict[UUID, list[H]]:
    found: dict[UUID, list[H]] = {}
    for one in many:
        for service in one.hit:
            found.setdefault(service, []).append(one)
    return found
