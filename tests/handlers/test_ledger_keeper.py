"""Every event is a leaf once, in order, whoever delivers; and whatever differs stops the ledger until a person has looked."""

import threading
from pathlib import Path
from random import Random
from typing import NoReturn
from uuid import UUID

import pytest

from adapters.event_store.ledger_tables import LedgerDatabase
from domain.events import StoredRow
from domain.merkle import EMPTY_ROOT, consistency_proof, inclusion_proof, root
from handlers.event_log import MissingEventsError
from handlers.ledger import BeyondLedgerError, Ledger
from handlers.ledger_keeper import BATCH, LedgerDiffersError
from handlers.ledger_tables import Differs
from tests.support.ledgers import NOW, ListedLog, OpenLedger, keeper, leaves_of
from tests.support.logs import a_store, many_lives, record


def rows(count: int, first: int = 1) -> list[StoredRow]:
    return [
        StoredRow(position, 1_000_000 + position, UUID(int=position % 7), position, "incident.note-added.1", b"%d" % position)
        for position in range(first, first + count)
    ]


def falsified(row: StoredRow) -> StoredRow:
    return row._replace(state=row.state + b" ")


def test_a_real_log_becomes_the_tree_of_its_entries(ledger_tables: LedgerDatabase, tmp_path: Path) -> None:
    with a_store(tmp_path / "store") as store:
        record(store, many_lives(seed=5, count=20))
        assert keeper(ledger_tables, store).catch_up() == store.head()
        assert Ledger(ledger_tables).root_at(store.head()) == root(leaves_of(store.rows(0, 10_000)))


def test_repeats_gaps_and_any_order_come_to_the_same_tree(ledger_tables: LedgerDatabase) -> None:
    log, chance = ListedLog(rows(900)), Random(2)
    kept = keeper(ledger_tables, log)
    for start in range(0, 900, 100):
        batch = [row for row in log.stored[max(0, start - 60) : start + 100] if chance.random() < 0.7] + [
            log.stored[start + 99]
        ]
        chance.shuffle(batch)
        assert kept.apply(batch * 2) == start + 100
    assert Ledger(ledger_tables).root_at(900) == root(leaves_of(log.stored))


def test_every_size_and_proof_of_the_past_can_be_shown(ledger_tables: LedgerDatabase) -> None:
    log = ListedLog(rows(700))
    keeper(ledger_tables, log).catch_up()
    ledger, leaves = Ledger(ledger_tables), leaves_of(log.stored)
    assert ledger.size() == 700
    assert ledger.root_at(0) == EMPTY_ROOT
    for size in (1, 255, 256, 257, 699, 700):
        assert ledger.root_at(size) == root(leaves[:size])
        assert ledger.inclusion(size, size) == inclusion_proof(leaves[:size], size - 1)
        assert ledger.consistency(size, 700) == consistency_proof(leaves, size)
    for asked in (lambda: ledger.root_at(701), lambda: ledger.inclusion(701, 700), lambda: ledger.inclusion(0, 700)):
        with pytest.raises(BeyondLedgerError):
            asked()


