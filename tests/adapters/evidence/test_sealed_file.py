"""A sealed file gives back what went in, in any length; whatever is changed in it is noticed before it is believed."""

import hashlib
import io
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.evidence.sealed_file import HEAD, PIECE, TAG_BYTES, Sealer, unseal
from handlers.evidence_store import EvidenceDamagedError, Received

KEY = bytes(range(32))
SALT = bytes(16)
WHOLE = secrets.token_bytes(2 * PIECE + 77)


def key_of(salt: bytes) -> bytes:
    return hashlib.sha256(KEY + salt).digest()


def sealed(content: bytes, step: int = 100_000) -> tuple[bytes, Received]:
    file = io.BytesIO()
    sealer = Sealer(file, key_of, SALT)
    for at in range(0, len(content), step):
        sealer.write(content[at : at + step])
    received = sealer.finish()
    return file.getvalue(), received


def opened(file: bytes, sha256: str) -> bytes:
    return b"".join(unseal(io.BytesIO(file), key_of, sha256))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
@pytest.mark.parametrize("step", [7_919, PIECE, 4 * PIECE])
def test_what_went_in_comes_out(size: int, step: int) -> None:
    content = secrets.token_bytes(size)
    file, received = sealed(content, step)
    assert received == (hashlib.sha256(content).hexdigest(), size, content[:1024])
    assert opened(file, received.sha256) == content
    assert len(file) == HEAD + size + TAG_BYTES * max(1, -(-size // PIECE))


def test_nothing_of_the_content_is_in_the_file() -> None:
    file, _ = sealed(b"Borgeren hedder Bjarne. " * 20_000)
    assert b"Bjarne" not in file


@given(at=st.integers(0, HEAD + len(WHOLE) + 3 * TAG_BYTES - 1), bit=st.integers(0, 7))
def test_each_changed_bit_is_noticed(at: int, bit: int) -> None:
    file, received = sealed(WHOLE)
    changed = bytearray(file)
    changed[at] ^= 1 << bit
    with pytest.raises(EvidenceDamagedError):
        opened(bytes(changed), received.sha256)


@given(end=st.integers(0, HEAD + len(WHOLE) + 3 * TAG_BYTES - 1))
def test_what_is_cut_is_noticed_before_a_piece_is_given_out(end: int) -> None:
    file, received = sealed(WHOLE)
    with pytest.raises(EvidenceDamagedError):
        unseal(io.BytesIO(file[:end]), key_of, received.sha256)


def test_a_file_under_another_name_or_key_does_not_open() -> None:
    file, received = sealed(WHOLE)
    with pytest.raises(EvidenceDamagedError):
        unseal(io.BytesIO(file), key_of, hashlib.sha256(b"another").hexdigest())
    with pytest.raises(EvidenceDamagedError):
        unseal(io.BytesIO(file), lambda _: bytes(32), received.sha256)


def test_pieces_that_change_places_are_noticed() -> None:
    file, received = sealed(WHOLE)
    first, second = (slice(HEAD + n * (PIECE + TAG_BYTES), HEAD + (n + 1) * (PIECE + TAG_BYTES)) for n in range(2))
    swapped = file[:HEAD] + file[second] + file[first] + file[second.stop :]
    with pytest.raises(EvidenceDamagedError):
        opened(swapped, received.sha256)
