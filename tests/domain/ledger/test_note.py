"""Notes are split as C2SP splits them, and only a known key makes one believed."""

from typing import NamedTuple

import pytest

from domain.ledger.encoding import MalformedError, encode
from domain.ledger.key import VerifierKey, parse_vkey
from domain.ledger.note import MAX_BYTES, MAX_SIGNATURES, Note, Signature, UnverifiedNoteError, parse_note, verified_by

KEY = VerifierKey("example.com/foo", bytes(32))
LINE = f"— example.com/foo {encode(KEY.id + b'right')}\n"


class Known(NamedTuple):
    """A key whose signature of anything is the word `right`."""

    key: VerifierKey

    def verifies(self, message: bytes, signature: bytes) -> bool:
        assert message.endswith(b"\n")
        return signature == b"right"


def test_the_text_reaches_to_the_last_blank_line() -> None:
    note = parse_note(f"one\n\ntwo\n\n{LINE}".encode())
    assert note == Note("one\n\ntwo\n", (Signature("example.com/foo", KEY.id, b"right"),))
    assert str(note) == f"one\n\ntwo\n\n{LINE}"
    assert verified_by(note, [Known(KEY)]) == [KEY]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "a blank line and signatures"),
        (f"one\n{LINE}".encode(), "a blank line and signatures"),
        (f"one\n\n{LINE}".encode()[:-1], "ends in a line feed"),
        (f"one\n\n{LINE}\n".encode(), "signatures"),
        (f"one\n\n{LINE[2:]}".encode(), "signature 1"),
        (f"one\n\n{LINE}— example.com/foo\n".encode(), "signature 2"),
        (f"one\n\n{LINE}— example.com/foo !!!!\n".encode(), "signature 2"),
        (b"one\n\n\xe2\x80\x94 a AAAA\n", "only 3 bytes"),
        ("one\n\n— a+b AAAAAAAA\n".encode(), "a key's name"),
        (f"o\tne\n\n{LINE}".encode(), "control character"),
        (b"o\xffne\n\n" + LINE.encode(), "byte 1 of the note"),
        (b"x" * MAX_BYTES + f"\n\n{LINE}".encode(), "longer"),
        (b"one\n\n" + LINE.encode() * (MAX_SIGNATURES + 1), "signatures, more than"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(MalformedError, match=told):
        parse_note(data)


def test_unknown_keys_are_passed_over_and_there_may_be_many() -> None:
    others = "".join(f"— witness{number} AAAAAAAA\n" for number in range(20))
    assert verified_by(parse_note(f"one\n\n{others}{LINE}{LINE}".encode()), [Known(KEY)]) == [KEY]


def test_a_wrong_signature_of_a_known_key_costs_the_whole_note() -> None:
    other = VerifierKey("example.com/bar", bytes(32))
    wrong = f"— example.com/bar {encode(other.id + b'wrong')}\n"
    with pytest.raises(UnverifiedNoteError, match=r"example\.com/bar with key .* is wrong"):
        verified_by(parse_note(f"one\n\n{LINE}{wrong}".encode()), [Known(KEY), Known(other)])


def test_a_note_that_no_known_key_signed_is_not_believed() -> None:
    note = parse_note(f"one\n\n{LINE}".encode())
    for known in ([], [Known(VerifierKey("example.com/bar", bytes(32)))], [Known(KEY._replace(public=bytes([1] * 32)))]):
        with pytest.raises(UnverifiedNoteError, match="no known key"):
            verified_by(note, known)


@pytest.mark.parametrize(
    ("vkey", "told"),
    [
        ("example.com/foo", r"name\+key id\+key"),
        ("example.com/foo+530d903a", r"name\+key id\+key"),
        (KEY.vkey.replace(KEY.id.hex(), "00000000"), "was changed"),
        (KEY.vkey.replace("foo", "bar"), "was changed"),
        (KEY.vkey[:-4], "base64|Ed25519"),
        (f"example.com/foo+{KEY.id.hex()}+{encode(bytes([2] + [0] * 32))}", "Ed25519"),
        (f"+{KEY.id.hex()}+{encode(bytes([1] + [0] * 32))}", "a key's name"),
    ],
)
def test_what_is_no_verifier_key_is_refused(vkey: str, told: str) -> None:
    with pytest.raises(MalformedError, match=told):
        parse_vkey(vkey)


def test_a_verifier_key_is_split_at_the_first_two_plus_signs() -> None:
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    assert parse_vkey(vkey).vkey == vkey
    with_plus = VerifierKey("a", bytes([0xFB, 0xEF] * 16))
    assert with_plus.vkey.count("+") > 2
    assert parse_vkey(with_plus.vkey) == with_plus
