"""A proof file stands alone: the entry, the way to the root, and the checkpoint that names the root."""

import pytest

from domain.ledger.checkpoint import Checkpoint
from domain.ledger.encoding import MalformedError, encode
from domain.ledger.note import Note, Signature
from domain.ledger.proof import HEADER, TlogProof, parse_proof
from domain.merkle import InvalidProofError, inclusion_proof, leaf_hash, root

ENTRIES = [b"entry %d\n" % number for number in range(5)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
NOTE = Note(Checkpoint("o", 5, root(LEAVES)).text, (Signature("o", b"1234", b"signed"),))
PROOF = TlogProof(4, tuple(inclusion_proof(LEAVES, 4)), NOTE, ENTRIES[4])
TEXT = f"{HEADER}\nextra {encode(ENTRIES[4])}\nindex 4\n{encode(root(LEAVES[:4]))}\n\n{NOTE}"


def test_the_file_is_as_the_format_says_and_is_read_as_it_is_written() -> None:
    assert str(PROOF) == TEXT
    assert parse_proof(TEXT.encode()) == PROOF
    bare = PROOF._replace(extra=None)
    assert parse_proof(str(bare).encode()) == bare


def test_a_proof_of_a_tree_of_one_has_no_hashes() -> None:
    only = TlogProof(0, (), Note(Checkpoint("o", 1, LEAVES[0]).text, NOTE.signatures))
    parse_proof(str(only).encode()).check_entry(ENTRIES[0])


def test_only_the_entry_itself_is_proved() -> None:
    PROOF.check_entry(ENTRIES[4])
    with pytest.raises(InvalidProofError):
        PROOF.check_entry(ENTRIES[3])
    with pytest.raises(InvalidProofError):
        PROOF._replace(leaf_index=3).check_entry(ENTRIES[4])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "begins with"),
        (TEXT.replace("@v1", "@v2"), "begins with"),
        (f"{HEADER}\nindex 4\n", "blank line"),
        (TEXT.replace("index 4", "index 04"), "index"),
        (TEXT.replace("index 4\n", ""), "index"),
        (TEXT.replace("extra ", "extra !"), "extra"),
        (TEXT.replace("index 4\n", "index 4\nAAAA\n"), "hash 1 .* 3 bytes"),
        (TEXT.replace("index 4\n", "index 4\n" + f"{encode(bytes(32))}\n" * 64), "65 hashes"),
        (TEXT.replace("— o", "- o"), "signature 1"),
        (HEADER + "x" * 300_000, "longer"),
    ],
)
def test_what_is_no_proof_is_refused(text: str, told: str) -> None:
    with pytest.raises(MalformedError, match=told):
        parse_proof(text.encode())
