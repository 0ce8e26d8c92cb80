"""An object's facts and its history, line by line, in words of either language."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, cast
from uuid import UUID

from adapters.catalogue.field_words import FIELDS, HAPPENED, HOSTING
from adapters.catalogue.words import TABLES, catalogue_word
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.catalogue import events as e
from domain.catalogue.kinds import Facts, OutsideId
from domain.catalogue.state import CatalogueObject, evolve
from domain.catalogue.ties import CARRYING, Bond, Need
from domain.events import Recorded
from domain.time import day_da, day_en, show_span_da, show_span_en

_SPARE = Words("reservegruppe {group}", "group of spares {group}")
_ALONE = Words(
    "Af den, der foreslog den: retningslinjerne kræver ikke fire øjne", "By its proposer: the policy asks for no four eyes"
)
NameOf = Callable[[UUID], str]
"""What an object is called; for one that is not known, whatever the surface says of it."""


class Line(NamedTuple):
    """Something that is known: the field's own name, what it is called, what it is."""

    name: str
    label: str
    value: str


class Happened(NamedTuple):
    """An event of an object's history: what happened, what it told, and why."""

    recorded: Recorded
    heading: str
    lines: tuple[str, ...]
    reason: str | None


def fact_lines(facts: Facts, language: Language) -> list[Line]:
    """All that is known in clear but for kind and name, in the model's order; nothing of what nobody told."""
    told = [(name, getattr(facts, name)) for name in type(facts).model_fields if name not in {"kind", "name"}]
    return [Line(name, FIELDS[name].to(language), shown(name, value, language)) for name, value in told if value]


def shown(name: str, value: Any, language: Language) -> str:  # noqa: ANN401, PLR0911 - one case a kind of value
    """A fact's value as people read it."""
    match value:
        case None | ():
            return "–"
        case bool():
            return value_label("bool", value, language)
        case int() if name.endswith("_minutes"):
            return _span(value, language)
        case StrEnum() if type(value) in TABLES:
            return catalogue_word(value, language)
        case OutsideId():
            return f"{value.register_name}: {value.id}"
        case tuple():
            return ", ".join(shown(name, one, language) for one in value)
        case date():
            return day_en(value) if language == "en" else day_da(value)
        case str() if name == "hosting":
            return HOSTING[value].to(language)
        case _:
            return str(value)


def history_told(recorded: Sequence[Recorded], name_of: NameOf, language: Language) -> list[Happened]:
    """An object's whole history in its order, with its text opened."""
    known: CatalogueObject | None = None
    found = list[Happened]()
    for one in recorded:
        event = cast("e.ObjectEvent", one.event)
        lines = tuple(event_lines(known, event, name_of, language))
        found.append(Happened(one, HAPPENED[event.TOPIC].to(language), lines, event.reason))
        known = evolve(known, one.aggregate_id, event)
    return found


def bond_words(bond: Bond, language: Language) -> str:
    """What is said of a tie beside its sort and its ends; nothing of one along which no failure travels."""
    said = [catalogue_word(bond.need, language)] if bond.tie in CARRYING and bond.need is not Need.OTHER else []
    said += [catalogue_word(bond.weight, language)] if bond.tie in CARRYING else []
    said += [_SPARE.to(language).format(group=bond.group)] if bond.group else []
    return ", ".join(said)


def event_lines(known: CatalogueObject | None, event: e.ObjectEvent, name_of: NameOf, language: Language) -> Iterator[str]:
    """What an event tells of an object that stood so before."""
    match event:
        case e.Registered():
            yield f"{catalogue_word(event.facts.kind, language)}: {event.facts.name}"
        case e.Described():
            yield from _differences(cast("CatalogueObject", known), event, language)
        case e.Tied():
            yield f"{catalogue_word(event.tie, language)} {name_of(event.to)}"
            yield from filter(None, [bond_words(event.bond, language)])
        case e.Untied():
            yield f"{catalogue_word(event.tie, language)} {name_of(event.to)}"
        case e.ClassProposed():
            yield catalogue_word(event.service_class, language)
        case e.ClassApproved():
            if event.service_class is not None:
                yield catalogue_word(event.service_class, language)
            if event.alone:
                yield _ALONE.to(language)
        case e.Retired() | e.Reinstated() | e.ClassRejected():
            return


def _differences(known: CatalogueObject, event: e.Described, language: Language) -> Iterator[str]:
    for name in type(event.facts).model_fields:
        before, after = getattr(known.facts, name), getattr(event.facts, name)
        if before != after:
            yield f"{FIELDS[name].to(language)}: {shown(name, before, language)} → {shown(name, after, language)}"
    # Long texts are named only: both readings stand in the history of whoever asks for them.
    for name in ("description", "contact"):
        if getattr(known, name) != getattr(event, name):
            yield FIELDS[name].to(language)


def _span(minutes: int, language: Language) -> str:
    span = timedelta(minutes=minutes)
    return show_span_en(span) if language == "en" else show_span_da(span)
