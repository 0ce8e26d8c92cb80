"""Looks into a folder of lists: when files came, how long they are, who may read them, and the newest one's hash.

The newest file is read from first to last byte for its hash and its lines; nothing that stands in it is kept. Links are not
followed: a list that lies elsewhere is not where the municipality says it is.
"""

import asyncio
import fnmatch
import hashlib
import os
import stat
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from domain.emergency_lists.errors import NoSuchFileError
from domain.emergency_lists.seen import Seen, SeenFile, Trouble

if sys.platform != "win32":
    import grp
    import pwd

LISTS_S = 900.0
"""How often the lists are looked at: a folder that is gone is known within a quarter of an hour."""
CHUNK = 1 << 20
PATIENCE_S = 120.0
"""So long a drive may take for a look, the newest file's reading in it."""
_ACCESS_LIST = "system.posix_acl_access"


class Content(NamedTuple):
    """What was read of a file: its hash (hex) and its lines."""

    sha256: str
    lines: int


class DriveFolders:
    """See `handlers.emergency_lists.Folders`. A look is a thread of its own: one on a drive that hangs cannot be ended."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._running: set[tuple[str, str]] = set()

    async def look(self, folder: str, pattern: str) -> Seen:
        """What lies there. While an earlier look still hangs, no second one is sent after it."""
        which = folder, pattern
        if which in self._running:
            return Seen(trouble=Trouble.HANGS)
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Seen] = loop.create_future()

        def tell(seen: Seen) -> None:
            if not found.done():
                found.set_result(seen)

        def run() -> None:
            try:
                seen = look(Path(folder), pattern)
            except OSError as error:
                seen = Seen(trouble=_trouble(error))
            except (ValueError, OverflowError):
                seen = Seen(trouble=Trouble.FAILED)  # a damaged drive that tells times which there are not
            finally:
                self._running.discard(which)
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, seen)

        # A daemon: the process can end though a drive never answers.
        self._running.add(which)
        threading.Thread(target=run, name=f"list {folder}", daemon=True).start()
        try:
            return await asyncio.wait_for(found, self._patience_s)
        except TimeoutError:
            return Seen(trouble=Trouble.HANGS)


def look(folder: Path, pattern: str) -> Seen:
    """What lies there now, the newest whole file read. Raises `OSError` for a folder that cannot be read."""
    named = list(_matching(folder, pattern))
    named.sort(key=lambda pair: (pair[1].st_mtime_ns, pair[0]), reverse=True)
    content: Content | None = None
    # One that is being written is no list yet: what counts is the newest whole one.
    while named and (content := read(folder / named[0][0], named[0][1])) is None:
        del named[0]
    return Seen(
        files=tuple(_file(name, seen) for name, seen in named),
        lines=content.lines if content else 0,
        sha256=content and content.sha256,
        folder_mode=stat.S_IMODE(folder.stat().st_mode) if os.name == "posix" else None,
        access_checked=os.name == "posix" and not any(_has_access_list(folder / name) for name, _ in named),
    )


def chosen(folder: Path, pattern: str, name: str | None) -> tuple[SeenFile, Content]:
    """The file of that name, or the newest whole one, read now. Raises `NoSuchFileError`, `OSError`."""
    found = sorted(_matching(folder, pattern), key=lambda pair: (pair[1].st_mtime_ns, pair[0]), reverse=True)
    for here, seen in found:
        if name in {None, here} and (content := read(folder / here, seen)) is not None:
            return _file(here, seen), content
    msg = f"{folder}: no whole file {name or pattern} lies there: look in the folder, or say that the copy is elsewhere"
    raise NoSuchFileError(msg)


def read(path: Path, seen: os.stat_result) -> Content | None:
    """Read it whole; None when it is being written or replaced meanwhile, or went away. Raises `OSError`."""
    # Neither a link nor a pipe that was put in its place since is opened, nor waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        return None
    digest, lines, length, last = hashlib.sha256(), 0, 0, b"\n"
    with os.fdopen(handle, "rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            length, lines, last = length + len(piece), lines + piece.count(b"\n"), piece[-1:]
        after = os.fstat(file.fileno())
    if (after.st_size, after.st_mtime_ns, length) != (seen.st_size, seen.st_mtime_ns, seen.st_size):
        return None
    return Content(digest.hexdigest(), lines + (last != b"\n"))


def _matching(folder: Path, pattern: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if fnmatch.fnmatchcase(entry.name, pattern):
                try:
                    seen = Path(entry.path).lstat()
                except FileNotFoundError:
                    continue  # deleted between the listing and the look, as old ones are
                if stat.S_ISREG(seen.st_mode):
                    yield entry.name, seen


def _file(name: str, seen: os.stat_result) -> SeenFile:
    written_at = datetime.fromtimestamp(seen.st_mtime_ns // 1000 / 1_000_000, UTC)
    if sys.platform == "win32":
        return SeenFile(name, written_at, seen.st_size)
    return SeenFile(name, written_at, seen.st_size, _user(seen.st_uid), _group(seen.st_gid), stat.S_IMODE(seen.st_mode))


def _has_access_list(path: Path) -> bool:
    if sys.platform != "linux":
        return False
    try:
        return _ACCESS_LIST in os.listxattr(path, follow_symlinks=False)
    except OSError:
        return False  # a drive that knows no such lists, or a file that went away


if sys.platform != "win32":

    def _user(uid: int) -> str:
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)

    def _group(gid: int) -> str:
        try:
            return grp.getgrgid(gid).gr_name
        except KeyError:
            return str(gid)


def _trouble(error: OSError) -> Trouble:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Trouble.MISSING
    return Trouble.DENIED if isinstance(error, PermissionError) else Trouble.FAILED
