"""Formats and mappings: what there is, what a mapping makes of a sample, and how bodies are read by those of this moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from adapters.intake_formats import proposing
from adapters.intake_formats.contract import Request, UnreadableError
from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from adapters.intake_formats.json_body import read_json
from adapters.intake_formats.mapped import MAPPED, check_mapping, mapped
from adapters.intake_formats.reading import reader
from domain.intake.mapping import Mapping
from domain.intake.state import IntakeSetup
from handlers.history import History
from handlers.intake_door import Parse
from handlers.intake_unread import Rejection

MAPPED_FORMAT = MAPPED
"""The format that needs a mapping."""
FORMAT_NAMES = (*FORMATS, MAPPED_FORMAT)
"""What a source can be read as."""


class Tried(NamedTuple):
    """What a mapping makes of a body: signals as the dry run shows them, what was not read, and the doubts."""

    signals: list[dict[str, str | list[str]]]
    rejected: Sequence[Rejection]
    flags: list[str]


def propose_mapping(sample: bytes) -> Mapping:
    """A first mapping by the names of the sample's keys. Raises `UnreadableError` for what is no JSON."""
    return proposing.propose(read_json(sample))


def try_mapping(mapping: Mapping, body: bytes, source: str, zone: str, now: datetime) -> Tried:
    """Read a body by this mapping, without a store. `now` is UTC. Raises `UnreadablePathError`."""
    read = mapped(check_mapping(mapping)).read(body, Request(source, now, zone=ZoneInfo(zone)))
    flags = sorted({flag for signal in read.signals for flag in signal.flags})
    return Tried([to_dry_run(signal) for signal in read.signals], read.rejected, flags)


def awaits_mapping(setup: IntakeSetup, source: str, body: bytes) -> bool:
    """Whether a body of which nothing was read may be read once the source's mapping is made or mended."""
    if setup.source(source).format != MAPPED_FORMAT:
        return False
    try:
        read_json(body)
    except UnreadableError:
        return False
    return True


def current_parse(history: History) -> Parse:
    """How bodies are read by the sources and mappings of this moment."""
    return reader(history.intake_setup())
