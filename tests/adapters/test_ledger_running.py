"""The ledger of a running Sporlog, on both databases: it follows the log, and says aloud when bus and store differ."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.house import House, open_house
from tests.support.waiting import until


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    environment = {"SPORLOG_DATABASE": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    async with open_house(tmp_path / "data", **environment) as running:
        yield running


async def health(house: House) -> Any:  # noqa: ANN401 - JSON
    return (await house.http.get("/healthz")).json()


async def entered(house: House, position: int) -> None:
    async def there() -> bool:
        return bool((await health(house))["ledger"]["position"] == position)

    await until(there)


async def test_a_false_message_in_the_stream_stops_the_ledger_and_not_the_log(house: House) -> None:
    first = (await house.http.post("/api/v1/incidents", json={"title": "Før", "severity": "high"})).json()
    await entered(house, first["position"])
    nc = await house.bus()
    message = await nc.jetstream().get_msg("EVENTS", 1)
    headers = {name: value for name, value in (message.headers or {}).items() if name.startswith(("ce-", "Sporlog-"))}
    await nc.jetstream().publish(message.subject or "", (message.data or b"")[:-1] + b" }", headers=headers)
    await nc.close()

    async def noticed() -> bool:
        return bool((await health(house))["ledger"]["differences"] == [{"position": 1, "differs": "delivered"}])

    await until(noticed)
    second = (await house.http.post("/api/v1/incidents", json={"title": "Efter", "severity": "high"})).json()
    await house.stop()
    await house.start()
    assert second["position"] > first["position"]
    assert (await health(house))["ledger"]["position"] == first["position"]
    assert "sporlog_ledger_differences 1.0" in (await house.http.get("/metrics")).text
