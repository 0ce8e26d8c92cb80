"""Our signatures are what other tools of the C2SP formats make and verify."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.transparency.ed25519 import Ed25519Signer, Ed25519Verifier
from domain.ledger.encoding import MalformedError
from domain.ledger.note import Note, UnverifiedNoteError, parse_note, verified_by

VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_example_of_the_signed_note_format_verifies() -> None:
    known = Ed25519Verifier.of(VKEY)
    assert verified_by(parse_note(EXAMPLE.encode()), [known]) == [known.key]


def test_the_example_with_another_word_does_not() -> None:
    with pytest.raises(UnverifiedNoteError, match="is wrong"):
        verified_by(parse_note(EXAMPLE.replace("an example", "no example").encode()), [Ed25519Verifier.of(VKEY)])


def test_what_is_signed_here_verifies_by_its_verifier_key_alone() -> None:
    signer = Ed25519Signer("log.kommune.example/haendelser", Ed25519PrivateKey.generate().private_bytes_raw())
    note = Note("Æbler\n", (signer.sign("Æbler\n"),))
    assert verified_by(parse_note(str(note).encode()), [Ed25519Verifier.of(signer.key.vkey)]) == [signer.key]
    stranger = Ed25519Signer("log.kommune.example/haendelser", Ed25519PrivateKey.generate().private_bytes_raw())
    with pytest.raises(UnverifiedNoteError, match="no known key"):
        verified_by(note, [Ed25519Verifier(stranger.key)])


def test_a_name_that_a_note_cannot_hold_is_refused() -> None:
    with pytest.raises(MalformedError, match="a key's name"):
        Ed25519Signer("log of ours", bytes(32))
