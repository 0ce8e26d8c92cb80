"""The Merkle tree of a transparency log: RFC 9162 section 2.1 (the same tree as RFC 6962's), SHA-256.

Pure functions over hashes of 32 bytes. `leaves` are leaf hashes, never raw entries: what is hashed as a leaf can so never pass
for an inner node. The node that covers the leaves [start, end) is the RFC's MTH(D[start:end]); proofs are named by such ranges
first, so that whoever keeps the nodes on disk reads only those.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from domain.errors import InvalidInputError

EMPTY_ROOT = sha256(b"").digest()
"""The root of the tree of no leaves."""
HASH_BYTES = 32


class InvalidProofError(InvalidInputError):
    """The proof does not show what it claims; the message says where it fails."""

    code = "invalid-proof"


class Range(NamedTuple):
    """The leaves [start, end) that one node covers."""

    start: int
    end: int


NodeOf = Callable[[int, int], bytes]
"""The node at a level (0: the leaves) and index: a complete subtree's, over 2**level leaves from index * 2**level on."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes, in one pass over them and as much again for the levels above."""
    level = list(leaves)
    while len(level) > 1:
        level = level_above(level)
    return level[0] if level else EMPTY_ROOT


def level_above(level: Sequence[bytes]) -> list[bytes]:
    """The parents of all nodes of one level; a last one without a sibling goes up as it is."""
    above = [node_hash(level[left], level[left + 1]) for left in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The nodes of the proof that leaf `index` is in the tree of `size` leaves, the leaf's own sibling first.

    Raises `InvalidInputError` for an index outside the tree.
    """
    if not 0 <= index < size:
        msg = f"there is no leaf {index} in a tree of {size}"
        raise InvalidInputError(msg)
    ranges, width = list[Range](), 1
    while width < size:
        start = (index // width ^ 1) * width
        if start < size:
            ranges.append(Range(start, min(start + width, size)))
        width *= 2
    return ranges


def consistency_ranges(size1: int, size2: int) -> list[Range]:
    """The nodes of the proof that the tree of `size1` leaves is the beginning of that of `size2`; none for an empty or equal.

    Raises `InvalidInputError` when the first is not the smaller one.
    """
    if not 0 <= size1 <= size2:
        msg = f"a tree of {size1} leaves is no beginning of one of {size2}"
        raise InvalidInputError(msg)
    return _beginning(size1, Range(0, size2), known=True) if size1 else []


def _beginning(size: int, of: Range, *, known: bool) -> list[Range]:
    # SUBPROOF of RFC 9162 2.1.4.1. `known`: whoever verifies has this node already, as the smaller tree's root.
    start, end = of
    if size == end - start:
        return [] if known else [of]
    middle = start + _split(end - start)
    if start + size <= middle:
        return [*_beginning(size, Range(start, middle), known=known), Range(middle, end)]
    return [*_beginning(start + size - middle, Range(middle, end), known=False), Range(start, middle)]


def _split(size: int) -> int:
    """The largest power of two below `size`: so many leaves stand on the left."""
    return 1 << (size - 1).bit_length() - 1


def node_over(leaves: Range, node_of: NodeOf) -> bytes:
    """The hash of one node of a proof, from the complete subtrees that it consists of."""
    start, end = leaves
    hashes = list[bytes]()
    while start < end:
        level = min((end - start).bit_length() - 1, (start & -start).bit_length() - 1 if start else 64)
        hashes.append(node_of(level, start >> level))
        start += 1 << level
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` is among these, leaf's sibling first. Raises `InvalidInputError` for an index outside."""
    return [root(leaves[start:end]) for start, end in inclusion_ranges(index, len(leaves))]


def consistency_proof(leaves: Sequence[bytes], size1: int) -> list[bytes]:
    """The proof that the tree of the first `size1` is a beginning of the tree of all. Raises `InvalidInputError`."""
    return [root(leaves[start:end]) for start, end in consistency_ranges(size1, len(leaves))]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Follow RFC 9162 2.1.3.2. Raises `InvalidProofError`; returning means that the leaf is in the tree with this root."""
    if not 0 <= index < size:
        msg = f"there is no leaf {index} in a tree of {size}"
        raise InvalidProofError(msg)
    _check_hashes([leaf_hash, *proof, root])
    _, found = _climb(index, size - 1, leaf_hash, proof)
    _check_root(found, root, size)


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> None:
    """Follow RFC 9162 2.1.4.2. Raises `InvalidProofError`; returning means that nothing in the first `size1` has changed.

    Of an empty first tree nothing is proved, so that it is refused unless both are empty.
    """
    if not 0 <= size1 <= size2:
        msg = f"a tree of {size1} leaves is no beginning of one of {size2}"
        raise InvalidProofError(msg)
    if size1 == size2:
        if proof:
            msg = "two trees of one size need no proof, and this one is not empty"
            raise InvalidProofError(msg)
        _check_root(root1, root2, size2)
        return
    if not size1:
        msg = "an empty tree is a beginning of every tree: this proves nothing"
        raise InvalidProofError(msg)
    _check_hashes([*proof, root1, root2])
    node, last = size1 - 1, size2 - 1
    while node % 2:
        node, last = node // 2, last // 2
    # A first tree that is complete is itself the node from which the way begins.
    path = list(proof) if node else [root1, *proof]
    if not path:
        msg = "the proof is empty"
        raise InvalidProofError(msg)
    first, second = _climb(node, last, path[0], path[1:])
    _check_root(first, root1, size1)
    _check_root(second, root2, size2)


def _climb(node: int, last: int, start: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """From a node to the root, `last` being the last of its level: over the hashes on its left alone, and over all."""
    left = whole = start
    for hash_ in proof:
        if not last:
            msg = "the proof is longer than the way to the root"
            raise InvalidProofError(msg)
        if node % 2 or node == last:
            left, whole = node_hash(hash_, left), node_hash(hash_, whole)
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            whole = node_hash(whole, hash_)
        node, last = node // 2, last // 2
    if last:
        msg = "the proof is shorter than the way to the root"
        raise InvalidProofError(msg)
    return left, whole


def _check_hashes(hashes: Sequence[bytes]) -> None:
    for number, hash_ in enumerate(hashes):
        if len(hash_) != HASH_BYTES:
            msg = f"hash {number} has {len(hash_)} bytes instead of {HASH_BYTES}"
            raise InvalidProofError(msg)


def _check_root(found: bytes, root: bytes, size: int) -> None:
    if found != root:
        msg = f"the tree of {size} leaves has the root {found.hex()}, not {root.hex()}"
        raise InvalidProofError(msg)
