"""The ledger of a running Sporlog, on both databases: it follows the log, and says aloud when bus and store differ."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from nats.js.errors import NotFoundError

from tests.faults.house import House, open_house
from tests.support.waiting import until


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    environment = {"SPORLOG_DATABASE": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    async with open_house(tmp_path / "data", SPORLOG_CHECKPOINT_S="1", **environment) as running:
        yield running


async def health(house: House) -> Any:  # noqa: ANN401 - JSON
    return (await house.http.get("/healthz")).json()


async def entered(house: House, position: int) -> None:
    async def there() -> bool:
        return bool((await health(house))["ledger"]["position"] == position)

    await until(there, within=30)


async def test_what_comes_in_is_signed_and_the_checkpoint_is_on_the_bus_and_in_a_file(house: House, tmp_path: Path) -> None:
    done = (await house.http.post("/api/v1/incidents", json={"title": "Før", "severity": "high"})).json()

    async def signed() -> bool:
        checkpoint = (await health(house))["ledger"]["checkpoint"]
        return bool(checkpoint and checkpoint["size"] == done["position"])

    await until(signed, within=30)
    text = (await house.http.get("/api/v1/ledger/checkpoint")).text
    filed = tmp_path / "data" / "checkpoints" / str(done["position"])
    # Shown as soon as the database has it; the file is written right behind.

    async def is_filed() -> bool:
        return await asyncio.to_thread(filed.exists)

    await until(is_filed, within=30)
    assert filed.read_text() == text
    nc = await house.bus()

    async def on_the_bus() -> bool:
        try:
            return bool((await nc.jetstream().get_last_msg("CHECKPOINTS", "checkpoint.signed")).data == text.encode())
        except NotFoundError:
            return False

    await until(on_the_bus, within=30)
    await nc.close()
    # Nothing new: a second start signs nothing.
    await house.stop()
    await house.start()
    assert (await house.http.get("/api/v1/ledger/checkpoint")).text == text


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

    await until(noticed, within=30)
    second = (await house.http.post("/api/v1/incidents", json={"title": "Efter", "severity": "high"})).json()
    await house.stop()
    await house.start()
    assert second["position"] > first["position"]
    assert (await health(house))["ledger"]["position"] == first["position"]
    assert "sporlog_ledger_differences 1.0" in (await house.http.get("/metrics")).text
