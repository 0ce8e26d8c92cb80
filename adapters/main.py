"""The one composition root: every concrete part is named here and nowhere else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from adapters.data_directory import token
from adapters.event_store.access_table import AccessTable
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.database import Database, SQLiteDatabase
from adapters.event_store.keyring import Keyring, load_master_key
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.event_store.mapper import kid_of
from adapters.event_store.outbox import OutboxTables
from adapters.event_store.owner import owner
from adapters.event_store.ways_table import WaysTable
from adapters.intake_formats.contract import MAX_BODY
from adapters.intake_formats.email import MAX_MAIL
from adapters.intake_formats.reading import may_be_severe, reader
from adapters.primary.house import House
from adapters.settings import DEFAULT_PREFIX, Settings
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.intake_door import IntakeDoor
from handlers.ledger_keeper import LedgerKeeper
from handlers.unit_of_work import Committer

if TYPE_CHECKING:
    from adapters.anchors.folder import AnchorFolder
    from adapters.bundle.verify import Report as BundleReport
    from adapters.erasure.erasing import Eraser
    from adapters.event_store.registers_table import RegistersTable
    from adapters.evidence.clamd import Clamd
    from adapters.evidence.folder import EvidenceFolder
    from adapters.management.making import House as ReportHouse
    from adapters.ways_in.contract import Way
    from handlers.anchoring import Anchor
    from handlers.audit import Progress, Report
    from handlers.evidence import EvidenceRoom
    from handlers.past_tables import PastTables
    from handlers.projector import Projector
    from handlers.read_database import ReadDatabase
    from handlers.registers import Register
    from handlers.sending import Channel

Clock = Callable[[], datetime]
EVIDENCE = "evidence"
"""The folder of the evidence in the data directory, and in a backup."""


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
    store = EventStore(database, keyring, {entity: prefix}, lambda: int(clock().timestamp() * 1_000_000))
    store.house = House(settings.keyring)
    hear_drive(settings, store)
    return store


def hear_drive(settings: Settings, store: EventStore) -> None:
    """Take notice of what the emergency packs' drive tells: that another house went on with this log."""
    if settings.pack.folder is None or store.house is None:
        return
    from adapters.primary.notice import look  # noqa: PLC0415 - few houses have a drive, and the signature's code costs 20 ms

    look(settings.pack.folder, settings.keyring, store.house, store.log_sha256())


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


def open_access_log(settings: Settings) -> AccessTable:
    """Open (or make) the log of who read what, in a database of its own kind; the caller closes it."""
    if settings.database is None:
        return AccessTable(SQLiteDatabase(settings.data / "access.db"))
    return AccessTable(open_database(settings))


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


def open_registers_memory(settings: Settings) -> "RegistersTable":
    """Open (or make) what other registers told last, in a database of its own kind; the caller closes it."""
    from adapters.event_store.registers_table import RegistersTable  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return RegistersTable(open_database(settings) if settings.database else SQLiteDatabase(settings.data / "registers.db"))


def make_registers(settings: Settings, clock: Clock = utc_now) -> tuple["Register", ...]:
    """The other registers that are configured."""
    from adapters.registers.configured import registers  # noqa: PLC0415 - httpx costs 100 ms that few commands need

    return registers(settings.registers, clock)


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


def make_anchors(settings: Settings) -> Sequence["Anchor"]:
    """Those outside who get checkpoints, as configured. Raises `SettingError` for certificates that cannot be used."""
    from adapters.anchors.outside import MailAnchor, TimeStampAnchor  # noqa: PLC0415 - httpx costs 100 ms
    from adapters.anchors.time_stamp import TimeStamper, load_chain  # noqa: PLC0415 - the same
    from adapters.channels.mail import send_composed  # noqa: PLC0415 - few commands need it

    wanted, folder = settings.anchors, anchor_folder(settings)
    anchors: list[Anchor] = []
    if wanted.authority is not None:
        anchors.append(TimeStampAnchor(folder, TimeStamper(wanted.authority.url, load_chain(wanted.authority.chain))))
    if wanted.mailbox is not None and settings.mail is not None:
        send = partial(send_composed, settings=settings.mail)
        anchors.append(MailAnchor(folder, send, sender=settings.mail.sender, mailbox=wanted.mailbox, clock=utc_now))
    return anchors


