"""A store with a log in it: the lives of many incidents at once, told with the events of incidents.py."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from uuid import UUID

from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring
from adapters.read_models.engines import open_memory
from domain.events import DomainEvent
from domain.incident import events as e
from domain.signals import (
    Disposition,
    ReceivedSignal,
    RepeatedSignal,
    Severity,
    SignalsReceived,
    SignalsRepeated,
    SignalStatus,
    stream_of,
)
from handlers.projector import Projector
from handlers.read_database import ReadDatabase
from handlers.refolding import as_of
from handlers.unit_of_work import UnitOfWork
from projections.casework import Casework
from projections.catalogue import Catalogue
from projections.deadlines import Deadlines
from projections.projection import Projection
from projections.register import Register
from projections.reporting import Reporting
from projections.rows import Row
from projections.signals import Signals
from projections.table_set import TableSet
from tests.support import incidents as tell

SERVICES = ("svc-esdh", "svc-omsorg", "svc-løn")
Models = type[Register] | type[Deadlines] | type[Reporting] | type[Casework] | type[Signals] | type[Catalogue]
PROJECTIONS: tuple[Models, ...] = (
    Register,
    Deadlines,
    Reporting,
    Casework,
    Signals,
    Catalogue,
)
Told = tuple[UUID, DomainEvent]


class Clock:
    """The store's clock in a test, µs."""

    def __init__(self) -> None:
        self.us = int(tell.REPORTED_AT.timestamp() * 1_000_000)

    def __call__(self) -> int:
        return self.us


@contextmanager
def a_store(folder: Path, clock: Callable[[], int] | None = None) -> Iterator[EventStore]:
    folder.mkdir(parents=True, exist_ok=True)
    keyring = Keyring(SQLiteDatabase(folder / "keyring.db"), bytes(32))
    store = EventStore(SQLiteDatabase(folder / "events.db"), keyring, {"laerkeborg": "H"}, clock or Clock())
    yield store
    store.close()


def record(store: EventStore, told: Sequence[Told]) -> int:
    """Append events as they are, without asking the domain; the position of the last."""

    def work(unit: UnitOfWork) -> int:
        unit.ensure_keys({stream for stream, event in told if isinstance(event, e.Reported)})
        last = 0
        for stream, event in told:
            last = unit.append(stream, [event], expected=unit.version(stream))
        return last

    (outcome,) = store.commit([work])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def incident_id(number: int) -> UUID:
    return UUID(int=0x4000_8000_0000_0000_0000_0000 + number)


def attached(count: int) -> e.SignalAttached:
    signals = tuple(
        e.AttachedSignal(
            source="wazuh", source_event_id=f"{n}", severity=Severity.HIGH, detected_at=tell.at(1), payload_sha256="00" * 32
        )
        for n in range(count)
    )
    return e.SignalAttached(meta=tell.meta(1), signals=signals)


def received(*components: tuple[str, ...], hours: float = 0, source: str = "wazuh") -> Told:
    signals = tuple(
        ReceivedSignal(
            source_event_id=f"{n}",
            severity=Severity.HIGH,
            status=SignalStatus.FIRING,
            detected_at=tell.at(hours),
            components=names,
            signal_category="intrusion",
            payload_sha256="00" * 32,
            disposition=Disposition.COUNTED,
        )
        for n, names in enumerate(components)
    )
    return stream_of(source), SignalsReceived(meta=tell.meta(hours), source=source, signals=signals)


def repeated(incident: UUID | None, count: int, *components: str, hours: float = 0) -> Told:
    repeat = RepeatedSignal(
        source_event_id="0",
        count=count,
        first_at=tell.at(hours),
        last_at=tell.at(hours),
        status=SignalStatus.FIRING,
        components=components,
        incident_id=incident,
    )
    return stream_of("wazuh"), SignalsRepeated(meta=tell.meta(hours), source="wazuh", repeats=(repeat,))


