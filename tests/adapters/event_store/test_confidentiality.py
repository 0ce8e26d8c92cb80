"""From the first stored byte no text of a person is in clear, and without its own key it does not open."""

import base64
import hmac
import shutil
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest

from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.keyring import Keyring, MasterKeyError, load_master_key
from domain.incident.events import NoteAdded, Reported
from tests.support.incidents import INCIDENT, meta, reported
from tests.support.signals import fresh, signal
from tests.support.stores import Stores, appending

TITLE = "Søgræs-sagen: Åse Ørsted låst ude"
NOTE = NoteAdded(meta=meta(), text="Ring til Bjørn på 33 92 00 00")


def files(stores: Stores) -> list[Path]:
    folder = stores.place.keyring.parent
    return [path for path in folder.rglob("*") if path.is_file()]


def destroy_keys(stores: Stores) -> None:
    keyring = SQLiteDatabase(stores.place.keyring / "keyring.db")
    with keyring.write() as cursor:
        cursor.execute("UPDATE data_keys SET wrapped = NULL")
    keyring.close()


def test_stored_state_is_sorted_json_with_one_sealed_part(stores: Stores) -> None:
    store = stores.open()
    store.commit([appending(INCIDENT, reported(title=TITLE, place="Rådhuset"))])
    (row,) = store.rows()
    state = orjson.loads(row.state)
    sealed = state["sealed"]
    assert set(sealed) == {"kid", "nonce", "ct"}
    assert sealed["kid"] == f"incident:{INCIDENT.hex}"
    assert len(base64.b64decode(sealed["nonce"], validate=True)) == 12
    # AES-GCM adds a tag of 16 bytes to the two fields.
    assert len(base64.b64decode(sealed["ct"], validate=True)) == len(orjson.dumps({"place": "Rådhuset", "title": TITLE})) + 16
    golden = (
        b'{"components":["db-1"],"detected_at":"2026-11-20T14:20:00Z","entity":"laerkeborg","exercise":false,"kind":"incident",'
        b'"meta":{"actor":"u-7","channel":"web","correlation_id":"c-1","occurred_at":"2026-11-20T14:20:00Z"},'
        b'"reference":"H-2026-0042","sealed":{"ct":"%s","kid":"%s","nonce":"%s"},"services":[],"severity":"high","trust_service":false}'
    )
    assert row.state == golden % tuple(sealed[name].encode() for name in ("ct", "kid", "nonce"))


def test_an_event_without_text_has_no_sealed_part_and_needs_no_key(stores: Stores) -> None:
    store = stores.open()
    store.commit([appending(INCIDENT, reported(title=None))])
    (row,) = store.rows()
    assert "sealed" not in orjson.loads(row.state)
    assert store.keyring.find(f"incident:{INCIDENT.hex}") is None


def test_no_text_is_in_any_file_of_the_store(sqlite_stores: Stores) -> None:
    store = sqlite_stores.open()
    alert = signal("1", title=TITLE, description="Kontakt 33 92 00 00", raw=b'{"secret":"33 92 00 00"}')
    store.commit([appending(INCIDENT, reported(title=TITLE), NOTE), lambda uow: uow.remember_signals([fresh(alert)])])
    while_open = {path: path.read_bytes() for path in files(sqlite_stores)}
    assert {"events.db", "events.db-wal", "keyring.db", "master.key"} <= {path.name for path in while_open}
    store.close()
    for path, content in [*while_open.items(), *((path, path.read_bytes()) for path in files(sqlite_stores))]:
        for text in (TITLE, "Ørsted", "33 92 00 00", "Bj\\u00f8rn"):
            assert text.encode() not in content, path
    assert b"laerkeborg" in b"".join(while_open.values())  # the search does find what is in clear


def test_keys_are_apart_from_the_events(sqlite_stores: Stores) -> None:
    store = sqlite_stores.open()
    store.commit([appending(INCIDENT, reported(title=TITLE))])
    key = store.keyring.find(f"incident:{INCIDENT.hex}")
    assert key is not None
    store.close()
    assert Path(sqlite_stores.place.database).parent != sqlite_stores.place.keyring
    master = load_master_key(sqlite_stores.place.keyring / "master.key", create=False)
    assert (sqlite_stores.place.keyring / "master.key").stat().st_mode & 0o777 == 0o600
    for path in files(sqlite_stores):
        assert key not in path.read_bytes()
        assert master not in path.read_bytes()


