"""`sporlog up` and `sporlog run`: from settings to a running process, and what it prints."""

import asyncio
import sys
from collections.abc import Collection, Coroutine
from functools import partial

import structlog

from adapters import main
from adapters.banner import Place, banner, first_steps
from adapters.bus.connection import connect
from adapters.bus.publishing import Outgoing, append
from adapters.data_directory import held
from adapters.demo.history import StoryClock, tell_history
from adapters.demo.invitation import FOR_REAL, things_to_try
from adapters.demo.large import INCIDENTS
from adapters.demo.live import live
from adapters.logging import StandardError, configure
from adapters.setting_error import SettingError
from adapters.settings import Settings
from adapters.up.log_file import begin_logging, log_file
from adapters.up.running import PARTS, Running, run

log = structlog.get_logger(__name__)

LONG_STORY = 1000
"""Steps from which people are told how far it is."""


def start(settings: Settings, *, demo: bool, large: bool = False) -> None:
    """`sporlog up`: run everything until stopped. A demo's story is told first, on a clock of its own."""
    begin_logging(settings)
    _run(_up_and_tell(settings, demo=demo, generated=INCIDENTS if large else 0))


def start_parts(settings: Settings, parts: Collection[str]) -> None:
    """`sporlog run PART ...`: they share a NATS and a store with other processes. Raises `SettingError`."""
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        raise SettingError(
            f"der er ingen del {', '.join(unknown)}: brug {', '.join(PARTS)}",
            f"there is no part {', '.join(unknown)}: use {', '.join(PARTS)}",
        )
    if settings.nats is None:
        raise SettingError(
            "enkelte dele skal have et NATS, som de alle kan nå: angiv --nats URL eller SPORLOG_NATS",
            "single parts need a NATS that all of them reach: give --nats URL or SPORLOG_NATS",
        )
    configure(settings.log_level, StandardError())

    async def ready(running: Running) -> None:
        log.info("ready", parts=sorted(parts), http=running.http_url)

    _run(run(settings, parts, ready))


async def _up_and_tell(settings: Settings, *, demo: bool, generated: int) -> None:
    async def ready(running: Running) -> None:
        store, http = running.store, running.http_url
        things = (
            things_to_try(store, http, running.token, settings.data)
            if demo
            else first_steps(http, running.token, settings.data)
        )
        places = [
            Place("Side / Page", f"{http}/?token={running.token}"),
            Place("API, token", f"{http}/docs  {running.token}"),
            Place("NATS", running.nats_url),
            Place("Data", str(settings.data)),
            Place("Nøgler / Keys", f"{settings.keyring} (sikkerhedskopiér for sig / back up apart)"),
            Place("Log", str(log_file(settings) or "stderr")),
        ]
        ended = [*things, FOR_REAL] if demo else things
        municipality = store.entity if demo else None
        print(banner(places, ended, resumed_at=running.resumed_at, demo=municipality), flush=True)  # noqa: T201
        if demo:
            await live(partial(_publish, settings.nats or running.nats_url), store)

    with held(settings.data):
        if demo:
            clock = StoryClock(main.utc_now())
            # What a power cut takes of the story is told again by the next start; a sync for each step took most of the time.
            with main.open_office(settings, clock, synchronous="NORMAL") as office:
                room = main.make_evidence_room(settings, office.store)
                now, desk, door = main.utc_now(), office.desk, office.door
                await tell_history(office.store, desk, door, room, clock, now, generated=generated, progress=_tell_progress)
                # However long the history is, the page is complete at the first look.
                with main.open_projectors(settings, office.store) as projectors:
                    for projector in projectors.values():
                        projector.catch_up()
        beside = settings.processes > 1 and not demo  # single parts take no demo's store
        parts = [part for part in PARTS if part != "intake" or not beside]
        await run(settings, parts, ready, demo=demo, beside=beside)


def _tell_progress(done: int, of: int) -> None:
    # A story of minutes is told with its tenths; one of a second or two says nothing.
    tenth = of // 10
    if of >= LONG_STORY and done % tenth == 0:
        print(f"Fortæller / Telling: {done // tenth * 10} %", file=sys.stderr, flush=True)  # noqa: T201 - for people


async def _publish(url: str, source: str, body: bytes) -> None:
    # As a tool would: acknowledged by JetStream, so it is kept from here on.
    nc = await connect(url, "sporlog-demo")
    try:
        await append(nc, [Outgoing(f"intake.{source}", {}, body)])
    finally:
        await nc.close()


def _run(whole: Coroutine[None, None, None]) -> None:
    if sys.platform == "win32":
        asyncio.run(whole)
        return
    import uvloop  # noqa: PLC0415 - does not exist on Windows

    uvloop.run(whole)