def test_two_processes_at_once_enter_each_event_once(open_ledger: OpenLedger) -> None:
    log = ListedLog(rows(3 * BATCH))
    keepers = [keeper(open_ledger(), log) for _ in range(2)]
    threads = [threading.Thread(target=kept.catch_up) for kept in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tables = open_ledger()
    assert tables.size() == 3 * BATCH
    assert Ledger(tables).root_at(3 * BATCH) == root(leaves_of(log.stored))


def test_what_a_crash_interrupts_is_not_there_and_is_entered_at_the_next_call(open_ledger: OpenLedger) -> None:
    log, tables = ListedLog(rows(300)), open_ledger()
    keeper(tables, log).apply(log.stored[:200])

    def killed_before_the_commit() -> NoReturn:
        with tables.write() as transaction:
            transaction.save({}, 300)
            raise LookupError

    with pytest.raises(LookupError):
        killed_before_the_commit()
    again = open_ledger()
    assert again.size() == 200
    assert keeper(again, log).catch_up() == 300
    assert Ledger(again).root_at(300) == root(leaves_of(log.stored))


def test_a_position_beyond_the_store_is_waited_for(ledger_tables: LedgerDatabase) -> None:
    log = ListedLog(rows(10))
    with pytest.raises(MissingEventsError, match="event 11"):
        keeper(ledger_tables, log).apply(rows(1, first=12))
    assert keeper(ledger_tables, ListedLog(rows(12))).apply(rows(1, first=12)) == 12
    with pytest.raises(MissingEventsError, match="event 15"):
        keeper(ledger_tables, ListedLog([*rows(14), *rows(1, first=16)])).catch_up()


def refused(ledger_tables: LedgerDatabase, differs: Differs, position: int, size: int) -> None:
    """The difference is on record, and from now on nothing is entered, whoever asks."""
    assert [(each.differs, each.position, each.noted_at) for each in ledger_tables.open_differences()] == [
        (differs, position, NOW)
    ]
    honest = keeper(ledger_tables, ListedLog(rows(500)))
    for attempt in (honest.catch_up, lambda: honest.apply(rows(500))):
        with pytest.raises(LedgerDiffersError, match=f"event {position}"):
            attempt()
    assert ledger_tables.size() == size


def test_it_stops_when_the_bus_brings_another_event_than_the_store_has(ledger_tables: LedgerDatabase) -> None:
    kept, batch = keeper(ledger_tables, ListedLog(rows(300))), rows(300)
    kept.apply(batch[:250])
    batch[270] = falsified(batch[270])
    with pytest.raises(LedgerDiffersError, match="EVENTS brought other bytes of event 271"):
        kept.apply(batch)
    refused(ledger_tables, Differs.DELIVERED, 271, size=250)


def test_it_stops_when_an_event_comes_again_and_is_another_one(ledger_tables: LedgerDatabase) -> None:
    kept = keeper(ledger_tables, ListedLog(rows(300)))
    kept.catch_up()
    with pytest.raises(LedgerDiffersError, match="event 7 than"):
        kept.apply([rows(300)[299], falsified(rows(300)[6])])
    refused(ledger_tables, Differs.DELIVERED, 7, size=300)


def test_a_second_message_with_a_position_that_came_already_in_the_same_batch_is_noticed(ledger_tables: LedgerDatabase) -> None:
    batch = rows(10)
    with pytest.raises(LedgerDiffersError, match="event 4 than"):
        keeper(ledger_tables, ListedLog(rows(10))).apply([*batch, falsified(batch[3])])


def test_a_message_with_a_position_that_no_relay_gives_is_noticed(ledger_tables: LedgerDatabase) -> None:
    with pytest.raises(LedgerDiffersError, match="event 0 than"):
        keeper(ledger_tables, ListedLog(rows(10))).apply([*rows(10), rows(1)[0]._replace(position=0)])


def test_it_stops_when_the_last_event_was_changed_in_the_store(ledger_tables: LedgerDatabase) -> None:
    keeper(ledger_tables, ListedLog(rows(300))).catch_up()
    changed = rows(301)
    changed[299] = falsified(changed[299])
    with pytest.raises(LedgerDiffersError, match="the store has other bytes of event 300"):
        keeper(ledger_tables, ListedLog(changed)).catch_up()
    refused(ledger_tables, Differs.STORED, 300, size=300)


def test_it_stops_when_the_stores_tail_is_cut_although_nothing_new_came(ledger_tables: LedgerDatabase) -> None:
    keeper(ledger_tables, ListedLog(rows(300))).catch_up()
    with pytest.raises(LedgerDiffersError, match="the store lacks event 300"):
        keeper(ledger_tables, ListedLog(rows(299))).catch_up()
    refused(ledger_tables, Differs.MISSING, 300, size=300)


def test_bytes_that_a_person_called_false_stop_it_no_more_and_others_do(ledger_tables: LedgerDatabase) -> None:
    kept, batch = keeper(ledger_tables, ListedLog(rows(300))), rows(300)
    batch[270] = falsified(batch[270])
    with pytest.raises(LedgerDiffersError):
        kept.apply(batch)
    ledger_tables.settle(ledger_tables.open_differences())
    assert ledger_tables.open_differences() == []
    assert kept.apply(batch) == 300
    assert Ledger(ledger_tables).root_at(300) == root(leaves_of(rows(300)))
    batch[270] = falsified(batch[270])
    with pytest.raises(LedgerDiffersError):
        kept.apply(batch)
