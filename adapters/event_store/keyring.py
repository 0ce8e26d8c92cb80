"""The keyring, outside the event database: a data key per incident (organisation, month of payloads), wrapped by a master key.

An event's own key is HMAC-SHA256(data key, place of the event), so one event can later be made unreadable while its
neighbours stay readable, and no nonce is ever used twice with one key.

Destroying the key of one place: from the data key every place's key can be derived, so the data key itself goes. In one
transaction the keys of the places that stay readable are written down (`place_keys`), a new data key takes the old one's place
for what is sealed from then on, and `destroyed` notes it. Every Keyring, in whichever process, looks at `destroyed` before it
seals (`ensure`, under the store's write lock), and no longer than LOOK_S before it opens with a key that it remembers.
"""

import base64
import contextlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from adapters.event_store.database import Cursor, Database
from domain.errors import SporlogError

NONCE_BYTES = 12
MASTER_KEY_BYTES = 32
LOOK_S = 0.005
"""A look costs as much as opening two events, so that reading a list takes one, not one an event."""


class MasterKeyError(SporlogError):
    """The master key is missing or is not the one that wrapped this keyring."""

    code = "master-key"


def load_master_key(path: Path, *, create: bool) -> bytes:
    """Read the master key (32 bytes, base64). With `create`, a new store gets one, mode 0600, on disk before it is used."""
    try:
        if create and not path.exists():
            _create_master_key(path)
        key = base64.b64decode(path.read_bytes(), validate=False)
    except (OSError, ValueError) as error:
        msg = f"the master key {path} cannot be read: {error}. Restore it from the keyring backup"
        raise MasterKeyError(msg) from error
    if len(key) != MASTER_KEY_BYTES:
        msg = f"the master key {path} holds {len(key)} bytes instead of {MASTER_KEY_BYTES}. Restore it from the keyring backup"
        raise MasterKeyError(msg)
    return key


def _create_master_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        # The key appears whole or not at all, and never in place of another process's.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    if hasattr(os, "O_DIRECTORY"):
        # The name must be on disk too, else a power cut loses the key of what was sealed meanwhile; Windows cannot.
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class _Known(NamedTuple):
    """A data key, None once it is destroyed, and the places that have keys of their own; None there: destroyed."""

    key: bytes | None
    places: Mapping[str, bytes | None]
    deriving: HMAC | None
    """Made of the key once, and copied for each place."""

    def at(self, place: str) -> bytes | None:
        """The key of a place; None once destroyed."""
        if place in self.places:
            return self.places[place]
        return None if self.deriving is None else _derive(self.deriving, place)


