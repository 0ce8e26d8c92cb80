"""The Merkle tree grown once more from the live events, and held against what the ledger keeps and what it once signed."""

from collections import deque
from collections.abc import Sequence

from domain.errors import SporlogError
from domain.ledger.checkpoint import Checkpoint
from domain.ledger.tiles import HEIGHT, WIDTH, ReadTile, TilePlace, hashes_of, node_reader
from domain.merkle import EMPTY_ROOT, HASH_BYTES, inclusion_ranges, node_over, root, verify_inclusion
from handlers.audit_findings import Kind, Statement, differs


class LeafDiffersError(Exception):
    """The ledger has another leaf at this position than the event makes."""

    def __init__(self, position: int, expected: bytes, actual: bytes) -> None:
        super().__init__(f"leaf of event {position}")
        self.position, self.expected, self.actual = position, expected, actual


class TreeCheck:
    """Takes the leaves in order, and raises at the first that the ledger, or what was signed, knows otherwise."""

    def __init__(self, tile: ReadTile, size: int, signed: Sequence[Statement], after: int = 0) -> None:
        """`size` is how many leaves the ledger has; `after` is a multiple of 256, up to which the ledger is believed."""
        self._tile, self._size, self._added = tile, size, after
        self._signed = deque(
            sorted((one for one in signed if one.checkpoint.size >= after), key=lambda one: one.checkpoint.size)
        )
        self._same = 0
        """The size of the last checkpoint that held."""
        self._levels = _standing(tile, after)
        """The open tile of each level: hashes of leaves, of full tiles of leaves, and so on."""
        self._check_roots(after, [])

    def add(self, leaves: Sequence[bytes]) -> None:
        """Further leaves. Raises `LeafDiffersError` and `DifferenceFoundError`."""
        rest = leaves
        while rest:
            room = WIDTH - len(self._levels[0])
            part, rest = rest[:room], rest[room:]
            # What the ledger does not have yet, or no more, still has to fit what was signed.
            self._compare(part[: max(self._size - self._added, 0)])
            self._check_roots(self._added + len(part), part)
            self._added += len(part)
            self._levels[0] += part
            self._close()

    def end(self) -> None:
        """There are no more events. Raises `DifferenceFoundError` when more were signed, or entered in the ledger."""
        head = self._added
        longest = [*self._signed][-1:]
        if longest:
            size, where = longest[0].checkpoint.size, longest[0].where
        elif self._size > head:
            size, where = self._size, "ledger_size"
        else:
            return
        raise differs(Kind.CUT, "events", where, position=head + 1, expected=f"{size} events", actual=f"{head} events")

    def _compare(self, part: Sequence[bytes]) -> None:
        number, place = divmod(self._added, WIDTH)
        stored = self._tile(TilePlace(0, number))[place * HASH_BYTES :]
        if stored.startswith(b"".join(part)):
            return
        known = hashes_of(stored)
        for offset, leaf in enumerate(part):
            if offset >= len(known) or len(known[offset]) != HASH_BYTES:
                raise differs(Kind.MISSING, "tiles", f"0/{number}", position=self._added + offset + 1, column="hashes")
            if known[offset] != leaf:
                raise LeafDiffersError(self._added + offset + 1, known[offset], leaf)

    def _check_roots(self, size: int, part: Sequence[bytes]) -> None:
        while self._signed and self._signed[0].checkpoint.size <= size:
            checkpoint, where = self._signed.popleft()
            node: list[bytes] = []
            for level, hashes in enumerate(self._levels):
                over = [*hashes, *(part[: checkpoint.size - self._added] if not level else node)]
                node = [root(over)] if over else []
            found = node[0] if node else EMPTY_ROOT
            if found != checkpoint.root:
                expected, actual = checkpoint.root.hex(), found.hex()
                # Which of the events since the last checkpoint that held it is, a root does not tell.
                first = self._same + 1
                raise differs(Kind.REWRITTEN, where, checkpoint.size, position=first, expected=expected, actual=actual)
            self._same = checkpoint.size

    def _close(self) -> None:
        # Full tiles are hashed into the level above, and that hash is compared with what the ledger has there.
        level = 0
        while len(self._levels[level]) == WIDTH:
            node, self._levels[level], level = root(self._levels[level]), [], level + 1
            if level == len(self._levels):
                self._levels.append([])
            above, number = self._levels[level], (self._added >> HEIGHT * level) - 1 >> HEIGHT
            first = len(above) * HASH_BYTES
            stored = self._tile(TilePlace(level, number))[first : first + HASH_BYTES]
            if stored != node and self._added <= self._size:
                key = f"{level}/{number}"
                raise differs(Kind.REWRITTEN, "tiles", key, column="hashes", expected=node.hex(), actual=stored.hex())
            above.append(node)


def is_signed(tile: ReadTile, leaf: bytes, position: int, checkpoint: Checkpoint) -> bool:
    """Whether the ledger's own tiles prove this leaf to be in the checkpoint's tree."""
    node_of = node_reader(tile)
    try:
        proof = [node_over(leaves, node_of) for leaves in inclusion_ranges(position - 1, checkpoint.size)]
        verify_inclusion(leaf, position - 1, checkpoint.size, proof, checkpoint.root)
    except SporlogError:
        return False
    return True


def _standing(tile: ReadTile, size: int) -> list[list[bytes]]:
    """The open tiles of a tree of `size` leaves, as the ledger has them: the next checkpoint's root covers them."""
    levels, level = [list[bytes]()], 0
    while count := size >> HEIGHT * level:
        number, there = divmod(count, WIDTH)
        levels[level:] = [hashes_of(tile(TilePlace(level, number))[: there * HASH_BYTES]) if there else []]
        level += 1
    return levels
