"""From a source instance to the format that reads its bodies."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from adapters.intake_formats.contract import MAX_BODY, Format, Rejected, Request
from adapters.intake_formats.formats import FORMATS
from adapters.intake_formats.mapped import MAPPED, mapped
from domain.intake.errors import UnknownSourceError
from domain.intake.state import IntakeSetup
from domain.signals import Signal


class ReadBody(NamedTuple):
    """What is in a body, and the body as it was read: without the tool's own secrets."""

    signals: list[Signal]
    rejected: list[Rejected]
    body: bytes


def reader(setup: IntakeSetup) -> Callable[[str, bytes, Mapping[str, str], datetime], ReadBody]:
    """How bodies are read under this set-up: source, body, lower-cased headers, arrival (UTC). See `handlers.intake_door`."""

    def read(source: str, body: bytes, headers: Mapping[str, str], arrived_at: datetime) -> ReadBody:
        form = format_of(setup, source)
        redacted = form.redact(body)
        zone = setup.source(source).zone
        parsed = form.read(redacted, Request(source, arrived_at, headers, ZoneInfo(zone)))
        return ReadBody(parsed.signals, parsed.rejected, redacted)

    return read


def may_be_severe(setup: IntakeSetup, source: str, body: bytes) -> bool:
    """Whether a body must be read to tell that nothing severe is in it; see `Format.severe`."""
    try:
        severe = format_of(setup, source).severe
    except UnknownSourceError:
        return False
    return severe is None or severe.search(body.lower()) is not None  # faster than a pattern that ignores case


def limit_of(setup: IntakeSetup, source: str) -> int:
    """The largest body of a source, in bytes; of one that nobody knows, what any body may have."""
    try:
        return format_of(setup, source).limit
    except UnknownSourceError:
        return MAX_BODY


def format_of(setup: IntakeSetup, source: str) -> Format:
    """The format of a source. Raises `UnknownSourceError`."""
    known = setup.source(source)
    if known.format == MAPPED and source in setup.sources:
        return mapped(known.mapping)
    form = FORMATS.get(known.format)
    if form is None:
        added = sorted(setup.sources.keys() - FORMATS.keys())
        msg = f"there is no source {source!r}: use one of {', '.join([*added, *FORMATS])}, or add it with `sporlog source add`"
        raise UnknownSourceError(msg)
    return form
