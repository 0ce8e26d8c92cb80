"""An incident's events as the bundle's timeline tells them: plain text, in either language."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from adapters.incident.event_facts import NAMES, facts, happened
from adapters.reports.timeline import Timeline, TimelineEntry, Told, timeline_html, timeline_pdf
from adapters.reports.typesetting import Stamp
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.events import Meta, Recorded
from domain.incident.events import Reported
from domain.incident.transitions import BY_EVENT
from domain.rsit import class_name_da
from domain.time import show_da, show_en
from handlers.history import History
from handlers.readings import LATER

LANGUAGES: tuple[Language, ...] = ("da", "en")
_WHEN = Words("Skete {happened}; registreret {recorded}", "Happened {happened}; recorded {recorded}")
_LATE = Words("Registreret senere end det skete", "Recorded later than it happened")
_FOR = Words("på vegne af", "on behalf of")
_ERASED = Words("Teksten er slettet", "The text was erased")


def entry_of(recorded: Recorded, history: History, language: Language) -> TimelineEntry:
    """One event of an incident, its text opened."""
    event, meta = recorded.event, recorded.event.meta
    later = recorded.recorded_at - meta.occurred_at > LATER
    erased = event.sealed is not None and all(getattr(event, name) is None for name in event.CONFIDENTIAL_FIELDS)
    deviations = (value_label("Deviation", one, language) for one in getattr(event, "deviations", ()))
    return TimelineEntry(
        position=recorded.position,
        label=happened(BY_EVENT[type(event)].step, language),
        when=_WHEN.to(language).format(
            happened=shown_plain("", meta.occurred_at, language), recorded=shown_plain("", recorded.recorded_at, language)
        ),
        who=_who(meta, language),
        marks=(
            *((_LATE.to(language),) if later else ()),
            *deviations,
            *((_ERASED.to(language),) if erased else ()),
        ),
        facts=tuple(
            Told(fact.label, tuple(map(str, fact.lines)))
            for fact in facts(event, language, shown=shown_plain, payload=history.payload)
        ),
    )


def _who(meta: Meta, language: Language) -> str:
    role = f" ({value_label('Role', meta.role, language)})" if meta.role else ""
    behalf = f", {_FOR.to(language)} {meta.on_behalf_of}" if meta.on_behalf_of else ""
    return f"{meta.actor}{role}{behalf}, {value_label('channel', meta.channel, language)}"


def shown_plain(name: str, value: Any, language: Language) -> str:  # noqa: ANN401, PLR0911 - any field; one case a kind of value
    """A field's value as plain text."""
    match value:
        case bool():
            return value_label("bool", value, language)
        case datetime():
            return show_en(value) if language == "en" else show_da(value)
        case UUID():
            return str(value)
        case tuple() | frozenset():
            return ", ".join(NAMES[language].get(one, str(one)) for one in sorted(value)) or "–"
        case _ if name == "incident_class" and language == "da":
            return class_name_da(str(value))
        case _ if name == "kind" and str(value) in NAMES[language]:
            return NAMES[language][str(value)]
        case _:
            kind = type(value).__name__
            return value_label(kind if kind != "str" else name, value, language)


def timeline_lines(history: History, incident: UUID, upto: int) -> Iterator[bytes]:
    """`{"da":{"label":...},"en":{...},"position":42,"reference":"H-2026-0042"}` for each event of the incident."""
    recorded = history.read_stream(incident, upto=upto)
    for one in recorded:
        line: dict[str, Any] = {"position": one.position, "reference": _reported(recorded).reference}
        line |= {language: entry_of(one, history, language).data for language in LANGUAGES}
        yield orjson.dumps(line, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def timeline_files(history: History, incident: UUID, upto: int, as_of: datetime) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of one incident's timelines, in both languages, as page and as PDF."""
    recorded = history.read_stream(incident, upto=upto)
    reported = _reported(recorded)
    stamp = Stamp(reported.entity, upto, as_of, bool(reported.meta.demo), reported.exercise)
    for language in LANGUAGES:
        entries = tuple(entry_of(one, history, language) for one in recorded)
        timeline = Timeline(reported.reference, language, entries, stamp)
        yield f"timelines/{reported.reference}.{language}.html", timeline_html(timeline)
        yield f"timelines/{reported.reference}.{language}.pdf", timeline_pdf(timeline)


def _reported(recorded: Sequence[Recorded]) -> Reported:
    first = recorded[0].event
    assert isinstance(first, Reported)  # noqa: S101 - every incident begins so
    return first
