"""`sporlog up` with SPORLOG_PROCESSES=2: what comes by NATS is taken in by a process beside it."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import psutil
import pytest

from adapters.bus.publishing import Outgoing, append
from adapters.up.intake_process import STOP_WITHIN
from tests.faults.house import MARKS, House, alive, open_house
from tests.faults.proofs import no_nats_of, prove
from tests.faults.senders import Ledger, Senders, alert, event_id
from tests.support.waiting import until

pytestmark = MARKS


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data", SPORLOG_PROCESSES="2") as running:
        yield running


def intake_pid(house: House) -> int:
    """Of the process beside it; 0 while there is none."""
    children = psutil.Process(house.pid).children() if house.running else []
    return next((child.pid for child in children if "adapters.up.intake_main" in child.cmdline()), 0)


async def beside(house: House) -> int:
    await until(lambda: intake_pid(house) != 0)
    return intake_pid(house)


async def test_whichever_of_the_two_is_killed_under_load_nothing_is_lost_or_doubled(house: House) -> None:
    ledger, moments, killed = Ledger(), random.Random("two processes"), set[int]()
    async with Senders(house, ledger).at_work(publishers=4):
        for whole in (False, True, False):
            await house.ready()
            killed.add(pid := await beside(house))
            await asyncio.sleep(moments.uniform(1, 3))
            if whole:
                house.kill()
                house.spawn()
            else:
                os.kill(pid, signal.SIGKILL)
        await house.ready()
        await asyncio.sleep(1)
    assert await prove(house, ledger) > 100
    assert len(ledger.acknowledged) > 100
    assert len(killed) == 3, "each was begun anew"
    assert "the process for intake ended by itself with status -9" in house.log.read_text()
    assert "Traceback" not in house.log.read_text()
    await until(lambda: not any(map(alive, killed)))


@pytest.mark.parametrize("order", [True, False], ids=["in order", "killed"])
async def test_it_ends_with_its_parent(house: House, *, order: bool) -> None:
    pid = await beside(house)
    await house.caught_up()
    if order:
        assert await house.stop() < 6
        assert not alive(pid)
        assert '"level": "error"' not in house.log.read_text()
        assert "Fatal" not in house.log.read_text()
    else:
        house.kill()
        await until(lambda: not alive(pid), STOP_WITHIN - 3)  # in order: held up, it would end itself at last
    await no_nats_of(house)
    assert "Traceback" not in house.log.read_text()


async def test_while_it_stands_still_people_are_answered_and_what_waits_is_told(house: House) -> None:
    ledger, pid = Ledger(), await beside(house)
    await house.caught_up()
    nc = await house.bus()
    os.kill(pid, signal.SIGSTOP)
    numbers = [f"waits {number}" for number in range(700)]
    await append(nc, [Outgoing("intake.wazuh", {}, orjson.dumps(alert(number))) for number in numbers])
    ledger.acknowledged.update(map(event_id, numbers))

    async def told() -> bool:
        return bool((await house.health())["intake_pending"] == 700)

    await until(told)
    answer = await house.http.post("/api/v1/incidents", json={"title": "Nogen ringer imens"})
    assert answer.status_code == 201
    ledger.reported[answer.headers["X-Correlation-ID"]] = answer.headers["Location"].rpartition("/")[2]
    os.kill(pid, signal.SIGCONT)
    await append(nc, [Outgoing("intake.wazuh", {}, b"this is none")])
    await nc.close()
    await prove(house, ledger)

    async def put_aside() -> bool:
        found = await house.health()
        return (found["dead_letters"], found["intake_pending"]) == (1, 0)

    await until(put_aside)
