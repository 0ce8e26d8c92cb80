"""What is done about periods: people set them, a person disposes of incidents, and Sporlog lets go of the rest and says so."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple, Protocol
from uuid import UUID

from pydantic import ValidationError

from domain.events import Meta
from domain.incident.state import Incident, Status
from domain.retention.events import RETENTION, DeadLettersErased, PayloadsErased, PeriodsSet, RetentionEvent, What
from domain.retention.periods import Periods
from domain.retention.state import Retention, evolve
from domain.retention.steps import decide, month_due
from domain.time import COPENHAGEN
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork

WHAT: tuple[What, ...] = ("signals", "payloads")


class PayloadKeeper(Protocol):
    """The payloads of each month, and their keys."""

    def retention(self) -> Retention:
        """As it stands now."""

    def payload_months(self) -> list[str]:
        """The months whose key is there, in order."""

    def payload_incidents(self, month: str) -> list[UUID]:
        """The incidents that a payload of that month belongs to."""

    def payload_count(self, month: str, what: What) -> int:
        """How many payloads of it would be let go."""

    def destroy_keys(self, kids: Iterable[str]) -> int:
        """Durable on return, and for ever; how many were there."""

    def delete_payloads(self, month: str, what: What) -> Iterator[int]:
        """Delete in steps, each durable; how many at each."""


class LetterKeeper(Protocol):
    """The dead letters."""

    async def put_aside_before(self, instant: datetime) -> Sequence[int]:
        """Their numbers, in order. Raises `UnavailableError`."""

    async def delete(self, numbers: Sequence[int]) -> None:
        """Delete those that are there; their bytes on disk are overwritten. Raises `UnavailableError`."""


class Changed(NamedTuple):
    """What a change led to. `position` is the last one stored; without a change there are no events."""

    retention: Retention
    position: int
    events: tuple[RetentionEvent, ...]


def periods_set(periods: Periods, effective_from: date, reason: str | None, origin: Origin) -> PeriodsSet:
    """These periods hold from that day on. Raises `InvalidFieldsError`."""
    try:
        return PeriodsSet(
            meta=meta_of(StepRequest(), origin), effective_from=effective_from, periods=periods, reason=reason or None
        )
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def change(uow: UnitOfWork, proposed: RetentionEvent) -> Changed:
    """Record it, or raise the domain's named refusal."""
    retention = uow.retention()
    events = decide(retention, proposed, now=uow.recorded_at)
    position = uow.append(RETENTION, events, expected=retention.version) if events else 0
    for event in events:
        retention = evolve(retention, event)
    return Changed(retention, position, tuple(events))


class Kept(NamedTuple):
    """Incidents that keep a month's payloads although their period has passed."""

    references: tuple[str, ...]


def let_go(uow: UnitOfWork, proposed: PayloadsErased, incidents: Sequence[UUID]) -> Changed | Kept:
    """Record that a month's payloads are let go, unless one of its incidents is open or held: checked under the write lock.

    What becomes durable is the decision. The key is destroyed and the rows are deleted after it, again until it is so.
    """
    if proposed.what == "payloads" and (kept := keeping(uow, incidents)):
        return Kept(tuple(kept))
    return change(uow, proposed)


def keeping(uow: UnitOfWork, incidents: Iterable[UUID]) -> list[str]:
    """References of those that are open or held, or were merged into one that is."""
    found = (_going_on(uow, incident) for incident in incidents)
    return sorted({one.reference for one in found if one is not None and (one.held_at or one.status is not Status.CLOSED)})


def _going_on(uow: UnitOfWork, incident_id: UUID) -> Incident | None:
    incident = uow.incident(incident_id)
    while incident is not None and incident.merged_into is not None and incident.held_at is None:
        incident = uow.incident(incident.merged_into)
    return incident


def months_due(retention: Retention, months: Iterable[str], today: date) -> list[tuple[str, What, date]]:
    """Month, what of it, and since when: those that may be let go today and were not yet."""
    periods = retention.on(today).periods
    due = ((month, what, month_due(month, getattr(periods, what))) for month in months for what in WHAT)
    return [(month, what, day) for month, what, day in due if day <= today and (month, what) not in retention.erased]


def payloads_erased(month: str, what: What, rows: int, number: int, meta: Meta) -> PayloadsErased:
    """A month's payloads, those of signals that became nothing or all of them with their key."""
    key = f"payload:{month}" if what == "payloads" else None
    return PayloadsErased(meta=meta, month=month, what=what, rows=rows, key=key, number=number)


def letters_erased(before: date, numbers: Sequence[int], number: int, meta: Meta) -> DeadLettersErased:
    """The letters with these numbers, of which there is one at least."""
    return DeadLettersErased(meta=meta, before=before, letters=len(numbers), upto=max(numbers), number=number)


def begin_of(day: date) -> datetime:
    """Midnight in Copenhagen, as UTC."""
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)
