"""A full disk under nats-server: the store goes on, nobody gets a false acknowledgement, and it comes back by itself."""

import asyncio
from pathlib import Path

from tests.faults.disks import SmallDisk, small_disk
from tests.faults.house import MARKS, open_house
from tests.faults.proofs import prove
from tests.faults.senders import Ledger, Senders
from tests.support.waiting import until

pytestmark = MARKS
__all__ = ["small_disk"]


async def test_a_full_disk_under_nats_stops_acknowledgements_only_until_there_is_space(
    small_disk: SmallDisk, tmp_path: Path
) -> None:
    ledger = Ledger()
    data = tmp_path / "data"
    data.mkdir()
    (data / "nats").symlink_to(small_disk.place)
    async with open_house(data, SPORLOG_INTAKE_MAX_BYTES="8388608") as house:
        first = house.nats_pid

        def by_nats() -> int:
            return sum(times for number, times in ledger.acknowledged.items() if "/n" in number)

        async with Senders(house, ledger).at_work():
            await until(lambda: by_nats() > 10)
            small_disk.fill(first)
            if small_disk.real:
                await until(lambda: sum(ledger.unanswered.values()) > 3, 30)
                before, noted = by_nats(), len(ledger.noted)
                await asyncio.sleep(2)
                assert by_nats() == before, "the disk was not full: this shows nothing"
                assert len(ledger.noted) > noted + 5
            else:
                await house.nats_again(first)
            small_disk.free(first)
            before = by_nats()
            await until(lambda: by_nats() > before + 10, 30)
        assert house.nats_pid != first
        await prove(house, ledger)
    assert ledger.refused == 0
