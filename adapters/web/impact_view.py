"""What an incident hits, as its page shows it: the services, why, and the severity that their classes give."""

from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from adapters.catalogue.impact_words import (
    class_in_words,
    correction_reason,
    path_in_words,
    recommendation,
    unknown_in_words,
)
from adapters.catalogue.words import catalogue_word
from adapters.web.parts import WebParts
from adapters.words.wording import Language
from domain.errors import UnavailableError
from domain.incident.state import Incident
from handlers.impact import IncidentImpact, impact_of

FIRST = 10
"""Services that are shown at once; the others unfold."""


class ServiceLine(NamedTuple):
    """A service that is hit. `id` is where the catalogue shows it; None for whoever may not read all of that."""

    id: UUID | None
    name: str
    held: str
    effect: str
    severity: str
    path: str


class ImpactView(NamedTuple):
    """The section. `found` is None while the catalogue cannot be read."""

    found: IncidentImpact | None
    first: tuple[ServiceLine, ...] = ()
    rest: tuple[ServiceLine, ...] = ()
    recommendation: str | None = None
    unknown: str | None = None
    correct: str | None = None
    """Where the severity is corrected to the recommended one, the form filled in; None when there is nothing to correct."""
    whole: bool = False
    """Whoever looks may read the whole catalogue."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of the services that are hit, the worst first."""
        return tuple(one.name for one in (*self.first, *self.rest))


def read_impact(parts: WebParts, incident: Incident, language: Language, *, correctable: bool) -> ImpactView:
    """Reads the catalogue's tables. `correctable`: whoever looks may take the step."""
    try:
        # The incident's own page must open also when the read model does not.
        found = impact_of(parts.landscape(), incident)
    except UnavailableError:
        return ImpactView(None)
    whole = parts.desk.scope is None
    lines = tuple(
        ServiceLine(
            id=one.node.id if whole else None,
            name=one.node.name,
            held=class_in_words(one, language),
            effect=catalogue_word(one.effect, language),
            severity=one.severity,
            path=path_in_words(one.path, found.landscape, language),
        )
        for one in found.services
    )
    return ImpactView(
        found=found,
        first=lines[:FIRST],
        rest=lines[FIRST:],
        recommendation=recommendation(found, language),
        unknown=unknown_in_words(found, language),
        correct=_correction(incident, found, language) if correctable and found.differs else None,
        whole=whole,
    )


def _correction(incident: Incident, found: IncidentImpact, language: Language) -> str:
    filled = {"trin": "correct", "field": "severity", "new": found.recommended, "reason": correction_reason(found, language)}
    return f"/haendelser/{incident.reference}?{urlencode(filled)}#trin-correct"
