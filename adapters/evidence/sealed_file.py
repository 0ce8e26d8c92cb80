r"""A sealed file: content of any length in pieces, each AES-256-GCM under a key of the file's own.

    sporlog/evidence/v1\n   16 bytes of salt   piece  piece ... last piece

Every piece but the last holds `PIECE` bytes of content and its tag of 16. The nonce is the piece's number and whether it is
the last (STREAM, Hoang et al. 2015): none can be left out, moved or cut off. The last one's tag also covers the SHA-256 of the
whole content, so a file that was put under another name does not open.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from handlers.evidence_store import HEAD_BYTES, EvidenceDamagedError, Received

MAGIC = b"sporlog/evidence/v1\n"
SALT_BYTES, TAG_BYTES = 16, 16
HEAD = len(MAGIC) + SALT_BYTES
PIECE = 256 * 1024

KeyOf = Callable[[bytes], bytes]
"""Salt to the file's own key; raises `EvidenceErasedError` when the incident's was destroyed."""


class Sealer:
    """Writes content to an open file as it comes."""

    def __init__(self, file: BinaryIO, key_of: KeyOf, salt: bytes) -> None:
        self._file, self._cipher, self._prefix = file, AESGCM(key_of(salt)), MAGIC + salt
        self._digest, self._waiting, self._number, self._total, self._head = hashlib.sha256(), bytearray(), 0, 0, b""
        file.write(self._prefix)

    def write(self, data: bytes) -> None:
        """Seal what fills a piece; the last piece is held back, for only `finish` knows that it is the last."""
        self._digest.update(data)
        self._total += len(data)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), b"")
            del self._waiting[:PIECE]

    def finish(self) -> Received:
        """Seal the last piece. The caller puts the file on disk."""
        self._put(bytes(self._waiting), self._digest.digest())
        return Received(self._digest.hexdigest(), self._total, self._head)

    def _put(self, piece: bytes, digest: bytes) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=bool(digest)), piece, self._prefix + digest))
        self._number += 1


def unseal(file: BinaryIO, key_of: KeyOf, sha256: str) -> Iterator[bytes]:
    """The content in pieces; the file is closed at the end, however that comes.

    The last piece is opened before this returns: from then on it is certain that the file is whole in length and is the one
    with this hash. Raises `EvidenceDamagedError`, also in the midst of the iteration, and what `key_of` raises.
    """
    try:
        body = _body_of(file, key_of, sha256)
    except BaseException:
        file.close()
        raise
    return _pieces(file, body, sha256)


class _Body(NamedTuple):
    """What is known once the last piece is open: `before` pieces stand in front of it."""

    cipher: AESGCM
    prefix: bytes
    before: int
    last: bytes


def _body_of(file: BinaryIO, key_of: KeyOf, sha256: str) -> _Body:
    prefix = file.read(HEAD)
    size = file.seek(0, 2) - HEAD
    if len(prefix) != HEAD or not prefix.startswith(MAGIC) or size < TAG_BYTES:
        raise _damaged(sha256)
    # As many whole pieces stand in front of the last one as fit; that one is empty only if the content is.
    cipher, before = AESGCM(key_of(prefix[len(MAGIC) :])), max(0, size - TAG_BYTES - 1) // (PIECE + TAG_BYTES)
    file.seek(HEAD + before * (PIECE + TAG_BYTES))
    last = _open(cipher, _nonce(before, last=True), file.read(), prefix + bytes.fromhex(sha256), sha256)
    return _Body(cipher, prefix, before, last)


def _pieces(file: BinaryIO, body: _Body, sha256: str) -> Iterator[bytes]:
    with file:
        file.seek(HEAD)
        for number in range(body.before):
            yield _open(body.cipher, _nonce(number, last=False), file.read(PIECE + TAG_BYTES), body.prefix, sha256)
        yield body.last


def _open(cipher: AESGCM, nonce: bytes, sealed: bytes, about: bytes, sha256: str) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, about)
    except (InvalidTag, ValueError) as error:
        raise _damaged(sha256) from error


def _damaged(sha256: str) -> EvidenceDamagedError:
    msg = f"the evidence {sha256} is not what was received: its file was changed or cut; restore it from a backup"
    return EvidenceDamagedError(msg)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