def test_with_the_key_gone_the_text_is_gone_and_everything_else_stays(stores: Stores) -> None:
    store = stores.open()
    alert = signal("1", title=TITLE)
    store.commit([appending(INCIDENT, reported(title=TITLE), NOTE), lambda uow: uow.remember_signals([fresh(alert)])])
    before = store.rows()
    destroy_keys(stores)
    later = stores.open()
    first, second = later.read_stream(INCIDENT)
    assert isinstance(first.event, Reported)
    assert isinstance(second.event, NoteAdded)
    assert (first.event.title, first.event.reference, second.event.text) == (None, "H-2026-0042", None)
    assert first.event.sealed is not None
    assert later.unseal(INCIDENT, 1, first.event.sealed) is None
    assert later.payload(alert.payload_sha256) is None
    assert later.rows() == before
    (outcome,) = later.commit([appending(INCIDENT, NOTE)])
    assert isinstance(outcome, MasterKeyError)
    assert "destroyed" in str(outcome)


@pytest.mark.parametrize(("to_stream", "to_version"), [(INCIDENT, 3), (uuid4(), 1)])
def test_a_ciphertext_that_was_moved_to_another_event_does_not_open(stores: Stores, to_stream: UUID, to_version: int) -> None:
    store = stores.open()
    store.commit([appending(INCIDENT, reported(title=TITLE), NOTE)])
    (first, _) = store.read(0, 2)
    assert first.event.sealed is not None
    assert store.unseal(INCIDENT, 1, first.event.sealed) == {"title": TITLE}
    with pytest.raises(MasterKeyError, match="does not open"):
        store.unseal(to_stream, to_version, first.event.sealed)


def test_the_same_text_is_never_sealed_the_same_way_twice(stores: Stores) -> None:
    store = stores.open()
    store.commit([appending(uuid4(), reported(title=TITLE)) for _ in range(20)])
    sealed = [orjson.loads(row.state)["sealed"] for row in store.rows()]
    for part in ("ct", "nonce", "kid"):
        assert len({each[part] for each in sealed}) == 20


def test_another_master_key_is_refused_before_anything_is_written_with_it(stores: Stores) -> None:
    stores.open().commit([appending(INCIDENT, reported(title=TITLE))])
    with pytest.raises(MasterKeyError, match="wrapped by another master key"):
        Keyring(SQLiteDatabase(stores.place.keyring / "keyring.db"), bytes(32))


def test_a_place_s_key_is_the_one_that_older_versions_sealed_with(tmp_path: Path) -> None:
    keyring = Keyring(SQLiteDatabase(tmp_path / "keyring.db"), bytes(32))
    keyring.ensure(["payload:2026-11"])
    key = keyring.find("payload:2026-11")
    assert key is not None
    for place in ("ab" * 32, "Søgræs/1"):
        told = hmac.digest(key, b"sporlog/sealed/v1\n" + place.encode(), "sha256")
        assert keyring.key_for("payload:2026-11", place) == told
    keyring.close()


def test_a_missing_or_damaged_master_key_says_which_file_to_restore(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    with pytest.raises(MasterKeyError, match=f"{path} cannot be read.*keyring backup"):
        load_master_key(path, create=False)
    key = load_master_key(path, create=True)
    assert load_master_key(path, create=True) == load_master_key(path, create=False) == key
    assert [each.name for each in tmp_path.iterdir()] == ["master.key"]
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(MasterKeyError, match="holds 15 bytes instead of 32"):
        load_master_key(path, create=True)


def test_a_payload_opens_only_as_itself(stores: Stores) -> None:
    store = stores.open()
    one, other = signal("1", title=TITLE, references=("https://eksempel.dk/1",), raw=b"line\none"), signal("2")
    store.commit([lambda uow: uow.remember_signals([fresh(one), fresh(other)])])
    payload = store.payload(one.payload_sha256)
    assert payload is not None
    assert tuple(payload) == (TITLE, "", ("https://eksempel.dk/1",), b"line\none")
    assert store.payload("00" * 32) is None
    with store.database.write("payloads") as cursor:
        cursor.execute(
            "UPDATE payloads SET ct = (SELECT p.ct FROM payloads p WHERE p.sha256 = ?) WHERE sha256 = ?",
            (bytes.fromhex(one.payload_sha256), bytes.fromhex(other.payload_sha256)),
        )
    with pytest.raises(MasterKeyError, match="does not open"):
        store.payload(other.payload_sha256)


def test_the_keyring_restored_from_a_copy_opens_everything(sqlite_stores: Stores, tmp_path: Path) -> None:
    store = sqlite_stores.open()
    store.commit([appending(INCIDENT, reported(title=TITLE))])
    store.close()
    copied = Stores(sqlite_stores.place._replace(keyring=Path(shutil.copytree(sqlite_stores.place.keyring, tmp_path / "copy"))))
    (recorded,) = copied.open().read_stream(INCIDENT)
    copied.close()
    assert isinstance(recorded.event, Reported)
    assert recorded.event.title == TITLE
