"""What is hit and why, in words of both languages; the same for page and command line."""

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from adapters.catalogue.words import CLASSES, EFFECTS, TIES
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.catalogue.impact import ServiceHit
from domain.catalogue.landscape import Landscape
from domain.catalogue.ties import CARRYING
from handlers.impact import IncidentImpact

HEADING = Words("Hvad rammer det?", "What does it hit?")
ASSUMED = Words(
    "Regnet ud fra kataloget, som om det, hændelsen nævner, er helt stoppet, hvis den ikke siger andet.",
    "Worked out from the catalogue, as if what the incident names had stopped, unless the incident says otherwise.",
)
NOBODY = Words("Ingen ydelse i kataloget rammes af det, hændelsen nævner.", "No service in the catalogue is hit.")
NOTHING_NAMED = Words(
    "Hændelsen nævner ingen ydelse eller komponent. Ret »Berørte ydelser«, så siger kataloget resten.",
    "The incident names no service or component. Correct “Services affected”, and the catalogue tells the rest.",
)
EMPTY = Words(
    "Kataloget er tomt, så det vides ikke, hvilke ydelser der rammes.", "The catalogue is empty, so what is hit is not known."
)
_UNKNOWN = Words("Kataloget kender ikke {names}.", "The catalogue does not know {names}.")
_ITSELF = Words("Nævnt i hændelsen selv", "Named in the incident itself")
_WHICH = Words(", som {tie} {name}", ", which {tie} {name}")
_UNCLASSED = Words("ingen klasse, regnet som almindelig", "no class, counted as ordinary")
_AGREES = Words(
    "Anbefalet alvor: {recommended}, og det er den, der står. Grunden: {why}.",
    "Recommended severity: {recommended}, which is the one that stands. The reason: {why}.",
)
_DIFFERS = Words(
    "Anbefalet alvor: {recommended}. Hændelsen står som: {stands}. Grunden: {why}. Du afgør det.",
    "Recommended severity: {recommended}. The incident stands as: {stands}. The reason: {why}. You decide.",
)
_WHY = Words("{name} ({held}): {effect}", "{name} ({held}): {effect}")
_BECAUSE = Words("Kataloget: {why}. {path}.", "The catalogue: {why}. {path}.")


def class_in_words(one: ServiceHit, language: Language) -> str:
    """The service's class; of one without, what it counts as."""
    held = one.node.service_class
    return _UNCLASSED.to(language) if held is None else CLASSES[held].to(language)


def path_in_words(path: Sequence[UUID], seen: Landscape, language: Language) -> str:
    """From the service down to what failed: `Hjemmepleje afhænger af Omsorgsjournal, som afhænger af srv-omsorg-01`."""
    if len(path) == 1:
        return _ITSELF.to(language)
    steps = [
        (seen.nodes[above].name, _tie(seen, above, below, language), seen.nodes[below].name) for below, above in pairwise(path)
    ]
    name, tie, below = steps[-1]
    return f"{name} {tie} {below}" + "".join(_WHICH.to(language).format(tie=tie, name=name) for _, tie, name in steps[-2::-1])


def recommendation(impact: IncidentImpact, language: Language) -> str | None:
    """The severity that the worst hit service's class gives, why, and the one that stands; None when no service is hit."""
    if impact.recommended is None:
        return None
    return (
        (_DIFFERS if impact.differs else _AGREES)
        .to(language)
        .format(
            recommended=_severity(impact.recommended, language),
            stands=_severity(impact.stands, language),
            why=_why(impact, language),
        )
    )


def correction_reason(impact: IncidentImpact, language: Language) -> str:
    """The reason that a correction to the recommended severity begins with: class and path. A service must be hit."""
    path = path_in_words(impact.services[0].path, impact.landscape, language)
    return _BECAUSE.to(language).format(why=_why(impact, language), path=path)


def unknown_in_words(impact: IncidentImpact, language: Language) -> str | None:
    """Names that the catalogue does not know; None when it knows all."""
    return _UNKNOWN.to(language).format(names=", ".join(impact.unknown)) if impact.unknown else None


def _why(impact: IncidentImpact, language: Language) -> str:
    worst = impact.services[0]
    held = class_in_words(worst, language)
    return _WHY.to(language).format(name=worst.node.name, held=held.lower(), effect=EFFECTS[worst.effect].to(language))


def _severity(value: str, language: Language) -> str:
    return value_label("Severity", value, language)


def _tie(seen: Landscape, above: UUID, below: UUID, language: Language) -> str:
    ties = {bond.tie for bond in seen.needs(above) if bond.to == below}
    return TIES[next(tie for tie in TIES if tie in ties & CARRYING)].to(language)
