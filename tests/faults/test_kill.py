"""`sporlog up` killed with SIGKILL at random moments under load, during its start too."""

import asyncio
import os
import random
from pathlib import Path

from tests.faults.house import MARKS, open_house
from tests.faults.proofs import no_nats_of, prove
from tests.faults.senders import Ledger, Senders

pytestmark = MARKS

KILLS = int(os.environ.get("SPORLOG_KILLS", "5"))
"""The full measure is 50."""


async def test_what_was_acknowledged_is_there_exactly_once_after_any_number_of_kills(tmp_path: Path) -> None:
    ledger, moments = Ledger(), random.Random(f"{KILLS} moments")
    async with open_house(tmp_path / "data") as house:
        senders = Senders(house, ledger)
        async with senders.at_work():
            for _ in range(KILLS):
                if moments.random() < 0.7:
                    await house.ready()
                await asyncio.sleep(moments.uniform(0, 1.5))
                house.kill()
                house.spawn()
            await house.ready()
            await asyncio.sleep(1)
        assert await prove(house, ledger) > 50 * KILLS
        assert len(ledger.noted) > KILLS
        house.kill()
        await no_nats_of(house)
