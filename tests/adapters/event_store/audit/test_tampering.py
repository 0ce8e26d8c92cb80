"""Whoever can write to the database changes it behind Sporlog's back: what was changed is named.

One row a column: what is done to it, and what the verification then says. A column that is in neither table fails.
"""

import threading
from collections.abc import Callable
from itertools import count
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from adapters.event_store import unmaking
from domain.incident import events as e
from domain.signals import Severity
from handlers.audit_findings import Kind
from handlers.commands import report
from tests.support import incidents as tell
from tests.support.audited import Audited, Clock, reported
from tests.support.intake import do, take
from tests.support.signals import signal
from tests.support.stores import Stores


class Said(NamedTuple):
    """What must be said, as far as it is given."""

    kind: Kind
    where: str
    position: int | None = None
    column: str | None = None


P = 12
"""The event that is tampered with: a note, in the middle of its incident."""
WHERE = {
    "events": "position = 12",
    "refs": "n = 2",
    "payloads": "id = 1",
    "erasures": "1 = 1",
    "signals": "source = 'wazuh' AND source_event_id = 'a-1'",
}

CHANGED: dict[tuple[str, str], tuple[str, Said]] = {
    ("events", "position"): ("position = 1000", Said(Kind.MOVED, "events", P)),
    ("events", "originator_id"): (
        "originator_id = '00000000000000000000000000000007', originator_version = 1",
        Said(Kind.CHANGED, "events", P),
    ),
    ("events", "originator_version"): (
        "originator_version = 99",
        Said(Kind.CHANGED, "events", P, "originator_version"),
    ),
    ("events", "topic"): ("topic = 'incident.closed.1'", Said(Kind.CHANGED, "events", P, "topic")),
    ("events", "recorded_at_us"): ("recorded_at_us = recorded_at_us + 1", Said(Kind.CHANGED, "events", P)),
    ("events", "state"): ("state = ?", Said(Kind.CHANGED, "events", P)),
    ("refs", "entity"): ("entity = 'havnen'", Said(Kind.INSERTED, "refs")),
    ("refs", "year"): ("year = 2020", Said(Kind.INSERTED, "refs")),
    ("refs", "n"): ("n = 77", Said(Kind.MISSING, "refs")),
    ("refs", "incident_id"): (
        "incident_id = '00000000000000000000000000000007'",
        Said(Kind.CHANGED, "refs", column="incident_id"),
    ),
    ("payloads", "sha256"): ("sha256 = ?", Said(Kind.MISSING, "payloads")),
    ("payloads", "kid"): ("kid = 'payload:1999-01'", Said(Kind.CHANGED, "payloads", column="kid")),
    ("payloads", "nonce"): ("nonce = ?", Said(Kind.CHANGED, "payloads", column="ct")),
    ("payloads", "ct"): ("ct = ?", Said(Kind.CHANGED, "payloads", column="ct")),
    ("erasures", "position"): ("position = 3", Said(Kind.INSERTED, "erasures")),
    ("signals", "source"): ("source = 'andre'", Said(Kind.MISSING, "signals")),
    ("signals", "source_event_id"): ("source_event_id = 'a-9'", Said(Kind.INSERTED, "signals")),
    ("signals", "incident_id"): ("incident_id = NULL", Said(Kind.CHANGED, "signals", column="incident_id")),
    ("signals", "count"): ("count = 1", Said(Kind.CHANGED, "signals", column="count")),
    ("signals", "payload"): ("payload = ?", Said(Kind.CHANGED, "signals", column="payload")),
    ("signals", "disposition"): ("disposition = 'dismissed'", Said(Kind.CHANGED, "signals", column="disposition")),
    ("signals", "status"): ("status = 'acknowledged'", Said(Kind.CHANGED, "signals", column="status")),
    ("signals", "version"): ("version = 2", Said(Kind.CHANGED, "signals", column="version")),
}
PLACING = "decides where later alerts are placed, and says nothing of what happened; what comes of it is an event"
LATER = "keeps a redelivered message from being taken twice, and says nothing of what happened"
HARMLESS: dict[tuple[str, str], str] = {
    ("payloads", "id"): "numbers the rows, and nothing refers to it",
    ("payloads", "refs"): "counts how often the same bytes came, for erasing; the events count the repeats themselves",
    ("erasures", "done_at_us"): "our own clock; whether a text is gone, its key says",
    ("signals", "told_at_us"): "the tool's clock, which decides between later words of one signal and is in no event",
    ("facts", "name"): "the entity and prefix of a new incident, which each incident's first event names itself",
    ("facts", "value"): "the same",
    ("schema_version", "one"): "a newer version is refused, an older one fails when its step is done twice",
    ("schema_version", "version"): "the same",
    **dict.fromkeys([("open_components", name) for name in ("component", "incident_id", "since")], PLACING),
    **dict.fromkeys([("episodes", name) for name in ("source", "episode", "source_event_id", "is_open")], PLACING),
    **dict.fromkeys([("twins", name) for name in ("name", "source", "source_event_id")], PLACING),
    **dict.fromkeys([("windows", name) for name in ("rule", "grouped", "minute", "n")], PLACING),
    **dict.fromkeys([("intake_done", name) for name in ("stream", "first", "last", "stored_at")], LATER),
}


