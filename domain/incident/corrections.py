"""Corrections: a field of the report as text, there and back, and what a correction must not contradict."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.incident import errors as err
from domain.incident.events.common import IncidentKind
from domain.incident.events.report import CorrectableField, Corrected, Reported
from domain.incident.state import Incident
from domain.signals import Severity
from domain.time import parse_time, rfc3339_local

YES, NO = frozenset({"yes", "true", "ja"}), frozenset({"no", "false", "nej"})


def correct(incident: Incident, corrected: Corrected, check_past: Callable[[datetime], None]) -> Corrected:
    """The correction with the old value filled in. Raises `NothingToCorrectError`, `AwareBeforeDetectionError`."""
    value = corrected_value(corrected.field, corrected.new)
    old = as_text(getattr(incident, corrected.field))
    if value == getattr(incident, corrected.field):
        msg = f"{corrected.field} is {old!r} already"
        raise err.NothingToCorrectError(msg)
    if corrected.field == "detected_at":
        check_past(value)
        if incident.aware_at is not None and value > incident.aware_at:
            msg = f"detected_at is after the awareness ({rfc3339_local(incident.aware_at)}): declare the awareness anew first"
            raise err.AwareBeforeDetectionError(msg)
        breach_aware_at = incident.triggers.get("breach_aware")
        if breach_aware_at is not None and value > breach_aware_at:
            msg = (
                f"detected_at is after the awareness of the breach ({rfc3339_local(breach_aware_at)}): register that anew first"
            )
            raise err.AwareBeforeDetectionError(msg)
    # The old value is read here, not taken from the caller: the log states what it really was.
    if corrected.field in Reported.CONFIDENTIAL_FIELDS:
        # None is what an erased text reads as, so a text that is taken out is written as empty.
        return corrected.model_copy(update={"old": old, "new": as_text(value) or "", "clear_old": None, "clear_new": None})
    return corrected.model_copy(update={"clear_old": old, "clear_new": as_text(value) or "", "old": None, "new": None})


def corrected_value(field: CorrectableField, text: str | None) -> Any:  # noqa: ANN401 - a case a kind of field
    """Read `text` as the field's type; an unreadable one is a `NothingToCorrectError` that says what is possible."""
    words = (text or "").strip()
    match field:
        case "severity" | "kind":
            options: type[Severity | IncidentKind] = Severity if field == "severity" else IncidentKind
            if words not in set(options):
                msg = f"{field} cannot be {words!r}: use one of {', '.join(options)}"
                raise err.NothingToCorrectError(msg)
            return options(words)
        case "trust_service":
            if words.casefold() not in YES | NO:
                msg = f"{field} cannot be {words!r}: use yes or no"
                raise err.NothingToCorrectError(msg)
            return words.casefold() in YES
        case "detected_at":
            return parse_time(words)
        case "services" | "components":
            return tuple(part.strip() for part in words.split(",") if part.strip())
        case "title" if not words:
            msg = "title cannot be empty"
            raise err.NothingToCorrectError(msg)
        case _:
            return words or None


def as_text(value: Any) -> str | None:  # noqa: ANN401 - as many types as there are fields
    """A field's value written the way `corrected_value` reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value)
    return None if value is None else str(value)
