"""What a source's bytes would become, without a store."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from adapters.intake_formats.contract import Request
from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from handlers.intake_unread import Rejection

SOURCES = tuple(FORMATS)
"""Every source there is: each format's name is one."""


class DryRun(NamedTuple):
    """Signals in the one shape, and what was not taken."""

    signals: list[dict[str, str | list[str]]]
    rejected: Sequence[Rejection]


def dry_run(source: str, body: bytes, arrived_at: datetime) -> DryRun:
    """Read a body as `source` (one of SOURCES) would send it."""
    parsed = FORMATS[source].read(body, Request(source, arrived_at))
    return DryRun([to_dry_run(signal) for signal in parsed.signals], parsed.rejected)
