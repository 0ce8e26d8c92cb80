"""The evidence in a backup: copied as it lies, sealed, and read through with the backup's own keyring before it counts."""

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import UUID

from adapters.event_store.application import EventStore
from adapters.main import EVIDENCE, open_evidence
from handlers.evidence_check import named, verify


def copy_evidence(source: Path, to: Path, only: Collection[UUID] | None = None) -> list[str]:
    """Copy what lies in `source` (a data directory's `evidence`) below `to`; the files' names there. `only` is of these ids.

    Called after the log was copied: a file is on disk before the event that names it, so each event of the copy finds its own.
    What is deleted meanwhile is left out, and then told as lost.
    """
    copied, wanted = [], {one.hex for one in only or ()}
    for path in sorted(source.glob("*/*/*")):
        name = Path(EVIDENCE, *path.parts[-3:]).as_posix()
        if only is not None and path.parts[-3] not in wanted:
            continue
        try:
            copy_durably(path, to / name)
        except FileNotFoundError:
            continue
        copied.append(name)
    return copied


def copy_all(names: Iterable[str], source: Path, to: Path) -> None:
    """Copy these files from one backup or data directory to another."""
    for name in names:
        copy_durably(source / name, to / name)


def copy_durably(path: Path, to: Path) -> None:
    """The copy is on disk on return, for its owner only."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(path, to)
    to.chmod(0o600)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


def examine_evidence(store: EventStore, folder: Path) -> tuple[int, tuple[str, ...]]:
    """How many contents that the log names are whole, and which are lost; what was erased with its key is neither."""
    evidence = open_evidence(folder, store.keyring)
    found = list(verify(evidence, list(named(store).items()), lambda _: None))
    lost = tuple(f"{one.incident}/{one.sha256}" for one in found if one.condition in {"missing", "damaged"})
    return sum(one.condition == "whole" for one in found), lost
