"""What a source's telling comes to, as JSON values: the same on the command line and in the API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from adapters.catalogue.import_words import problem_words
from adapters.words.wording import Language
from domain.catalogue.import_log import ImportNote
from domain.catalogue.importing import Comparison, Difference
from domain.catalogue.ties import Bond
from domain.time import rfc3339_utc


def comparison_json(found: Comparison, names: Mapping[UUID, str], language: Language) -> dict[str, Any]:
    """The differences, what is left out, and how many objects are the same. `names` are those of the objects tied to."""
    return {
        "differences": [difference_json(one, names) for one in found.differences],
        "problems": [
            {"place": one.place, "trouble": one.trouble, "told": list(one.told), "words": problem_words(one, language)}
            for one in found.problems
        ],
        "same": found.same,
    }


def difference_json(one: Difference, names: Mapping[UUID, str]) -> dict[str, Any]:
    """One difference. `id` names it for as long as both sides stay as they are."""
    return {
        "id": one.id,
        "sort": one.sort,
        "object_id": str(one.object_id),
        "kind": one.kind,
        "name": one.name,
        "field": one.field,
        "here": _side(one.here, names),
        "source": _side(one.source, names),
        "place": one.place,
    }


def _side(value: Any, names: Mapping[UUID, str]) -> Any:  # noqa: ANN401 - facts are of all types
    if isinstance(value, Bond):
        to = {"id": str(value.to), "name": names.get(value.to)}
        return {"tie": value.tie, "to": to, "need": value.need, "weight": value.weight, "group": value.group}
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def names_in(found: Comparison, known: Mapping[UUID, str]) -> Mapping[UUID, str]:
    """The names of all objects that differences speak of: those here, and those that are new."""
    return {**{one.object_id: one.name for one in found.differences}, **known}


def import_json(one: ImportNote) -> dict[str, Any]:
    """One import as the log has it. Times are UTC."""
    return {
        "number": one.number,
        "source": one.source,
        "at": rfc3339_utc(one.at),
        "by": one.by,
        "reason": one.reason,
        "file_sha256": one.file_sha256,
        "counts": dict(one.counts),
        "events": one.events,
        "correlation_id": one.correlation_id,
        "undone_at": one.undone_at and rfc3339_utc(one.undone_at),
    }
