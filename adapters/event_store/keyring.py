"""The keyring, outside the event database: a data key per incident (organisation, month of payloads), wrapped by a master key.

An event's own key is HMAC-SHA256(data key, place of the event), so one event can later be made unreadable while its
neighbours stay readable, and no nonce is ever used twice with one key.
"""

import base64
import contextlib
import hmac
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.event_store.database import Database
from domain.errors import SporlogError

NONCE_BYTES = 12
MASTER_KEY_BYTES = 32


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


class Keyring:
    """Data keys by id (`kid`).

    `ensure` is durable on return: a key is on disk before any event that it seals can be committed, so a crash in between
    leaves an unused key, never an unreadable event. Raises `MasterKeyError` when another master key wrapped what is there.
    """

    def __init__(self, database: Database, master_key: bytes) -> None:
        self._database = database
        self._master = AESGCM(master_key)
        self._keys: dict[str, bytes] = {}
        if not database.has_table("data_keys"):
            with database.write() as cursor:
                cursor.execute(
                    f"CREATE TABLE IF NOT EXISTS data_keys (kid TEXT PRIMARY KEY, wrapped {database.blob},"
                    f" created_at_us {database.integer} NOT NULL)"
                )
        # A wrong master key is refused now, before it wraps the next data key.
        for kid, wrapped in database.read("SELECT kid, wrapped FROM data_keys WHERE wrapped IS NOT NULL LIMIT 1"):
            self._unwrap(kid, bytes(wrapped))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def ensure(self, kids: Iterable[str]) -> None:
        """Make the missing ones of these keys, all in one transaction; two processes that race agree on the first."""
        missing = [kid for kid in dict.fromkeys(kids) if kid not in self._keys and self.find(kid) is None]
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
        key = self._keys.get(kid)
        if key is None:
            rows = self._database.read("SELECT wrapped FROM data_keys WHERE kid = ?", (kid,))
            if not rows or rows[0][0] is None:
                return None
            key = self._keys[kid] = self._unwrap(kid, bytes(rows[0][0]))
        return key

    def key_for(self, kid: str, place: str) -> bytes | None:
        """The key of one event or payload, derived from the data key `kid` and the place it stands in."""
        key = self.find(kid)
        return None if key is None else hmac.digest(key, b"sporlog/sealed/v1\n" + place.encode(), "sha256")

    def kids(self, begins: str) -> list[str]:
        """The ids of the keys that are there and begin so, in order."""
        rows = self._database.read("SELECT kid FROM data_keys WHERE wrapped IS NOT NULL ORDER BY kid")
        return [str(kid) for (kid,) in rows if str(kid).startswith(begins)]

    def destroy(self, kids: Iterable[str]) -> int:
        """Destroy these keys, those that are there; how many. Durable on return: what they sealed is unreadable for ever.

        Their ids stay, so that none is made anew. Another process may know a key until it ends.
        """
        there = [kid for kid in kids if self.find(kid) is not None]
        if there:
            with self._database.write("data_keys") as cursor:
                cursor.executemany("UPDATE data_keys SET wrapped = NULL WHERE kid = ?", [(kid,) for kid in there])
            self._database.settle()
        for kid in there:
            self._keys.pop(kid, None)
        return len(there)

    def _wrap(self, kid: str, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, kid.encode())

    def _unwrap(self, kid: str, wrapped: bytes) -> bytes:
        try:
            return self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], kid.encode())
        except InvalidTag as error:
            msg = f"the key {kid} was wrapped by another master key: restore the keyring's own master.key"
            raise MasterKeyError(msg) from error
