"""Danish first, English with SPORLOG_LANG=en: one language for the whole process, help texts included."""

import os
from datetime import datetime, timedelta

from domain.time import show_da, show_en, show_span_da, show_span_en

ENGLISH = os.environ.get("SPORLOG_LANG", "").lower().startswith("en")


def say(danish: str, english: str) -> str:
    """The one of the two that the user reads."""
    return english if ENGLISH else danish


def show_time(instant: datetime | None) -> str:
    """Copenhagen's clock, in words; a dash for what has not happened."""
    if instant is None:
        return "–"
    return show_en(instant) if ENGLISH else show_da(instant)


def show_left(until: datetime, now: datetime) -> str:
    """How long there is left, or how long ago it was due."""
    span: timedelta = until - now
    shown = show_span_en(span) if ENGLISH else show_span_da(span)
    if span < timedelta(0):
        return say(f"OVERSKREDET med {shown}", f"OVERDUE by {shown}")
    return say(f"om {shown}", f"in {shown}")
