"""What an incident's event tells, in words of either language: what it is called, and its fields line by line."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from adapters.incident.guide_words import answered, asked, questions_of, recommended
from adapters.words.field_labels import short_label
from adapters.words.value_labels import HAPPENED, value_label
from adapters.words.wording import Language, Words
from domain.deadline_rules import RULES
from domain.events import DomainEvent
from domain.incident.events import Assessed, AttachedSignal, FiledReport
from domain.incident.transitions import BY_STEP
from domain.time import show_da, show_en
from handlers.history import Payload

HIDDEN = frozenset({"meta", "sealed", "reference", "entity", "demo", "kept", "redacted_sha256"})
SIGNALS_SHOWN = 5
NAMES = {"da": {rule.kind.value: rule.name for rule in RULES}, "en": {rule.kind.value: rule.name_en for rule in RULES}}
_ERASED = Words("Teksten er slettet", "The text was erased")
_MORE = Words("og {count} flere", "and {count} more")

PayloadOf = Callable[[str], Payload | None]
"""See `handlers.history.History.payload`."""


class Shown(Protocol):
    """A field's value as people read it: text, or the surface's own markup."""

    def __call__(self, name: str, value: Any, language: Language) -> Any: ...  # noqa: ANN401, D102 - any field; said above


class Fact(NamedTuple):
    """One thing that the event tells: what it is called, and its lines."""

    label: str
    lines: tuple[Any, ...]
    name: str
    """The field's own."""


def happened(step: str, language: Language) -> str:
    """What a step is called once it is history."""
    if step in HAPPENED:
        return HAPPENED[step].to(language)
    return BY_STEP[step].english if language == "en" else BY_STEP[step].danish


def facts(event: DomainEvent, language: Language, *, shown: Shown, payload: PayloadOf) -> Iterator[Fact]:
    """All that it tells beside its origin, confidential fields last; nothing of what nobody told."""
    confidential_last = sorted(type(event).model_fields, key=lambda name: name in event.CONFIDENTIAL_FIELDS)
    for name in confidential_last:
        value = getattr(event, name)
        if name in HIDDEN or name == "deviations" or value in (None, (), {}, ""):
            continue
        if name == "signals":
            yield Fact(short_label(name, language), tuple(_signals(value, payload, language)), name)
        elif isinstance(event, Assessed) and name in {"answers", "explanations", "because", "recommendation"}:
            yield Fact(short_label(name, language), tuple(_guided(event, name, language)), name)
        elif name == "reports":
            yield Fact(short_label(name, language), tuple(_reports(value, language)), name)
        elif isinstance(value, dict):
            yield Fact(short_label(name, language), tuple(f"{question}: {answer}" for question, answer in value.items()), name)
        else:
            yield Fact(short_label(name, language), (shown(name, value, language),), name)


def _reports(reports: Sequence[FiledReport], language: Language) -> Iterator[str]:
    show = show_en if language == "en" else show_da
    for one in reports:
        name = NAMES[language].get(one.kind) or value_label("ReportKind", one.kind, language)
        yield f"{name} {show(one.sent_at)} {one.filed_sha256 or ''}".rstrip()


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


def _signals(signals: Sequence[AttachedSignal], payload: PayloadOf, language: Language) -> Iterator[str]:
    for signal in signals[:SIGNALS_SHOWN]:
        kept = payload(signal.payload_sha256)
        title = kept.title if kept else _ERASED.to(language)
        severity = value_label("Severity", signal.severity, language)
        yield f"{signal.source}: {title} ({', '.join([severity, *signal.components])})"
    if len(signals) > SIGNALS_SHOWN:
        yield _MORE.to(language).format(count=len(signals) - SIGNALS_SHOWN)