def check(audited: Audited, said: Said) -> None:
    found = audited.difference()
    assert found is not None, "it was not noticed"
    assert (found.kind, found.where) == said[:2], found
    if said.position is not None:
        assert found.position == said.position, found
    if said.column is not None:
        assert found.column == said.column, found


def test_a_log_that_nobody_changed_verifies(audited: Audited) -> None:
    assert audited.verify() == audited.head > 30


def test_every_column_is_tampered_with_or_harmless_for_a_reason(audited: Audited) -> None:
    assert set(audited.columns()) == {*CHANGED, *HARMLESS}
    assert CHANGED.keys() & HARMLESS.keys() == set()


@pytest.mark.parametrize("column", CHANGED, ids=".".join)
def test_a_changed_column_is_named(audited: Audited, column: tuple[str, str]) -> None:
    change, said = CHANGED[column]
    update(audited, column[0], change, *([b"\0" * 12] if "?" in change else []))
    check(audited, said)


def update(audited: Audited, table: str, change: str, *params: object) -> None:
    audited.execute(f"UPDATE {table} SET {change} WHERE {WHERE[table]}", *params)  # noqa: S608 - the test's own words


def swap(audited: Audited, one: int, other: int) -> None:
    for before, after in ((one, -1), (other, one), (-1, other)):
        audited.execute("UPDATE events SET position = ? WHERE position = ?", after, before)


def delete(audited: Audited, position: int, *, close: bool) -> None:
    audited.execute("DELETE FROM events WHERE position = ?", position)
    if close:
        for later in range(position + 1, audited.head + 1):
            audited.execute("UPDATE events SET position = ? WHERE position = ?", later - 1, later)


def insert(audited: Audited, position: int, count: int = 1) -> None:
    for later in range(audited.head, position - 1, -1):
        audited.execute("UPDATE events SET position = ? WHERE position = ?", later + count, later)
    for number in range(count):
        audited.execute(
            "INSERT INTO events (position, recorded_at_us, originator_id, originator_version, topic, state)"
            " SELECT ?, recorded_at_us, ?, 1, topic, state FROM events WHERE position = ?",
            *(position + number, f"{number + 7:032x}", position - 1),
        )


def cut(audited: Audited, keep: int) -> None:
    audited.execute("DELETE FROM events WHERE position > ?", keep)


def set_back(audited: Audited) -> None:
    update(audited, "events", "recorded_at_us = recorded_at_us - 86400000000")


def exchange_states(audited: Audited) -> None:
    (first,), (second,) = audited.store.database.read("SELECT state FROM events WHERE position IN (12, 13) ORDER BY position")
    audited.execute("UPDATE events SET state = ? WHERE position = 12", second)
    audited.execute("UPDATE events SET state = ? WHERE position = 13", first)


def exchange_payloads(audited: Audited) -> None:
    (one, ct, nonce), (other, other_ct, other_nonce) = audited.store.database.read(
        "SELECT id, ct, nonce FROM payloads ORDER BY id LIMIT 2"
    )
    audited.execute("UPDATE payloads SET ct = ?, nonce = ? WHERE id = ?", other_ct, other_nonce, one)
    audited.execute("UPDATE payloads SET ct = ?, nonce = ? WHERE id = ?", ct, nonce, other)


def as_text(audited: Audited) -> None:
    update(audited, "events", "topic = ''")


