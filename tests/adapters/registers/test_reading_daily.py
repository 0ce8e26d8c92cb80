"""The daily look runs beside everything else, and the end of the process waits for no register."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from time import monotonic

import pytest

from adapters.main import open_registers_memory
from adapters.settings import read_settings
from adapters.up.registers import run_registers
from tests.support.registers import PASSWORD, RegisterServer, asset, compliance_server
from tests.support.tree import ROOT
from tests.support.waiting import until

PROGRAM = """
import asyncio
from contextlib import AsyncExitStack
from adapters.settings import read_settings
from adapters.up.registers import run_registers

async def run():
    async with AsyncExitStack() as stack:
        run_registers(stack, read_settings())
        await asyncio.sleep(2)

asyncio.run(run())
"""


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with compliance_server() as running:
        running.rows["assets"] = [asset(1, "Omsorg")]
        yield running


def environment(server: RegisterServer, data: Path) -> dict[str, str]:
    address = server.url.replace("http://", f"http://:{PASSWORD}@")
    return {"SPORLOG_COMPLIANCE": address, "SPORLOG_DATA": str(data)}


async def test_a_register_is_read_when_sporlog_starts_and_remembered(server: RegisterServer, tmp_path: Path) -> None:
    settings = read_settings(environment(server, tmp_path))
    async with AsyncExitStack() as stack:
        run_registers(stack, settings)
        await until((tmp_path / "registers.db").exists)
        with closing(open_registers_memory(settings)) as memory:
            await until(lambda: memory.state("os2compliance").read_at is not None)
            assert {one.facts["name"] for one in memory.state("os2compliance").objects} == {"Omsorg", "Leverandør A/S"}
    assert len(server.asked) == 1


async def test_without_a_register_nothing_is_begun(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    async with AsyncExitStack() as stack:
        run_registers(stack, read_settings({}, data=tmp_path))
        assert set(threading.enumerate()) <= before


def test_a_register_that_hangs_does_not_keep_the_process_from_ending(server: RegisterServer, tmp_path: Path) -> None:
    server.hold = threading.Event()
    began = monotonic()
    program = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(program, env=os.environ | environment(server, tmp_path), cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0
    assert len(server.asked) == 1, "it was being asked"
    assert monotonic() - began < 25, "an answer is waited for for 30 seconds"
