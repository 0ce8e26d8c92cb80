"""NATS dies, hangs and loses what it held while `sporlog up` runs on: the log takes in, the bus is made whole again."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from adapters.bus.connection import ask
from adapters.bus.streams import BUCKETS, EVENTS, INTAKE, bucket_stream
from tests.faults.house import MARKS, House, open_house
from tests.faults.proofs import prove
from tests.faults.senders import Ledger, Senders

pytestmark = MARKS


async def test_a_nats_server_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        async with Senders(house, ledger).at_work():
            for _ in range(4):
                await asyncio.sleep(0.7)
                before = house.nats_pid
                os.kill(before, signal.SIGKILL)
                await house.nats_again(before)
        await prove(house, ledger)


async def test_while_nats_hangs_webhooks_and_people_are_answered_and_afterwards_the_bus_catches_up(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        async with Senders(house, ledger).at_work():
            await asyncio.sleep(0.5)
            os.kill(house.nats_pid, signal.SIGSTOP)
            await asyncio.sleep(1)
            before, began = len(ledger.noted), time.monotonic()
            await asyncio.sleep(4)
            assert len(ledger.noted) > before + 10
            os.kill(house.nats_pid, signal.SIGCONT)
            assert time.monotonic() - began < 10
        await prove(house, ledger)
    assert ledger.refused == 0


def streams(jetstream: Path, name: str) -> list[Path]:
    return list(jetstream.rglob(f"streams/{name}"))


def wipe(jetstream: Path, *names: str) -> None:
    """Remove streams, as a lost disk would; all of them unless named."""
    folders = [folder for name in names or ("*",) for folder in streams(jetstream, name)]
    assert folders
    for folder in folders:
        shutil.rmtree(folder)


def cut(jetstream: Path, name: str) -> None:
    """Cut the end of a stream off, as a disk that lied about what it wrote would."""
    (folder,) = streams(jetstream, name)
    block = max((folder / "msgs").glob("*.blk"))
    with block.open("r+b") as file:
        file.truncate(int(block.stat().st_size * 0.6))
    (folder / "msgs" / "index.db").unlink(missing_ok=True)


LOSSES: dict[str, Callable[[Path], None]] = {
    "everything": wipe,
    "EVENTS": lambda jetstream: wipe(jetstream, EVENTS),
    "the end of EVENTS": lambda jetstream: cut(jetstream, EVENTS),
    "INTAKE": lambda jetstream: wipe(jetstream, INTAKE),
    "the buckets": lambda jetstream: wipe(jetstream, *map(bucket_stream, BUCKETS)),
}


async def fill(house: House, ledger: Ledger) -> None:
    async with Senders(house, ledger).at_work():
        await asyncio.sleep(0.5)
    await house.caught_up()  # what INTAKE holds is JetStream's alone: it is drained first


async def test_what_a_running_nats_loses_is_there_again(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        for loss, lose in LOSSES.items():
            await fill(house, ledger)
            before = house.nats_pid
            house.kill_nats(lose)
            await house.nats_again(before)
            await fill(house, ledger)
            assert await prove(house, ledger), loss


async def test_what_nats_lost_while_nothing_ran_is_there_again(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        for loss in ("everything", "the end of EVENTS", "the buckets"):
            await fill(house, ledger)
            await house.stop()
            LOSSES[loss](house.data / "nats" / "jetstream")
            await house.start()
            assert await prove(house, ledger), loss
            await fill(house, ledger)
            assert await prove(house, ledger), loss


async def test_streams_deleted_under_a_running_sporlog_are_made_and_filled_again(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        await fill(house, ledger)
        nc = await house.bus()
        for name in (EVENTS, INTAKE, *map(bucket_stream, BUCKETS)):
            await ask(nc, f"STREAM.DELETE.{name}")
        await nc.close()
        await fill(house, ledger)
        await prove(house, ledger)


async def test_alerts_under_numbers_that_intake_lost_and_gave_again_are_taken(tmp_path: Path) -> None:
    ledger = Ledger()

    def forget(jetstream: Path) -> None:
        (folder,) = streams(jetstream, INTAKE)
        shutil.rmtree(folder / "msgs")  # what says that the stream exists, and since when, stays

    async with open_house(tmp_path / "data") as house:
        lasts, created = [], set()
        for _ in range(2):
            nc = await house.bus()
            senders = Senders(house, ledger)
            for _ in range(30):
                await senders.publish(nc)
            info = await ask(nc, f"STREAM.INFO.{INTAKE}")
            lasts.append(info["state"]["last_seq"])
            created.add(info["created"])
            await nc.close()
            await prove(house, ledger)
            before = house.nats_pid
            house.kill_nats(forget)
            await house.nats_again(before)
    assert lasts == [30, 30], "the numbers were not given again: this shows nothing"
    assert len(created) == 1
