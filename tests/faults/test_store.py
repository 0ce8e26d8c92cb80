"""The store locked by others, shared with the command line, and on a full disk: no promise is broken, and it comes back."""

import asyncio
import json
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disks import SmallDisk, small_disk
from tests.faults.house import ENVIRONMENT, MARKS, SPORLOG, House, open_house
from tests.faults.proofs import prove
from tests.faults.senders import Ledger, Senders
from tests.support.waiting import until

pytestmark = MARKS
__all__ = ["small_disk"]


@asynccontextmanager
async def answering(house: House, *paths: str) -> AsyncIterator[None]:
    """All the while, reading is answered, and soon."""

    async def read() -> None:
        while True:
            for path in paths:
                began = time.monotonic()
                answer = await house.http.get(path)
                assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
                assert time.monotonic() - began < 2, path
            await asyncio.sleep(0.1)

    reader = asyncio.create_task(read())
    try:
        yield
        assert not reader.done(), reader.exception()
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


READING = ("/", "/api/v1/incidents", "/api/v1/deadlines", "/healthz")


@pytest.mark.parametrize("locked", ["events.db", "keyring/keyring.db", "read/register.db"])
async def test_a_database_that_another_process_locks_costs_time_and_nothing_else(tmp_path: Path, locked: str) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        async with Senders(house, ledger).at_work():
            await until(lambda: len(ledger.noted) > 3)
            other = sqlite3.connect(house.data / locked, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            async with answering(house, *READING):
                await asyncio.sleep(8)
                if not locked.startswith("read/"):
                    await until(lambda: ledger.refused > 0)
            other.close()
            before = len(ledger.noted)
            await until(lambda: len(ledger.noted) > before + 3, 10)
        await prove(house, ledger)


def report_by_hand(house: House, title: str) -> dict[str, Any]:
    """What somebody at the command line does, in a process of its own."""
    command: list[str | Path] = [
        SPORLOG,
        "incident",
        "report",
        "--title",
        title,
        "--severity",
        "high",
        "--data",
        house.data,
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


async def test_the_command_line_gets_in_while_everything_else_writes(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        async with Senders(house, ledger, pause=0).at_work():
            made = [await asyncio.to_thread(report_by_hand, house, f"Set i serverrummet ({n})") for n in range(3)]
            await house.http.get("/api/v1/incidents")
        await prove(house, ledger)
        shown = {one["ref"]: one for one in (await house.http.get("/api/v1/incidents")).json()}
        titles = [shown[one["ref"]]["title"] for one in made]
    assert titles == [f"Set i serverrummet ({n})" for n in range(3)]


@pytest.mark.parametrize("shared", [False, True], ids=["the store's alone", "the one that NATS is on too"])
async def test_a_full_disk_loses_nothing_and_everything_comes_back_by_itself(
    small_disk: SmallDisk, tmp_path: Path, *, shared: bool
) -> None:
    ledger = Ledger()
    if not shared:
        (tmp_path / "nats").mkdir()
        (small_disk.place / "nats").symlink_to(tmp_path / "nats")
    async with open_house(small_disk.place, SPORLOG_INTAKE_MAX_BYTES="8388608") as house:
        async with Senders(house, ledger).at_work():
            await until(lambda: len(ledger.noted) > 3)
            small_disk.fill(house.pid)
            await until(lambda: ledger.refused > 10, 30)
            async with answering(house, *READING):
                await asyncio.sleep(2)
            small_disk.free(house.pid)
            before = len(ledger.noted)
            await until(lambda: len(ledger.noted) > before + 3, 20)
        await prove(house, ledger)
