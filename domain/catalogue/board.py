"""The list of services critical to society, as the executive board (direktionen) approves it; in the catalogue's own stream."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.catalogue.classes import ServiceClass
from domain.catalogue.events import CatalogueChange, ObjectEvent
from domain.catalogue.landscape import Node
from domain.errors import ConflictError
from domain.events import DomainEvent, Frozen
from domain.incident.events import Name, Sha256


class ListedService(Frozen):
    """A line of the list."""

    id: UUID
    name: Name
    service_class: ServiceClass
    restoration_order: int | None = None
    administration: Name | None = None


class ListApproved(CatalogueChange):
    """The executive board approved the list as it stood: with its date, and a number that counts up."""

    TOPIC: ClassVar[str] = "catalogue.list-approved.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"number", "services"}

    number: int = 0
    approved_on: date
    """The day of the meeting, Copenhagen's."""
    case_number: Name | None = None
    """Of the meeting's item in the records system."""
    list_sha256: Sha256
    """Of the list that was seen: another one now is a conflict, so nobody approves what they did not read."""
    services: tuple[ListedService, ...] = ()


class ListChangedError(ConflictError):
    """The list is no longer what was seen."""

    code: ClassVar[str] = "list-changed"


class Approval(NamedTuple):
    """An approval as it stands in the log."""

    number: int
    approved_on: date
    services: tuple[ListedService, ...]
    case_number: str | None = None


def critical_list(nodes: Iterable[Node]) -> tuple[ListedService, ...]:
    """The services critical to society that are in use, in the order in which they are restored, then by name."""
    wanted = [one for one in nodes if one.service_class is ServiceClass.SOCIETY_CRITICAL and not one.retired]
    wanted.sort(key=lambda one: (one.restoration_order is None, one.restoration_order or 0, one.name.casefold()))
    return tuple(
        ListedService(
            id=one.id,
            name=one.name,
            service_class=ServiceClass.SOCIETY_CRITICAL,
            restoration_order=one.restoration_order,
            administration=one.administration,
        )
        for one in wanted
    )


def list_sha256(services: Sequence[ListedService]) -> str:
    """SHA-256 (hex) of the list as JSON with sorted keys."""
    told = [one.model_dump(mode="json") for one in services]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Difference(NamedTuple):
    """A service on which two lists differ; None where it is not on the list. `fields` are those that changed."""

    name: str
    before: ListedService | None
    after: ListedService | None
    fields: tuple[str, ...] = ()


def differences(before: Sequence[ListedService], after: Sequence[ListedService]) -> tuple[Difference, ...]:
    """What was added, changed and removed, in the order of the lists; none when they are the same."""
    then, now = ({one.id: one for one in listed} for listed in (before, after))
    found = [Difference(one.name, then.get(one.id), one, _changed(then.get(one.id), one)) for one in after]
    gone = [Difference(one.name, one, None) for one in before if one.id not in now]
    return (*(one for one in found if one.before is None or one.fields), *gone)


def _changed(before: ListedService | None, after: ListedService) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(name for name in ListedService.model_fields if getattr(before, name) != getattr(after, name))


def approve(earlier: int, proposed: ListApproved, services: Sequence[ListedService]) -> tuple[ListApproved, ...]:
    """The approval to record, of the list as it stands. `earlier` approvals are on record. Raises `ListChangedError`."""
    if list_sha256(services) != proposed.list_sha256:
        msg = "the list of critical services changed since it was read: read it again, then approve"
        raise ListChangedError(msg)
    return (proposed.model_copy(update={"number": earlier + 1, "services": tuple(services)}),)


CatalogueEvent = ObjectEvent | ListApproved
