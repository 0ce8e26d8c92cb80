"""Files and folders that people ask for: they appear under their name whole or not at all, and never in another's place."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar

from adapters.transparency.durable_files import sync_folder
from domain.errors import ConflictError


class FileExistsAlreadyError(ConflictError):
    """Something has that name. Nothing was written."""

    code: ClassVar[str] = "file-exists"


@contextmanager
def new_file(to: Path) -> Iterator[BinaryIO]:
    """Write to a hidden draft that gets the name when the block ends, its bytes durable; if that fails, nothing is left.

    Killed, it leaves the draft at most. Raises `FileExistsAlreadyError`, `OSError`.
    """
    draft = _free(to)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(to)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(to.parent)


def new_folder(to: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """The same of a folder with these files. Raises `FileExistsAlreadyError`, `OSError`."""
    draft = _free(to)
    draft.mkdir(mode=0o700)
    begun = list[Path]()
    try:
        for name, content in files:
            begun.append(draft / name)
            with begun[-1].open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        sync_folder(draft)
        draft.rename(to)
    except BaseException:
        for path in begun:
            path.unlink(missing_ok=True)
        draft.rmdir()
        raise
    sync_folder(to.parent)


def _free(to: Path) -> Path:
    draft = to.with_name(f".{to.name}.part")
    if to.exists():
        raise FileExistsAlreadyError(f"{to} is there already: choose another name, or move it away")
    if draft.exists():
        raise FileExistsAlreadyError(f"{draft} belongs to a command that runs, or was killed: then delete it")
    return draft
