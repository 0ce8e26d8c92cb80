"""Ed25519 signatures of notes, signature type 0x01 of c2sp.org/signed-note."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.ledger.key import VerifierKey, check_name, parse_vkey
from domain.ledger.note import Signature


class Ed25519Signer:
    """A private key and the name that it signs under."""

    def __init__(self, name: str, private: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(private)
        self.key = VerifierKey(check_name(name), self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Sign a note's text. The same text gives the same signature."""
        return Signature(self.key.name, self.key.id, self._private.sign(text.encode()))


class Ed25519Verifier:
    """See `domain.ledger.note.Verifier`."""

    def __init__(self, key: VerifierKey) -> None:
        self.key = key
        self._public = Ed25519PublicKey.from_public_bytes(key.public)

    @classmethod
    def of(cls, vkey: str) -> "Ed25519Verifier":
        """From the key as people hand it on. Raises `MalformedError`."""
        return cls(parse_vkey(vkey))

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed this message."""
        try:
            self._public.verify(signature, message)
        except InvalidSignature:
            return False
        return True
