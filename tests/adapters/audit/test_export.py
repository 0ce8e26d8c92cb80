"""A bundle on disk and its record in the log: neither without the other, whatever is killed, full or in the way."""

import signal
import stat
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from adapters.audit.export import BundleExistsError, Given, export_bundle
from adapters.bundle.contents import StoreDiffersError
from adapters.bundle.verify import verify
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.audit.events import AUDIT, BundleExported
from domain.errors import InvalidInputError, UnavailableError
from handlers.exporting import Wanted
from handlers.unit_of_work import Committer
from tests.support.bundles import ORIGIN, a_log, anchors_of, desk_of, evidence_of, signed_tree
from tests.support.logs import incident_id
from tests.support.tree import ROOT

ONE = Wanted("H-2026-0042")
GIVEN = Given("Styrelsen for Samfundssikkerhed", "NIS 2-loven § 21", with_keys=True)


class Away(DirectCommitter):
    """The store is locked when the export is to be recorded."""

    async def submit(self, work: Any, *, bulk: bool = False) -> Any:  # noqa: ANN401, ARG002 - the committer's signature
        raise UnavailableError("the store is locked")


@pytest.fixture
def logged(store: EventStore) -> EventStore:
    a_log(store)
    return store


async def export(store: EventStore, to: Path, given: Given = GIVEN, committer: Committer | None = None) -> int:
    desk = desk_of(store) if committer is None else replace(desk_of(store), committer=committer)
    tree, evidence, anchors = signed_tree(store), evidence_of(store), anchors_of(store)
    done = await export_bundle(desk, tree, evidence, ONE, given, anchors=anchors, to=to, origin=ORIGIN)
    assert done.path == to
    return done.recorded


def left(folder: Path) -> list[str]:
    """Bundles and drafts."""
    return [path.name for path in folder.iterdir() if "b.zip" in path.name]


def exports(store: EventStore) -> list[BundleExported]:
    return [one.event for one in store.read_stream(AUDIT) if isinstance(one.event, BundleExported)]


async def test_the_record_tells_for_whom_on_which_basis_and_which_bytes(logged: EventStore, tmp_path: Path) -> None:
    position = await export(logged, tmp_path / "b.zip")
    content = (tmp_path / "b.zip").read_bytes()
    (recorded,) = logged.read_stream(AUDIT)
    (event,) = exports(logged)
    assert (recorded.position, recorded.event.meta.actor, recorded.event.meta.os_user) == (position, "os:karen", "karen")
    assert (event.of, event.incident, event.position, event.events) == ("incident", incident_id(1), 10, 5)
    assert (event.zip_bytes, event.zip_sha256) == (len(content), sha256(content).hexdigest())
    assert (event.recipient, event.legal_basis, event.with_keys) == (GIVEN.recipient, GIVEN.legal_basis, True)
    assert b"Samfundssikkerhed" not in logged.rows(position - 1, 1)[0].state
    assert verify(tmp_path / "b.zip").wrong == []
    assert left(tmp_path) == ["b.zip"]


async def test_only_its_owner_may_read_it(logged: EventStore, tmp_path: Path) -> None:
    await export(logged, tmp_path / "b.zip")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600


async def test_a_file_that_is_there_is_left_alone(logged: EventStore, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"somebody's")
    with pytest.raises(BundleExistsError, match=r"b\.zip is there already"):
        await export(logged, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"somebody's"
    assert exports(logged) == []


async def test_two_exports_to_one_name_do_not_mix(logged: EventStore, tmp_path: Path) -> None:
    (tmp_path / ".b.zip.part").write_bytes(b"the other's")
    with pytest.raises(BundleExistsError, match=r"\.b\.zip\.part belongs to an export that runs, or was killed"):
        await export(logged, tmp_path / "b.zip")
    assert (tmp_path / ".b.zip.part").read_bytes() == b"the other's"
    assert not (tmp_path / "b.zip").exists()


async def test_what_cannot_be_recorded_does_not_leave(logged: EventStore, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        await export(logged, tmp_path / "b.zip", committer=Away(logged))
    assert left(tmp_path) == []


async def test_what_cannot_be_proven_leaves_nothing_behind(logged: EventStore, tmp_path: Path) -> None:
    tree, evidence, anchors = signed_tree(logged)._replace(root=bytes(32)), evidence_of(logged), anchors_of(logged)
    with pytest.raises(StoreDiffersError):
        await export_bundle(desk_of(logged), tree, evidence, ONE, GIVEN, anchors=anchors, to=tmp_path / "b.zip", origin=ORIGIN)
    assert left(tmp_path) == []
    assert exports(logged) == []


async def test_a_recipient_that_is_too_long_is_named_and_nothing_is_written(logged: EventStore, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="recipient"):
        await export(logged, tmp_path / "b.zip", Given("x" * 301))
    assert left(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
async def test_a_full_disk_is_told_and_nothing_is_recorded(logged: EventStore, tmp_path: Path) -> None:
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    )
    told = _exported_by_another_process(logged, tmp_path, limited, "")
    assert told.returncode == 1
    assert b"File too large" in told.stderr
    assert left(tmp_path) == []
    assert exports(logged) == []


async def test_killed_before_it_is_recorded_there_is_no_bundle(logged: EventStore, tmp_path: Path) -> None:
    killed = "export.record_export = lambda uow, exported: os.kill(os.getpid(), signal.SIGKILL);"
    assert _exported_by_another_process(logged, tmp_path, "", killed).returncode == -signal.SIGKILL
    assert left(tmp_path) == [".b.zip.part"]
    assert exports(logged) == []


async def test_killed_after_it_was_recorded_the_record_tells_more_than_left(logged: EventStore, tmp_path: Path) -> None:
    killed = "export._name = lambda draft, to: os.kill(os.getpid(), signal.SIGKILL);"
    assert _exported_by_another_process(logged, tmp_path, "", killed).returncode == -signal.SIGKILL
    assert left(tmp_path) == [".b.zip.part"]
    (event,) = exports(logged)
    assert event.zip_sha256 == sha256((tmp_path / ".b.zip.part").read_bytes()).hexdigest()


def _exported_by_another_process(
    store: EventStore, folder: Path, before: str, change: str
) -> subprocess.CompletedProcess[bytes]:
    database = str(folder / "events.db") if (folder / "events.db").exists() else store.database._url  # type: ignore[attr-defined]
    program = (
        f"{before} import asyncio, os, signal; from pathlib import Path; from adapters.audit import export as export;"
        "from tests.support.bundles import ORIGIN, anchors_of, desk_of, evidence_of, signed_tree;"
        "from tests.support.stores import Place;"
        f"from handlers.exporting import Wanted; {change}"
        f"store = Place({database!r}, Path({str(folder / 'keyring')!r})).open();"
        "asyncio.run(export.export_bundle(desk_of(store), signed_tree(store), evidence_of(store),"
        " Wanted('H-2026-0042'), export.Given(),"
        f" anchors=anchors_of(store), to=Path({str(folder / 'b.zip')!r}), origin=ORIGIN))"
    )
    return subprocess.run([sys.executable, "-c", program.strip()], cwd=ROOT, capture_output=True, check=False)
