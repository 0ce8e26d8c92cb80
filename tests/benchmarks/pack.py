"""The emergency pack of a large municipality, papers and sealed backup, with read models and ledger at the head of the log."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from adapters.backup.making import take_backup
from adapters.pack.making import Wanted, make_pack
from adapters.pack.sealing import new_key, seal_folders
from adapters.pack.shelf import Shelf
from domain.events import DomainEvent
from domain.incident import events as e
from domain.signals import Severity
from tests.benchmarks.figure import Figure, Limit, Scale
from tests.benchmarks.lives import AT_ONCE, references
from tests.benchmarks.municipality import SERVICES, SYSTEMS, furnish
from tests.support import incidents as tell
from tests.support.logs import Told, incident_id, record
from tests.support.packs import House, a_house, now, origin

OPEN = 50


def pack(folder: Path, scale: Scale) -> Iterator[Figure]:
    """Made twice: without a recipient, and with the whole log sealed in it."""
    (folder / "drive").mkdir()
    _, public = new_key(None)
    with a_house(folder / "data") as house:
        furnish(house.office.store)
        _incidents(house, scale.pack_incidents)
        house.room.read(house.office.desk, now())
        house.room.checkpoints.make()
        shelf, desk = Shelf(folder / "drive"), house.office.desk
        make = partial(make_pack, house.room, desk, shelf)
        papers = _timed(lambda: asyncio.run(make(Wanted(), origin())))
        began = time.process_time()
        whole = _timed(lambda: asyncio.run(make(Wanted([public]), origin())))
        spent = time.process_time() - began
        copied = _timed(lambda: _copied(house, folder))
        sealed = _timed(lambda: _sealed(folder, public))
        size = sum(path.stat().st_size for path in (folder / "copy").rglob("*") if path.is_file())
        about = f"{SERVICES} services, {SYSTEMS} systems, {scale.pack_incidents} incidents"
        yield Figure("pack", f"emergency pack, papers only, {about}", papers, "s", aim=10, lower_is_better=True)
        yield Figure(
            "pack",
            f"emergency pack with the log sealed in it, {about}",
            whole,
            "s",
            aim=10,
            lower_is_better=True,
            limits=(Limit("copy the log and its keyring", copied), Limit("seal them with age", sealed)),
            details={"cpu_s": spent, "events": house.office.store.head(), "backup_bytes": size},
        )


def _incidents(house: House, incidents: int) -> None:
    store = house.office.store
    for first in range(0, incidents, AT_ONCE * 10):
        group = [incident_id(n) for n in range(first, min(first + AT_ONCE * 10, incidents))]
        told: list[Told] = []
        for number, (one, reference) in enumerate(zip(group, references(store, group), strict=True), start=first):
            life: list[DomainEvent] = [tell.reported(0, reference=reference, severity=Severity.HIGH, services=("Ydelse 1",))]
            if number >= OPEN:
                life += [tell.mitigated(1), tell.closed(e.CloseReason.RESOLVED, 2)]
            told += ((one, event) for event in life)
        record(store, told)


def _copied(house: House, folder: Path) -> None:
    settings, store = house.office.settings, house.office.store
    take_backup(
        store.database,
        url=None,
        keyring=settings.keyring,
        evidence=settings.data / "evidence",
        to=folder / "copy" / "store",
        keyring_to=folder / "copy" / "keyring",
        now=now(),
        read_through=False,
    )


def _sealed(folder: Path, public: str) -> None:
    with (folder / "sealed").open("wb") as file:
        seal_folders([("copy", folder / "copy")], file, [public])
        os.fsync(file.fileno())


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
