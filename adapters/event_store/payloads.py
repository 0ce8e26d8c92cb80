"""The payload table: titles, descriptions and raw bytes of signals, sealed, found by the SHA-256 of the raw bytes."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.event_store.database import Database
from adapters.event_store.keyring import NONCE_BYTES, Keyring, MasterKeyError
from domain.retention.events import What
from domain.signals import Disposition
from handlers.history import Payload

MONTHS = "payload:"
"""How the keys of all months begin."""
CHUNK = 1000
"""Rows that are deleted in one transaction: others wait no longer than that takes."""
_LET_GO = (Disposition.COUNTED, Disposition.SUPPRESSED, Disposition.DISMISSED)


class Sealable(NamedTuple):
    """Bytes to be kept, their SHA-256 (hex), and what is told of them."""

    sha256: str
    raw: bytes
    title: str
    description: str
    references: tuple[str, ...]


def kid_of_month(month: str) -> str:
    """The data key of a month's payloads, `2026-11` by UTC's calendar."""
    return f"{MONTHS}{month}"


def seal_payloads(keyring: Keyring, payloads: Sequence[Sealable], when: datetime) -> list[tuple[Any, ...]]:
    """Rows (sha256, kid, nonce, ct). One data key a month: a month's raw payloads can be erased at once."""
    kid = kid_of_month(f"{when:%Y-%m}")
    keyring.ensure([kid])
    # One call for all: each lets go of the interpreter's lock, which costs more than the bytes under load.
    random = secrets.token_bytes(NONCE_BYTES * len(payloads))
    nonces = [random[start : start + NONCE_BYTES] for start in range(0, len(random), NONCE_BYTES)]
    # Under the store's write lock, under which keys are destroyed.
    keys = keyring.keys_for(kid, [payload.sha256 for payload in payloads])
    rows: list[tuple[Any, ...]] = []
    for payload, nonce, key in zip(payloads, nonces, keys, strict=True):
        if key is None:
            continue  # the month was erased: late payloads of it are not kept either
        digest = bytes.fromhex(payload.sha256)
        head = orjson.dumps([payload.title, payload.description, payload.references])
        rows.append((digest, kid, nonce, AESGCM(key).encrypt(nonce, head + b"\n" + payload.raw, digest)))
    return rows


def read_payload(database: Database, keyring: Keyring, sha256: str) -> Payload | None:
    """The payload with this hash (hex); None when it was never stored or is erased. Raises `MasterKeyError` if changed."""
    digest = bytes.fromhex(sha256)
    rows = database.read("SELECT kid, nonce, ct FROM payloads WHERE sha256 = ?", (digest,))
    if not rows:
        return None
    kid, nonce, ciphertext = rows[0]
    key = keyring.key_for(kid, sha256)
    if key is None:
        return None
    try:
        plain = AESGCM(key).decrypt(bytes(nonce), bytes(ciphertext), digest)
    except InvalidTag as error:
        msg = f"the payload {sha256} does not open with key {kid}: the store or keyring was changed"
        raise MasterKeyError(msg) from error
    head, _, raw = plain.partition(b"\n")
    title, description, references = orjson.loads(head)
    return Payload(title, description, tuple(references), raw)


def incidents_of_month(database: Database, month: str) -> list[UUID]:
    """The incidents that a payload of that month belongs to."""
    rows = database.read(
        "SELECT DISTINCT s.incident_id FROM payloads p JOIN signals s ON s.payload = p.sha256"
        " WHERE p.kid = ? AND s.incident_id IS NOT NULL",
        (kid_of_month(month),),
    )
    return [UUID(hex=row[0]) for row in rows]


def rows_of_month(database: Database, month: str, what: What) -> list[int]:
    """The ids of a month's payloads: all of them, or those of signals that became nothing and wait for nobody.

    Read without the write lock: a month that is asked for is long over, nothing is added to it any more.
    """
    kid = kid_of_month(month)
    if what == "payloads":
        return [int(row[0]) for row in database.read("SELECT id FROM payloads WHERE kid = ?", (kid,))]
    marks = ",".join("?" * len(_LET_GO))
    rows = database.read(
        f"SELECT id FROM payloads WHERE kid = ? AND sha256 IN (SELECT payload FROM signals WHERE disposition IN ({marks}))"  # noqa: S608 - marks
        f" AND sha256 NOT IN (SELECT payload FROM signals WHERE incident_id IS NOT NULL OR disposition NOT IN ({marks}))",
        (kid, *_LET_GO, *_LET_GO),
    )
    return [int(row[0]) for row in rows]


def delete_rows(database: Database, ids: Sequence[int]) -> Iterator[int]:
    """Delete them, so many at each step, each durable; on SQLite their bytes are overwritten (secure_delete)."""
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        with database.write("payloads") as cursor:
            cursor.executemany("DELETE FROM payloads WHERE id = ?", [(each,) for each in part])
        yield len(part)
