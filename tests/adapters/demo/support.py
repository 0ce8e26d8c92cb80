"""Telling the demo's story into a store of the test's own."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from adapters.demo.history import StoryClock, read_log, references, tell_history
from adapters.main import Office, make_evidence_room, open_office
from adapters.settings import read_settings
from domain.deadlines import Duty, duties
from domain.events import DomainEvent, Recorded
from domain.incident.state import Incident
from domain.organisation.state import Organisation
from domain.time import local

SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""A Sunday, 10:00 in Copenhagen."""


@contextmanager
def demo_office(data: Path, clock: StoryClock) -> Iterator[Office]:
    with open_office(read_settings({}, data=data, demo=True), clock, synchronous="NORMAL") as office:
        yield office


class DyingClock(StoryClock):
    """Kills its own process with SIGKILL when it is looked at for the n-th time: before a step, or inside its transaction."""

    def __init__(self, now: datetime, looks: int) -> None:
        super().__init__(now)
        self.looks = looks

    def __call__(self) -> datetime:
        self.looks -= 1
        if self.looks == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__()


def tell(data: Path, now: datetime, clock: StoryClock | None = None) -> datetime:
    """One start of the demo, from opening the store to closing it."""
    clock = clock or StoryClock(now)
    with demo_office(data, clock) as office:
        return asyncio.run(
            tell_history(office.store, office.desk, office.door, make_evidence_room(office.settings, office.store), clock, now)
        )


class Told(NamedTuple):
    """What the log says of the story."""

    start: datetime
    log: list[Recorded]
    references: dict[str, str]
    incidents: dict[str, Incident]
    streams: dict[str, list[Recorded]]
    organisation: Organisation


def read(data: Path, start: datetime) -> Told:
    with demo_office(data, StoryClock(start)) as office:
        found = dict(references(office.store))
        streams = {name: office.store.read_stream(office.desk.find(reference)) for name, reference in found.items()}
        incidents = {name: office.desk.replay(reference)[-1].after for name, reference in found.items()}
        return Told(start, list(read_log(office.store)), found, incidents, streams, office.store.organisation())


def of(told: Told, incident: str, kind: type[DomainEvent]) -> list[Recorded]:
    """Its events of a kind, in order."""
    return [recorded for recorded in told.streams[incident] if isinstance(recorded.event, kind)]


def clock(instant: datetime) -> str:
    """What Copenhagen's clocks showed."""
    return f"{local(instant):%H:%M}"


def owed(incident: Incident) -> list[Duty]:
    """What the law still asks of it."""
    return [d for d in duties(incident.clock_facts(), incident.sent) if d.deadline.statutory and d.discharged_at is None]
