"""What a source's bytes would become, with nothing stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from adapters.intake_formats.reading import reader
from domain.intake.state import IntakeSetup
from handlers.intake_unread import Rejection

FORMAT_NAMES = tuple(FORMATS)
"""Each is a source without any set-up."""


class DryRun(NamedTuple):
    """Signals in the one shape, and what was not taken."""

    signals: list[dict[str, str | list[str]]]
    rejected: Sequence[Rejection]


def dry_run(setup: IntakeSetup, source: str, body: bytes, arrived_at: datetime) -> DryRun:
    """Read a body as the source would send it. Raises `UnknownSourceError`."""
    read = reader(setup)(source, body, {}, arrived_at)
    return DryRun([to_dry_run(signal) for signal in read.signals], read.rejected)
