"""What packs are made of in this house: from the open store to a `PackRoom`."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from adapters import main
from adapters.pack.making import Copies, PackRoom, Wanted
from adapters.pack.shelf import Shelf
from adapters.settings import Settings
from domain.errors import UnavailableError
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.pack_contents import Contents, read_contents
from handlers.projector import Projector

if TYPE_CHECKING:
    from adapters.event_store.application import EventStore

WORK = "pack-work"
"""Beside the store, and beside the keyring: half a backup each, while it is being sealed."""


def pack_room(
    settings: Settings, store: "EventStore", projectors: Mapping[str, Projector], checkpoints: Checkpoints
) -> PackRoom:
    """Over what this process has open."""
    register, catalogue = projectors["register"], projectors["catalogue"]

    def read(desk: Desk, now: datetime) -> Contents:
        for projector in (register, catalogue):
            projector.catch_up()
        return read_contents(
            desk, register_tables=register.database.snapshot, catalogue_tables=catalogue.database.snapshot, now=now
        )

    return PackRoom(
        checkpoints=checkpoints,
        evidence=main.make_evidence_room(settings, store).store,
        read=read,
        maps=lambda _: (),
        copies=Copies(settings.data / WORK, settings.keyring / WORK, partial(_take, settings, store)),
    )


def shelf_of(settings: Settings) -> Shelf | None:
    """Where packs go; None until a drive is configured."""
    return Shelf(settings.pack.folder) if settings.pack.folder is not None else None


def wanted_of(settings: Settings) -> Wanted:
    """Who can open them, as configured."""
    return Wanted(settings.pack.recipients, settings.pack.encrypt)


def _take(settings: Settings, store: "EventStore", to: Path, keyring_to: Path, contents: Contents) -> None:
    from adapters.backup.making import take_backup  # noqa: PLC0415 - a pack without recipients needs none

    try:
        take_backup(
            store.database,
            url=settings.database,
            keyring=settings.keyring,
            evidence=settings.data / main.EVIDENCE,
            to=to,
            keyring_to=keyring_to,
            now=contents.as_of,
            only_evidence_of=frozenset(plan.id for plan in contents.plans),
            read_through=False,
        )
    except OSError as error:
        raise UnavailableError(f"the pack's backup could not be written beside the store: {error}") from error
