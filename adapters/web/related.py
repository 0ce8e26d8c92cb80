"""The other incidents that one belongs together with: split off, shared with another entity, merged.

Of one that may not be seen only the relation is told.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from adapters.web.texts import text
from adapters.words.wording import Language
from domain.events import DomainEvent
from domain.incident import events as e


class Related(NamedTuple):
    """Another incident, and how it relates to this one."""

    relation: str
    reference: str | None


def related(
    events: Iterable[DomainEvent], reference_of: Callable[[UUID], str | None], language: Language
) -> tuple[Related, ...]:
    """In the order in which they came; each relation once."""
    found = dict.fromkeys(pair for event in events if (pair := _other(event)) is not None)
    return tuple(Related(text(language, key), reference_of(other)) for key, other in found)


NAMES_ANOTHER: Mapping[type[DomainEvent], tuple[str, str]] = {
    e.Reported: ("from_incident", "related.from"),
    e.MergedInto: ("into", "related.into"),
    e.Split: ("into", "related.split"),
    e.SharedWith: ("incident", "related.shared"),
    e.ClocksInherited: ("other", "related.inherited"),
    e.Closed: ("duplicate_of", "related.duplicate"),
}
"""Kind of event to its field that names another incident, and what that one is to this."""


def _other(event: DomainEvent) -> tuple[str, UUID] | None:
    if type(event) not in NAMES_ANOTHER:
        return None
    field, relation = NAMES_ANOTHER[type(event)]
    other = getattr(event, field)
    return (relation, other) if other else None
