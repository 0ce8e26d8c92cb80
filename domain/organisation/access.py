"""Who may read here besides the house itself: a holder with a token of their own, for some entities or for all; or an auditor,
for some incidents and a time.
"""  # noqa: D205 - one sentence

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Extent(NamedTuple):
    """A part of the log that may be read."""

    entities: frozenset[str]
    incidents: frozenset[UUID] | None = None
    """Of these entities' incidents only those, whatever they were merged with or split into; None: all, also those to come."""


Scope = Extent | None
"""What may be read; None: everything, also what is to come."""


class Period(NamedTuple):
    """From one instant until before another, both aware."""

    start: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it is that time."""
        return self.start <= now < self.end


class Grant(NamedTuple):
    """A holder's access as it stands. The token is kept nowhere: its SHA-256 (hex) is enough to know it again."""

    entities: tuple[str, ...]
    token_sha256: str
    since: datetime
    reason: str | None
    incidents: tuple[UUID, ...] = ()
    """Named: an auditor's, who reads these and changes nothing."""
    period: Period | None = None
    """When it opens anything; None: from its grant until it is withdrawn."""

    @property
    def scope(self) -> Scope:
        """None named: all."""
        return scope_of(self.entities, self.incidents)

    def holds(self, now: datetime) -> bool:
        """Whether it opens anything at that time."""
        return self.period is None or self.period.holds(now)


def scope_of(entities: Iterable[str], incidents: Iterable[UUID] = ()) -> Scope:
    """What a grant that names these lets its holder read."""
    named = frozenset(entities)
    return Extent(named, frozenset(incidents) or None) if named else None


def lies_in(scope: Scope, entity: str | None) -> bool:
    """Whether what belongs to the entity may be read; None is what belongs to no entity."""
    return scope is None or entity in scope.entities


def shows(scope: Scope, incident: UUID, entity: str | None) -> bool:
    """Whether this incident of that entity may be read."""
    return lies_in(scope, entity) and (scope is None or scope.incidents is None or incident in scope.incidents)


def is_audit(scope: Scope) -> bool:
    """Whether single incidents are read, and nothing is changed."""
    return scope is not None and scope.incidents is not None
