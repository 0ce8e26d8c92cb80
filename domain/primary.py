"""Which store is the primary one, when a log was continued elsewhere: on the crisis laptop, and home again. R199.

A house is one place where the log is written: its id lies beside its keyring and is in no backup, so that whoever restores a
log is another house than the one that wrote it. As long as the log names no primary house, it may be written wherever it lies.
Once it names one, every other house reads it and writes nothing until somebody declares that house the primary one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, NonNegativeInt

from domain.errors import UnavailableError
from domain.events import Confidential, DomainEvent, Frozen
from domain.incident.errors import ReasonMissingError
from domain.incident.events import Name, Sha256, Text
from domain.time import rfc3339_utc

PRIMARY: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/primary")
"""The one stream of it: the same in every installation."""


class NotPrimaryError(UnavailableError):
    """Another house is the primary one: here the log is read-only. Nothing was accepted; senders keep what they have."""

    code: ClassVar[str] = "not-primary"


class PrimaryDeclared(DomainEvent):
    """From here on this house writes the log, and no other; or, handed over, nobody until the next house is declared."""

    TOPIC: ClassVar[str] = "primary.declared.1"

    house: UUID | None = None
    """Its id; None: handed over."""
    label: Name
    """What people call the machine; of whoever hands over, when it is handed over."""
    from_position: NonNegativeInt
    """The head of the log that was continued: what another house wrote after it is not in this one."""
    reason: Confidential[Text] = None


class Elsewhere(Frozen):
    """What a house is told that saw nothing of it: its log was continued by another one. A file, on a stick or a drive."""

    log: Sha256
    """Of the first event's stored bytes: which log it is about."""
    house: UUID
    label: Name
    from_position: NonNegativeInt
    declared_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Primacy:
    """The state that `evolve` makes."""

    version: int = 0
    declared: PrimaryDeclared | None = None
    """The last; None: nobody ever had to say."""


def decide(proposed: PrimaryDeclared) -> tuple[PrimaryDeclared, ...]:
    """The event to record. Raises `ReasonMissingError`."""
    if not (proposed.reason or "").strip():
        msg = "reason: say why the log goes on here; whoever compares the two later must be able to follow it"
        raise ReasonMissingError(msg)
    return (proposed,)


def evolve(primacy: Primacy, event: PrimaryDeclared) -> Primacy:
    """Apply one recorded event."""
    return replace(primacy, version=primacy.version + 1, declared=event)


def replay(events: Iterable[DomainEvent], primacy: Primacy | None = None) -> Primacy:
    """Fold events on top of what is known."""
    primacy = primacy or Primacy()
    for event in events:
        primacy = evolve(primacy, cast("PrimaryDeclared", event))
    return primacy


def refusal(primacy: Primacy, house: UUID, told: Elsewhere | None) -> str | None:
    """Why this house may not write, in words; None: it may. `told` is what it heard from outside the log.

    Whoever declares this house the primary one later than that has decided between the two.
    """
    declared = primacy.declared
    if told is not None and told.house != house:
        own = declared is not None and declared.house == house
        if not (own and declared is not None and declared.meta.occurred_at > told.declared_at):
            return (
                f"the log was continued from position {told.from_position} on {told.label},"
                f" {rfc3339_utc(told.declared_at)}: this one is read-only"
            )
    if declared is None or declared.house == house:
        return None
    if declared.house is None:
        return f"the log was handed over by {declared.label}: it is read-only until a house is declared"
    return f"the primary house of this log is {declared.label}: here it is read-only"
