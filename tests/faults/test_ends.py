"""How `sporlog up` ends and how it does not begin: in order, within seconds, in one clear line, leaving nothing behind."""

import asyncio
import socket
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.faults.house import ENVIRONMENT, MARKS, SPORLOG, free_port, open_house
from tests.faults.proofs import no_nats_of, prove
from tests.faults.senders import Ledger, Senders
from tests.support.waiting import until

pytestmark = MARKS


async def test_sigterm_under_load_ends_in_order_within_seconds_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        senders = Senders(house, ledger)
        async with senders.at_work(webhooks=6, publishers=4, people=3):
            for _ in range(2):
                before = len(ledger.noted)
                await until(lambda before=before: len(ledger.noted) > before + 5)  # type: ignore[misc]
                assert await house.stop() < 6
                await no_nats_of(house)
                await house.start()
        await prove(house, ledger)
        assert await house.stop() < 3
    assert "Traceback" not in house.log.read_text()
    assert '"level": "error"' not in house.log.read_text()


async def test_sigterm_ends_streams_that_somebody_follows(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data") as house:

        async def follow() -> str:
            async with house.http.stream("GET", "/api/v1/stream", timeout=30) as answer:
                return "".join([text async for text in answer.aiter_text()])

        followers = [asyncio.create_task(follow()) for _ in range(5)]
        await asyncio.sleep(0.5)
        assert await house.stop() < 3
        assert all("heartbeat" in text for text in await asyncio.gather(*followers))


def up(data: Path, http: str) -> tuple[int, str]:
    """Exit code, and everything it said, of a start that cannot succeed."""
    command: list[str | Path] = [SPORLOG, "up", "--data", data, "--http", http]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False, env=ENVIRONMENT
    )
    return done.returncode, done.stdout


def plain(said: str) -> list[str]:
    """What is meant for a person: the log's lines are JSON."""
    return [line for line in said.splitlines() if line and not line.startswith("{")]


async def test_a_second_start_on_the_same_directory_is_refused_in_one_line_and_the_first_runs_on(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data") as house:
        code, said = await asyncio.to_thread(up, house.data, f"127.0.0.1:{free_port()}")
        assert code == 1
        assert len(plain(said)) == 1
        assert "running on" in said
        assert str(house.data) in said
        assert "Traceback" not in said
        await prove(house, Ledger())


def servers_on(data: Path) -> list[int]:
    """Every nats-server that works on this directory."""
    configuration = str(data / "nats" / "nats-server.conf")
    return [p.pid for p in psutil.process_iter(["cmdline"]) if configuration in (p.info["cmdline"] or ())]


@pytest.mark.parametrize("fresh", [True, False], ids=["at the first start", "later"])
async def test_a_taken_http_address_is_refused_in_one_line_and_leaves_no_nats_server(tmp_path: Path, *, fresh: bool) -> None:
    data = tmp_path / "data"
    if not fresh:
        async with open_house(data) as house:
            assert servers_on(data)
            await house.stop()
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        code, said = await asyncio.to_thread(up, data, address)
    assert code == 1
    assert len(plain(said)) == 1
    assert f"{address} is taken" in said
    assert "Traceback" not in said
    assert servers_on(data) == []


async def test_an_address_that_the_machine_does_not_have_is_refused_in_one_line(tmp_path: Path) -> None:
    code, said = await asyncio.to_thread(up, tmp_path / "data", "192.0.2.1:8640")
    assert (code, len(plain(said))) == (1, 1)
    assert "192.0.2.1:8640 cannot be listened on" in said


async def test_a_start_after_a_kill_during_the_start_works(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with open_house(data) as house:
        for tenths in range(10):
            house.kill()
            house.spawn()
            await asyncio.sleep(tenths / 10)
        await house.ready()
        await prove(house, Ledger())