def anchor_folder(settings: Settings) -> "AnchorFolder":
    """What was given outside, as the house keeps it."""
    from adapters.anchors.folder import AnchorFolder  # noqa: PLC0415 - few commands need it

    return AnchorFolder(settings.data / "anchors")


@contextmanager
def open_audit(
    settings: Settings, store: EventStore, given: Sequence[Path] = (), *, after: int = 0, bus: str | None = None
) -> Iterator[Callable[["Progress"], "Report"]]:
    """A verification of the store, ready to run. `given` are checkpoints from outside, `bus` is where NATS is, to compare too.

    Raises `NoLedgerError` when there is nothing to hold the log against, and `SettingError`, `InvalidInputError`, `OSError`,
    `UnavailableError`.
    """
    from adapters.anchors.reading_back import read_folder, read_given  # noqa: PLC0415 - few commands need it
    from adapters.anchors.time_stamp import load_chain  # noqa: PLC0415 - the same
    from adapters.bus.comparing import compare_bus, copy_on_bus  # noqa: PLC0415 - the same
    from adapters.event_store.audit.verify import LedgerView, verify_store  # noqa: PLC0415 - the same
    from adapters.transparency.checkpoint_files import CheckpointFolder  # noqa: PLC0415 - the same
    from handlers.audit import Evidence, NoLedgerError, verify_house  # noqa: PLC0415 - the same
    from handlers.audit_findings import Statement, no_copy  # noqa: PLC0415 - the same

    original = partial(copy_on_bus, bus) if bus else no_copy
    chain = load_chain(settings.anchors.chain) if settings.anchors.chain else ()
    brought = [read_given(path) for path in given]
    with closing(open_ledger(settings)) as tables:
        size, head = tables.size(), store.head()
        if head and not size and not given:
            raise NoLedgerError(head)
        checkpoints = make_checkpoints(settings, store, tables)

        def verify_log(statements: Sequence[Statement], progress: "Progress") -> int:
            view = LedgerView(size, tables.tile)
            return verify_store(store, view, statements, after=after, progress=progress, original=original)

        def audit(progress: "Progress") -> "Report":
            evidence = Evidence(
                size,
                {str(signed.size): signed.note.encode() for signed in tables.checkpoints(0)},
                CheckpointFolder(settings.data / "checkpoints").notes(),
                checkpoints.checkpoint_of,
                lambda: read_folder(anchor_folder(settings), chain),
                brought,
            )
            report = verify_house(verify_log, store.recorder.recorded_at, evidence, utc_now(), progress)
            return compare_bus(bus, store, report) if bus and report.difference is None else report

        yield audit


def check_bundle(bundle: Path, chain: Path | None, keys: Sequence[str], progress: Callable[[int, int], None]) -> "BundleReport":
    """What the file in every bundle finds, and beyond it: time stamps held against a chain, and the keys that were told
    elsewhere. Raises `SettingError` for certificates that cannot be used.
    """  # noqa: D205 - one sentence
    from adapters.anchors.in_bundle import check_keys, check_stamps  # noqa: PLC0415 - few commands need it
    from adapters.anchors.time_stamp import load_chain  # noqa: PLC0415 - the same
    from adapters.bundle.verify import Bundle, verify  # noqa: PLC0415 - the same

    certificates = load_chain(chain) if chain else ()
    report = verify(bundle, progress)
    if not report.wrong:
        files = Bundle(bundle)
        check_stamps(files.sizes, files.read, certificates, report)
        check_keys(files.read("keys.txt").decode().split("\n"), keys, report)
    return report


