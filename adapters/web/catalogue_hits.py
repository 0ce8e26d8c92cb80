"""Which open incidents hit which objects of the catalogue now: those that they name, and all that stands on these."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from adapters.web.parts import WebParts
from domain.catalogue.impact import Hit, roll_up
from domain.catalogue.landscape import Landscape
from domain.signals import Severity
from projections import register
from projections.rows import Row

MOST = 100
"""Open incidents that are followed, those that owe something first: each costs a walk through the landscape."""


class OpenHit(NamedTuple):
    """An open incident that reaches an object; `row` is the register's."""

    reference: str
    severity: Severity
    row: Row
    hit: Hit


def open_hits(parts: WebParts, seen: Landscape) -> Mapping[UUID, tuple[OpenHit, ...]]:
    """Object to what reaches it, exercises left out. Reads the register. Raises `UnavailableError`."""
    with parts.register() as connection:
        rows = register.incidents(connection, open_only=True, limit=MOST, scope=parts.desk.scope)
    found: dict[UUID, list[OpenHit]] = {}
    # Many incidents of one night name the same server: its walk is taken once.
    walks: dict[frozenset[UUID], Mapping[UUID, Hit]] = {}
    for row in rows:
        named = () if row["exercise"] else (*row["services"], *row["components"])
        starts = frozenset(one for name in named for one in seen.named(name))
        if starts and starts not in walks:
            walks[starts] = roll_up(seen, sorted(starts))
        for one, hit in walks.get(starts, {}).items():
            found.setdefault(one, []).append(OpenHit(row["reference"], row["severity"], row, hit))
    return {one: tuple(hits) for one, hits in found.items()}
