"""What is hit, as JSON values: enumerations as their English words, a path from what failed up to the service."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.catalogue.findings import Finding
from domain.catalogue.impact import ServiceHit
from domain.catalogue.landscape import Landscape, Node
from domain.time import rfc3339_utc
from handlers.impact import IncidentImpact, WhatIf


def incident_impact_object(impact: IncidentImpact) -> dict[str, Any]:
    """What an incident hits; the recommendation is null when no service is hit."""
    return {
        "severity": impact.stands,
        "recommended_severity": impact.recommended,
        "services": [_service(one, impact.landscape) for one in impact.services],
        "unknown_names": list(impact.unknown),
        "catalogue_empty": impact.empty,
    }


def what_if_object(what_if: WhatIf, references: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What fails with an object, and what hit it; `references` are its newest incidents as objects."""
    return {
        **named(what_if.node),
        "services": [_service(one, what_if.landscape) for one in what_if.services],
        "others": [named(one) for one in what_if.others],
        "stands_on": [named(one) for one in what_if.stands_on],
        "incident_count": what_if.incidents.total,
        "incidents": list(references),
        "alerts": [
            {**row, "first_at": rfc3339_utc(row["first_at"]), "last_at": rfc3339_utc(row["last_at"])} for row in what_if.alerts
        ],
    }


def finding_object(finding: Finding, landscape: Landscape, sentence: str) -> dict[str, Any]:
    """A finding with its sentence."""
    return {
        "finding": finding.kind,
        **named(landscape.nodes[finding.about]),
        "others": [named(landscape.nodes[one]) for one in finding.others],
        "shared_name": finding.name,
        "day": finding.day and finding.day.isoformat(),
        "text": sentence,
    }


def named(node: Node) -> dict[str, str]:
    """An object as it is named among others."""
    return {"id": str(node.id), "kind": node.kind, "name": node.name}


def _service(one: ServiceHit, landscape: Landscape) -> dict[str, Any]:
    return {
        **named(one.node),
        "service_class": one.node.service_class,
        "effect": one.effect,
        "severity": one.severity,
        "path": [_on_path(landscape, each) for each in one.path],
    }


def _on_path(landscape: Landscape, one: UUID) -> dict[str, str]:
    return named(landscape.nodes[one])
