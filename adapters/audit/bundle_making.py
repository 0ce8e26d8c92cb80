"""The bundle's bytes, file by file in their order (see `adapters.bundle`): from the log and a signed tree, and nothing else."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, NamedTuple
from uuid import UUID

import orjson

from adapters.bundle.anchored import anchored
from adapters.bundle.archive import Archive
from adapters.bundle.contents import (
    CONTACTS,
    WITHHELD,
    SignedTree,
    StoreDiffersError,
    event_lines,
    evidence_named,
    key_lines,
    opened_lines,
    payloads_named,
    proof_lines,
)
from adapters.bundle.texts import DEFINITIONS, readers
from adapters.incident.timeline import timeline_files, timeline_lines
from domain.events import StoredRow
from domain.ledger.encoding import encode
from domain.time import rfc3339_utc
from handlers.anchoring import KeptAnchors
from handlers.desk import Desk
from handlers.evidence_store import EvidenceErasedError, EvidenceStore
from handlers.exporting import Chosen, Wanted, choose, rows_of
from handlers.history import History

FORMAT = "sporlog/bundle/v1"
FIXED = Path(__file__).parents[1] / "bundle"
STEP = 1000
Progress = Callable[[str, int, int], None]
"""Told the file of the bundle that is being written, how far it has come, and of how much."""


class Made(NamedTuple):
    """A bundle as it is on disk. Of its log, others have the first `anchored` events; 0 when nobody outside has any."""

    incidents: int
    events: int
    zip_bytes: int
    zip_sha256: str
    anchored: int


def silent(_file: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def make_bundle(
    desk: Desk,
    tree: SignedTree,
    evidence: EvidenceStore,
    wanted: Wanted,
    file: IO[bytes],
    *,
    anchors: KeptAnchors,
    with_keys: bool,
    progress: Progress = silent,
) -> Made:
    """Write the bundle to an empty file that can be sought in; the caller makes it durable.

    The log is read once for each file of lines, and no more than a thousand events are in memory. The same `wanted`, keys,
    checkpoint, anchors and version of Sporlog give the same bytes. Raises `NothingToExportError`, `NotFoundError`,
    `NamesHiddenError`, `StoreDiffersError`, `EvidenceMissingError`, `EvidenceDamagedError`.
    """
    try:
        chosen = choose(desk, wanted, tree.size)
    except ValueError as error:
        msg = "an event of the store cannot be read any more: it was changed, look with `sporlog audit verify`"
        raise StoreDiffersError(msg) from error
    history, outside = desk.history, anchored(anchors, tree)
    withheld = WITHHELD if chosen.everything else WITHHELD | CONTACTS

    def rows(name: str) -> Iterator[StoredRow]:
        return _told(rows_of(history, chosen), name, tree.size, progress)

    with Archive(file) as archive:
        for name, text in readers(outside.size).items():
            archive.add(name, [text.encode()])
        for name in ("index.html", "verify.py"):
            archive.add(name, [(FIXED / name).read_bytes()])
        events = archive.add("events.ndjson", event_lines(rows("events.ndjson")))
        archive.add("proof.txt", proof_lines(rows("proof.txt"), tree))
        archive.add("checkpoint.txt", [tree.note])
        archive.add("keys.txt", ["".join(f"{vkey}\n" for vkey in tree.vkeys).encode()])
        archive.add("opened.ndjson", opened_lines(rows("opened.ndjson"), history, withheld))
        if with_keys:
            archive.add("text-keys.ndjson", key_lines(rows("text-keys.ndjson"), history, withheld))
        erased = {
            "payloads": _add_payloads(archive, history, payloads_named(rows("payloads"))),
            "evidence": _add_evidence(archive, evidence, evidence_named(rows("evidence"))),
        }
        for name, content in outside.files.items():
            archive.add(name, [content])
        _add_timelines(archive, history, chosen, progress)
        about = {"wanted": _wanted(wanted), "events": events, "with_keys": with_keys, "erased": erased}
        _add_manifest(archive, {**_place(history, tree), **about})
    file.flush()
    file.seek(0)
    digest = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any file that reads into a buffer
    return Made(len(chosen.incidents), events, file.tell(), digest, outside.size)


def _told(rows: Iterable[StoredRow], name: str, size: int, progress: Progress) -> Iterator[StoredRow]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            progress(name, row.position, size)
        yield row
    progress(name, size, size)


def _add_payloads(archive: Archive, history: History, named: list[str]) -> list[str]:
    """Those that are there; returns the hashes of those that were erased."""
    missing = list[str]()
    for digest in named:
        payload = history.payload(digest)
        if payload is None:
            missing.append(digest)
        else:
            archive.add(f"payloads/{digest}", [payload.raw])
    return missing


def _add_evidence(archive: Archive, evidence: EvidenceStore, named: list[tuple[UUID, str]]) -> list[str]:
    """As payloads; what should be there and is not, or is damaged, ends the export."""
    erased = list[str]()
    for incident, digest in named:
        try:
            pieces = evidence.read(incident, digest)
        except EvidenceErasedError:
            erased.append(digest)
        else:
            archive.add(f"evidence/{digest}", pieces)
    return erased


def _add_timelines(archive: Archive, history: History, chosen: Chosen, progress: Progress) -> None:
    upto, as_of = chosen.upto, _recorded_at(history, chosen.upto)
    archive.add("timeline.ndjson", (line for one in chosen.incidents for line in timeline_lines(history, one, upto)))
    for number, one in enumerate(chosen.incidents, start=1):
        for name, content in timeline_files(history, one, upto, as_of):
            archive.add(name, [content])
        progress("timelines", number, len(chosen.incidents))


def _recorded_at(history: History, position: int) -> datetime:
    return history.read(position - 1, 1)[0].recorded_at


def _wanted(wanted: Wanted) -> dict[str, str]:
    times = {"since": wanted.since, "before": wanted.before}
    found = {"of": wanted.of} | ({"reference": wanted.reference} if wanted.reference else {})
    return found | {name: rfc3339_utc(instant) for name, instant in times.items() if instant is not None}


def _place(history: History, tree: SignedTree) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "sporlog": version("sporlog"),
        "position": tree.size,
        "as_of": rfc3339_utc(_recorded_at(history, tree.size)),
        "checkpoint": {"origin": tree.origin, "size": tree.size, "root": encode(tree.root)},
        "definitions": DEFINITIONS,
    }


def _add_manifest(archive: Archive, about: dict[str, Any]) -> None:
    manifest = orjson.dumps({**about, "files": archive.files}, option=orjson.OPT_INDENT_2)
    archive.add("manifest.json", [manifest])
    archive.add("manifest.sha256", [f"{sha256(manifest).hexdigest()}  manifest.json\n".encode()])
