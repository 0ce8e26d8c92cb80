"""Verifier keys of c2sp.org/signed-note: `<name>+<key id, 8 hex digits>+<base64 of type and public key>`."""

import re
from hashlib import sha256
from typing import NamedTuple

from domain.ledger.encoding import MalformedError, decode, encode

ED25519 = 1
ED25519_BYTES = 32
KEY_ID_BYTES = 4


class VerifierKey(NamedTuple):
    """An Ed25519 public key and the name that it signs under."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that stand before each of its signatures: a hint which key made it, never a proof."""
        return sha256(self.name.encode() + b"\n" + bytes([ED25519]) + self.public).digest()[:KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as people hand it on."""
        return f"{self.name}+{self.id.hex()}+{encode(bytes([ED25519]) + self.public)}"


def check_name(name: str) -> str:
    """The name of a key or log. Raises `MalformedError`."""
    if not re.fullmatch(r"[^\s+\x00-\x1f]+", name):
        msg = f"a key's name has no spaces, plus signs or control characters, and is not empty: {name[:100]!r}"
        raise MalformedError(msg)
    return name


def parse_vkey(vkey: str) -> VerifierKey:
    """Read a verifier key. Raises `MalformedError`, also for another key's id and for other types than Ed25519."""
    name, first, rest = vkey.partition("+")
    key_id, second, encoded = rest.partition("+")
    if not (first and second):
        msg = f"a verifier key is name+key id+key, not {vkey[:100]!r}"
        raise MalformedError(msg)
    data = decode(encoded, "the verifier key's last part")
    if data[:1] != bytes([ED25519]) or len(data) != 1 + ED25519_BYTES:
        msg = f"the verifier key {vkey[:100]!r} is not of type 1, Ed25519, with {ED25519_BYTES} bytes: no other is known here"
        raise MalformedError(msg)
    key = VerifierKey(check_name(name), data[1:])
    if key_id != key.id.hex():
        msg = f"the verifier key {vkey[:100]!r} has the id {key.id.hex()}, not {key_id[:20]!r}: a part of it was changed"
        raise MalformedError(msg)
    return key
