"""Signed notes, c2sp.org/signed-note: a text, a blank line, and a line for each signature."""

from collections.abc import Collection
from typing import NamedTuple, Protocol

from domain.errors import InvalidInputError
from domain.ledger.encoding import MalformedError, decode, encode
from domain.ledger.key import KEY_ID_BYTES, VerifierKey, check_name

MAX_BYTES = 1 << 16
MAX_SIGNATURES = 64
"""The format asks for 16 at least: a log's own, and its witnesses'."""
_DASH = "— "


class UnverifiedNoteError(InvalidInputError):
    """No key that is known here has signed the note, or one that is said to have signed it has not."""

    code = "unverified-note"


class Signature(NamedTuple):
    """A line `— <name> <base64 of key id and signature>`."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """As written in the note."""
        return f"{_DASH}{self.name} {encode(self.key_id + self.signature)}\n"


class Note(NamedTuple):
    """`text` is what was signed, its last line feed included."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


class Verifier(Protocol):
    """One known key."""

    @property
    def key(self) -> VerifierKey:
        """Whose signatures it knows."""

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the key made this signature of this message."""


def parse_note(data: bytes) -> Note:
    """Split a note; nothing is verified. Raises `MalformedError`."""
    if len(data) > MAX_BYTES:
        msg = f"a note of {len(data)} bytes is longer than {MAX_BYTES}"
        raise MalformedError(msg)
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        msg = f"byte {error.start} of the note is not UTF-8"
        raise MalformedError(msg) from error
    if any(character < " " and character != "\n" for character in whole):
        msg = "the note holds a control character"
        raise MalformedError(msg)
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        msg = "a note is a text, a blank line and signatures, and its last line ends in a line feed"
        raise MalformedError(msg)
    signed = lines.removesuffix("\n").split("\n")
    if len(signed) > MAX_SIGNATURES:
        msg = f"the note has {len(signed)} signatures, more than {MAX_SIGNATURES}"
        raise MalformedError(msg)
    return Note(text + "\n", tuple(_signature(line, number) for number, line in enumerate(signed, start=1)))


def _signature(line: str, number: int) -> Signature:
    parts = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2:  # noqa: PLR2004 - name and signature
        msg = f"signature {number} of the note is not `{_DASH}name base64`: {line[:100]!r}"
        raise MalformedError(msg)
    blob = decode(parts[1], f"signature {number} of the note")
    if len(blob) <= KEY_ID_BYTES:
        msg = f"signature {number} of the note has only {len(blob)} bytes"
        raise MalformedError(msg)
    return Signature(check_name(parts[0]), blob[:KEY_ID_BYTES], blob[KEY_ID_BYTES:])


def verified_by(note: Note, verifiers: Collection[Verifier]) -> list[VerifierKey]:
    """The known keys that signed the note, one at least, each once.

    Signatures of unknown keys are passed over. Raises `UnverifiedNoteError` when one of a known key is wrong, or there is none.
    """
    known = {(verifier.key.name, verifier.key.id): verifier for verifier in verifiers}
    signed = dict[VerifierKey, None]()
    for name, key_id, signature in note.signatures:
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.verifies(note.text.encode(), signature):
            msg = f"the signature of {name} with key {key_id.hex()} is wrong: the text or the signature was changed"
            raise UnverifiedNoteError(msg)
        signed[verifier.key] = None
    if not signed:
        named = ", ".join(f"{signature.name} {signature.key_id.hex()}" for signature in note.signatures)
        msg = f"no known key signed this note, only {named}: give the key that it should be verified with"
        raise UnverifiedNoteError(msg)
    return list(signed)
