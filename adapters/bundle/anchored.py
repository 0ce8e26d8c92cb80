"""The bundle's anchors: the newest checkpoint that somebody outside got and that the bundle's tree begins with."""

from typing import NamedTuple

from adapters.bundle.contents import SignedTree, StoreDiffersError
from adapters.bundle.verify import Report, check_anchors
from domain.merkle import consistency_ranges, node_over
from handlers.anchoring import AnchorKind, KeptAnchors


class Anchored(NamedTuple):
    """How many events it covers, 0 when nobody outside has any; and its files of the bundle, by name."""

    size: int
    files: dict[str, bytes]


def anchored(kept: KeptAnchors, tree: SignedTree) -> Anchored:
    """Checked as the bundle's reader will. Raises `StoreDiffersError` for one that does not fit, and `OSError`."""
    size = max((size for size in (*kept.sizes("tsr"), *kept.sizes("eml")) if size <= tree.size), default=0)
    if not size:
        return Anchored(0, {})
    kinds: tuple[AnchorKind, ...] = ("checkpoint", "tsr", "eml")
    files = {f"anchors/{size}.{kind}": kept.get(size, kind) for kind in kinds if size in kept.sizes(kind)}
    if size < tree.size:
        proof = (node_over(part, tree.node_of) for part in consistency_ranges(size, tree.size))
        files[f"anchors/{size}.consistency"] = "".join(f"{node.hex()}\n" for node in proof).encode()
    report = Report()
    check_anchors(files, report, (tree.size, tree.root))
    for where, _, wrong in report.wrong:
        raise StoreDiffersError(f"{where} {wrong}: look with `sporlog audit verify`")
    return Anchored(size, files)
