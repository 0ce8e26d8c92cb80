"""What the web gets of the parts."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, closing
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from prometheus_client import CollectorRegistry

from adapters import main
from adapters.bus.session import BusSession
from adapters.data_directory import PAGE_USER, token
from adapters.figures import Figures
from adapters.intake_formats.reading import limit_of
from adapters.pack.shelf import pack_figures
from adapters.settings import Settings, read_settings
from adapters.up.core import Core, make_bus, open_core
from adapters.web.app import make_app
from adapters.web.parts import Health, WebParts
from domain.errors import UnavailableError
from handlers.landscapes import Landscapes
from handlers.registers import RegisterState
from handlers.requests import Origin
from handlers.sending import STUCK_AFTER
from handlers.ways_in import WayState


def make_figures(core: Core, bus: BusSession, ways: Callable[[], Sequence[WayState]]) -> Figures:
    """What health, metrics and page tell of how the parts do."""

    def stuck() -> int:
        return sum(found.messages for found in core.outbox.unsent(main.utc_now() - STUCK_AFTER))

    def pack() -> dict[str, Any] | None:
        return None if core.packs is None else pack_figures(core.packs.state(main.utc_now()))

    return Figures(core.store, bus, core.projectors, stuck, ways, core.checkpoints.tables, main.utc_now, pack)


def make_web(core: Core, figures: Figures) -> WebParts:
    """The parts of the web over what this process has open."""
    projectors, metrics = core.projectors, CollectorRegistry()
    figures.register(metrics)

    def health() -> Health:
        try:
            return Health(ready=True, details=figures.snapshot())
        except UnavailableError as error:
            return Health(ready=False, details={"reason": str(error)})

    async def shown(position: int) -> bool:
        # The page shows what its reader just did, whether or not NATS is there: the tables are caught up from the store.
        showing = (projectors[name] for name in ("register", "deadlines", "casework", "signals", "catalogue", "reporting"))
        for projector in [one for one in showing if one.position() < position]:
            await asyncio.to_thread(projector.catch_up)
        return True

    return WebParts(
        desk=core.desk,
        register=projectors["register"].database.snapshot,
        deadlines=projectors["deadlines"].database.snapshot,
        casework=projectors["casework"].database.snapshot,
        signals=projectors["signals"].database.snapshot,
        reporting=projectors["reporting"].database.snapshot,
        catalogue=projectors["catalogue"].database.snapshot,
        landscape=Landscapes(projectors["catalogue"].database.snapshot).now,
        past=main.past_tables(projectors, core.store).open,
        door=core.door,
        ledger=core.checkpoints,
        health=health,
        metrics=metrics,
        token=token(core.settings.data),
        origin=lambda channel, correlation_id: Origin(PAGE_USER, channel, correlation_id, main.utc_now()),
        clock=main.utc_now,
        commits=core.commits,
        wait_for=shown,
        version=version("sporlog"),
        backlog=figures.backlog,
        access_log=core.access_log,
        intake_limit=lambda source: limit_of(core.store.intake_setup(), source),
        evidence=main.make_evidence_room(core.settings, core.store),
        anchors=main.anchor_folder(core.settings),
        packs=core.packs,
        read_only=core.store.read_only,
        registers=partial(_registers, core.settings),
    )


def _registers(settings: Settings) -> Sequence[RegisterState]:
    registers = main.make_registers(settings)
    if not registers:
        return ()
    # Opened anew for each look: it is seldom, and another process may write it.
    with closing(main.open_registers_memory(settings)) as memory:
        return [memory.state(one.name) for one in registers]


async def openapi_document() -> dict[str, Any]:
    """The HTTP API's description, as `/openapi.json` serves it, of an application that nobody talks to."""
    with TemporaryDirectory() as nowhere:
        async with AsyncExitStack() as stack:
            core = await open_core(stack, read_settings({}, data=Path(nowhere)), demo=False)
            return make_app(make_web(core, make_figures(core, make_bus(core, (), "", None), list))).openapi()
