"""One checkpoint a size, each holding the one before: through crashes at any step, other processes and other keys."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.ledger_tables import LedgerDatabase
from adapters.transparency.checkpoint_files import CheckpointFolder, OtherCheckpointError
from adapters.transparency.ed25519 import Ed25519Signer, Ed25519Verifier
from adapters.transparency.key_files import CheckpointKeyError, KeyFiles
from domain.incident.errors import ReasonMissingError
from domain.ledger.checkpoint import Checkpoint
from domain.ledger.encoding import decode
from domain.ledger.entry import entry
from domain.ledger.events import LEDGER, CheckpointKeyAdopted
from domain.ledger.note import Note, UnverifiedNoteError
from domain.ledger.proof import parse_proof
from domain.ledger.signing import RetiredKeyError
from domain.merkle import root, verify_consistency
from handlers.checkpoints import Checkpoints
from handlers.ledger_acts import StillDiffersError, rotate_key, settle_differences
from handlers.ledger_keeper import LedgerDiffersError
from handlers.ledger_tables import Differs
from handlers.proving import NotSignedYetError, prove
from handlers.requests import Origin
from tests.support.ledgers import NOW, OpenLedger, keeper, leaves_of
from tests.support.logs import many_lives, record

ORIGIN = Origin("u-drift", "cli", "test", NOW)
LIVES = many_lives(seed=7, count=6)
Open = Callable[[], Checkpoints]


@pytest.fixture
def open_checkpoints(open_ledger: OpenLedger, log_store: EventStore, tmp_path: Path) -> Open:
    """Each call opens them as another process would."""

    def open_one() -> Checkpoints:
        tables = open_ledger()
        return Checkpoints(
            tables=tables,
            keeper=keeper(tables, log_store),
            history=log_store,
            keys=KeyFiles(tmp_path / "keyring", "log.example/haendelser"),
            files=CheckpointFolder(tmp_path / "checkpoints"),
            verifier_of=Ed25519Verifier.of,
            clock=lambda: NOW,
        )

    return open_one


@pytest.fixture
def checkpoints(open_checkpoints: Open) -> Checkpoints:
    return open_checkpoints()


def killed(*_: object) -> NoReturn:
    raise OSError("killed")


def signed_size(checkpoints: Checkpoints) -> int:
    made = checkpoints.make()
    assert made is not None
    return made.signed.size


def test_an_empty_log_is_not_signed_and_makes_no_key(checkpoints: Checkpoints, tmp_path: Path) -> None:
    assert checkpoints.make() is None
    assert checkpoints.keys() == ()
    assert not (tmp_path / "keyring").exists()


def test_each_checkpoint_names_the_tree_and_holds_the_one_before(
    checkpoints: Checkpoints, log_store: EventStore, tmp_path: Path
) -> None:
    found = list[Checkpoint]()
    for start in range(0, 60, 20):
        record(log_store, LIVES[start : start + 20])
        made = checkpoints.make()
        assert made is not None
        assert made.new
        found.append(checkpoints.checkpoint_of(made.signed.note))
        assert (tmp_path / "checkpoints" / str(start + 20)).read_text() == made.signed.note
        assert (tmp_path / "checkpoints" / "latest").read_text() == made.signed.note
    leaves = leaves_of(log_store.rows())
    assert found == [Checkpoint("log.example/haendelser", size, root(leaves[:size])) for size in (20, 40, 60)]
    proof = checkpoints.ledger.consistency(20, 60)
    verify_consistency(20, 60, proof, found[0].root, found[2].root)


def test_what_is_signed_is_not_signed_again_by_whomever(open_checkpoints: Open, log_store: EventStore) -> None:
    record(log_store, LIVES[:20])
    first, again = open_checkpoints().make(), open_checkpoints().make()
    assert first is not None
    assert again is not None
    assert (first.new, again.new) == (True, False)
    assert first.signed == again.signed


def test_a_crash_before_the_file_is_mended_by_the_next_call(
    open_checkpoints: Open, log_store: EventStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(log_store, LIVES[:20])
    with monkeypatch.context() as crash:
        crash.setattr(CheckpointFolder, "write", killed)
        with pytest.raises(OSError, match="killed"):
            open_checkpoints().make()
    assert not (tmp_path / "checkpoints").exists()
    made = open_checkpoints().make()
    assert made is not None
    assert not made.new
    assert (tmp_path / "checkpoints" / "20").read_text() == made.signed.note


def test_a_ledger_that_was_lost_is_made_again_and_takes_over_what_the_files_say(
    checkpoints: Checkpoints, open_checkpoints: Open, log_store: EventStore, tmp_path: Path
) -> None:
    record(log_store, LIVES[:20])
    signed_size(checkpoints)
    forget(checkpoints)
    again = open_checkpoints().make()
    assert again is not None
    assert not again.new
    assert again.signed.note == (tmp_path / "checkpoints" / "20").read_text()


def test_a_checkpoint_of_a_larger_tree_stops_it_and_is_shown(
    checkpoints: Checkpoints, open_checkpoints: Open, log_store: EventStore, tmp_path: Path
) -> None:
    """As after a store and its ledger were put back to an older day, or their end was cut off."""
    record(log_store, LIVES[:30])
    signed_size(checkpoints)
    forget(checkpoints)
    with log_store.database.write() as cursor:
        cursor.execute("DELETE FROM events WHERE position > 20")
    cut = open_checkpoints()
    with pytest.raises(LedgerDiffersError, match="names another tree of 30 events"):
        cut.make()
    assert [(each.differs, each.position) for each in cut.tables.open_differences()] == [(Differs.SIGNED, 30)]
    assert sorted(path.name for path in (tmp_path / "checkpoints").iterdir()) == ["30", "latest"]


def test_another_checkpoint_of_the_same_size_is_never_written(tmp_path: Path) -> None:
    folder = CheckpointFolder(tmp_path / "checkpoints")
    folder.write(5, "one\n")
    folder.write(5, "one\n")
    with pytest.raises(OtherCheckpointError, match="another checkpoint of 5"):
        folder.write(5, "other\n")
    assert folder.latest() == "one\n"
    assert sorted(path.name for path in folder.folder.iterdir()) == ["5", "latest"]


def test_a_private_key_is_its_owners_alone_and_says_nothing_when_it_is_wrong(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path / "keyring", "log.example")
    first = keys.first()
    path = tmp_path / "keyring" / "checkpoint.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.first().key == first.key
    secret = path.read_text()
    path.write_text(secret[:-9])
    with pytest.raises(CheckpointKeyError, match="Restore it") as told:
        keys.first()
    assert secret.rpartition("+")[2][:20] not in str(told.value)


def test_a_key_that_is_lost_is_never_replaced_in_silence(
    checkpoints: Checkpoints, log_store: EventStore, tmp_path: Path
) -> None:
    record(log_store, LIVES[:20])
    signed_size(checkpoints)
    (tmp_path / "keyring" / "checkpoint.key").unlink()
    record(log_store, LIVES[20:21])
    with pytest.raises(CheckpointKeyError, match="rotate-key"):
        checkpoints.make()
    assert not (tmp_path / "keyring" / "checkpoint.key").exists()


async def test_a_new_key_is_an_event_and_signs_from_that_event_on(
    checkpoints: Checkpoints, open_checkpoints: Open, log_store: EventStore, tmp_path: Path
) -> None:
    record(log_store, LIVES[:20])
    signed_size(checkpoints)
    old = Ed25519Signer("log.example/haendelser", seed_of(tmp_path))
    done = await rotate_key(checkpoints, DirectCommitter(log_store), "Medarbejder stoppet", ORIGIN)
    (recorded,) = log_store.read_stream(LEDGER)
    assert isinstance(recorded.event, CheckpointKeyAdopted)
    assert (recorded.event.vkey, recorded.event.follows) == (done.vkey, old.key.vkey)
    assert (recorded.event.reason, done.position, done.signed.size) == ("Medarbejder stoppet", 21, 21)
    assert open_checkpoints().keys() == ((old.key.vkey, 0, 20), (done.vkey, 21, None))
    assert sorted(path.name for path in (tmp_path / "keyring").iterdir()) == ["checkpoint.key"]
    for size in (20, 21):
        assert checkpoints.checkpoint_of((tmp_path / "checkpoints" / str(size)).read_text()).size == size
    text = Checkpoint("log.example/haendelser", 21, checkpoints.ledger.root_at(21)).text
    with pytest.raises(RetiredKeyError, match="signs those from 0 to 20"):
        checkpoints.checkpoint_of(str(Note(text, (old.sign(text),))))
    stranger = Ed25519Signer("log.example/haendelser", bytes(32))
    with pytest.raises(UnverifiedNoteError, match="no known key"):
        checkpoints.checkpoint_of(str(Note(text, (stranger.sign(text),))))


async def test_a_rotation_that_is_interrupted_goes_on_where_it_was(
    open_checkpoints: Open, log_store: EventStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(log_store, LIVES[:20])
    checkpoints = open_checkpoints()
    signed_size(checkpoints)
    prepared = checkpoints.signing_keys.prepare().key.vkey
    # Killed before the event: the key in force signs on.
    record(log_store, LIVES[20:21])
    assert signed_size(open_checkpoints()) == 21
    with monkeypatch.context() as crash:
        crash.setattr(Checkpoints, "make", killed)
        with pytest.raises(OSError, match="killed"):
            await rotate_key(checkpoints, DirectCommitter(log_store), "Ny nøgle", ORIGIN)
    assert signed_size(open_checkpoints()) == 22
    assert open_checkpoints().keys()[-1].vkey == prepared
    assert Ed25519Signer("log.example/haendelser", seed_of(tmp_path)).key.vkey == prepared


async def test_a_key_is_not_changed_without_a_reason(checkpoints: Checkpoints, log_store: EventStore) -> None:
    record(log_store, LIVES[:20])
    for reason in (None, " "):
        with pytest.raises(ReasonMissingError):
            await rotate_key(checkpoints, DirectCommitter(log_store), reason, ORIGIN)
    assert log_store.head() == 20


def test_a_proof_file_stands_alone(checkpoints: Checkpoints, log_store: EventStore) -> None:
    record(log_store, LIVES[:40])
    with pytest.raises(NotSignedYetError, match="nothing is signed yet"):
        prove(checkpoints, 1)
    signed_size(checkpoints)
    row = log_store.rows(16, 1)[0]
    proof = parse_proof(str(prove(checkpoints, 17)).encode())
    assert (proof.leaf_index, proof.extra) == (16, entry(row))
    proof.check_entry(entry(row))
    assert checkpoints.checkpoint_of(str(proof.note)).size == 40
    for position in (0, 41):
        with pytest.raises(NotSignedYetError, match=f"event {position} is not among the 40"):
            prove(checkpoints, position)


async def test_a_person_settles_a_false_message_and_the_log_says_so(checkpoints: Checkpoints, log_store: EventStore) -> None:
    record(log_store, LIVES[:20])
    committer = DirectCommitter(log_store)
    assert await settle_differences(checkpoints, committer, "Ingen", ORIGIN) == []
    false = log_store.rows(4, 1)[0]._replace(state=b"{}")
    with pytest.raises(LedgerDiffersError):
        checkpoints.keeper.apply([*log_store.rows(), false])
    with pytest.raises(LedgerDiffersError):
        checkpoints.make()
    (settled,) = await settle_differences(checkpoints, committer, "Beskadiget på bussen, set af to", ORIGIN)
    assert (settled.position, settled.differs) == (5, Differs.DELIVERED)
    assert signed_size(checkpoints) == 21
    assert checkpoints.keeper.apply([false]) == 21


async def test_a_store_that_was_changed_cannot_be_settled_before_it_is_mended(
    checkpoints: Checkpoints, log_store: EventStore
) -> None:
    record(log_store, LIVES[:20])
    signed_size(checkpoints)
    (before,) = log_store.rows(19, 1)
    for state in (before.state + b" ", before.state):
        with log_store.database.write() as cursor:
            cursor.execute("UPDATE events SET state = ? WHERE position = 20", (state,))
        if state != before.state:
            with pytest.raises(LedgerDiffersError, match="the store has other bytes of event 20"):
                checkpoints.make()
            with pytest.raises(StillDiffersError, match="restore the store"):
                await settle_differences(checkpoints, DirectCommitter(log_store), "Vi tror det", ORIGIN)
    assert len(await settle_differences(checkpoints, DirectCommitter(log_store), "Indlæst igen", ORIGIN)) == 1
    assert signed_size(checkpoints) == 21


def forget(checkpoints: Checkpoints) -> None:
    """As if the ledger's database were gone."""
    assert isinstance(checkpoints.tables, LedgerDatabase)
    with checkpoints.tables._database.write("ledger_size") as cursor:
        for table in ("tiles", "ledger_size", "checkpoints", "first_key", "differences"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def seed_of(folder: Path) -> bytes:
    line = (folder / "keyring" / "checkpoint.key").read_text().strip()
    return decode(line.split("+", 4)[4], "key")[1:]