@contextmanager
def open_projectors(settings: Settings, store: EventStore) -> Iterator[Mapping[str, "Projector"]]:
    """Every projection by name, its tables made, not yet caught up: a file each in DATA/read, or a PostgreSQL schema each."""
    from adapters.read_models.engines import open_postgres, open_sqlite  # noqa: PLC0415 - SQLAlchemy costs 170 ms
    from handlers.decoded_once import DecodedOnce  # noqa: PLC0415 - the same
    from handlers.projector import Projector  # noqa: PLC0415 - the same
    from projections.casework import Casework  # noqa: PLC0415 - the same
    from projections.catalogue import Catalogue  # noqa: PLC0415 - the same
    from projections.deadlines import Deadlines  # noqa: PLC0415 - the same
    from projections.register import Register  # noqa: PLC0415 - the same
    from projections.reporting import Reporting  # noqa: PLC0415 - the same
    from projections.signals import Signals  # noqa: PLC0415 - the same

    folder = settings.data / "read"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as closing:
        projectors, record = dict[str, Projector](), DecodedOnce(store.mapper.record)
        for projection in (Register(), Deadlines(), Reporting(), Casework(), Signals(), Catalogue()):
            name, url = projection.name, settings.database
            database = open_sqlite(folder / f"{name}.db") if url is None else open_postgres(url, name)
            closing.callback(database.close)
            projectors[name] = Projector(projection, database, store, record)
            projectors[name].prepare()
        yield projectors


def report_house(store: EventStore, projectors: Mapping[str, "Projector"], ledger: Checkpoints) -> "ReportHouse":
    """What management reports are made from."""
    from adapters.management.making import House  # noqa: PLC0415 - few commands need it
    from handlers.management import Tables  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    reporting, catalogue = (projectors[name].database.snapshot for name in ("reporting", "catalogue"))
    tables = Tables(store, reporting, catalogue, past_tables(projectors, store).open)
    return House(tables, ledger, store.entity, store.fact("demo") is not None, version("sporlog"))


def scratch() -> AbstractContextManager["ReadDatabase"]:
    """An empty database in memory, to verify read tables against."""
    from adapters.read_models.engines import open_memory  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return open_memory()


def past_tables(projectors: Mapping[str, "Projector"], store: EventStore) -> "PastTables":
    """Read models as they stood, made in memory when asked for."""
    from handlers.past_tables import PastTables  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    return PastTables({name: one.projection for name, one in projectors.items()}, store, store.mapper.record, scratch)


def make_evidence_room(settings: Settings, store: EventStore) -> "EvidenceRoom":
    """Where evidence lies, its limits, and its scanner if one is configured."""
    from handlers.evidence import EvidenceRoom  # noqa: PLC0415 - few commands need it

    folder = open_evidence(settings.data / EVIDENCE, store.keyring)
    return EvidenceRoom(folder, make_scanner(settings), settings.evidence.limits)


def make_scanner(settings: Settings) -> "Clamd | None":
    """The malware scanner, if one is configured."""
    from adapters.evidence.clamd import Clamd  # noqa: PLC0415 - few commands need it

    return settings.evidence.clamd and Clamd(settings.evidence.clamd)


def open_evidence(folder: Path, keyring: Keyring) -> "EvidenceFolder":
    """Evidence in that folder.

    An incident's evidence has a data key of its own: redacting a text replaces the one of its events, see keyring.py.
    """
    from adapters.evidence.folder import EvidenceFolder, Keys  # noqa: PLC0415 - few commands need it

    kid = partial(kid_of, aggregate=EVIDENCE)
    keys = Keys(lambda one: keyring.ensure([kid(one)]), lambda one, place: keyring.key_for(kid(one), place))
    return EvidenceFolder(folder, keys)


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
    from adapters.erasure.erasing import Eraser  # noqa: PLC0415 - SQLAlchemy costs 170 ms

    evidence = open_evidence(settings.data / EVIDENCE, store.keyring)
    return Eraser(store, tuple(projectors.values()), outbox, settings.data, evidence)


def make_desk(store: EventStore, committer: Committer) -> Desk:
    """The people's side."""
    return Desk(committer, store, store.entity, uuid4, store.fact("demo") is not None)


def make_door(store: EventStore, committer: Committer, clock: Clock) -> IntakeDoor:
    """The tools' side."""
    return IntakeDoor(
        committer,
        lambda: reader(store.intake_setup()),
        glance=lambda: partial(may_be_severe, store.intake_setup()),
        entity=store.entity,
        new_ids=random_ids(),
        clock=clock,
    )