ROWS: dict[str, tuple[Callable[[Audited], None], Said]] = {
    "an event is deleted": (lambda a: delete(a, P, close=False), Said(Kind.MISSING, "events", P)),
    "an event is deleted and the gap closed": (lambda a: delete(a, P, close=True), Said(Kind.MISSING, "events", P)),
    "the first event is deleted": (lambda a: delete(a, 1, close=True), Said(Kind.MISSING, "events", 1)),
    "an event is put in": (lambda a: insert(a, P), Said(Kind.INSERTED, "events", P)),
    "three events are put in": (lambda a: insert(a, P, 3), Said(Kind.INSERTED, "events", P)),
    "an event is put in before the last": (lambda a: insert(a, a.head), Said(Kind.INSERTED, "events")),
    "two neighbours change places": (lambda a: swap(a, P, P + 1), Said(Kind.MOVED, "events", P)),
    "two events far apart change places": (lambda a: swap(a, P, P + 15), Said(Kind.MOVED, "events", P)),
    "the last event is cut": (lambda a: cut(a, a.head - 1), Said(Kind.CUT, "events")),
    "all but five are cut": (lambda a: cut(a, 5), Said(Kind.CUT, "events", 6)),
    "everything is cut": (lambda a: cut(a, 0), Said(Kind.CUT, "events", 1)),
    "the clock of an event is set back": (set_back, Said(Kind.TIME, "events", P, "recorded_at_us")),
    "two events exchange their content": (exchange_states, Said(Kind.CHANGED, "events", P)),
    "two payloads are exchanged": (exchange_payloads, Said(Kind.CHANGED, "payloads")),
    "a payload is deleted": (
        lambda a: a.execute("DELETE FROM payloads WHERE id = 1"),
        Said(Kind.MISSING, "payloads"),
    ),
    "a topic is emptied": (as_text, Said(Kind.CHANGED, "events", P, "topic")),
    "an erasure is taken off the list": (lambda a: a.execute("DELETE FROM erasures"), Said(Kind.MISSING, "erasures")),
    "a reference is deleted": (lambda a: a.execute("DELETE FROM refs WHERE n = 1"), Said(Kind.MISSING, "refs")),
    "a reference is added": (
        lambda a: a.execute("INSERT INTO refs (entity, year, n, incident_id) VALUES ('laerkeborg', 2026, 99, 'f')"),
        Said(Kind.INSERTED, "refs"),
    ),
    "a signal is forgotten": (
        lambda a: a.execute("DELETE FROM signals WHERE count = 2"),
        Said(Kind.MISSING, "signals"),
    ),
    "a source is made up": (
        lambda a: a.execute(
            "INSERT INTO signals (source, source_event_id, count, payload) VALUES ('opdigtet', 'x', 1, ?)", bytes(32)
        ),
        Said(Kind.INSERTED, "signals"),
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows_that_are_gone_new_or_elsewhere_are_named(audited: Audited, case: str) -> None:
    act, said = ROWS[case]
    act(audited)
    check(audited, said)


def test_the_value_that_was_there_is_told_where_it_can_be_known(audited: Audited) -> None:
    update(audited, "events", "topic = 'incident.closed.1'")
    found = audited.difference()
    assert found is not None
    assert (found.expected, found.actual) == ("incident.note-added.1", "incident.closed.1")


def test_the_other_copy_on_the_bus_tells_what_was_there(audited: Audited) -> None:
    originals = {row.position: row for row in audited.store.rows(0, 1000)}
    update(audited, "events", "recorded_at_us = recorded_at_us + 1")
    found = audited.difference(original=originals.get)
    assert found is not None
    assert found.column == "recorded_at_us"
    assert found.expected == str(originals[P].recorded_at_us)


def test_what_was_disposed_of_lawfully_is_not_missing(audited: Audited) -> None:
    store = audited.store
    ((stream,),) = store.database.read("SELECT incident_id FROM signals WHERE source_event_id = 'a-1'")
    incident, (before,) = UUID(stream), store.database.read("SELECT count(*) FROM payloads")[0]
    disposed = e.Disposed(meta=tell.meta(20), proposal_number=1)
    position = do(store, lambda uow: uow.append(incident, [disposed], expected=uow.version(incident)))
    unmaking.destroy(store, store.rows(position - 1, 1)[0])
    audited.enter()
    assert store.database.read("SELECT count(*) FROM payloads")[0][0] < before
    assert audited.verify() == position
    audited.execute("DELETE FROM payloads")
    check(audited, Said(Kind.MISSING, "payloads"))


def test_others_may_write_meanwhile(audited: Audited, stores: Stores) -> None:
    writer, stop, written = stores.open(Clock()), threading.Event(), count()

    def write() -> None:
        while not stop.is_set():
            number = next(written)
            incident = uuid4()
            do(writer, lambda uow: report(uow, incident, "laerkeborg", reported))  # noqa: B023 - done before the next one
            take(writer, signal(f"w-{number}", "db-9", severity=Severity.LOW), signal("w-again", "db-9", severity=Severity.LOW))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(10):
            assert audited.verify() >= audited.head
    finally:
        stop.set()
        thread.join()
    assert audited.verify() > audited.head
