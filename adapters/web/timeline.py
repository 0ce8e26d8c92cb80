"""An incident's history as people read it: what happened, when, by whom, and what was entered later."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from adapters.field_labels import short_label
from adapters.guide_words import answered, asked, questions_of, recommended
from adapters.value_labels import HAPPENED, value_label
from adapters.web.rendering import step_label, time_element
from adapters.web.texts import text
from adapters.wording import Language
from domain.deadline_rules import RULES
from domain.events import DomainEvent, Recorded
from domain.incident.erasing import Removal, removals
from domain.incident.events import Assessed, AttachedSignal, FiledReport
from domain.incident.transitions import BY_EVENT
from domain.rsit import class_name_da
from handlers.desk import Desk
from handlers.history import History
from handlers.readings import LATER

HIDDEN = frozenset({"meta", "sealed", "reference", "entity", "demo", "kept", "redacted_sha256"})
SIGNALS_SHOWN = 5
NAMES = {"da": {rule.kind.value: rule.name for rule in RULES}, "en": {rule.kind.value: rule.name_en for rule in RULES}}


Referee = Callable[[UUID], str | None]


class Fact(NamedTuple):
    """One thing that the event tells: what it is called, and its lines."""

    label: str
    lines: tuple[Any, ...]


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
    return Fact(short_label(one.path.partition(".")[0], language), (f"{instead} {basis}: {one.reason or '–'}",))


def happened(step: str, language: Language) -> str:
    """What a step is called once it is history."""
    return HAPPENED[step].to(language) if step in HAPPENED else step_label(step, language)


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
        facts=(*_facts(event, desk, language), *removed),
        deviations=tuple(value_label("Deviation", one, language) for one in getattr(event, "deviations", ())),
        erased=erased,
    )


def _facts(event: DomainEvent, desk: Desk, language: Language) -> Iterator[Fact]:
    confidential_last = sorted(type(event).model_fields, key=lambda name: name in event.CONFIDENTIAL_FIELDS)
    for name in confidential_last:
        value = getattr(event, name)
        if name in HIDDEN or name == "deviations" or value in (None, (), {}, ""):
            continue
        if name == "signals":
            yield Fact(short_label(name, language), tuple(_signals(value, desk.history, language)))
        elif isinstance(event, Assessed) and name in {"answers", "explanations", "because", "recommendation"}:
            yield Fact(short_label(name, language), tuple(_guided(event, name, language)))
        elif name == "reports":
            yield Fact(short_label(name, language), tuple(_reports(value, language)))
        elif isinstance(value, dict):
            yield Fact(short_label(name, language), tuple(f"{question}: {answer}" for question, answer in value.items()))
        else:
            yield Fact(short_label(name, language), (shown(name, value, language, reference=referee(desk)),))


def _reports(reports: Sequence[FiledReport], language: Language) -> Iterator[Markup]:
    for one in reports:
        name = NAMES[language].get(one.kind) or value_label("ReportKind", one.kind, language)
        yield Markup("{} {} {}").format(name, time_element(language, one.sent_at), one.filed_sha256 or "")


def _guided(event: Assessed, name: str, language: Language) -> Iterator[str]:
    questions = questions_of(event)
    match name:
        case "answers":
            for key, answer in event.answers.items():
                yield f"{asked(key, questions, language)} {answered(key, answer, questions, language)}"
        case "explanations":
            for key, words in (event.explanations or {}).items():
                yield f"{asked(key, questions, language)} {words}"
        case "because":
            yield from (asked(key, questions, language) for key in event.because)
        case _:
            yield recommended(event.recommendation or "", language)


def _signals(signals: Sequence[AttachedSignal], history: History, language: Language) -> Iterator[str]:
    for signal in signals[:SIGNALS_SHOWN]:
        payload = history.payload(signal.payload_sha256)
        title = payload.title if payload else text(language, "incident.erased")
        severity = value_label("Severity", signal.severity, language)
        yield f"{signal.source}: {title} ({', '.join([severity, *signal.components])})"
    if len(signals) > SIGNALS_SHOWN:
        yield text(language, "incident.more-signals", count=len(signals) - SIGNALS_SHOWN)


def referee(desk: Desk) -> Referee:
    """Finds what people call another incident by its id; None for one that may not be seen."""

    def reference(incident_id: UUID) -> str | None:
        if not desk.sees(incident_id):
            return None
        stream = desk.history.read_stream(incident_id)
        return str(getattr(stream[0].event, "reference", incident_id)) if stream else str(incident_id)

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
