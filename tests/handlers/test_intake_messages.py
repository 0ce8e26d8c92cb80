"""A message of the INTAKE stream counts once, however often and in whatever order it is delivered."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.event_store.application import EventStore
from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring
from domain.incident.events import Reported
from domain.signals import Severity, Signal, SignalStatus
from tests.support.intake import deliver, do, fates, known, message, take, told, whole_log
from tests.support.signals import signal
from tests.support.stores import Stores

SECOND = 1_000_000_000
ONE, TWO, THREE = (signal(str(n), "db-1") for n in (1, 2, 3))


def rows(store: EventStore) -> list[tuple[int, int]]:
    return [(first, last) for first, last in store.database.read("SELECT first, last FROM intake_done ORDER BY first")]


def test_a_redelivered_message_is_no_repeat_and_changes_nothing(store: EventStore) -> None:
    assert fates(deliver(store, message(7, ONE), message(8, TWO))) == [("opened", 1), ("attached", 1)]
    head = store.head()
    assert deliver(store, message(7, ONE), message(8, TWO)) == []
    assert store.head() == head
    assert fates(deliver(store, message(8, TWO), message(9, ONE))) == [(None, 2)]
    assert told(store) == {("wazuh", "1"): 2, ("wazuh", "2"): 1}


def test_a_message_that_comes_twice_in_one_batch_counts_once(store: EventStore) -> None:
    assert fates(deliver(store, message(1, ONE), message(2, ONE), message(1, ONE))) == [("opened", 1), (None, 2)]


def test_messages_may_come_out_of_order_with_gaps_and_overlaps(store: EventStore) -> None:
    assert len(deliver(store, message(5, ONE), message(3, TWO), message(9, THREE))) == 3
    assert rows(store) == [(3, 3), (5, 5), (9, 9)]
    assert fates(deliver(store, message(4, ONE), message(5, ONE), message(6, ONE))) == [(None, 2), (None, 3)]
    assert rows(store) == [(3, 6), (9, 9)]
    assert len(deliver(store, *(message(n, ONE) for n in range(1, 12)))) == 11 - 5
    assert rows(store) == [(1, 11)]
    assert deliver(store, *(message(n, ONE) for n in range(11, 0, -1))) == []
    assert told(store)["wazuh", "1"] == 3 + 6


def test_what_is_drained_in_order_is_remembered_in_one_row(store: EventStore) -> None:
    for first in range(1, 100, 10):
        deliver(store, *(message(n, signal(str(n), severity=Severity.LOW)) for n in range(first, first + 10)))
    assert rows(store) == [(1, 100)]


def test_a_new_incarnation_of_the_stream_starts_its_sequences_again(store: EventStore) -> None:
    deliver(store, message(1, ONE), stream="first")
    assert fates(deliver(store, message(1, ONE), stream="second")) == [(None, 2)]
    assert deliver(store, message(1, ONE), stream="first") == []


def test_a_stream_that_lost_its_tail_gives_its_numbers_again_to_messages_that_count(store: EventStore) -> None:
    deliver(store, *(message(n, signal(f"old {n}")) for n in range(1, 101)))
    # The server forgot 81 to 100; what comes next gets their numbers, later.
    again = [message(n, signal(f"new {n}"), stored_at=(n + 1000) * SECOND) for n in range(81, 106)]
    assert len(deliver(store, *again[:10])) == 10
    assert deliver(store, *again[:10], *(message(n, signal(f"old {n}")) for n in range(75, 91))) == []
    assert len(deliver(store, *again[14:])) == 11
    assert len(deliver(store, *again)) == 4, "those that were passed over before"
    assert deliver(store, *again, *(message(n, signal(f"old {n}")) for n in range(1, 81))) == []
    assert set(told(store).values()) == {1}
    assert len(told(store)) == 125


def test_a_server_whose_clock_was_set_back_neither_doubles_nor_hides_anything(store: EventStore) -> None:
    early = [message(n, signal(str(n)), stored_at=n) for n in (3, 4)]
    assert len(deliver(store, message(1, ONE, stored_at=50), message(2, TWO, stored_at=60), *early)) == 4
    assert len(deliver(store, message(5, THREE, stored_at=5))) == 1
    assert deliver(store, *early, message(2, TWO, stored_at=60), message(5, THREE, stored_at=5)) == []


def test_a_message_without_signals_is_done_too(store: EventStore) -> None:
    assert deliver(store, message(1), message(2)) == []
    assert rows(store) == [(1, 2)]
    assert store.head() == 0


def test_a_webhook_and_a_message_with_the_same_alert_are_one_signal(stores: Stores) -> None:
    here, there = stores.open(), stores.open()
    assert fates(take(here, ONE)) == [("opened", 1)]
    assert fates(deliver(there, message(1, ONE))) == [(None, 2)]


def test_a_batch_that_failed_is_not_marked_as_done(store: EventStore) -> None:
    def fails(uow: object) -> None:
        raise LookupError(uow)

    store.commit([fails])
    assert rows(store) == []
    assert len(deliver(store, message(1, ONE))) == 1


SIGNALS = st.builds(
    lambda n, components, severity, status: signal(str(n), *components, severity=severity, status=status),
    st.integers(0, 9),
    st.lists(st.sampled_from(["db-1", "db-2", "web-1"]), max_size=2, unique=True),
    st.sampled_from(Severity),
    st.sampled_from(SignalStatus),
)
MESSAGES = st.lists(st.lists(SIGNALS, max_size=4), min_size=1, max_size=12)


class Naive:
    """Intake as it is told to people: one alert after the other, everything in memory."""

    def __init__(self, messages: list[list[Signal]]) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.open: dict[str, int] = {}
        self.incident_of: dict[tuple[str, str], int | None] = {}
        self.incidents = 0
        for alert in (each for signals in messages for each in signals):
            self._take(alert)

    def _take(self, alert: Signal) -> None:
        key = (alert.source, alert.source_event_id)
        self.counts[key] += 1
        severe = alert.severity in {Severity.CRITICAL, Severity.HIGH} and alert.status is SignalStatus.FIRING
        if self.counts[key] > 1 and (self.incident_of[key] is not None or not severe):
            return
        names = alert.components or ("source:wazuh",)
        found = next((self.open[name] for name in names if name in self.open), None)
        if found is None and severe:
            found, self.incidents = self.incidents, self.incidents + 1
            self.open.update(dict.fromkeys(names, found))
        self.incident_of[key] = found


@given(MESSAGES, st.data())
@settings(max_examples=60, deadline=None)
def test_however_a_stream_is_cut_into_batches_and_redelivered_it_comes_to_the_same(
    messages: list[list[Signal]], data: st.DataObject
) -> None:
    folder = Path(tempfile.mkdtemp())
    keyring = Keyring(SQLiteDatabase(folder / "keyring.db", synchronous="OFF"), bytes(32))
    store = EventStore(SQLiteDatabase(folder / "events.db", synchronous="OFF"), keyring, {"laerkeborg": "H"})
    position = 0
    while position < len(messages):
        upto = position + data.draw(st.integers(1, len(messages) - position), label="new in this batch")
        again = data.draw(st.lists(st.integers(0, upto - 1), max_size=4), label="redelivered behind them")
        before = data.draw(st.lists(st.integers(0, max(position - 1, 0)), max_size=4 if position else 0), label="and before")
        deliver(store, *(message(number + 1, *messages[number]) for number in [*before, *range(position, upto), *again]))
        position = upto
    naive = Naive(messages)
    assert told(store) == naive.counts
    keys = list(naive.counts)
    assert dict(zip(keys, (one.times for one in known(store, *keys)), strict=True)) == naive.counts
    opened = [r.aggregate_id for r in whole_log(store) if isinstance(r.event, Reported)]
    numbers: dict[UUID | None, int | None] = {None: None} | {incident: number for number, incident in enumerate(opened)}
    incident_of = {key: numbers[one.incident_id] for key, one in zip(keys, known(store, *keys), strict=True)}
    assert incident_of == naive.incident_of
    open_now = do(store, lambda uow: uow.open_incidents([*naive.open, "db-1", "db-2", "web-1"]))
    assert {name: numbers[incident] for name, incident in open_now.items()} == naive.open
    store.close()
    shutil.rmtree(folder)