class Keyring:
    """Data keys by id (`kid`).

    `ensure` is durable on return: a key is on disk before any event that it seals can be committed, so a crash in between
    leaves an unused key, never an unreadable event. Raises `MasterKeyError` when another master key wrapped what is there.
    """

    def __init__(self, database: Database, master_key: bytes) -> None:
        self._database = database
        self._master, self._master_key = AESGCM(master_key), master_key
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()
        self._looked_at = 0.0
        for table, columns in _TABLES.items():
            if not database.has_table(table):
                with database.write() as cursor:
                    cursor.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        self._destroyed = self._count()
        # A wrong master key is refused now, before it wraps the next data key.
        for kid, wrapped in database.read("SELECT kid, wrapped FROM data_keys WHERE wrapped IS NOT NULL LIMIT 1"):
            self._unwrap(kid, bytes(wrapped))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def derived(self, purpose: str) -> str:
        """A key (hex) of its own for what is kept beside the log; the same for as long as the master key is."""
        return hmac.new(self._master_key, purpose.encode(), "sha256").hexdigest()

    def ensure(self, kids: Iterable[str]) -> None:
        """Make the missing ones of these keys, all in one transaction; two processes that race agree on the first."""
        self.refresh()
        missing = [kid for kid in dict.fromkeys(kids) if kid not in self._known and self._look(kid) is None]
        if not missing:
            return
        now = time.time_ns() // 1000
        with self._database.write("data_keys") as cursor:
            cursor.executemany(
                "INSERT INTO data_keys (kid, wrapped, created_at_us) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [(kid, self._wrap(kid, secrets.token_bytes(MASTER_KEY_BYTES)), now) for kid in missing],
            )

    def find(self, kid: str) -> bytes | None:
        """The data key, or None when it never existed or was destroyed."""
        known = self._look(kid)
        return None if known is None else known.key

    def knows(self, kid: str) -> bool:
        """Whether there ever was such a key, destroyed since or not."""
        return self._look(kid) is not None

    def key_for(self, kid: str, place: str) -> bytes | None:
        """The key of one event or payload, derived from the data key `kid` and the place it stands in; None once destroyed."""
        known = self._look(kid)
        return None if known is None else known.at(place)

    def keys_for(self, kid: str, places: Iterable[str]) -> list[bytes | None]:
        """The same for many places of one data key, for whoever keeps it from being destroyed meanwhile: one look for all."""
        known = self._look(kid)
        return [None if known is None else known.at(place) for place in places]

    def kids(self, begins: str) -> list[str]:
        """The ids of the keys that are there and begin so, in order."""
        rows = self._database.read("SELECT kid FROM data_keys WHERE wrapped IS NOT NULL ORDER BY kid")
        return [str(kid) for (kid,) in rows if str(kid).startswith(begins)]

    def refresh(self) -> bool:
        """Forget what was remembered if any process has destroyed a key since; whether it has."""
        with self._lock:
            self._looked_at = time.monotonic()
            # Looked at and counted under one lock: else one thread takes the news, and another goes on with a key that is gone.
            if not self._database.changed() or (count := self._count()) == self._destroyed:
                return False
            self._destroyed = count
            self._known.clear()
            return True

    def destroy_places(self, kid: str, gone: Collection[str], kept: Iterable[str]) -> None:
        """Make these places unreadable for ever; `kept` are all others that were ever sealed with this data key.

        Call it where nobody seals meanwhile (under the store's write lock). Repeating it changes nothing; after a crash either
        all of it is done or none.
        """
        known = self._read(kid)
        left = [place for place in gone if place not in known.places or known.places[place] is not None]
        if known.deriving is None or not left:
            return
        old, now = known.deriving, time.time_ns() // 1000
        own = [(kid, place, self._wrap(f"{kid} {place}", _derive(old, place))) for place in kept if place not in known.places]
        with self._database.write("data_keys") as cursor:
            cursor.executemany("INSERT INTO place_keys (kid, place, wrapped) VALUES (?, ?, ?)", own)
            cursor.executemany(
                "INSERT INTO place_keys (kid, place, wrapped) VALUES (?, ?, NULL)"
                " ON CONFLICT (kid, place) DO UPDATE SET wrapped = NULL",
                [(kid, place) for place in left],
            )
            fresh = self._wrap(kid, secrets.token_bytes(MASTER_KEY_BYTES))
            cursor.execute("UPDATE data_keys SET wrapped = ? WHERE kid = ?", (fresh, kid))
            _note(cursor, [(kid, place, now) for place in left])
        self._forget(kid)

    def destroy(self, kid: str) -> None:
        """Make everything that was ever sealed with this data key unreadable for ever, and keep it from being made again."""
        now = time.time_ns() // 1000
        with self._database.write("data_keys") as cursor:
            cursor.execute(
                "INSERT INTO data_keys (kid, wrapped, created_at_us) VALUES (?, NULL, ?)"
                " ON CONFLICT (kid) DO UPDATE SET wrapped = NULL",
                (kid, now),
            )
            cursor.execute("DELETE FROM place_keys WHERE kid = ?", (kid,))
            cursor.execute("SELECT 1 FROM destroyed WHERE kid = ? AND place = ''", (kid,))
            if not cursor.fetchall():
                _note(cursor, [(kid, "", now)])
        self._forget(kid)

    def _forget(self, kid: str) -> None:
        # Others look within milliseconds; who destroyed it uses it no more at all.
        with self._lock:
            self._known.pop(kid, None)

    def scrub(self) -> bool:
        """Take destroyed keys out of the files too; False while a reader keeps an old page alive: try again."""
        return self._database.scrub()

    def _look(self, kid: str) -> _Known | None:
        if time.monotonic() - self._looked_at > LOOK_S:
            self.refresh()
        known = self._known.get(kid)
        if known is None:
            known = self._read(kid)
            if known.key is None and not known.places and not self._is_noted(kid):
                return None
            self._known[kid] = known
        return known

    def _read(self, kid: str) -> _Known:
        rows = self._database.read(
            "SELECT NULL, wrapped FROM data_keys WHERE kid = ? UNION ALL SELECT place, wrapped FROM place_keys WHERE kid = ?",
            (kid, kid),
        )
        key, places = None, dict[str, bytes | None]()
        for place, wrapped in rows:
            if place is None:
                key = None if wrapped is None else self._unwrap(kid, bytes(wrapped))
            else:
                places[place] = None if wrapped is None else self._unwrap(f"{kid} {place}", bytes(wrapped))
        return _Known(key, places, None if key is None else _deriving(key))

    def _is_noted(self, kid: str) -> bool:
        return bool(self._database.read("SELECT 1 FROM data_keys WHERE kid = ?", (kid,)))

    def _count(self) -> int:
        return int(self._database.read("SELECT coalesce(max(id), 0) FROM destroyed")[0][0])

    def _wrap(self, name: str, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, name.encode())

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        try:
            return self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], name.encode())
        except InvalidTag as error:
            msg = f"the key {name} was wrapped by another master key: restore the keyring's own master.key"
            raise MasterKeyError(msg) from error


_TABLES = {
    "data_keys": "kid TEXT PRIMARY KEY, wrapped BLOB, created_at_us INTEGER NOT NULL",
    "place_keys": "kid TEXT, place TEXT, wrapped BLOB, PRIMARY KEY (kid, place)",
    "destroyed": "id INTEGER PRIMARY KEY, kid TEXT NOT NULL, place TEXT NOT NULL, at_us INTEGER NOT NULL",
}
"""`destroyed` is the register of what was made unreadable: a place, or with an empty place all of a data key."""


def _deriving(key: bytes) -> HMAC:
    deriving = HMAC(key, SHA256())  # deriving with it takes half of what Python's own does
    deriving.update(b"sporlog/sealed/v1\n")
    return deriving


def _derive(deriving: HMAC, place: str) -> bytes:
    own = deriving.copy()
    own.update(place.encode())
    return own.finalize()


def _note(cursor: Cursor, gone: Sequence[tuple[str, str, int]]) -> None:
    cursor.executemany("INSERT INTO destroyed (kid, place, at_us) VALUES (?, ?, ?)", gone)
