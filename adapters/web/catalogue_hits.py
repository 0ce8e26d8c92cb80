"""Which open incidents hit which objects of the catalogue now: those that they name, and all that stands on these."""

import threading
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from adapters.web.parts import WebParts
from domain.catalogue.impact import Hit, roll_up
from domain.catalogue.landscape import Landscape
from domain.signals import Severity
from projections import register
from projections.rows import Row

MOST = 50
"""Open incidents that are followed, those that owe something first: each costs a walk through the landscape."""


class OpenHit(NamedTuple):
    """An open incident that reaches an object; `row` is the register's."""

    reference: str
    severity: Severity
    row: Row
    hit: Hit


class OpenHits(NamedTuple):
    """The open incidents that name anything in the catalogue, each with all that it reaches."""

    incidents: tuple[tuple[Row, Mapping[UUID, Hit]], ...]

    def of(self, one: UUID) -> tuple[OpenHit, ...]:
        """Those that reach this object."""
        found = ((row, reached.get(one)) for row, reached in self.incidents)
        return tuple(OpenHit(row["reference"], row["severity"], row, hit) for row, hit in found if hit is not None)


class Walks:
    """Keeps the walks of the incidents that are open, as long as the landscape is the same. Used on several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: Landscape | None = None
        self._known: dict[frozenset[UUID], Mapping[UUID, Hit]] = {}

    def open_hits(self, parts: WebParts, seen: Landscape) -> OpenHits:
        """What is hit now, exercises left out. Reads the register. Raises `UnavailableError`."""
        with parts.register() as connection:
            rows = register.incidents(connection, open_only=True, limit=MOST, scope=parts.desk.scope)
        starts = [(row, _starts(row, seen)) for row in rows]
        walks = self._walked(seen, {each for _, each in starts if each})
        return OpenHits(tuple((row, walks[each]) for row, each in starts if each))

    def _walked(self, seen: Landscape, wanted: set[frozenset[UUID]]) -> Mapping[frozenset[UUID], Mapping[UUID, Hit]]:
        with self._lock:
            known = self._known if self._of is seen else {}
            # What nobody asks for any more, its incident being closed, is forgotten.
            self._known = {each: known[each] if each in known else roll_up(seen, sorted(each)) for each in wanted}
            self._of = seen
            return self._known


def _starts(row: Row, seen: Landscape) -> frozenset[UUID]:
    named = () if row["exercise"] else (*row["services"], *row["components"])
    return frozenset(one for name in named for one in seen.named(name))
