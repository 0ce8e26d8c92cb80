"""An alert storm: every alert is counted once, the severe one does not stand in line, and people are answered meanwhile."""

from pathlib import Path

import orjson

from adapters import main
from adapters.bus.publishing import Outgoing, append
from adapters.settings import read_settings
from domain.incident.events import Reported
from domain.signals import SignalsReceived
from tests.faults.house import MARKS, House, open_house
from tests.faults.proofs import prove
from tests.faults.senders import Ledger, alert, event_id
from tests.support.intake import whole_log

pytestmark = MARKS
STORM, PART = 20_000, 1_000


async def flood(house: House, ledger: Ledger) -> None:
    """As fast as a bus takes it, from two hundred machines."""
    nc = await house.bus()
    try:
        for start in range(0, STORM, PART):
            numbers = [f"storm {n}" for n in range(start, start + PART)]
            lows = [orjson.dumps(alert(number, level=5, component=f"host-{hash(number) % 200}")) for number in numbers]
            await append(nc, [Outgoing("intake.wazuh", {}, body) for body in lows])
            ledger.acknowledged.update(map(event_id, numbers))
    finally:
        await nc.close()


async def one(house: House, ledger: Ledger, number: str) -> None:
    nc = await house.bus()
    try:
        await append(nc, [Outgoing("intake.wazuh", {}, orjson.dumps(alert(number, level=15, component=number)))])
        ledger.acknowledged[event_id(number)] += 1
    finally:
        await nc.close()


async def test_a_severe_alert_in_a_storm_goes_first_and_every_alert_counts_once(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        await flood(house, ledger)
        for number in range(5):
            await one(house, ledger, f"severe-{number}")
        answer = await house.http.post("/api/v1/incidents", json={"title": "Nogen ringer midt i det hele"})
        assert answer.status_code == 201
        ledger.reported[answer.headers["X-Correlation-ID"]] = answer.headers["Location"].rpartition("/")[2]
        await prove(house, ledger)
    with main.open_office(read_settings({}, data=tmp_path / "data")) as office:
        log = whole_log(office.store)
    severe = [r.position for r in log if isinstance(r.event, Reported) and r.event.meta.channel == "intake"]
    lows = [r.position for r in log if isinstance(r.event, SignalsReceived) and len(r.event.signals) > 1]
    behind = sum(len(r.event.signals) for r in log if isinstance(r.event, SignalsReceived) and r.position > max(severe))
    assert len(severe) == 5
    assert max(severe) < max(lows)
    assert behind > STORM // 4, "the severe ones overtook the line"
