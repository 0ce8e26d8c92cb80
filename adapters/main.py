"""The one composition root: every concrete part is named here and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from adapters.data_directory import token
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.keyring import Keyring, load_master_key
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.outbox import OutboxTables
from adapters.event_store.owner import owner
from adapters.event_store.ways_table import WaysTable
from adapters.intake_formats.contract import MAX_BODY
from adapters.intake_formats.email import MAX_MAIL
from adapters.intake_formats.reading import may_be_severe, reader
from adapters.settings import DEFAULT_PREFIX, Settings
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.intake_door import IntakeDoor
from handlers.ledger_keeper import LedgerKeeper
from handlers.unit_of_work import Committer

if TYPE_CHECKING:
    from adapters.erasing import Eraser
    from adapters.ways_in.contract import Way
    from handlers.past_tables import PastTables
    from handlers.projector import Projector
    from handlers.read_database import ReadDatabase
    from handlers.sending import Channel

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def open_store(settings: Settings, clock: Clock = utc_now, *, synchronous: str = "FULL") -> EventStore:
    """Open (or make) the event store and its keyring. Raises `UnavailableError`, `MasterKeyError`, `NewerSchemaError`.

    `synchronous` is SQLite's: with NORMAL a power cut may take the last commits, which are durable once the store is closed.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.keyring.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(settings, synchronous)
    keyring_file = settings.keyring / "keyring.db"
    # A master key is made only together with its keyring: a lost one must never be replaced in silence.
    master_key = load_master_key(settings.keyring / "master.key", create=not keyring_file.exists())
    keyring = Keyring(SQLiteDatabase(keyring_file), master_key)
    entity, prefix = owner(database, settings.entity, settings.prefix, defaults=(settings.default_entity, DEFAULT_PREFIX))
    return EventStore(database, keyring, {entity: prefix}, lambda: int(clock().timestamp() * 1_000_000))


def open_database(settings: Settings, synchronous: str = "FULL", *, schema: str | None = None) -> Database:
    """SQLite in the data directory, or PostgreSQL, there in a schema of its own if one is named."""
    if settings.database is None:
        return SQLiteDatabase(settings.data / "events.db", synchronous=synchronous)
    from adapters.event_store.postgres import PostgresDatabase  # noqa: PLC0415 - psycopg costs 100 ms that SQLite users save

    return PostgresDatabase(settings.database, schema)


def open_outbox(settings: Settings) -> OutboxTables:
    """Open (or make) the messages that are to be sent, in a database of their own kind; the caller closes it."""
    if settings.database is None:
        return OutboxTables(SQLiteDatabase(settings.data / "messages.db"))
    return OutboxTables(open_database(settings))


def make_channels(settings: Settings) -> tuple["Channel", ...]:
    """The ways out that are configured."""
    from adapters.channels.mail import MailChannel  # noqa: PLC0415 - httpx and smtplib cost 100 ms that few commands need
    from adapters.channels.webhook import WebhookChannel  # noqa: PLC0415 - the same

    channels: list[Channel] = []
    if settings.mail is not None:
        channels += (MailChannel(settings.mail, recipient, settings.public_url) for recipient in settings.mail.recipients)
    if settings.webhook is not None:
        channels.append(WebhookChannel(settings.webhook, settings.public_url))
    return tuple(channels)


def open_ways_memory(settings: Settings) -> WaysTable:
    """Open (or make) what the ways in remember, in a database of their own kind; the caller closes it."""
    if settings.database is None:
        return WaysTable(SQLiteDatabase(settings.data / "ways.db", synchronous="NORMAL"))
    return WaysTable(open_database(settings))


def make_ways(settings: Settings) -> tuple["Way", ...]:
    """The ways in that are configured."""
    from adapters.ways_in.graph import GraphWay  # noqa: PLC0415 - few commands need them, and httpx costs 100 ms
    from adapters.ways_in.imap import ImapWay  # noqa: PLC0415 - few commands need them
    from adapters.ways_in.syslog import SyslogWay  # noqa: PLC0415 - few commands need them

    listeners = (SyslogWay(each, MAX_BODY) for each in settings.ways.syslog)
    mailboxes = (ImapWay(each, MAX_MAIL) for each in settings.ways.imap)
    tenants = (GraphWay(each, MAX_BODY, utc_now) for each in settings.ways.graph)
    return (*listeners, *mailboxes, *tenants)


