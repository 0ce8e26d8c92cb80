"""Bundles for tests: a log with a few incidents in it, and a checkpoint signed with a key of the test's own."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4
from zipfile import ZIP_STORED, ZipFile

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import compose
from adapters.audit.bundle_making import make_bundle
from adapters.bundle.contents import SignedTree
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.event_store.database import SQLiteDatabase
from adapters.main import open_evidence
from adapters.transparency.ed25519 import Ed25519Signer
from domain.catalogue.kinds import Kind
from domain.incident import events as e
from domain.ledger.checkpoint import Checkpoint
from domain.ledger.entry import leaf_of
from domain.ledger.note import Note
from domain.merkle import level_above, root
from domain.organisation.events import ORGANISATION
from domain.roles import Role
from handlers.desk import Desk
from handlers.evidence_store import EvidenceStore
from handlers.exporting import Wanted
from handlers.requests import Origin
from tests.support import catalogues
from tests.support import incidents as tell
from tests.support.logs import attached, incident_id, record
from tests.support.organisations import named, placed, registered
from tests.support.time_stamping import Authority

LOG = "log.laerkeborg.example/haendelser"
SIGNER = Ed25519Signer(LOG, bytes(range(32)))
ORIGIN = Origin("os:karen", "cli", "c-9", datetime(2026, 12, 1, 9, tzinfo=UTC), "karen")


def a_log(store: EventStore) -> None:
    """Two incidents that run at the same time, and an organisation of which one of them refers to a part."""
    one, two = incident_id(1), incident_id(2)
    record(store, [(ORGANISATION, registered()), (ORGANISATION, placed(Role.ASSESSOR, "u-7")), (ORGANISATION, named())])
    record(store, [(one, tell.reported(title="Sagssystemet svarer ikke")), (two, tell.reported(reference="H-2026-0043"))])
    record(store, [(one, tell.assessed(1)), (two, attached(2)), (one, tell.early_warning(5)), (two, tell.mitigated(6))])
    record(store, [(one, tell.mitigated(30, summary="Genetableret"))])
    with store.database.write("refs") as cursor:
        for number, stream in ((42, one), (43, two)):
            cursor.execute(
                "INSERT INTO refs (entity, year, n, incident_id) VALUES (?, ?, ?, ?)", ("laerkeborg", 2026, number, stream.hex)
            )


def a_log_with_a_catalogue(store: EventStore) -> None:
    """The log of `a_log`, and an incident on a server of a catalogue that changed while it ran; some texts are contacts."""
    record(store, [(one.object_id, one.event) for one in (*catalogues.small(), *catalogues.others())])
    a_log(store)
    three, system = incident_id(3), catalogues.ident(Kind.SYSTEM, catalogues.SYSTEM)
    record(store, [(three, tell.reported(reference="H-2026-0044", components=(catalogues.SERVER,)))])
    record(store, [(system, catalogues.described(Kind.SYSTEM, catalogues.SYSTEM, contact="Hemmeligt nummer"))])
    record(store, [(three, tell.mitigated(30))])
    with store.database.write("refs") as cursor:
        given = ("laerkeborg", 2026, 44, three.hex)
        cursor.execute("INSERT INTO refs (entity, year, n, incident_id) VALUES (?, ?, ?, ?)", given)


def desk_of(store: EventStore) -> Desk:
    return Desk(DirectCommitter(store), store, "laerkeborg", uuid4)


def signed_tree(store: EventStore, size: int | None = None) -> SignedTree:
    """A checkpoint over the first `size` events, its nodes from the events' own leaves."""
    levels = [[leaf_of(row) for row in store.rows(0, 100_000, upto=size)]]
    while len(levels[-1]) > 1:
        levels.append(level_above(levels[-1]))
    checkpoint = Checkpoint(LOG, len(levels[0]), root(levels[0]))
    note = str(Note(checkpoint.text, (SIGNER.sign(checkpoint.text),)))
    keys = (SIGNER.key.vkey,)
    return SignedTree(note.encode(), LOG, checkpoint.size, checkpoint.root, keys, lambda level, index: levels[level][index])


