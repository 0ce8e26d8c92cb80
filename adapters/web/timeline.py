"""An incident's history as people read it: what happened, when, by whom, and what was entered later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from adapters.incident.event_facts import NAMES, Fact, facts, happened
from adapters.web.rendering import time_element
from adapters.web.texts import text
from adapters.words.field_labels import short_label
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.events import Recorded
from domain.incident.erasing import Removal, removals
from domain.incident.transitions import BY_EVENT
from domain.rsit import class_name_da
from handlers.desk import Desk
from handlers.readings import LATER

Referee = Callable[[UUID], str | None]


class Entry(NamedTuple):
    """One event of the timeline."""

    position: int
    step: str
    label: str
    occurred_at: datetime
    recorded_at: datetime
    later: bool
    actor: str
    role: str | None
    on_behalf_of: str | None
    channel: str
    facts: tuple[Fact, ...]
    deviations: tuple[str, ...]
    erased: bool


def timeline(
    recorded: Sequence[Recorded], desk: Desk, language: Language, removed: Mapping[int, tuple[Fact, ...]]
) -> tuple[Entry, ...]:
    """Entries in the order of the log; `removed` says what is gone from which event, see `removed_facts`."""
    return tuple(_entry(one, desk, language, removed.get(one.version, ())) for one in recorded)


def removed_facts(everything: Sequence[Recorded], language: Language) -> dict[int, tuple[Fact, ...]]:
    """Number of each event of a whole history that a text was removed from, to what stands in its place and why."""
    found = removals([one.event for one in everything])
    return {number: tuple(_removed(one, language) for one in gone) for number, gone in found.items()}


def _removed(one: Removal, language: Language) -> Fact:
    basis = value_label("legal_basis", one.legal_basis, language)
    instead = text(language, "incident.removed")
    return Fact(short_label(one.path.partition(".")[0], language), (f"{instead} {basis}: {one.reason or '–'}",), one.path)


def _entry(recorded: Recorded, desk: Desk, language: Language, removed: tuple[Fact, ...]) -> Entry:
    event, meta = recorded.event, recorded.event.meta
    step = BY_EVENT[type(event)].step
    erased = (
        not removed and event.sealed is not None and all(getattr(event, name) is None for name in event.CONFIDENTIAL_FIELDS)
    )
    return Entry(
        position=recorded.position,
        step=step,
        label=happened(step, language),
        occurred_at=meta.occurred_at,
        recorded_at=recorded.recorded_at,
        later=recorded.recorded_at - meta.occurred_at > LATER,
        actor=meta.actor,
        role=value_label("Role", meta.role, language) if meta.role else None,
        on_behalf_of=meta.on_behalf_of,
        channel=value_label("channel", meta.channel, language),
        facts=(
            *facts(event, language, shown=partial(shown, reference=referee(desk)), payload=desk.history.payload),
            *removed,
        ),
        deviations=tuple(value_label("Deviation", one, language) for one in getattr(event, "deviations", ())),
        erased=erased,
    )


def referee(desk: Desk) -> Referee:
    """Finds what people call another incident by its id; None for one that may not be seen."""

    def reference(incident_id: UUID) -> str | None:
        if not desk.sees(incident_id):
            return None
        return desk.history.reference_of(incident_id) or str(incident_id)

    return reference


def shown(  # noqa: PLR0911 - one case a kind of value
    name: str,
    value: Any,  # noqa: ANN401 - any field
    language: Language,
    *,
    reference: Referee = str,
) -> Any:  # noqa: ANN401 - text or markup
    """A field's value as people read it."""
    match value:
        case None:
            return "–"
        case bool():
            return value_label("bool", value, language)
        case datetime():
            return time_element(language, value)
        case UUID():
            called = reference(value)
            hidden = text(language, "related.hidden")
            return hidden if called is None else Markup('<a href="/haendelser/{0}">{0}</a>').format(called)
        case (UUID(), *_):
            return Markup(", ").join(shown(name, one, language, reference=reference) for one in value)
        case tuple() | frozenset():
            return ", ".join(NAMES[language].get(one, one) for one in sorted(value)) or "–"
        case _ if name == "incident_class" and language == "da":
            return class_name_da(str(value))
        case _ if name == "kind" and str(value) in NAMES[language]:
            return NAMES[language][str(value)]
        case _:
            kind = type(value).__name__
            return value_label(kind if kind != "str" else name, value, language)
