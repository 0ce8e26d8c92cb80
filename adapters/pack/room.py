"""What packs are made of in this house: from the open store to a `PackRoom`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from adapters import main
from adapters.erasure.erasing_again import keep_beside
from adapters.maps.incidents import open_incidents
from adapters.pack.drawing import Maps, draw
from adapters.pack.making import Copies, Made, PackRoom, Wanted, make_pack
from adapters.pack.shelf import Shelf, State
from adapters.settings import Settings
from domain.errors import UnavailableError
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.pack_contents import Contents, read_contents
from handlers.pack_watch import Standing
from handlers.projector import Projector
from handlers.requests import Origin
from projections.catalogue import landscape

if TYPE_CHECKING:
    from adapters.event_store.application import EventStore

STATE_S = 10.0
"""Seconds that a look at the drive holds: health is asked each second, and a network drive may be slow."""
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

    def draw_all(contents: Contents) -> Maps:
        with catalogue.database.snapshot() as seen, register.database.snapshot() as open_now:
            return draw(contents, landscape(seen), open_incidents(open_now))

    return PackRoom(
        checkpoints=checkpoints,
        evidence=main.make_evidence_room(settings, store).store,
        read=read,
        maps=draw_all,
        copies=Copies(settings.data / WORK, settings.keyring / WORK, partial(_take, settings, store)),
        tell_erasures=partial(keep_beside, store, settings.data),
    )


class HousePacks:
    """The packs of this house: see `handlers.pack_watch.PackKeeper`, and what page, health and doctor show."""

    def __init__(self, room: PackRoom, shelf: Shelf, wanted: Wanted, desk: Desk, hear: Callable[[], None]) -> None:
        self.room, self.shelf, self.wanted, self._desk, self._hear = room, shelf, wanted, desk, hear
        self._seen: tuple[float, State] | None = None

    def state(self, now: datetime) -> State:
        """As the drive shows it, or showed it seconds ago."""
        if self._seen is None or monotonic() - self._seen[0] > STATE_S:
            self._seen = monotonic(), self.shelf.state(now)
        return self._seen[1]

    def standing(self, now: datetime) -> Standing:
        """As the drive shows it now, and what it tells of another house is heard."""
        self._hear()
        self._seen = None
        state = self.state(now)
        return Standing(state.newest.manifest.made_at if state.newest else None, state.problem)

    async def make(self, now: datetime) -> Made:
        """By the house itself."""
        origin = Origin("system:packs", "system", f"pack-{now.isoformat()}", now)
        return await self.make_for(self._desk, origin)

    async def make_for(self, desk: Desk, origin: Origin) -> Made:
        """By somebody at a desk."""
        made = await make_pack(self.room, desk, self.shelf, self.wanted, origin)
        self._seen = None
        return made


def house_packs(
    settings: Settings, store: "EventStore", projectors: Mapping[str, Projector], checkpoints: Checkpoints, desk: Desk
) -> HousePacks | None:
    """None until a drive is configured."""
    shelf = shelf_of(settings)
    if shelf is None:
        return None
    room, hear = pack_room(settings, store, projectors, checkpoints), partial(main.hear_drive, settings, store)
    return HousePacks(room, shelf, wanted_of(settings), desk, hear)


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
