"""Verify a Sporlog audit bundle, a zip or the folder it was unpacked into: `python3 verify.py BUNDLE.zip`.

Needs Python 3.9 and, for the signature, the package `cryptography`. Exit code 0: nothing is wrong; 1: something is; 2: nothing
is, but a part was not checked. What is checked, and by which formulas, stands in README.txt and in manifest.json, definitions.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature, InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    CRYPTOGRAPHY = True
except ImportError:  # the rest is checked without it
    CRYPTOGRAPHY = False

CHUNK, HASH, ED25519, KEPT = 1 << 20, 32, b"\x01", ("payloads/", "evidence/")
Said = tuple[str, str, str]


class Report:
    """What was found: each about which file or event, in Danish, in English. `wrong` is invalid, `noted` beyond this file."""

    def __init__(self) -> None:
        self.wrong, self.unchecked, self.noted, self.good = list[Said](), list[Said](), list[Said](), list[Said]()

    def error(self, where: str, da: str, en: str) -> None:
        """Note what is wrong."""
        self.wrong.append((where, da, en))


class Bundle:
    """The files of a zip or of a folder, read piece by piece."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_dir():
            self.sizes = {p.relative_to(path).as_posix(): p.stat().st_size for p in sorted(path.rglob("*")) if p.is_file()}
        else:
            with zipfile.ZipFile(path) as archive:
                self.places = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            self.sizes = {name: info.file_size for name, info in self.places.items()}

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes. A zip is read past its own checksums, so that a changed file can be looked into."""
        if self.path.is_dir():
            with (self.path / name).open("rb") as file:
                yield from iter(lambda: file.read(CHUNK), b"")
        elif self.places[name].compress_type != zipfile.ZIP_STORED:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as packed:
                yield from iter(lambda: packed.read(CHUNK), b"")
        else:
            with self.path.open("rb") as file:
                file.seek(self.places[name].header_offset + 26)
                file.seek(sum(struct.unpack("<HH", file.read(4).ljust(4, b"\0"))), 1)
                end = file.tell() + self.sizes[name]
                yield from iter(lambda: file.read(min(CHUNK, end - file.tell())), b"")

    def lines(self, name: str) -> Iterator[bytes]:
        """A file line by line, without the line feeds; nothing for a file that is not there."""
        rest = b""
        for chunk in self.chunks(name) if name in self.sizes else ():
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        yield from [rest] if rest else []

    def read(self, name: str) -> bytes:
        """A small file as a whole; nothing for one that is not there."""
        return b"".join(self.chunks(name)) if name in self.sizes else b""


def verify(path: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Report:
    """Check everything that can be checked here. `progress` is told bytes done and bytes in all."""
    report = Report()
    try:
        bundle = Bundle(path)
        manifest = check_files(bundle, report, progress)
        checkpoint = check_checkpoint(bundle, report, manifest)
        check_anchors({name: bundle.read(name) for name in bundle.sizes if name.startswith("anchors/")}, report, checkpoint)
        check_events(bundle, report, manifest, checkpoint)
    except (OSError, zipfile.BadZipFile) as error:
        report.error(path.name, f"kan ikke læses, er filen hel? {error}", f"cannot be read, is the file whole? {error}")
    return report


def check_files(bundle: Bundle, report: Report, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Every file of the bundle is in the manifest with this SHA-256, and the manifest in manifest.sha256."""
    raw = bundle.read("manifest.json")
    if bundle.read("manifest.sha256") != f"{hashlib.sha256(raw).hexdigest()}  manifest.json\n".encode():
        report.error("manifest.json", "passer ikke til manifest.sha256", "does not belong to manifest.sha256")
    try:
        manifest: dict[str, Any] = json.loads(raw)
        files = {name: (int(seal["bytes"]), str(seal["sha256"])) for name, seal in manifest["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        report.error("manifest.json", f"kan ikke læses: {error}", f"cannot be read: {error}")
        return {}
    done, total = 0, sum(bundle.sizes.values())
    for name in sorted(files.keys() | bundle.sizes.keys() - {"manifest.json", "manifest.sha256"}):
        if name not in bundle.sizes:
            report.error(name, "mangler", "is missing")
        elif name not in files:
            report.error(name, "hører ikke til: ikke i manifest.json", "does not belong: not in manifest.json")
        else:
            digest = hashlib.sha256()
            for chunk in bundle.chunks(name):
                digest.update(chunk)
                progress(done := done + len(chunk), total)
            if (bundle.sizes[name], digest.hexdigest()) != files[name]:
                was = f"SHA-256 {digest.hexdigest()}, manifest.json: {files[name][1]}"
                report.error(name, f"er ændret: {was}", f"was changed: {was}")
    report.good.append(("manifest.json", f"{len(files)} filer", f"{len(files)} files"))
    return manifest


def check_checkpoint(bundle: Bundle, report: Report, manifest: dict[str, Any]) -> tuple[int, bytes] | None:
    """Read the signed note (C2SP signed-note, tlog-checkpoint); give the tree's size and root."""
    try:
        text, _, signatures = bundle.read("checkpoint.txt").decode().rpartition("\n\n")
        origin, size, root = text.split("\n")[:3]
        checkpoint = int(size), base64.b64decode(root, validate=True)
        keys = (line.split("+", 2) for line in bundle.read("keys.txt").decode().splitlines())
        known = {(name, key_id): base64.b64decode(key, validate=True) for name, key_id, key in keys}
        lines = (line.split(" ") for line in signatures.splitlines())
        signed = [(name, base64.b64decode(blob, validate=True)) for _, name, blob in lines]
    except ValueError as error:
        report.error("checkpoint.txt, keys.txt", f"kan ikke læses: {error}", f"cannot be read: {error}")
        return None
    if manifest.get("checkpoint") != {"origin": origin, "size": checkpoint[0], "root": root}:
        report.error("checkpoint.txt", "er et andet end i manifest.json", "is another than in manifest.json")
    ours = [(name, blob, known[name, blob[:4].hex()]) for name, blob in signed if (name, blob[:4].hex()) in known]
    for name, blob, key in ours:
        check_signature(report, f"{name}+{blob[:4].hex()}", (text + "\n").encode(), blob[4:], key)
    if not ours:
        report.error("checkpoint.txt", f"ingen nøgle i keys.txt har underskrevet for {origin}", f"no key signed for {origin}")
    return checkpoint


def check_signature(report: Report, who: str, text: bytes, signature: bytes, key: bytes) -> None:
    """One known key's. Its id follows from its name and bytes."""
    name, key_id = who.rsplit("+", 1)
    if key[:1] != ED25519 or hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() != key_id:
        report.error("keys.txt", f"nøglen {who} er ændret", f"the key {who} was changed")
    elif not CRYPTOGRAPHY:
        da, en = "underskriften er IKKE kontrolleret: installér", "the signature was NOT checked: install"
        report.unchecked.append(("checkpoint.txt", f"{da} cryptography", f"{en} cryptography"))
    else:
        try:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, text)
        except (InvalidSignature, ValueError):
            report.error("checkpoint.txt", f"underskriften fra {who} er forkert", f"the signature of {who} is wrong")
        else:
            da = f"underskrevet med {who}: sammenlign nøglen med den, kommunen har oplyst ad anden vej"
            report.good.append(("checkpoint.txt", da, f"signed with {who}: compare it with the key that was told elsewhere"))


def check_anchors(files: Mapping[str, bytes], report: Report, checkpoint: tuple[int, bytes] | None) -> None:
    """What others got: a checkpoint whose tree is the beginning of the bundle's, time-stamped (RFC 3161) or in a mail."""
    for stem in sorted({name.rpartition(".")[0] for name in files}):
        check_anchor(stem, files, report, checkpoint)
    if not files:
        da, en = "intet uden for kommunen står inde for loggen endnu", "nothing outside the municipality vouches for it yet"
        report.noted.append(("anchors", da, en))


def check_anchor(stem: str, files: Mapping[str, bytes], report: Report, checkpoint: tuple[int, bytes] | None) -> None:
    """One of them. Its signature is not asked for: its root is shown to be of this tree, which is signed."""
    name, before = f"{stem}.checkpoint", len(report.wrong)
    proof, stamp, mail = (files.get(f"{stem}.{kind}") for kind in ("consistency", "tsr", "eml"))
    try:
        _, size, root, *_ = (note := files.get(name, b"")).decode().split("\n")
        tree = int(size), base64.b64decode(root, validate=True)
    except ValueError as error:
        report.error(name, f"mangler eller kan ikke læses: {error}", f"is missing or cannot be read: {error}")
        return
    if checkpoint is not None and (stem != f"anchors/{size}" or not begins(tree, checkpoint, proof or b"")):
        where = name if proof is None and tree[0] >= checkpoint[0] else f"{stem}.consistency"
        report.error(where, "viser ikke begyndelsen af checkpoint.txt", "does not show the beginning of checkpoint.txt")
    if stamp is None and mail is None:
        report.error(name, "har hverken tidsstempel eller mail", "has neither time stamp nor mail")
    if stamp is not None and b"\4\x20" + hashlib.sha256(note).digest() not in stamp:
        report.error(f"{stem}.tsr", f"er ikke et tidsstempel på {name}", f"is no time stamp on {name}")
    if mail is not None and note not in [part.get_payload(decode=True) for part in message_from_bytes(mail).walk()]:
        report.error(f"{stem}.eml", f"har ikke {name} med", f"does not carry {name}")
    if len(report.wrong) == before:
        da, en = (
            f"loggen er til og med plads {size} den, andre fik",
            f"up to position {size} the log is the one others got",
        )
        report.good.append((name, da, en))
        use = f"openssl ts -verify -data {name} -in {stem}.tsr -CAfile CHAIN.pem"
        stamped = f"udstederens underskrift er IKKE kontrolleret her: {use}", f"its signature is NOT checked here: {use}"
        mailed = "om modtageren har samme mail, er IKKE kontrolleret her", "whether its recipient has it is NOT checked here"
        report.noted += [(f"{stem}.tsr", *stamped)] if stamp is not None else []
        report.noted += [(f"{stem}.eml", *mailed)] if mail is not None else []


def begins(first: tuple[int, bytes], second: tuple[int, bytes], proof: bytes) -> bool:
    """Whether the first tree (size, root) is shown to be the beginning of the second: RFC 9162 2.1.4."""
    nodes = (bytes.fromhex(line.decode()) for line in re.findall(rb"([0-9a-f]{64})\n", proof))
    sizes_fit = 0 < first[0] <= second[0] < 1 << 64 and not len(proof) % (2 * HASH + 1)
    return sizes_fit and roots(first[0], second[0], first[1], nodes) == (first[1], second[1]) and not [*nodes]


def roots(size: int, of: int, known: bytes | None, nodes: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Over the first `size` leaves and over all `of`, from the proof's nodes; `known` is the former, where it is one node."""
    if size == of:
        return (known or next(nodes, b""),) * 2
    half = 1 << (of - 1).bit_length() - 1
    if size <= half:
        left, whole = roots(size, half, known, nodes)
        return left, inner(whole, next(nodes, b""))
    (left, whole), node = roots(size - half, of - half, None, nodes), next(nodes, b"")
    return inner(node, left), inner(node, whole)


def inner(left: bytes, right: bytes) -> bytes:
    """The hash of a tree's inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def check_events(bundle: Bundle, report: Report, manifest: dict[str, Any], checkpoint: tuple[int, bytes] | None) -> None:
    """Every event is a leaf of the checkpoint's tree, and what belongs to it is with it."""
    parts, tree, versions, named = bundle.lines("proof.txt"), Tree(), dict[str, int](), set[str]()
    texts, keys = Beside("opened.ndjson", bundle, report), Beside("text-keys.ndjson", bundle, report)
    counts, wrong = {"events": 0, "proven": 0, "stated": 0, "closed": 0}, len(report.wrong)
    kept = {name.partition("/")[2] for name in bundle.sizes if name.startswith(KEPT)}
    for counts["events"], line in enumerate(bundle.lines("events.ndjson"), start=1):
        leaf, where = next_leaf(parts, tree, report), f"event (events.ndjson, line {counts['events']})"
        try:
            event = json.loads(line)
            position, stream, where = event["position"], event["aggregate_id"], f"event {event['position']}"
            entry = "sporlog/event/v1\n{position}\n{aggregate_id}\n{version}\n{topic}\n{recorded_at_us}\n".format(**event)
            digest = hashlib.sha256(b"\0" + f"{entry}{hashlib.sha256(event['state'].encode()).hexdigest()}\n".encode()).digest()
            if leaf != (position - 1, digest):
                report.error(where, "er ikke den, der blev ført i loggen", "is not the one that was logged")
            if event["topic"].startswith("incident.") and event["version"] != versions.get(stream, 0) + 1:
                report.error(where, "en begivenhed før denne mangler i sagen", "an event of the incident is missing before it")
            versions[stream] = event["version"]
            named |= kept.intersection(re.findall(r'"([0-9a-f]{64})"', event["state"]))
            sealed = json.loads(event["state"]).get("sealed")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            report.error(where, f"kan ikke læses: {error}", f"cannot be read: {error}")
            continue
        if sealed is not None:
            counts[check_text(report, event, sealed, texts.at(position), keys.at(position))] += 1
    texts.at(sys.maxsize)
    if next_leaf(parts, tree, report) is not None or counts["events"] != manifest.get("events", counts["events"]):
        report.error("events.ndjson", "begivenheder er fjernet eller føjet til", "events were taken out or added")
    if checkpoint is not None and (tree.size, tree.root()) != checkpoint:
        report.error("proof.txt", "fører ikke til træet i checkpoint.txt", "does not lead to the tree of checkpoint.txt")
    for name in (name for name in bundle.sizes if name.startswith(KEPT)):
        if (sha256 := manifest.get("files", {}).get(name, {}).get("sha256")) not in named or not name.endswith(f"/{sha256}"):
            report.error(name, "er ikke det, en begivenhed nævner", "is not what an event names")
    da = "{events} begivenheder, hver i loggens træ; tekster: {proven} bevist, {stated} oplyst af kommunen, {closed} ikke åbnet"
    en = "{events} events, each in the log's tree; texts: {proven} proven, {stated} by the municipality, {closed} not opened"
    sound = checkpoint is not None and len(report.wrong) == wrong
    report.good += [("events.ndjson", da.format(**counts), en.format(**counts))] if sound else []


class Tree:
    """The root over parts that are added in order: complete subtrees, the stack no deeper than the tree."""

    def __init__(self) -> None:
        self.size, self.stack = 0, list[tuple[int, bytes]]()

    def add(self, start: int, width: int, node: bytes) -> None:
        """Add the next part. Raises `ValueError` for one that does not follow the one before it."""
        if start != self.size or width < 1 or width & (width - 1) or start % width or len(node) != HASH:
            raise ValueError(f"{start} + {width}")
        self.size += width
        while self.stack and self.stack[-1][0] == width:
            width, node = 2 * width, inner(self.stack.pop()[1], node)
        self.stack.append((width, node))

    def root(self) -> bytes:
        """Over all that was added; the root of an empty tree is the hash of nothing."""
        found = self.stack[-1][1] if self.stack else hashlib.sha256().digest()
        for _, node in reversed(self.stack[:-1]):
            found = inner(node, found)
        return found


def next_leaf(parts: Iterator[bytes], tree: Tree, report: Report) -> tuple[int, bytes] | None:
    """Fold `hidden <start> <width> <hash>` up to the next `event <index> <hash>`; None after the last."""
    for line in parts:
        try:
            kind, start, *width, node = line.decode().split(" ")
            tree.add(int(start), int(width[0]) if kind == "hidden" else 1, bytes.fromhex(node))
            if kind == "event":
                return int(start), bytes.fromhex(node)
        except (ValueError, IndexError) as error:
            report.error("proof.txt", f"{line[:90]!r} kan ikke bruges: {error}", f"{line[:90]!r} is of no use: {error}")
    return None


def records(name: str, bundle: Bundle, report: Report) -> Iterator[dict[str, Any]]:
    """The lines that can be read and name a position."""
    for line in bundle.lines(name):
        try:
            record: dict[str, Any] = json.loads(line)
            record["position"] += 0
            yield record
        except (ValueError, KeyError, TypeError) as error:
            report.error(name, f"en linje kan ikke læses: {error}", f"a line cannot be read: {error}")


class Beside:
    """A file with a line for some of the events, named by their position."""

    def __init__(self, name: str, bundle: Bundle, report: Report) -> None:
        self.name, self.report, self.rest = name, report, records(name, bundle, report)
        self.ahead = next(self.rest, None)

    def at(self, position: int) -> dict[str, Any] | None:
        """The line of the event at that position."""
        while self.ahead is not None and self.ahead["position"] < position:
            self.report.error(self.name, "en linje hører ikke til nogen begivenhed", "a line belongs to no event")
            self.ahead = next(self.rest, None)
        is_there = self.ahead is not None and self.ahead["position"] == position
        found, self.ahead = (self.ahead, next(self.rest, None)) if is_there else (None, self.ahead)
        return found


def check_text(report: Report, event: dict[str, Any], sealed: Any, text: Any, secret: Any) -> str:  # noqa: ANN401 - JSON
    """An opened text is of this event; with its key, it is what the event's sealed bytes decrypt to. Gives what is known."""
    where = f"event {event['position']}"
    if text is None:
        report.error(where, "mangler i opened.ndjson", "is missing from opened.ndjson")
    if text is None or text.get("fields") is None or secret is None or not CRYPTOGRAPHY:
        return "closed" if text is None or text.get("fields") is None else "stated"
    try:
        place = f"{event['aggregate_id'].replace('-', '')}/{event['version']}".encode()
        nonce, ciphertext = base64.b64decode(sealed["nonce"]), base64.b64decode(sealed["ct"])
        plain = AESGCM(bytes.fromhex(secret["key"])).decrypt(nonce, ciphertext, place)
    except (ValueError, KeyError, TypeError, InvalidTag):
        report.error(where, "den forseglede tekst åbner ikke med nøglen", "the sealed text does not open with its key")
        return "closed"
    if json.loads(plain) != text["fields"]:
        report.error(where, "den åbne tekst er ikke den, der blev forseglet", "the opened text is not what was sealed")
    return "proven"


def main(arguments: list[str]) -> int:
    """Tell what was found, in both languages."""
    report = verify(Path(arguments[0]) if arguments else Path(__file__).resolve().parent)
    for mark, told in (("OK", report.good), ("NB", report.noted), ("??", report.unchecked), ("FEJL / ERROR", report.wrong)):
        for where, da, en in told:
            sys.stdout.write(f"{mark}  {where}: {da}\n{' ' * len(mark)}  {where}: {en}\n")
    bad = f"IKKE GYLDIG: {len(report.wrong)} fejl.\nNOT VALID: {len(report.wrong)} errors."
    good = "INTET ER ÆNDRET i det, der er kontrolleret.\nNOTHING WAS CHANGED in what was checked."
    sys.stdout.write(f"\n{bad if report.wrong else good}\n")
    return 1 if report.wrong else 2 if report.unchecked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
