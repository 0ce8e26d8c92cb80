"""Objects of the catalogue as JSON values: enumerations as their English words, times RFC 3339 UTC."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from domain.catalogue.landscape import Landscape
from domain.time import rfc3339_utc
from projections.catalogue import facts_of
from projections.rows import Row

_CLEAR = ("service_class", "proposed_class", "proposal_number", "proposed_by", "retired", "version", "position")
_TIMES = ("class_at", "proposed_at", "registered_at", "changed_at")


def object_json(row: Row, landscape: Landscape, text: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One object with its facts and its ties in both directions; `text` is what was sealed of it, opened."""
    told: dict[str, Any] = {"id": str(row["id"]), **orjson.loads(facts_of(row).model_dump_json())}
    told |= {name: row[name] for name in _CLEAR}
    told |= {name: row[name] and rfc3339_utc(row[name]) for name in _TIMES}
    told |= {name: (text or {}).get(name) for name in ("description", "contact")}
    told["ties"] = [
        {"tie": bond.tie, "to": _named(landscape, bond.to), "need": bond.need, "weight": bond.weight, "group": bond.group}
        for bond in landscape.bonds(row["id"])
    ]
    told["tied_from"] = [
        {"tie": bond.tie, "from": _named(landscape, source), "need": bond.need, "weight": bond.weight, "group": bond.group}
        for source, bond in landscape.bonds_to(row["id"])
    ]
    return told


def _named(landscape: Landscape, one: UUID) -> dict[str, str]:
    node = landscape.nodes[one]
    return {"id": str(one), "kind": node.kind, "name": node.name}
