"""What is erased is gone from every key, cache and file, what was beside it stays, and every stored byte is as it was."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest

from adapters.erasure import register as erasure_register
from adapters.erasure.erasing import Eraser
from adapters.event_store import unmaking
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.mapper import kid_of, place_of
from adapters.event_store.outbox import OutboxTables
from adapters.main import make_desk, open_evidence
from domain.incident.errors import IncidentDisposedError, LegalHoldError, NothingToEraseError, OwnApprovalError
from domain.incident.events import AttachedSignal, SignalAttached
from domain.signals import Severity
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom, Sending, attach, give_out
from handlers.evidence_check import named, verify
from handlers.evidence_store import EvidenceErasedError, Limits
from handlers.requests import Origin
from tests.support.incidents import at, meta
from tests.support.signals import fresh, signal
from tests.support.stores import Stores, appending, open_database

TITLE, DESCRIPTION, NOTE = "Brev til Åse Ørsted", "Ring til Bjørn på 33920000", "Naboen hedder Søren"


def origin(actor: str) -> Origin:
    return Origin(actor, "api", "c-1", at(2))


def take(desk: Desk, step: str, actor: str, **fields: Any) -> int:  # noqa: ANN401 - as the step's request
    done = asyncio.run(desk.take_step("H-2026-0001", step, fields, origin(actor)))
    return done.incident.version


@pytest.fixture
def desk(store: EventStore) -> Desk:
    made = make_desk(store, DirectCommitter(store))
    told = {"title": TITLE, "description": DESCRIPTION, "severity": "high", "detected_at": at(0).isoformat()}
    asyncio.run(made.report(told, origin("u-1")))
    take(made, "note", "u-1", text=NOTE)
    return made


@pytest.fixture
def eraser(stores: Stores, store: EventStore, tmp_path: Path) -> Iterator[Eraser]:
    place = stores.place.database
    outbox = OutboxTables(open_database(place if place.startswith("postgresql:") else str(tmp_path / "messages.db")))
    yield an_eraser(store, outbox, tmp_path)
    outbox.close()


def an_eraser(store: EventStore, outbox: OutboxTables, folder: Path) -> Eraser:
    return Eraser(store, (), outbox, folder, open_evidence(folder / "evidence", store.keyring))


def redact(desk: Desk, number: int, path: str) -> int:
    words = {"redacted_number": number, "path": path, "legal_basis": "right_to_erasure", "reason": "Et navn"}
    return take(desk, "redact", "u-2", proposal_number=take(desk, "propose-redaction", "u-1", **words))


def dispose(desk: Desk) -> int:
    take(desk, "close", "u-1", reason="not_an_incident")
    words = {"ground": "stated", "archive_check": "nothing_to_keep", "legal_basis": "storage_limitation", "reason": "Gammel"}
    return take(desk, "dispose", "u-2", proposal_number=take(desk, "propose-disposal", "u-1", **words))


def texts(store: EventStore, desk: Desk) -> list[dict[str, Any]]:
    """Every text of the incident that can be read, event by event."""
    told = [recorded.event for recorded in store.read_stream(desk.find("H-2026-0001"))]
    return [{name: getattr(one, name) for name in sorted(one.CONFIDENTIAL_FIELDS) if getattr(one, name)} for one in told]


def test_one_text_goes_and_its_neighbours_in_the_same_event_and_in_others_stay(
    stores: Stores, store: EventStore, desk: Desk, eraser: Eraser
) -> None:
    before = {row.position: row.state for row in store.rows()}
    redact(desk, 1, "description")
    assert texts(store, desk)[0] == {"title": TITLE}, "gone from the moment that it is recorded"
    assert eraser.work() == 0
    for one in (store, stores.open()):
        assert texts(one, desk)[:2] == [{"title": TITLE}, {"text": NOTE}]
        (reported,) = one.read(0, 1, opened=True)
        assert (getattr(reported.event, "title"), getattr(reported.event, "description")) == (TITLE, None)  # noqa: B009
    assert {row.position: row.state for row in store.rows()}.items() >= before.items()
    # It goes on: what is written afterwards is sealed with the new key, and opens everywhere.
    take(desk, "note", "u-3", text="Nyt")
    assert texts(stores.open(), desk)[-1] == {"text": "Nyt"}


def test_another_process_that_remembers_the_key_seals_and_opens_with_the_new_one(
    stores: Stores, store: EventStore, desk: Desk, eraser: Eraser
) -> None:
    other = stores.open()
    assert texts(other, desk)[1] == {"text": NOTE}
    known = other.keyring.find(kid_of(desk.find("H-2026-0001")))
    redact(desk, 2, "text")
    eraser.work()
    elsewhere = make_desk(other, DirectCommitter(other))
    take(elsewhere, "note", "u-3", text="Fra den anden")
    assert texts(store, desk)[-1] == {"text": "Fra den anden"}
    assert texts(other, desk)[1] == {}
    assert other.keyring.find(kid_of(desk.find("H-2026-0001"))) not in {known, None}


def test_the_second_text_of_an_event_takes_with_it_what_the_first_redaction_had_kept(
    store: EventStore, desk: Desk, eraser: Eraser
) -> None:
    first = redact(desk, 1, "description")
    eraser.work()
    redact(desk, 1, "title")
    eraser.work()
    incident = desk.find("H-2026-0001")
    assert texts(store, desk)[0] == {}
    for version in (1, first):
        assert store.keyring.key_for(kid_of(incident), place_of(incident, version)) is None
    assert desk.replay("H-2026-0001")[-1].after.title is None
    with pytest.raises(NothingToEraseError, match="has no text 'title'; there is: no text"):
        redact(desk, 1, "title")


def test_the_state_that_decisions_are_made_from_forgets_the_text_too(store: EventStore, desk: Desk, eraser: Eraser) -> None:
    redact(desk, 1, "title")
    take(desk, "correct", "u-1", field="title", new="Et brev", reason="Navnet er fjernet")
    eraser.work()
    corrected = texts(store, desk)[-1]
    assert corrected == {"new": "Et brev", "reason": "Navnet er fjernet"}, "the old title is not written down again"


def test_nobody_erases_alone(desk: Desk) -> None:
    words = {"redacted_number": 2, "path": "text", "legal_basis": "right_to_erasure", "reason": "Et navn"}
    number = take(desk, "propose-redaction", "u-1", **words)
    with pytest.raises(OwnApprovalError, match="u-1 proposed number 3 of H-2026-0001"):
        take(desk, "redact", "u-1", proposal_number=number)
    take(desk, "reject-erasure", "u-2", proposal_number=number, reason="Skal gemmes")


def test_nothing_is_erased_under_a_legal_hold(desk: Desk) -> None:
    words = {"redacted_number": 2, "path": "text", "legal_basis": "right_to_erasure", "reason": "Et navn"}
    number = take(desk, "propose-redaction", "u-1", **words)
    take(desk, "place-hold", "u-1", reason="Tilsynet har bedt om sagen")
    with pytest.raises(LegalHoldError):
        take(desk, "redact", "u-2", proposal_number=number)
    take(desk, "lift-hold", "u-1", reason="Tilsynet er færdigt")
    take(desk, "redact", "u-2", proposal_number=number)


def alert_of(store: EventStore, desk: Desk) -> str:
    alert = signal("1", title=TITLE, description=DESCRIPTION, raw=b'{"who":"Bj\xc3\xb8rn"}')
    told = AttachedSignal(
        source=alert.source,
        source_event_id=alert.source_event_id,
        severity=Severity.HIGH,
        detected_at=at(0),
        payload_sha256=alert.payload_sha256,
    )
    incident = desk.find("H-2026-0001")
    attached = SignalAttached(meta=meta(1), signals=(told,))
    remembered = fresh(alert)._replace(incident_id=incident)
    found = store.commit([appending(incident, attached), lambda uow: uow.remember_signals([remembered])])
    assert not [one for one in found if isinstance(one, Exception)]
    assert store.payload(alert.payload_sha256) is not None
    return alert.payload_sha256


def test_a_disposed_incident_leaves_its_tombstone_and_no_text(store: EventStore, desk: Desk, eraser: Eraser) -> None:
    payload = alert_of(store, desk)
    before = {row.position: row.state for row in store.rows()}
    dispose(desk)
    assert not any(texts(store, desk))
    assert eraser.work() == 0
    assert not any(texts(store, desk))
    assert store.payload(payload) is None
    assert store.database.read("SELECT count(*) FROM payloads") == [(0,)]
    assert {row.position: row.state for row in store.rows()}.items() >= before.items()
    tombstone = orjson.loads(store.rows()[-1].state)
    assert (tombstone["reference"], tombstone["archive_check"], tombstone["proposed_by"]) == (
        "H-2026-0001",
        "nothing_to_keep",
        "u-1",
    )
    assert "closed_at" in tombstone
    assert "sealed" not in tombstone
    with pytest.raises(IncidentDisposedError):
        take(desk, "note", "u-1", text="Mere")
    state = desk.replay("H-2026-0001")[-1].after
    assert (state.title, state.disposed, state.services) == (None, True, ())


def test_a_payload_that_another_incident_needs_stays(store: EventStore, desk: Desk, eraser: Eraser) -> None:
    payload = alert_of(store, desk)
    other = signal("2", title=TITLE, description=DESCRIPTION, raw=b'{"who":"Bj\xc3\xb8rn"}')
    store.commit([lambda uow: uow.remember_signals([fresh(other)])])
    dispose(desk)
    eraser.work()
    assert store.payload(payload) is not None


def test_no_key_and_no_payload_is_left_in_any_file(sqlite_stores: Stores, tmp_path: Path) -> None:
    store = sqlite_stores.open()
    made = make_desk(store, DirectCommitter(store))
    asyncio.run(made.report({"title": TITLE, "severity": "high", "components": "søgbar"}, origin("u-1")))
    take(made, "note", "u-1", text=NOTE)
    alert_of(store, made)
    incident = made.find("H-2026-0001")
    reader = sqlite_stores.open()
    assert texts(reader, made)
    with closing(sqlite3.connect(sqlite_stores.place.keyring / "keyring.db")) as keyring:
        ((wrapped,),) = keyring.execute("SELECT wrapped FROM data_keys WHERE kid = ?", (kid_of(incident),)).fetchall()
    ((ciphertext,),) = store.database.read("SELECT ct FROM payloads")

    def found(needle: bytes) -> list[str]:
        return sorted(path.name for path in tmp_path.rglob("*") if path.is_file() and needle in path.read_bytes())

    assert found(wrapped)
    assert found(bytes(ciphertext)[:64])
    dispose(made)
    outbox = OutboxTables(open_database(str(tmp_path / "messages.db")))
    try:
        assert an_eraser(store, outbox, tmp_path).work() == 0
    finally:
        outbox.close()
    assert found(wrapped) == []
    assert found(bytes(ciphertext)[:64]) == []
    assert not any(texts(reader, made))
    for text in (TITLE, NOTE, "Ørsted", "Søren"):
        assert found(text.encode()) == []
    assert "events.db" in found("søgbar".encode()), "the search does find what is in clear"


def test_while_somebody_reads_an_old_page_nobody_waits_and_it_is_finished_afterwards(
    sqlite_stores: Stores, tmp_path: Path
) -> None:
    store = sqlite_stores.open()
    made = make_desk(store, DirectCommitter(store))
    asyncio.run(made.report({"title": TITLE, "severity": "high"}, origin("u-1")))
    take(made, "note", "u-1", text=NOTE)
    outbox = OutboxTables(open_database(str(tmp_path / "messages.db")))
    eraser = Eraser(store, (), outbox, tmp_path, open_evidence(tmp_path / "evidence", store.keyring))
    with closing(sqlite3.connect(sqlite_stores.place.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchall()
        redact(made, 2, "text")
        began = time.monotonic()
        assert eraser.work() == 1
        take(made, "note", "u-3", text="Imens")
        assert time.monotonic() - began < 2
        assert texts(store, made)[1] == {}
    assert eraser.work() == 0
    outbox.close()
    assert texts(store, made)[-1] == {"text": "Imens"}


def test_what_a_crash_left_undone_is_done_at_the_next_start(
    stores: Stores, store: EventStore, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    redact(desk, 1, "description")
    place = stores.place.database
    outbox = OutboxTables(open_database(place if place.startswith("postgresql:") else str(tmp_path / "messages.db")))
    for part in ("destroy", "scrub", "mark_done"):
        with monkeypatch.context() as failing:
            failing.setattr(unmaking, part, _dies)
            with pytest.raises(RuntimeError, match="killed"):
                an_eraser(store, outbox, tmp_path).work()
        assert len(unmaking.pending(store)) == 1
    again = stores.open()
    assert an_eraser(again, outbox, tmp_path).work() == 0
    outbox.close()
    assert unmaking.pending(store) == []
    assert texts(again, desk)[:2] == [{"title": TITLE}, {"text": NOTE}]
    (line,) = erasure_register.read(tmp_path / erasure_register.NAME)
    assert line.state["path"] == "description"


def _dies(*_: object) -> None:
    msg = "killed"
    raise RuntimeError(msg)


async def content(words: bytes) -> AsyncIterator[bytes]:
    yield words


def keep_evidence(store: EventStore, desk: Desk, folder: Path) -> EvidenceRoom:
    room = EvidenceRoom(open_evidence(folder / "evidence", store.keyring), None, Limits(1000, 1000))
    asyncio.run(attach(desk, room, "H-2026-0001", Sending({"name": "Brev"}), content(NOTE.encode()), origin=origin("u-1")))
    return room


def test_evidence_stays_readable_when_a_text_beside_it_goes(
    store: EventStore, desk: Desk, eraser: Eraser, tmp_path: Path
) -> None:
    room = keep_evidence(store, desk, tmp_path)
    redact(desk, 1, "description")
    assert eraser.work() == 0
    _, pieces = asyncio.run(give_out(desk, room, "H-2026-0001", 3, origin("u-1")))
    assert b"".join(pieces) == NOTE.encode()


def test_a_disposed_incidents_evidence_goes_with_its_key_and_its_files(
    store: EventStore, desk: Desk, eraser: Eraser, tmp_path: Path
) -> None:
    room = keep_evidence(store, desk, tmp_path)
    ((held, size),) = named(store).items()
    dispose(desk)
    assert eraser.work() == 0
    assert list(room.store.held()) == []
    assert [one.condition for one in verify(room.store, [(held, size)], lambda _: None)] == ["erased"]
    with pytest.raises(EvidenceErasedError):
        room.store.receive(held.incident)
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
