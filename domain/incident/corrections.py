"""Corrections: a field of the report as text, there and back."""

from datetime import datetime
from typing import Any

from domain.incident.errors import NothingToCorrectError
from domain.incident.events import CorrectableField, IncidentKind
from domain.signals import Severity
from domain.time import parse_time


def corrected_value(field: CorrectableField, text: str | None) -> Any:  # noqa: ANN401 - as many types as there are fields
    """Read `text` as the field's type; an unreadable one is a `NothingToCorrectError` that says what is possible."""
    words = (text or "").strip()
    match field:
        case "severity" | "kind":
            options: type[Severity | IncidentKind] = Severity if field == "severity" else IncidentKind
            if words not in set(options):
                msg = f"{field} cannot be {words!r}: use one of {', '.join(options)}"
                raise NothingToCorrectError(msg)
            return options(words)
        case "detected_at":
            return parse_time(words)
        case "services" | "components":
            return tuple(part.strip() for part in words.split(",") if part.strip())
        case "title" if not words:
            msg = "title cannot be empty"
            raise NothingToCorrectError(msg)
        case _:
            return words or None


def as_text(value: Any) -> str | None:  # noqa: ANN401 - as many types as there are fields
    """A field's value written the way `corrected_value` reads it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value)
    return None if value is None else str(value)