def open_ledger(settings: Settings) -> LedgerDatabase:
    """Open (or make) the ledger, in a database of its own or a schema of its own; the caller closes it."""
    if settings.database is None:
        return LedgerDatabase(SQLiteDatabase(settings.data / "ledger.db"))
    return LedgerDatabase(open_database(settings, schema="ledger"))


def make_checkpoints(settings: Settings, store: EventStore, tables: LedgerDatabase) -> Checkpoints:
    """What signs the ledger; the key is made when the first checkpoint is."""
    from adapters.transparency.checkpoint_files import CheckpointFolder  # noqa: PLC0415 - few commands sign
    from adapters.transparency.ed25519 import Ed25519Verifier  # noqa: PLC0415 - the same
    from adapters.transparency.key_files import KeyFiles  # noqa: PLC0415 - the same

    return Checkpoints(
        tables=tables,
        keeper=LedgerKeeper(tables, store, utc_now),
        history=store,
        keys=KeyFiles(settings.keyring, settings.origin or f"sporlog/{store.organisation().prefixes[store.entity]}"),
        files=CheckpointFolder(settings.data / "checkpoints"),
        verifier_of=Ed25519Verifier.of,
        clock=utc_now,
    )


@contextmanager
def open_projectors(settings: Settings, store: EventStore) -> Iterator[Mapping[str, "Projector"]]:
    """Every projection by name, its tables made, not yet caught up: a file each in DATA/read, or a PostgreSQL schema each."""
    from adapters.read_models.engines import open_postgres, open_sqlite  # noqa: PLC0415 - SQLAlchemy costs 170 ms
    from handlers.projector import Projector  # noqa: PLC0415 - the same
    from projections.casework import Casework  # noqa: PLC0415 - the same
    from projections.deadlines import Deadlines  # noqa: PLC0415 - the same
    from projections.register import Register  # noqa: PLC0415 - the same
    from projections.reporting import Reporting  # noqa: PLC0415 - the same
    from projections.signals import Signals  # noqa: PLC0415 - the same

    folder = settings.data / "read"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as closing:
        projectors = dict[str, Projector]()
        for projection in (Register(), Deadlines(), Reporting(), Casework(), Signals()):
            name, url = projection.name, settings.database
            database = open_sqlite(folder / f"{name}.db") if url is None else open_postgres(url, name)
            closing.callback(database.close)
            projectors[name] = Projector(projection, database, store, store.mapper.record)
            projectors[name].prepare()
        yield projectors


def scratch() -> AbstractContextManager["ReadDatabase"]:
    """An empty database in memory, to verify read tables against."""
    from adapters.read_models.engines import open_memory  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return open_memory()


def past_tables(projectors: Mapping[str, "Projector"], store: EventStore) -> "PastTables":
    """Read models as they stood, made in memory when asked for."""
    from handlers.past_tables import PastTables  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return PastTables({name: one.projection for name, one in projectors.items()}, store, store.mapper.record, scratch)


def random_ids() -> Iterator[UUID]:
    """New incidents' ids."""
    while True:
        yield uuid4()


@dataclass(frozen=True)
class Office:
    """What the CLI and the demo work with: the store opened in this process, everything else may be down."""

    settings: Settings
    store: EventStore
    desk: Desk
    door: IntakeDoor
    token: str


@contextmanager
def open_office(settings: Settings, clock: Clock = utc_now, *, synchronous: str = "FULL") -> Iterator[Office]:
    """Open the store for one caller, see `open_store`; closed on leaving."""
    store = open_store(settings, clock, synchronous=synchronous)
    try:
        committer: Committer = DirectCommitter(store)
        desk, door = make_desk(store, committer), make_door(store, committer, clock)
        yield Office(settings, store, desk, door, token(settings.data))
    finally:
        store.close()


def make_eraser(settings: Settings, store: EventStore, projectors: Mapping[str, "Projector"], outbox: OutboxTables) -> "Eraser":
    """What makes recorded erasures true."""
    from adapters.erasing import Eraser  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return Eraser(store, tuple(projectors.values()), outbox, settings.data)


def make_desk(store: EventStore, committer: Committer) -> Desk:
    """The people's side."""
    return Desk(committer, store, store.entity, uuid4, store.fact("demo") is not None)


def make_door(store: EventStore, committer: Committer, clock: Clock) -> IntakeDoor:
    """The tools' side."""
    return IntakeDoor(
        committer,
        lambda: reader(store.intake_setup()),
        may_be_severe=lambda source, body: may_be_severe(store.intake_setup(), source, body),
        entity=store.entity,
        new_ids=random_ids(),
        clock=clock,
    )
