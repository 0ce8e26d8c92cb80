"""What has passed its period and may go without a person is let go once, on record first, and nothing that is held or open."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from adapters.bus.connection import connect
from adapters.bus.deadletter import keep, letters
from adapters.bus.server import NatsServer
from adapters.bus.streams import ensure
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.retention.letting_go import DeadLetters
from domain.errors import UnavailableError
from domain.events import DomainEvent
from domain.incident import events as e
from domain.retention.events import RETENTION, DeadLettersErased, PayloadsErased
from domain.signals import Disposition, Signal
from handlers.consumers import Letter
from handlers.retention_watch import RetentionWatch
from handlers.unit_of_work import NewSignal
from tests.support.incidents import INCIDENT, closed, meta, reported
from tests.support.signals import signal
from tests.support.stores import Stores, appending

OCTOBER_24 = datetime(2024, 10, 15, 12, tzinfo=UTC)
AFTER_A_YEAR = datetime(2025, 11, 1, 12, tzinfo=UTC)
AFTER_TWO = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def us(self) -> int:
        return int(self.now.timestamp() * 1_000_000)


class NoLetters:
    """NATS is away."""

    async def put_aside_before(self, instant: datetime) -> Sequence[int]:
        raise UnavailableError(f"NATS does not answer, nobody knows what lay there before {instant}")

    async def delete(self, numbers: Sequence[int]) -> None:
        raise AssertionError(numbers)


def of(alert: Signal, disposition: Disposition, attached: bool = False) -> NewSignal:  # noqa: FBT001, FBT002 - a word in a table
    return NewSignal(alert, INCIDENT if attached else None, 1, disposition, alert, 1)


COUNTED, WAITING, ATTACHED = (signal(name, title=f"Titel {name}") for name in ("counted", "waiting", "attached"))


def filled(stores: Stores, clock: Clock, *more: e.IncidentEvent) -> EventStore:
    store = stores.open(clock.us)
    remembered = [
        of(COUNTED, Disposition.COUNTED),
        of(WAITING, Disposition.TO_PERSON),
        of(ATTACHED, Disposition.ATTACHED, attached=True),
    ]
    outcomes = store.commit([appending(INCIDENT, reported(), *more), lambda uow: uow.remember_signals(remembered)])
    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    return store


def watch(store: EventStore, clock: Clock) -> RetentionWatch:
    return RetentionWatch(store, NoLetters(), DirectCommitter(store), clock)


def there(store: EventStore) -> set[str]:
    return {one.source_event_id for one in (COUNTED, WAITING, ATTACHED) if store.payload(one.payload_sha256) is not None}


def acts(store: EventStore) -> list[DomainEvent]:
    return [recorded.event for recorded in store.read_stream(RETENTION)]


async def test_first_those_that_became_nothing_go_then_the_month_with_its_key(stores: Stores) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(stores, clock, closed())
    assert await watch(store, clock).look() == 0
    clock.now = AFTER_A_YEAR
    assert await watch(store, clock).look() == 1
    assert there(store) == {"waiting", "attached"}, "what waits for a person or belongs to an incident stays"
    clock.now = AFTER_TWO
    assert await watch(store, clock).look() == 1
    assert there(store) == set()
    assert store.payload_months() == []
    assert store.database.read("SELECT count(*) FROM payloads") == [(0,)]
    first, second = acts(store)
    assert isinstance(first, PayloadsErased)
    assert isinstance(second, PayloadsErased)
    assert [(one.month, one.what, one.rows, one.key) for one in (first, second)] == [
        ("2024-10", "signals", 1, None),
        ("2024-10", "payloads", 2, "payload:2024-10"),
    ]
    assert await watch(store, clock).look() == 0


@pytest.mark.parametrize(
    "more",
    [(), (closed(), e.HoldPlaced(meta=meta(900), reason="Tilsynet"))],
    ids=["open", "held"],
)
async def test_a_month_stays_while_an_incident_of_it_is_open_or_held(stores: Stores, more: tuple[e.IncidentEvent, ...]) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(stores, clock, *more)
    clock.now = AFTER_TWO
    await watch(store, clock).look()
    assert "attached" in there(store)
    freeing = e.HoldLifted(meta=meta(950), reason="Slut") if more else closed()
    store.commit([appending(INCIDENT, freeing)])
    await watch(store, clock).look()
    assert there(store) == set()


async def test_what_was_decided_before_the_process_ended_is_done_by_the_next(stores: Stores) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(stores, clock, closed())
    clock.now = AFTER_TWO
    decided = PayloadsErased(meta=meta(), month="2024-10", what="payloads", rows=3, key="payload:2024-10", number=0)
    store.commit([lambda uow: uow.append(RETENTION, [decided], expected=0)])
    assert there(store) == {"counted", "waiting", "attached"}
    later = stores.open(clock.us)
    await watch(later, clock).look()
    assert there(later) == set()
    assert later.payload_months() == []
    assert later.database.read("SELECT count(*) FROM payloads") == [(0,)]


async def test_a_key_that_an_old_keyring_brings_back_is_destroyed_again(sqlite_stores: Stores, tmp_path: Path) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(sqlite_stores, clock, closed())
    store.close()
    keyring = tmp_path / "keyring" / "keyring.db"
    backup = keyring.read_bytes()
    clock.now = AFTER_TWO
    store = sqlite_stores.open(clock.us)
    await watch(store, clock).look()
    store.close()
    keyring.write_bytes(backup)
    restored = sqlite_stores.open(clock.us)
    assert restored.payload_months() == ["2024-10"]
    await watch(restored, clock).look()
    assert restored.payload_months() == []


async def test_no_byte_of_a_key_or_payload_is_left_in_any_file(sqlite_stores: Stores, tmp_path: Path) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(sqlite_stores, clock, closed())
    ((wrapped,),) = store.keyring._database.read("SELECT wrapped FROM data_keys WHERE kid = 'payload:2024-10'")
    ((ciphertext,), *_) = store.database.read("SELECT ct FROM payloads")
    assert found(tmp_path, bytes(wrapped))
    assert found(tmp_path, bytes(ciphertext))
    clock.now = AFTER_TWO
    await watch(store, clock).look()
    assert not found(tmp_path, bytes(wrapped))
    assert not found(tmp_path, bytes(ciphertext))


def found(folder: Path, content: bytes) -> bool:
    return any(content in path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_large_month_goes_in_steps_between_which_others_write(store: EventStore) -> None:
    clock = Clock(OCTOBER_24)
    store._now_us = clock.us
    alerts = [signal(str(number), title="x") for number in range(2500)]
    store.commit([lambda uow: uow.remember_signals([of(alert, Disposition.COUNTED) for alert in alerts])])
    assert [*store.delete_payloads("2024-10", "payloads")] == [1000, 1000, 500]


@pytest.fixture
async def letters_at(nats_server: NatsServer) -> DeadLetters:
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    for number in count(1):
        await keep(nc, Letter("intake", "no JSON", "intake.wazuh", {}, b"{", f"intake-{number}"))
        if number == 3:
            break
    await nc.close()
    return DeadLetters(lambda: nats_server.url)


async def left(server: NatsServer) -> list[int]:
    nc = await connect(server.url, "test")
    try:
        return [letter.sequence for letter in await letters(nc)]
    finally:
        await nc.close()


async def test_dead_letters_go_once_with_their_count_on_record(
    store: EventStore, letters_at: DeadLetters, nats_server: NatsServer
) -> None:
    clock = Clock(datetime.now(UTC))
    looking = RetentionWatch(store, letters_at, DirectCommitter(store), clock)
    assert await looking.look() == 0
    assert await left(nats_server) == [1, 2, 3]
    clock.now = datetime.fromtimestamp(clock.now.timestamp() + 92 * 86_400, UTC)
    store._now_us = clock.us
    assert await looking.look() == 1
    assert await left(nats_server) == []
    (act,) = acts(store)
    assert isinstance(act, DeadLettersErased)
    assert (act.letters, act.upto) == (3, 3)
    assert await looking.look() == 0


async def test_letters_that_were_decided_and_not_deleted_go_without_a_second_event(
    store: EventStore, letters_at: DeadLetters, nats_server: NatsServer
) -> None:
    clock = Clock(datetime.fromtimestamp(datetime.now(UTC).timestamp() + 92 * 86_400, UTC))
    store._now_us = clock.us
    decided = DeadLettersErased(meta=meta(), before=clock.now.date(), letters=3, upto=3, number=0)
    store.commit([lambda uow: uow.append(RETENTION, [decided], expected=0)])
    assert await RetentionWatch(store, letters_at, DirectCommitter(store), clock).look() == 0
    assert await left(nats_server) == []
    assert len(acts(store)) == 1


async def test_two_that_look_at_once_let_each_month_go_once(stores: Stores) -> None:
    clock = Clock(OCTOBER_24)
    store = filled(stores, clock, closed())
    clock.now = AFTER_TWO
    other = stores.open(clock.us)
    await asyncio.gather(watch(store, clock).look(), watch(other, clock).look())
    assert [one.what for one in acts(store) if isinstance(one, PayloadsErased)] == ["signals", "payloads"]
