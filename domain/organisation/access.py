"""Who may read here besides the house itself: a holder with a token of their own, for some entities or for all."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

Scope = frozenset[str] | None
"""The entities whose incidents may be read; None: all of them, also those to come."""


class Grant(NamedTuple):
    """A holder's access as it stands. The token is kept nowhere: its SHA-256 (hex) is enough to know it again."""

    entities: tuple[str, ...]
    token_sha256: str
    since: datetime
    reason: str | None

    @property
    def scope(self) -> Scope:
        """None named: all."""
        return scope_of(self.entities)


def scope_of(entities: Iterable[str]) -> Scope:
    """What a grant that names these entities lets its holder read."""
    return frozenset(entities) or None


def lies_in(scope: Scope, entity: str | None) -> bool:
    """Whether what belongs to the entity may be read; None is what belongs to no entity."""
    return scope is None or entity in scope