def evidence_of(store: EventStore) -> EvidenceStore:
    """Beside the keyring's database, as a data directory has it."""
    return open_evidence(Path(str(cast("SQLiteDatabase", store.keyring._database).path)).parent / "evidence", store.keyring)


def secured(store: EventStore, incident: UUID, content: bytes) -> str:
    """Evidence in the store, attached to the incident; its hash."""
    incoming = evidence_of(store).receive(incident)
    incoming.write(content)
    received = incoming.finish()
    incoming.keep()
    attached = e.EvidenceAttached(meta=tell.meta(9), sha256=received.sha256, bytes=received.size, stored=True, name="disk.img")
    record(store, [(incident, attached)])
    return received.sha256


def with_evidence(store: EventStore) -> None:
    """The log of `a_log`, and a disk's image that was secured in the first incident."""
    a_log(store)
    secured(store, incident_id(1), b"an image of a disk")


def anchors_of(store: EventStore) -> AnchorFolder:
    """Beside the keyring's database too."""
    return AnchorFolder(Path(str(cast("SQLiteDatabase", store.keyring._database).path)).parent / "anchors")


def anchored(store: EventStore, authority: Authority, size: int) -> None:
    """The checkpoint over the first `size` events, stamped and mailed."""
    folder, note = anchors_of(store), signed_tree(store, size).note
    folder.keep(size, "checkpoint", note)
    folder.keep(size, "tsr", authority.over(sha256(note).digest(), 1))
    folder.keep(size, "eml", compose(size, note, ORIGIN.now, sender="log@kommune.example", mailbox="arkiv@rigsarkivet.example"))


def bundle_of(store: EventStore, wanted: Wanted, *, with_keys: bool = False, tree: SignedTree | None = None) -> bytes:
    file, signed, anchors = BytesIO(), tree or signed_tree(store), anchors_of(store)
    make_bundle(desk_of(store), signed, evidence_of(store), wanted, file, anchors=anchors, with_keys=with_keys)
    return file.getvalue()


