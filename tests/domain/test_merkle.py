"""Against a reference written from RFC 9162 2.1, on every small tree, and the published vectors where they lie."""

import base64
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInputError
from domain.merkle import (
    EMPTY_ROOT,
    InvalidProofError,
    Range,
    consistency_proof,
    consistency_ranges,
    inclusion_proof,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    node_over,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.support.tree import ROOT

SMALL = 20
LEAVES = [leaf_hash(bytes([number])) for number in range(SMALL)]
VECTORS = ROOT.parent / "shared" / "samples" / "merkle"
KNOWN = [
    # Roots over the entries below, as Certificate Transparency's own tests have them.
    (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
]
KNOWN_ENTRIES = [
    b"",
    b"\0",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]


def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    middle = max(2**power for power in range(SMALL) if 2**power < len(leaves))
    return sha256(b"\1" + naive_root(leaves[:middle]) + naive_root(leaves[middle:])).digest()


def flipped(hash_: bytes, bit: int) -> bytes:
    return (int.from_bytes(hash_) ^ 1 << bit % 256).to_bytes(32)


@pytest.mark.parametrize(("size", "wanted"), KNOWN)
def test_the_roots_that_certificate_transparency_publishes(size: int, wanted: str) -> None:
    assert root([leaf_hash(entry) for entry in KNOWN_ENTRIES[:size]]).hex() == wanted


@pytest.mark.parametrize("size", range(SMALL + 1))
def test_every_small_tree_proves_each_leaf_and_each_beginning(size: int) -> None:
    leaves = LEAVES[:size]
    assert root(leaves) == naive_root(leaves)
    for index, leaf in enumerate(leaves):
        verify_inclusion(leaf, index, size, inclusion_proof(leaves, index), root(leaves))
    for first in range(1, size + 1):
        verify_consistency(first, size, consistency_proof(leaves, first), root(leaves[:first]), root(leaves))


def test_the_empty_tree() -> None:
    assert root([]) == EMPTY_ROOT == sha256(b"").digest()
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    assert consistency_proof(LEAVES, 0) == []
    with pytest.raises(InvalidProofError, match="proves nothing"):
        verify_consistency(0, 1, [], EMPTY_ROOT, LEAVES[0])


def test_a_leaf_is_never_taken_for_a_node() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1]) == root(LEAVES[:2])


@given(size=st.integers(1, SMALL), data=st.data())
def test_a_proof_of_inclusion_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    leaves, index = LEAVES[:size], data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(leaves, index), root(leaves)
    bit = data.draw(st.integers(0, 255))
    wrong = [
        (flipped(leaves[index], bit), index, size, proof, top),
        (leaves[index], index, size, proof, flipped(top, bit)),
        (leaves[index], index, size, [*proof, top], top),
        (leaves[index], index, size, [*proof, b""], top),
        (leaves[index], size, size, proof, top),
        (leaves[index], -1, size, proof, top),
        *((leaves[index], other, size, proof, top) for other in range(size) if other != index),
        *((leaves[index], index, size, [*proof[:n], flipped(proof[n], bit), *proof[n + 1 :]], top) for n in range(len(proof))),
        *((leaves[index], index, size, [*proof[:n], *proof[n + 1 :]], top) for n in range(len(proof))),
    ]
    for changed in wrong:
        with pytest.raises(InvalidProofError):
            verify_inclusion(*changed)


@given(size=st.integers(2, SMALL), data=st.data())
def test_a_proof_of_consistency_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size - 1))
    proof, old, new = consistency_proof(LEAVES[:size], first), root(LEAVES[:first]), root(LEAVES[:size])
    bit = data.draw(st.integers(0, 255))
    wrong = [
        (first, size, proof, flipped(old, bit), new),
        (first, size, proof, old, flipped(new, bit)),
        (first, size, proof, new, old),
        (size, first, proof, old, new),
        (first, size, [*proof, new], old, new),
        (first, size, [], old, new),
        (first, first, proof, old, old),
        *((first, size, [*proof[:n], flipped(proof[n], bit), *proof[n + 1 :]], old, new) for n in range(len(proof))),
    ]
    for changed in wrong:
        with pytest.raises(InvalidProofError):
            verify_consistency(*changed)


@given(start=st.integers(0, 300), length=st.integers(1, 300))
def test_a_node_over_any_aligned_range_is_made_of_complete_subtrees(start: int, length: int) -> None:
    width = 1 << (length - 1).bit_length()
    start = start // width * width
    leaves = [sha256(str(number).encode()).digest() for number in range(start + length)]

    def node_of(level: int, index: int) -> bytes:
        covered = leaves[index << level : index + 1 << level]
        assert len(covered) == 1 << level
        return root(covered)

    assert node_over(Range(start, start + length), node_of) == root(leaves[start:])


def test_proofs_of_large_trees_are_short() -> None:
    assert len(inclusion_ranges(9_999_999, 10_000_000)) <= 24
    assert len(consistency_ranges(9_999_999, 10_000_000)) <= 25
    with pytest.raises(InvalidInputError):
        inclusion_ranges(3, 3)
    with pytest.raises(InvalidInputError):
        consistency_ranges(4, 3)


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the published vectors are not beside this checkout")
@pytest.mark.parametrize("path", sorted(VECTORS.rglob("*.json")), ids=lambda path: str(path.relative_to(VECTORS)))
def test_the_published_vectors(path: Path) -> None:
    told: dict[str, Any] = orjson.loads(path.read_bytes())
    proof = [base64.b64decode(hash_) for hash_ in told["proof"] or []]
    with pytest.raises(InvalidProofError) if told["wantErr"] else nullcontext():
        if "leafIdx" in told:
            leaf, top = base64.b64decode(told["leafHash"]), base64.b64decode(told["root"])
            verify_inclusion(leaf, told["leafIdx"], told["treeSize"], proof, top)
        else:
            roots = base64.b64decode(told["root1"]), base64.b64decode(told["root2"])
            verify_consistency(told["size1"], told["size2"], proof, *roots)
