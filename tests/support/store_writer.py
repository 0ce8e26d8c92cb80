"""A process that writes to a store, to be raced, starved and killed: `python -m tests.support.store_writer DB KEYRING WHAT N`.

Prints the reference of each incident, a line each, once it is durable.
"""

import asyncio
import resource
import subprocess
import sys
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from domain.errors import UnavailableError
from handlers import commands
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import reported
from tests.support.stores import PREFIXES, Place
from tests.support.tree import ROOT


def start(place: Place, what: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.store_writer", place.database, str(place.keyring), what, str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def tell(*lines: object) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def report(uow: UnitOfWork, entity: str) -> str:
    done = commands.report(uow, uuid4(), entity, lambda reference: reported(reference=reference, entity=entity))
    return done.incident.reference


def report_and_fail(uow: UnitOfWork, entity: str) -> str:
    message = f"{report(uow, entity)} was taken, and then this"
    raise LookupError(message)


def race(store: EventStore, number: int) -> None:
    """On a word, report under every entity; in between a unit fails that has taken a reference already."""
    tell("ready")
    sys.stdin.readline()
    for _ in range(number):
        works = [partial(report, entity=entity) for entity in PREFIXES]
        outcomes = store.commit([works[0], partial(report_and_fail, entity="havnen"), *works[1:]])
        tell(*(outcome for outcome in outcomes if isinstance(outcome, str)))


def load(store: EventStore, number: int) -> None:
    """So many callers report without end."""

    async def callers() -> None:
        committer = GroupCommitter(store, lambda: None)
        committer.start()

        async def caller() -> None:
            for _ in count():
                tell(await committer.submit(partial(report, entity="laerkeborg")))

        await asyncio.gather(*(caller() for _ in range(number)))

    asyncio.run(callers())


def starve(store: EventStore, number: int) -> None:
    """Report while files may grow by so many bytes more, until nothing was taken three times; then without limit."""
    folder = Path(store.database.path).parent  # type: ignore[attr-defined]
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(path.stat().st_size for path in folder.iterdir()) + number, hard))
    refused = 0
    while refused < 3:
        try:
            tell(*store.commit([partial(report, entity="laerkeborg")]))
        except UnavailableError as error:
            tell(f"refused: {error}")
            refused += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    tell(*store.commit([partial(report, entity="laerkeborg")]))


if __name__ == "__main__":
    database, keyring, what, number = sys.argv[1:]
    opened = Place(database, Path(keyring)).open()
    {"race": race, "load": load, "starve": starve}[what](opened, int(number))
    opened.close()
