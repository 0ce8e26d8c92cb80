"""An incident's evidence as people read it: what it is, whether it can be fetched, and who has had it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from adapters.incident.event_facts import happened
from adapters.words.field_labels import short_label
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.events import Recorded
from domain.incident.events import EvidenceAccessed, EvidenceHandedOver
from domain.incident.transitions import BY_EVENT
from handlers.evidence import Evidence, evidence_of

UNITS = ("bytes", "kB", "MB", "GB")
STEP = 1000


class Custody(NamedTuple):
    """One link of the chain: what happened, when, by whom, and in words to whom and why."""

    label: str
    occurred_at: datetime
    actor: str
    words: tuple[str, ...]


class EvidenceLine(NamedTuple):
    """One piece of evidence."""

    number: int
    name: str | None
    sha256: str
    size: str | None
    stored: bool
    kept_at: str | None
    media_type: str | None
    claimed_type: str | None
    scan: str | None
    infected: bool
    finding: str | None
    occurred_at: datetime
    actor: str
    custody: tuple[Custody, ...]


def evidence_lines(recorded: Iterable[Recorded], language: Language) -> tuple[EvidenceLine, ...]:
    """In the order in which it was recorded."""
    return tuple(_line(one, language) for one in evidence_of(recorded))


def size_in_words(size: int, language: Language) -> str:
    """12345678 is 12,3 MB in Danish and 12.3 MB in English."""
    power = next((n for n in range(len(UNITS)) if size < STEP ** (n + 1)), len(UNITS) - 1)
    number = str(size) if power == 0 else f"{size / STEP**power:.1f}"
    return f"{number.replace('.', ',') if language == 'da' else number} {UNITS[power]}"


def _line(one: Evidence, language: Language) -> EvidenceLine:
    event = one.event
    return EvidenceLine(
        number=one.number,
        name=event.name,
        sha256=event.sha256,
        size=None if event.bytes is None else size_in_words(event.bytes, language),
        stored=event.stored,
        kept_at=event.kept_at,
        media_type=event.media_type,
        claimed_type=event.claimed_type,
        scan=value_label("scan", event.scan, language) if event.scan else None,
        infected=event.scan == "infected",
        finding=event.finding,
        occurred_at=event.meta.occurred_at,
        actor=event.meta.actor,
        custody=tuple(_custody(each, language) for each in one.custody),
    )


def _custody(recorded: Recorded, language: Language) -> Custody:
    words: tuple[str | None, ...] = ()
    match recorded.event:
        case EvidenceHandedOver(recipient=recipient, reason=reason):
            words = (recipient, reason)
        case EvidenceAccessed(despite_infection=True):
            words = (short_label("despite_infection", language),)
    meta = recorded.event.meta
    label = happened(BY_EVENT[type(recorded.event)].step, language)
    return Custody(label, meta.occurred_at, meta.actor, tuple(one for one in words if one))
