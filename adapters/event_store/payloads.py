"""The payload table: titles, descriptions and raw bytes of signals, sealed, found by the SHA-256 of the raw bytes."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.event_store.database import Database
from adapters.event_store.keyring import NONCE_BYTES, Keyring, MasterKeyError
from handlers.history import Payload


class Sealable(NamedTuple):
    """Bytes to be kept, their SHA-256 (hex), and what is told of them."""

    sha256: str
    raw: bytes
    title: str
    description: str
    references: tuple[str, ...]


def seal_payloads(keyring: Keyring, payloads: Sequence[Sealable], when: datetime) -> list[tuple[Any, ...]]:
    """Rows (sha256, kid, nonce, ct). One data key a month: a month's raw payloads can be erased at once."""
    kid = f"payload:{when:%Y-%m}"
    keyring.ensure([kid])
    # One call for all: each lets go of the interpreter's lock, which costs more than the bytes under load.
    nonces, rows = secrets.token_bytes(NONCE_BYTES * len(payloads)), []
    for number, payload in enumerate(payloads):
        key = keyring.key_for(kid, payload.sha256)
        if key is None:
            continue  # the month was erased: late payloads of it are not kept either
        nonce, digest = nonces[number * NONCE_BYTES :][:NONCE_BYTES], bytes.fromhex(payload.sha256)
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
