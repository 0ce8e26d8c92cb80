"""The bundle's own Python file, run where neither Sporlog nor its packages are: of a bundle, and of a changed one."""

import subprocess
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from adapters.bundle.verify import begins, verify
from adapters.event_store.application import EventStore
from domain.merkle import EMPTY_ROOT, consistency_proof, leaf_hash, root
from handlers.exporting import Wanted
from tests.support.bundles import a_log_with_a_catalogue, bundle_of, files_of, flipped, forgeries, packed, resealed
from tests.support.stores import Place

NEEDED = ("cryptography", "cffi", "_cffi_backend")


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Fresh interpreters: with `cryptography` and what that needs, and with nothing."""
    return {with_it: _environment(tmp_path_factory.mktemp("fresh"), with_it=with_it) for with_it in (True, False)}


def _environment(home: Path, *, with_it: bool) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    (packages,) = home.glob("[Ll]ib/**/site-packages")
    for name in NEEDED if with_it else ():
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        place = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
        (packages / place.name).symlink_to(place)
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(python: Path, folder: Path, *arguments: Path) -> tuple[int, str]:
    """The file out of the bundle, in a folder of its own."""
    done = subprocess.run(
        [python, "-I", "-X", "utf8", folder / "verify.py", *arguments], capture_output=True, cwd=folder, check=False
    )
    assert done.stderr.decode() == ""
    return done.returncode, done.stdout.decode()


@pytest.fixture
def unpacked(zipped: Path, tmp_path: Path) -> Path:
    with ZipFile(zipped) as archive:
        archive.extractall(tmp_path / "udpakket")
    return tmp_path / "udpakket"


def test_neither_sporlog_nor_its_packages_can_be_imported_there(environments: dict[bool, Path], tmp_path: Path) -> None:
    for name in ("adapters", "domain", "pydantic", "orjson", "eventsourcing"):
        tried = subprocess.run(
            [environments[True], "-I", "-c", f"import {name}"], capture_output=True, cwd=tmp_path, check=False
        )
        assert b"ModuleNotFoundError" in tried.stderr


def test_it_is_one_readable_file_of_at_most_370_lines(unpacked: Path) -> None:
    assert len((unpacked / "verify.py").read_text(encoding="utf-8").splitlines()) <= 370


def test_a_bundle_verifies_as_a_zip_and_as_the_folder_it_is_in(
    environments: dict[bool, Path], unpacked: Path, zipped: Path
) -> None:
    for arguments in ((zipped,), ()):
        code, out = run(environments[True], unpacked, *arguments)
        assert code == 0, out
        assert "signed with log.laerkeborg.example/haendelser+" in out
        assert "6 events, each in the log's tree; texts: 3 proven" in out
        assert "anchors/7.checkpoint: up to position 7 the log is the one others got" in out
        assert "its signature is NOT checked here: openssl ts -verify -data anchors/7.checkpoint" in out
        assert "NOTHING WAS CHANGED" in out


def test_without_cryptography_it_says_that_the_signature_was_not_checked_and_checks_all_else(
    environments: dict[bool, Path], unpacked: Path, zipped: Path, tmp_path: Path
) -> None:
    code, out = run(environments[False], unpacked, zipped)
    assert code == 2
    assert "the signature was NOT checked" in out
    assert "underskriften er IKKE kontrolleret" in out
    assert "texts: 0 proven, 3 by the municipality" in out
    files = files_of(zipped.read_bytes())
    forged, named = forgeries(files)["a field"]
    code, out = run(environments[False], unpacked, packed(forged, tmp_path / "forged.zip"))
    assert code == 1
    assert f"FEJL / ERROR  {named}" in out


def test_one_changed_byte_of_any_file_is_named(environments: dict[bool, Path], unpacked: Path, zipped: Path) -> None:
    whole = zipped.read_bytes()
    with ZipFile(zipped) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    assert len(files) == 22
    for name, content in files.items():
        zipped.write_bytes(whole.replace(content, flipped(content)))
        code, out = run(environments[True], unpacked, zipped)
        assert code == 1, name
        expected = "manifest.json" if name == "manifest.sha256" else name
        assert f"FEJL / ERROR  {expected}: " in out, name


def test_one_changed_byte_of_any_event_names_the_event(bundle: bytes, tmp_path: Path) -> None:
    files, start = files_of(bundle), 0
    for line in files["events.ndjson"].splitlines(keepends=True):
        changed = flipped(files["events.ndjson"], start + line.index(b"occurred_at"))
        report = verify(packed({**files, "events.ndjson": changed}, tmp_path / "changed.zip"))
        position = line.partition(b'"position":')[2].partition(b",")[0].decode()
        assert [where for where, _, _ in report.wrong] == ["events.ndjson", f"event {position}"]
        assert "events.ndjson" not in [where for where, _, _ in report.good]
        start += len(line)


FORGERIES = (
    *("a field", "a time", "a topic", "an event taken out", "an event twice", "events in another order", "an event hidden"),
    *("a leaf", "a node", "a smaller tree", "no signature", "another's key under the name", "another key with the id"),
    *("an opened text", "a text taken out", "a text of no event", "evidence that was exchanged"),
    *("an anchor of another log", "a stamp on something else", "a mail with something else", "an anchor of nobody"),
    *("an anchor that lost its checkpoint", "an anchor without its proof", "a node of the consistency"),
    *("nodes that are cut elsewhere", "a node too many", "a node too few", "a payload of nobody"),
)


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forger_who_mends_the_manifest_is_named_all_the_same(bundle: bytes, tmp_path: Path, what: str) -> None:
    files, named = forgeries(files_of(bundle))[what]
    wrong = [where for where, _, _ in verify(packed(files, tmp_path / "forged.zip")).wrong]
    assert [where for where in wrong if where.startswith(named)], wrong


def test_every_forgery_is_tried(bundle: bytes) -> None:
    assert tuple(forgeries(files_of(bundle))) == FORGERIES


def test_its_consistency_proofs_are_those_of_the_ledger_and_no_other_passes() -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(20)]
    for size2 in range(1, 21):
        second = size2, root(leaves[:size2])
        for size1 in range(1, size2 + 1):
            first, proof = (size1, root(leaves[:size1])), consistency_proof(leaves[:size2], size1)
            lines = b"".join(f"{node.hex()}\n".encode() for node in proof)
            assert begins(first, second, lines), (size1, size2)
            assert not begins((size1, bytes(32)), second, lines)
            assert not begins(first, (size2, bytes(32)), lines)
            assert not begins(first, second, lines + b"00" * 32 + b"\n")
            assert not begins(first, second, lines + b"\n")
            assert not proof or not begins(first, second, lines[:-65])
    assert not begins((0, EMPTY_ROOT), (1, leaves[0]), b"")
    assert not begins((2, root(leaves[:2])), (1, leaves[0]), b"")
    assert not begins((1, leaves[0]), (1 << 5000, leaves[0]), b"")


def test_what_is_no_bundle_is_said_to_be_none(environments: dict[bool, Path], unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    for path in (tmp_path / "x.zip", tmp_path / "none.zip", packed({"a.txt": b"a"}, tmp_path / "other.zip")):
        code, out = run(environments[True], unpacked, path)
        assert code == 1
        assert "FEJL / ERROR" in out
        assert "OK" not in out
    cut = tmp_path / "cut.zip"
    cut.write_bytes((tmp_path / "bundt.zip").read_bytes()[:-400])
    assert run(environments[True], unpacked, cut)[0] == 1


def test_a_bundle_that_was_packed_again_with_compression_still_verifies(bundle: bytes, tmp_path: Path) -> None:
    again = BytesIO()
    with ZipFile(again, "w", 8) as archive:
        for name, content in files_of(bundle).items():
            archive.writestr(name, content)
    (tmp_path / "again.zip").write_bytes(again.getvalue())
    assert verify(tmp_path / "again.zip").wrong == []


def test_without_keys_an_opened_text_is_the_municipalitys_statement(logged: EventStore, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(bundle_of(logged, Wanted("H-2026-0042")))
    report = verify(tmp_path / "b.zip")
    assert report.wrong == []
    assert "texts: 0 proven, 3 by the municipality" in report.good[-1][2]
    assert "text-keys.ndjson" not in files_of((tmp_path / "b.zip").read_bytes())


def test_a_bundle_with_objects_of_the_catalogue_verifies_and_one_changed_byte_of_them_is_named(
    environments: dict[bool, Path], tmp_path: Path
) -> None:
    store = Place(str(tmp_path / "events.db"), tmp_path / "keyring").open()
    a_log_with_a_catalogue(store)
    files = files_of(bundle_of(store, Wanted("H-2026-0044"), with_keys=True))
    store.close()
    (tmp_path / "verify.py").write_bytes(files["verify.py"])
    code, told = run(environments[True], tmp_path, packed(files, tmp_path / "whole.zip"))
    assert code == 0, told
    changed = files["events.ndjson"].replace(b'\\"kind\\":\\"component\\"', b'\\"kind\\":\\"mailbox\\"', 1)
    assert changed != files["events.ndjson"]
    forged = packed(resealed({**files, "events.ndjson": changed}), tmp_path / "forged.zip")
    code, told = run(environments[True], tmp_path, forged)
    assert (code, "event " in told) == (1, True), told
