"""A notice filled in from the log, in plain Danish words. What the log does not know stays empty: nothing is guessed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from domain.incident.events import IncidentKind, Nis2Category
from domain.submissions.fields import fields_of
from domain.submissions.kinds import KINDS, ReportKind
from domain.submissions.known import Known, Receipt
from domain.time import rfc3339_local, show_da, show_span_da

_REASONS = {IncidentKind.NEAR_MISS: "near_miss", IncidentKind.THREAT: "threat"}
_CATEGORIES = {Nis2Category.LOW: "Lav", Nis2Category.MEDIUM: "Mellem", Nis2Category.HIGH: "Høj"}

_OUTSIDE = (
    "Årsagen ligger uden for vores egne systemer{whom}. "
    "Vi har ingen egen fejl at rette, og der er intet eget forløb at evaluere."
)
_REPAIRED_OUTSIDE = "Fejlen blev rettet uden for vores egne systemer{whom}."
_BEING_REPAIRED_OUTSIDE = "Fejlen bliver rettet uden for vores egne systemer{whom}."
_NOTHING_LEFT = "Ingen"

_STAMPED = ("summary", "recipients.what_happened", "breach.nature", "withdrawal.reason")
"""Where a notice says first what it is, so that a copied text still tells."""


def prefill(kind: ReportKind, known: Known) -> dict[str, str]:
    """Give the fields of such a notice that the log can fill in, by key. Times are Copenhagen's clock with its offset.

    Every value passes `check_values`. A description that is an exercise's or a demo's begins with that word.
    """
    values = {key: text for key in fields_of(kind) if key in _WORDS and (text := _WORDS[key](known).strip())}
    stamp = "".join(f"{word}. " for word, holds in (("DEMO", known.demo), ("ØVELSE", known.exercise)) if holds)
    return {key: f"{stamp}{text}" if key in _STAMPED else text for key, text in values.items()}


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _sentences(*texts: str | None) -> str:
    """Put what is told in one text, each with a full stop at its end."""
    told = (text.strip() for text in texts if text and text.strip())
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in told)


def _time(instant: datetime | None) -> str:
    return rfc3339_local(instant) if instant else ""


def _choice(value: StrEnum | None) -> str:
    return value.value if value else ""


def _listed(label: str, texts: tuple[str, ...]) -> str:
    return f"{label}: {', '.join(texts)}" if texts else ""


def _whom(known: Known) -> str:
    return f" (hos {known.third_party})" if known.third_party else ""


def _reporting_reason(known: Known) -> str:
    if known.significant:
        return "significant"
    return _REASONS.get(known.kind, "voluntary" if known.significant is False else "")


def _summary(known: Known) -> str:
    return _sentences(known.title, known.description)


def _impact(known: Known) -> str:
    return _sentences(
        _listed("Berørte ydelser", known.services),
        f"Sted: {known.place}" if known.place else "",
        f"Antal berørte: {known.users_affected}" if known.users_affected else "",
        f"Kategori: {_CATEGORIES[known.category]}" if known.category else "",
        *known.reasons,
    )


def _duration(known: Known) -> str:
    start = known.occurred_at or known.detected_at
    return show_span_da(known.handled_at - start) if known.handled_at and known.handled_at >= start else ""


def _indicators(known: Known) -> str:
    return "" if known.indicators is None else _lines(known.indicators) or "Ingen kendte"


def _root_cause(known: Known) -> str:
    return _sentences(known.root_cause, _OUTSIDE.format(whom=_whom(known)) if known.external_cause else "")


def _applied(known: Known) -> str:
    repaired = known.external_cause and known.handled_at is not None
    return _lines((*known.measures_done, *((_REPAIRED_OUTSIDE.format(whom=_whom(known)),) if repaired else ())))


def _ongoing(known: Known) -> str:
    running = known.external_cause and known.handled_at is None
    told = _lines((*known.measures_ongoing, *((_BEING_REPAIRED_OUTSIDE.format(whom=_whom(known)),) if running else ())))
    return told or (_NOTHING_LEFT if known.external_cause else "")


def _suppliers(known: Known) -> str:
    return _lines(dict.fromkeys((*known.suppliers, *((known.third_party,) if known.third_party else ()))))


def _earlier(receipt: Receipt) -> str:
    number = f"kvittering {receipt.number}" if receipt.number else "kvittering ikke set"
    return f"{KINDS[receipt.kind].danish}, {show_da(receipt.sent_at)}, {number}"


def _recipients_effect(known: Known) -> str:
    return known.recipients_effect or _sentences(_listed("Det rammer", known.services))


_WORDS: Mapping[str, Callable[[Known], str]] = {
    "reporting_reason": _reporting_reason,
    "entity.name": lambda known: known.entity,
    "entity.cvr": lambda known: known.cvr or "",
    "entity.sector": lambda known: known.sector or "",
    "contact.name": lambda known: known.contact.name or "",
    "contact.role": lambda known: known.contact.role or "",
    "contact.phone": lambda known: known.contact.phone or "",
    "contact.email": lambda known: known.contact.email or "",
    "contact.on_call": lambda known: known.contact.on_call or "",
    "reporter.on_behalf_of": lambda known: known.on_behalf_of or "",
    "ref.internal": lambda known: known.reference,
    "ref.authority": lambda known: known.authority_reference or "",
    "ref.previous": lambda known: _lines(map(_earlier, known.previous)),
    "ref.data_protection": lambda known: known.breach.authority_reference or "",
    "time.occurred": lambda known: _time(known.occurred_at),
    "time.detected": lambda known: _time(known.detected_at),
    "time.aware": lambda known: _time(known.aware_at),
    "time.handled": lambda known: _time(known.handled_at),
    "withdrawal.decided_at": lambda known: _time(known.decided_at) if known.significant is False else "",
    "withdrawal.reason": lambda known: _sentences(*known.reasons) if known.significant is False else "",
    "suspected_malicious": lambda known: _choice(known.suspected_malicious),
    "cross_border": lambda known: _choice(known.cross_border),
    "cross_border.countries": lambda known: _lines(known.countries),
    "summary": _summary,
    "severity": lambda known: _choice(known.severity),
    "impact": _impact,
    "impact.services": lambda known: _lines(known.services),
    "impact.users": lambda known: known.users_affected or "",
    "impact.duration": _duration,
    "impact.area": lambda known: known.place or "",
    "indicators": _indicators,
    "affected_systems": lambda known: _lines(known.components),
    "affected_suppliers": _suppliers,
    "root_cause": _root_cause,
    "threat_type": lambda known: known.threat_type or "",
    "mitigation.applied": _applied,
    "mitigation.ongoing": _ongoing,
    "uncertainties": lambda known: _lines(known.uncertainties),
    "assistance.wanted": lambda known: "yes" if known.assistance else "",
    "assistance.text": lambda known: known.assistance or "",
    "recipients_informed": lambda known: _lines(known.recipients_informed),
    "police_reported": lambda known: _choice(known.police_reported),
    "personal_data_breach": lambda known: _choice(known.breach_suspected),
    "recipients.what_happened": lambda known: _sentences(known.title),
    "recipients.effect": _recipients_effect,
    "recipients.advice": lambda known: known.recipients_advice or "",
    "breach.aware": lambda known: _time(known.breach.aware_at),
    "breach.delay_reason": lambda known: known.breach.delay_reason or "",
    "breach.nature": lambda known: known.breach.nature or "",
    "breach.subject_categories": lambda known: _lines(known.breach.subject_categories),
    "breach.subject_count": lambda known: known.breach.subject_count or "",
    "breach.record_categories": lambda known: _lines(known.breach.record_categories),
    "breach.record_count": lambda known: known.breach.record_count or "",
    "breach.contact": lambda known: known.breach.contact or "",
    "breach.consequences": lambda known: known.breach.consequences or "",
    "breach.measures": lambda known: known.breach.measures or "",
    "breach.subjects_informed": lambda known: _choice(known.breach.subjects_informed),
    "breach.advice": lambda known: known.breach.advice or "",
}
"""What each field says. Those that only a person can decide are not here."""