def a_life(chance: Random, number: int) -> list[DomainEvent]:
    """One incident's events in order: some end early, some are significant, some are closed and come back."""
    severity, services = chance.choice(list(Severity)), tuple(chance.sample(SERVICES, chance.randrange(3)))
    start = chance.randrange(2000)
    events: list[DomainEvent] = [
        tell.reported(start, reference=f"H-2026-{number:04}", severity=severity, services=services),
        attached(chance.randrange(1, 4)),
        e.NoteAdded(meta=tell.meta(start), text="Set på"),
    ]
    significant = chance.random() < 0.5
    events.append(tell.assessed(start + 1, significant=significant))
    if significant:
        events += [tell.aware(start + 1), tell.early_warning(start + chance.randrange(2, 40)), tell.approved(start + 3)]
        events.append(tell.notified(start + chance.randrange(20, 100)))
        if chance.random() < 0.3:
            events.append(tell.missed("final_report", start + 900))
        if chance.random() < 0.5:
            events.append(tell.status_report(start + 700))
    events.append(e.MeasureTaken(meta=tell.meta(start + 4), measure="Netværket delt"))
    if chance.random() < 0.5:
        events.append(e.Corrected(meta=tell.meta(start + 5), field="services", clear_new="svc-løn", reason="Tastefejl"))
        events.append(e.Corrected(meta=tell.meta(start + 5), field="severity", clear_new="low", reason="Tastefejl"))
        events.append(tell.corrected("title", "En anden titel", start + 5))
        events.append(tell.assessed(start + 6, significant=not significant))
    events.append(tell.mitigated(start + 30))
    events.append(tell.closed(e.CloseReason.RESOLVED, start + 800))
    if chance.random() < 0.3:
        events += [tell.reopened(start + 810), attached(2)]
    events += the_work(len(events), start)
    return events[: chance.randrange(1, len(events) + 1)]


def the_work(known: int, start: int) -> list[DomainEvent]:
    """What is agreed, asked, decided and learnt beside the clocks; `known` events came before."""
    meta = tell.meta(start + 5)
    return [
        e.TaskPlanned(meta=meta, owner="u-drift", due_at=tell.at(start + 9), task="Skift adgangskoder"),
        e.SupplierEngaged(meta=meta, supplier="Leverandøren", answer_by=tell.at(start + 8), request="Hvad skete der?"),
        e.SupplierEngaged(meta=meta, supplier="Leverandøren", request="Er der nyt?"),
        e.ServiceDegraded(meta=meta, service="svc-løn", degree="down"),
        e.EmergencyActionTaken(meta=meta, approve_by=tell.at(start + 29), action="Netværket delt"),
        e.BreachRegistered(meta=meta, breach_aware_at=tell.at(start + 2), risk="unlikely", reason="Krypteret"),
        e.BreachRegistered(meta=meta, breach_aware_at=tell.at(start + 2), risk="high", data_types=("cpr",), data_subjects=40),
        e.TaskDone(meta=meta, task_number=known + 1),
        e.SupplierReported(meta=meta, supplier="Leverandøren", told="En disk stod af"),
        e.ApprovedAfterwards(meta=meta, approved_number=known + 5),
        e.DataProtectionAuthorityNotified(meta=meta, deviations=("late",), summary="Et brud"),
        e.ReceiptRecorded(meta=meta, submission_number=known + 11, receipt="DEMO-1"),
        e.RootCauseFound(meta=meta, cause="system_failures", text="En disk"),
        e.Classified(meta=meta, incident_class="availability.outage", tags=("T1486",)),
        e.LessonRecorded(meta=meta, area="suppliers", lesson="Ring før"),
        e.FollowUpPlanned(meta=meta, owner="u-it", due_at=tell.at(start + 900), follow_up="En disk mere"),
        e.ReviewHeld(meta=meta, review="post_incident", conclusion="Godt klaret"),
        e.VoluntaryNotificationDeclined(meta=meta, reason="Kun os"),
        e.RecurrenceConsidered(meta=meta, others=(incident_id(1),), significant_together=False, reason="Hver for sig"),
    ]


def many_lives(seed: int, count: int) -> list[Told]:
    """The lives of so many incidents, interleaved, with signals in between."""
    chance = Random(seed)
    left = {incident_id(n): a_life(chance, n) for n in range(count)}
    told: list[Told] = []
    while left:
        stream = chance.choice(list(left))
        told.append((stream, left[stream].pop(0)))
        if not left[stream]:
            del left[stream]
        if chance.random() < 0.2:
            told.append(received(("db-1",), ("db-1", "web-1"), (), hours=chance.randrange(200)))
            told.append(repeated(stream, chance.randrange(1, 5), "db-1", hours=chance.randrange(200)))
    return told


def projector(projection: Projection, database: ReadDatabase, store: EventStore) -> Projector:
    made = Projector(projection, database, store.recorder, store.mapper.record)
    made.prepare()
    return made


def dump(projection: Projection, database: ReadDatabase) -> list[tuple[str, Row]]:
    with database.snapshot() as connection:
        return list(TableSet(projection).dump(connection))


def folded_at_once(projection: Projection, store: EventStore) -> list[tuple[str, Row]]:
    """What the whole log comes to when it is folded from the start, in memory."""
    head = store.recorder.head()
    with as_of(projection, head, store.recorder, record=store.mapper.record, scratch=open_memory) as connection:
        return list(TableSet(projection).dump(connection))
