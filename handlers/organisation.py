"""What people do to the organisation: one change, or all that differs from what they want; one unit of work each."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from pydantic import ValidationError

from domain.errors import ConflictError
from domain.events import Meta
from domain.organisation.access import Period
from domain.organisation.configuration import Configuration, proposals
from domain.organisation.events import ORGANISATION, AccessGranted, AccessWithdrawn, FilerTested, OrganisationEvent
from domain.organisation.state import Organisation, evolve
from domain.organisation.steps import decide
from handlers.desk import Desk
from handlers.requests import InvalidFieldsError, Origin
from handlers.unit_of_work import UnitOfWork


class Changed(NamedTuple):
    """What a change led to. `position` is the last one stored; without a change there are no events."""

    organisation: Organisation
    position: int
    events: tuple[OrganisationEvent, ...]


def change(uow: UnitOfWork, proposed: OrganisationEvent) -> Changed:
    """Record one change, or raise the domain's named refusal."""
    return _record(uow, [proposed])


def configure(uow: UnitOfWork, wanted: Configuration, origin: Origin) -> Changed:
    """Make the organisation what is wanted: one event for each difference, all of them or none.

    Raises the domain's named refusals, and `ConflictError` when the organisation is no longer at the version that was seen.
    """
    before = uow.organisation()
    if wanted.version is not None and wanted.version != before.version:
        msg = f"the organisation is at version {before.version}, you saw {wanted.version}: look at what is new and decide again"
        raise ConflictError(msg)
    return _record(uow, proposals(before, wanted, _meta(origin, origin.now)))


def filing_tested(entity: str, who: str, origin: Origin, at: datetime | None = None) -> FilerTested:
    """Somebody tried out filing for the entity, `at` then (aware) or now. Raises `InvalidFieldsError`."""
    with _wrong_fields_named():
        return FilerTested(meta=_meta(origin, at or origin.now), entity=entity, who=who)


def access_granted(holder: str, entities: Sequence[str], token_sha256: str, reason: str, origin: Origin) -> AccessGranted:
    """Somebody may read what these entities have, each named once; all, if none is named. Raises `InvalidFieldsError`."""
    named = tuple(dict.fromkeys(entities))
    with _wrong_fields_named():
        meta = _meta(origin, origin.now)
        return AccessGranted(meta=meta, holder=holder, entities=named, token_sha256=token_sha256, reason=reason)


def audit_granted(
    desk: Desk, references: Sequence[str], period: Period, origin: Origin, *, holder: str, token_sha256: str, reason: str
) -> AccessGranted:
    """An auditor may read these incidents in that time, and change nothing. Raises `InvalidFieldsError`, `NotFoundError`."""
    incidents = tuple(dict.fromkeys(desk.find(reference) for reference in references))
    entities = [entity for entity in map(desk.history.entity_of, incidents) if entity is not None]
    with _wrong_fields_named():
        return AccessGranted(
            meta=_meta(origin, origin.now),
            holder=holder,
            entities=tuple(dict.fromkeys(entities)),
            token_sha256=token_sha256,
            incidents=incidents,
            valid_from=period.start.astimezone(UTC),
            valid_until=period.end.astimezone(UTC),
            reason=reason,
        )


def access_withdrawn(holder: str, reason: str, origin: Origin) -> AccessWithdrawn:
    """They may no longer. Raises `InvalidFieldsError`."""
    with _wrong_fields_named():
        return AccessWithdrawn(meta=_meta(origin, origin.now), holder=holder, reason=reason)


@contextmanager
def _wrong_fields_named() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def _record(uow: UnitOfWork, proposed: Iterable[OrganisationEvent]) -> Changed:
    before = after = uow.organisation()
    events: list[OrganisationEvent] = []
    for each in proposed:
        for event in decide(after, each, now=uow.recorded_at):
            after = evolve(after, event)
            events.append(event)
    position = uow.append(ORGANISATION, events, expected=before.version) if events else 0
    return Changed(after, position, tuple(events))


def _meta(origin: Origin, occurred_at: datetime) -> Meta:
    return Meta(
        actor=origin.actor,
        channel=origin.channel,
        os_user=origin.os_user,
        occurred_at=occurred_at.astimezone(UTC),
        correlation_id=origin.correlation_id,
    )
