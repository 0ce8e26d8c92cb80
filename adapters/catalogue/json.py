"""Objects of the catalogue as JSON values: enumerations as their English words, times RFC 3339 UTC."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from adapters.catalogue.field_words import HAPPENED
from adapters.catalogue.telling import Happened, NameOf, history_told
from domain.catalogue.board import Approval, ListedService, differences, list_sha256
from domain.catalogue.landscape import Landscape
from domain.catalogue.state import CatalogueObject
from domain.events import Recorded, cloudevents_type
from domain.time import rfc3339_utc
from handlers.catalogue import Changed
from projections.catalogue import facts_of
from projections.rows import Row

_CLEAR = ("service_class", "proposed_class", "proposal_number", "proposed_by", "retired", "version", "position")
_TIMES = ("class_at", "proposed_at", "registered_at", "changed_at")


def object_json(row: Row, landscape: Landscape, text: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One object with its facts and its ties in both directions.

    `text` is what was sealed of it, opened: without it description and contact are left out.
    """
    told: dict[str, Any] = {"id": str(row["id"]), **orjson.loads(facts_of(row).model_dump_json())}
    told |= {name: row[name] for name in _CLEAR}
    told |= {name: row[name] and rfc3339_utc(row[name]) for name in _TIMES}
    if text is not None:
        told |= {name: text.get(name) for name in ("description", "contact")}
    told["ties"] = [
        {"tie": bond.tie, "to": _named(landscape, bond.to), "need": bond.need, "weight": bond.weight, "group": bond.group}
        for bond in landscape.bonds(row["id"])
    ]
    told["tied_from"] = [
        {"tie": bond.tie, "from": _named(landscape, source), "need": bond.need, "weight": bond.weight, "group": bond.group}
        for source, bond in landscape.bonds_to(row["id"])
    ]
    return told


def class_object(known: CatalogueObject) -> dict[str, Any]:
    """The class that holds and the one that waits, each with why and who."""
    held, waits = known.classed, known.proposal
    return {
        "class_reason": held and held.reason,
        "class_proposal": held and held.proposed,
        "class_approved_by": held and held.by,
        "class_approved_at": held and rfc3339_utc(held.at),
        "proposed_reason": waits and waits.reason,
    }


def history_objects(events: Sequence[Recorded], name_of: NameOf) -> list[dict[str, Any]]:
    """Each event of an object's history with its place, what it told in words of both languages, and all of it in clear."""
    danish, english = (history_told(events, name_of, language) for language in ("da", "en"))
    return [_happened(da, en) for da, en in zip(danish, english, strict=True)]


def _happened(da: Happened, en: Happened) -> dict[str, Any]:
    recorded, event = da.recorded, da.recorded.event
    told = event.model_dump(mode="json", exclude={"meta", "sealed"}, exclude_none=True)
    meta = event.meta.model_dump(include={"actor", "role", "on_behalf_of", "channel"}, exclude_none=True)
    return {
        "id": recorded.id,
        "number": recorded.version,
        "position": recorded.position,
        "type": cloudevents_type(recorded.topic),
        "recorded_at": rfc3339_utc(recorded.recorded_at),
        "occurred_at": rfc3339_utc(event.meta.occurred_at),
        **meta,
        "danish": ". ".join([da.heading, *da.lines]),
        "english": ". ".join([en.heading, *en.lines]),
        "reason": da.reason,
        "told": told,
    }


def critical_object(listed: Sequence[ListedService], approved: Sequence[Approval]) -> dict[str, Any]:
    """The list as it stands, what it takes to approve it, and how it differs from the one that was approved last."""
    last = approved[-1] if approved else None
    found = differences(last.services, listed) if last else ()
    return {
        "list_sha256": list_sha256(listed),
        "services": [one.model_dump(mode="json") for one in listed],
        "approved": last and {"number": last.number, "approved_on": str(last.approved_on), "services": len(last.services)},
        "differs": last is None or bool(found),
        "differences": [
            {
                "name": one.name,
                "before": one.before and one.before.model_dump(mode="json"),
                "after": one.after and one.after.model_dump(mode="json"),
                "fields": list(one.fields),
            }
            for one in found
        ],
    }


def changed_object(changed: Changed) -> dict[str, Any]:
    """What a change led to: the version that the next one refers to, and the events; none when all was so already."""
    one, count = changed.object, len(changed.events)
    events = [
        {
            "id": f"{one.id}/{one.version - count + number}",
            "position": changed.position - count + number,
            "type": cloudevents_type(event.TOPIC),
            "danish": HAPPENED[event.TOPIC].da,
            "english": HAPPENED[event.TOPIC].en,
        }
        for number, event in enumerate(changed.events, start=1)
    ]
    told = {"id": str(one.id), "kind": one.kind, "name": one.facts.name, "version": one.version}
    return {**told, "position": changed.position, "events": events}


def _named(landscape: Landscape, one: UUID) -> dict[str, str]:
    node = landscape.nodes[one]
    return {"id": str(one), "kind": node.kind, "name": node.name}
