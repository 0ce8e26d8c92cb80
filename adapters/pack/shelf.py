"""The directory or drive that packs lie on: DIR/2026-11-29T0600/ each, whole under its name or not there at all."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, NamedTuple

from filelock import FileLock, Timeout

from adapters.pack.manifest import Manifest, NoPackError, read_manifest
from adapters.transparency.durable_files import sync_folder
from domain.errors import ConflictError, UnavailableError
from domain.pack import PackProblem, problem_of
from domain.time import local, rfc3339_utc

KEPT = timedelta(days=7)
LATEST = "latest"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{4}(-\d+)?")


class PackBusyError(ConflictError):
    """Another process makes a pack on that drive right now."""

    code: ClassVar[str] = "pack-busy"


class DriveMissingError(UnavailableError):
    """The directory that packs are written to is not there: a drive that is not mounted must not be replaced by a folder."""

    code: ClassVar[str] = "pack-drive-missing"


class Kept(NamedTuple):
    """A whole pack."""

    folder: Path
    manifest: Manifest


class State(NamedTuple):
    """How it stands with the packs at a moment: for doctor, health, page and watch."""

    folder: Path
    newest: Kept | None
    problem: PackProblem | None


def pack_figures(state: State) -> dict[str, Any]:
    """For /healthz, told to anybody: neither the drive's name nor what is in a pack."""
    made_at = state.newest.manifest.made_at if state.newest else None
    return {"made_at": made_at and rfc3339_utc(made_at), "problem": state.problem}


class Shelf:
    """Safe in several processes: making and removing happen under a lock on the drive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def packs(self) -> list[Kept]:
        """Those that are whole, the newest first; none when the drive is not there."""
        found = list[Kept]()
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if _NAME.fullmatch(path.name) and path.is_dir():
                try:
                    found.append(Kept(path, read_manifest(path)))
                except NoPackError:
                    # Somebody took its manifest: it is no pack any more. The state says how old the newest whole one is.
                    continue
        return sorted(found, key=lambda one: (one.manifest.made_at, one.folder.name), reverse=True)

    def named(self, name: str) -> Kept:
        """A pack by its folder's name or path, or the newest as `latest`. Raises `NoPackError`."""
        if name == LATEST:
            if not (packs := self.packs()):
                raise NoPackError(f"there is no whole pack in {self.folder}: make one with sporlog pack")
            return packs[0]
        folder = Path(name) if Path(name).is_absolute() or "/" in name else self.folder / name
        return Kept(folder, read_manifest(folder))

    def state(self, now: datetime) -> State:
        """At `now`, aware."""
        newest = next(iter(self.packs()), None)
        made_at = newest.manifest.made_at if newest else None
        return State(self.folder, newest, problem_of(made_at, now, drive=self.folder.is_dir()))

    @contextmanager
    def making(self, now: datetime) -> Iterator["Draft"]:
        """A draft under the lock; what earlier processes left that were killed is gone. Raises `PackBusyError`, `OSError`."""
        if not self.folder.is_dir():
            raise DriveMissingError(f"{self.folder} is not there: mount the drive, or make the folder on it")
        lock = FileLock(self.folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise PackBusyError(f"another process makes a pack in {self.folder}: wait for it") from None
        try:
            self._clear_litter()
            draft = Draft(self.folder, self._free_name(now))
            try:
                yield draft
            finally:
                shutil.rmtree(draft.path, ignore_errors=True)
        finally:
            lock.release()

    def tidy(self, now: datetime) -> list[str]:
        """Remove packs older than seven days; the newest whole one stays however old it is. Their names."""
        old = [one.folder for one in self.packs()[1:] if now - one.manifest.made_at > KEPT]
        for folder in old:
            # Gone under its name at once, and then byte by byte: killed in between, the next one finds the rest as litter.
            gone = folder.with_name(f".{folder.name}.gone")
            folder.rename(gone)
            shutil.rmtree(gone)
        return [folder.name for folder in old]

    def _clear_litter(self) -> None:
        for path in self.folder.glob(".*"):
            if path.is_dir() and path.suffix in {".part", ".gone"}:
                shutil.rmtree(path)

    def _free_name(self, now: datetime) -> str:
        name = f"{local(now):%Y-%m-%dT%H%M}"
        others = (f"{name}-{number}" for number in range(2, 1000))
        return next(one for one in (name, *others) if not (self.folder / one).exists())


class Draft:
    """A pack that nobody sees yet. Its files are durable when `add` and `open` return, for their owner only."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self._folder = name, folder
        self.path = folder / f".{name}.part"
        self.path.mkdir(mode=0o700)

    def add(self, name: str, content: bytes) -> None:
        """A file, below folders of its own if its name has some."""
        with self.open(name) as file:
            file.write(content)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The same, written bit by bit."""
        path = self.path / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def sync(self) -> None:
        """The names of its files are on disk too."""
        for folder in (*(path for path in self.path.rglob("*") if path.is_dir()), self.path):
            sync_folder(folder)

    def publish(self) -> Path:
        """Give it its name, durable on return: from here on it is a pack."""
        whole = self._folder / self.name
        self.path.rename(whole)
        sync_folder(self._folder)
        return whole