def files_of(bundle: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], to: Path) -> Path:
    """A zip of these files, with checksums of its own that are right."""
    with ZipFile(to, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return to


def flipped(content: bytes, at: int | None = None) -> bytes:
    """One byte changed: the one in the middle, unless told."""
    place = len(content) // 2 if at is None else at
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def resealed(files: dict[str, bytes]) -> dict[str, bytes]:
    """A manifest that fits these files again, as a forger would make it."""
    manifest = json.loads(files["manifest.json"])
    others = {name: content for name, content in files.items() if name not in {"manifest.json", "manifest.sha256"}}
    manifest["files"] = {n: {"bytes": len(c), "sha256": sha256(c).hexdigest()} for n, c in others.items()}
    raw = json.dumps(manifest).encode()
    return {**others, "manifest.json": raw, "manifest.sha256": f"{sha256(raw).hexdigest()}  manifest.json\n".encode()}


def forgeries(files: dict[str, bytes]) -> dict[str, tuple[dict[str, bytes], str]]:
    """By what was done: the files, with a manifest that fits them again, and what must be named."""
    lines = files["events.ndjson"].splitlines(keepends=True)
    proof = files["proof.txt"].splitlines(keepends=True)
    texts = files["opened.ndjson"].splitlines(keepends=True)
    note, keys = files["checkpoint.txt"].decode(), files["keys.txt"].decode()
    other = Ed25519Signer(LOG, bytes(32))
    earlier, proven = files["anchors/7.checkpoint"], files["anchors/7.consistency"]
    nodes = proven.decode().split()
    told: dict[str, tuple[Mapping[str, bytes | None], str]] = {
        "a field": ({"events.ndjson": files["events.ndjson"].replace(b'\\"u-7\\"', b'\\"u-8\\"', 1)}, "event "),
        "a time": (
            {"events.ndjson": files["events.ndjson"].replace(b'"recorded_at_us":1', b'"recorded_at_us":2', 1)},
            "event ",
        ),
        "a topic": ({"events.ndjson": files["events.ndjson"].replace(b"assessed.1", b"assessed.2", 1)}, "event "),
        "an event taken out": ({"events.ndjson": b"".join(lines[:-1])}, "events.ndjson"),
        "an event twice": ({"events.ndjson": b"".join([*lines, lines[-1]])}, "event "),
        "events in another order": ({"events.ndjson": b"".join(reversed(lines))}, "event "),
        "an event hidden": (
            {
                "events.ndjson": b"".join(line for line in lines if b'"version":2' not in line),
                "proof.txt": b"".join(_hidden(line) if line.startswith(b"event 5 ") else line for line in proof),
            },
            "event 8",
        ),
        "a leaf": ({"proof.txt": files["proof.txt"].replace(proof[3][-10:], b"000000000\n")}, "event 4"),
        "a node": ({"proof.txt": files["proof.txt"].replace(proof[1][-10:], b"000000000\n")}, "proof.txt"),
        "a smaller tree": ({"checkpoint.txt": note.replace("\n11\n", "\n9\n").encode()}, "checkpoint.txt"),
        "no signature": ({"checkpoint.txt": note.partition("\n\n")[0].encode() + b"\n\n"}, "checkpoint.txt"),
        "another's key under the name": ({"keys.txt": other.key.vkey.encode() + b"\n"}, "checkpoint.txt"),
        "another key with the id": (
            {"keys.txt": (keys[: keys.rindex("+") + 1] + other.key.vkey.rsplit("+", 1)[1] + "\n").encode()},
            "keys.txt",
        ),
        "an opened text": ({"opened.ndjson": files["opened.ndjson"].replace(b"Sagssystemet", b"Telefonerne ")}, "event 4"),
        "a text taken out": ({"opened.ndjson": b"".join(texts[1:])}, "event 4"),
        "a text of no event": ({"opened.ndjson": b"".join([*texts, b'{"fields":null,"position":12}\n'])}, "opened.ndjson"),
        "evidence that was exchanged": ({next(n for n in files if n.startswith("evidence/")): b"another image"}, "evidence/"),
        "an anchor of another log": ({"anchors/7.checkpoint": earlier.replace(b"\n7\n", b"\n8\n")}, "anchors/7."),
        "a stamp on something else": (
            {"anchors/7.tsr": files["anchors/7.tsr"].replace(sha256(earlier).digest(), sha256(note.encode()).digest())},
            "anchors/7.tsr",
        ),
        "a mail with something else": (
            {"anchors/7.eml": compose(7, note.encode(), ORIGIN.now, sender="log@kommune.example", mailbox="a@b.example")},
            "anchors/7.eml",
        ),
        "an anchor of nobody": ({"anchors/7.tsr": None, "anchors/7.eml": None}, "anchors/7.checkpoint"),
        "an anchor that lost its checkpoint": ({"anchors/7.checkpoint": None}, "anchors/7.checkpoint"),
        "an anchor without its proof": ({"anchors/7.consistency": None}, "anchors/7.consistency"),
        "a node of the consistency": (
            {"anchors/7.consistency": proven.replace(nodes[1].encode(), b"00" * 32)},
            "anchors/7.con",
        ),
        "nodes that are cut elsewhere": (
            {"anchors/7.consistency": "\n".join([nodes[1][-2:] + nodes[0], nodes[1][:-2], *nodes[2:], ""]).encode()},
            "anchors/7.consistency",
        ),
        "a node too many": ({"anchors/7.consistency": proven + proven[:65]}, "anchors/7.consistency"),
        "a node too few": ({"anchors/7.consistency": proven[:-65]}, "anchors/7.consistency"),
        "a payload of nobody": ({f"payloads/{sha256(b'x').hexdigest()}": b"x"}, "payloads/"),
    }
    return {what: (resealed(_changed(files, changed)), named) for what, (changed, named) in told.items()}


def _changed(files: dict[str, bytes], changed: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {name: content for name, content in {**files, **changed}.items() if content is not None}


def _hidden(line: bytes) -> bytes:
    return line.replace(b"event 5 ", b"hidden 5 1 ")
