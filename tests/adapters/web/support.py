"""The real application over a real store and real read tables; only the time is the test's."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from adapters.anchors.folder import AnchorFolder
from adapters.event_store.access_table import AccessTable
from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.postgres import PostgresDatabase
from adapters.intake_formats.reading import limit_of
from adapters.main import make_checkpoints, make_door, open_evidence
from adapters.read_models.engines import ReadEngine, open_memory, open_postgres, open_sqlite
from adapters.settings import read_settings
from adapters.web.app import make_app
from adapters.web.commits import CommitSignal
from adapters.web.parts import Health, WebParts
from domain.organisation.access import Period
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom
from handlers.evidence_store import Limits
from handlers.landscapes import Landscapes
from handlers.organisation import access_granted, access_withdrawn, audit_granted, change
from handlers.past_tables import PastTables
from handlers.projector import Projector
from handlers.registers import RegisterState
from handlers.requests import Origin
from tests.support.logs import PROJECTIONS

TOKEN = "a-token-of-a-test"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""Sunday, 10:00 in Copenhagen."""
BEARER = {"Authorization": f"Bearer {TOKEN}"}


LIMITS = Limits(file=1_000_000, incident=2_500_000)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """A running Sporlog without bus: what a test talks to, and what it may look into."""

    app: FastAPI
    parts: WebParts
    store: EventStore
    commits: CommitSignal
    clock: Clock
    read: Mapping[str, ReadEngine]
    backlog: int = 0
    """Messages that wait on the bus."""
    registers: tuple[RegisterState, ...] = ()
    """What other registers told last."""

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A machine with the token."""
        return self.visitor(**BEARER, **headers)

    def visitor(self, **headers: str) -> httpx.AsyncClient:
        """Somebody without it."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://sporlog.test", headers=headers)

    def browser(self) -> httpx.AsyncClient:
        """A browser before its first visit."""
        return self.visitor(Accept="text/html", **{"Sec-Fetch-Site": "same-origin"})

    async def grant(self, holder: str, *entities: str) -> str:
        """Somebody gets access of their own; their token."""
        token = f"{holder}-og-ingen-anden"
        origin, told = self.parts.origin("cli", "test"), sha256(token.encode()).hexdigest()
        granted = access_granted(holder, entities, told, "Vagt", origin)
        await self.parts.desk.committer.submit(partial(change, proposed=granted))
        return token

    async def audit(self, holder: str, *references: str, hours: float = 1) -> str:
        """Somebody audits these incidents from now on, for so long; their token."""
        token = f"{holder}-og-ingen-anden"
        origin, period = self.parts.origin("cli", "test"), Period(self.clock.now, self.clock.now + timedelta(hours=hours))
        whose = {"holder": holder, "token_sha256": sha256(token.encode()).hexdigest(), "reason": "Tilsyn, § 21"}
        granted = audit_granted(self.parts.desk, references, period, origin, **whose)
        await self.parts.desk.committer.submit(partial(change, proposed=granted))
        return token

    async def withdraw(self, holder: str) -> None:
        withdrawn = access_withdrawn(holder, "Fratrådt", self.parts.origin("cli", "test"))
        await self.parts.desk.committer.submit(partial(change, proposed=withdrawn))

    async def report(self, title: str = "Omsorgsjournalen svarer ikke", **fields: object) -> str:
        done = await self.parts.desk.report({"title": title, "severity": "high", **fields}, self.parts.origin("api", "test"))
        await self.parts.wait_for(done.position)
        return done.incident.reference

    async def step(self, reference: str, step: str, **fields: object) -> int:
        done = await self.parts.desk.take_step(reference, step, fields, self.parts.origin("api", "test"))
        await self.parts.wait_for(done.position)
        return done.position


@asynccontextmanager
async def a_house(folder: Path, *, demo: bool = False, postgres_url: str | None = None) -> AsyncIterator[House]:
    clock = Clock()
    keyring = Keyring(SQLiteDatabase(folder / "keyring.db"), bytes(32))
    log = PostgresDatabase(postgres_url) if postgres_url else SQLiteDatabase(folder / "events.db")
    store = EventStore(log, keyring, {"laerkeborg": "H"}, lambda: int(clock.now.timestamp() * 1_000_000))
    commits = CommitSignal(store.head)
    committer = GroupCommitter(store, commits.notify)
    committer.start()
    databases = {
        make.name: open_postgres(postgres_url, make.name) if postgres_url else open_sqlite(folder / f"{make.name}.db")
        for make in PROJECTIONS
    }
    projectors = [Projector(make(), databases[make.name], store.recorder, store.mapper.record) for make in PROJECTIONS]
    for projector in projectors:
        projector.prepare()
    tables = LedgerDatabase(PostgresDatabase(postgres_url, "ledger") if postgres_url else SQLiteDatabase(folder / "ledger.db"))

    async def wait_for(position: int) -> bool:
        reached = [projector.catch_up().position for projector in projectors]
        return min(reached) >= position

    access_log = AccessTable(PostgresDatabase(postgres_url) if postgres_url else SQLiteDatabase(folder / "access.db"))
    parts = WebParts(
        desk=Desk(committer, store, "laerkeborg", uuid4, demo),
        door=make_door(store, committer, clock),
        ledger=make_checkpoints(read_settings({}, data=folder), store, tables),
        register=databases["register"].snapshot,
        deadlines=databases["deadlines"].snapshot,
        casework=databases["casework"].snapshot,
        signals=databases["signals"].snapshot,
        reporting=databases["reporting"].snapshot,
        catalogue=databases["catalogue"].snapshot,
        landscape=Landscapes(databases["catalogue"].snapshot).now,
        past=PastTables({make.name: make() for make in PROJECTIONS}, store.recorder, store.mapper.record, open_memory).open,
        health=lambda: Health(ready=True, details={"position": store.head()}),
        metrics=CollectorRegistry(),
        token=TOKEN,
        origin=lambda channel, correlation_id: Origin("vagttelefon", channel, correlation_id, clock.now),
        clock=clock,
        commits=commits,
        wait_for=wait_for,
        version="0.1.0",
        backlog=lambda: built.backlog,
        access_log=access_log,
        intake_limit=lambda source: limit_of(store.intake_setup(), source),
        evidence=EvidenceRoom(open_evidence(folder / "evidence", keyring), None, LIMITS),
        anchors=AnchorFolder(folder / "anchors"),
        registers=lambda: built.registers,
    )
    built = House(make_app(parts), parts, store, commits, clock, databases)
    yield built
    commits.close()
    await committer.stop()
    for database in databases.values():
        database.close()
    tables.close()
    store.close()
    keyring.close()
    access_log.close()
