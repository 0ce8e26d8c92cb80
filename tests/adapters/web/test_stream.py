"""GET /api/v1/stream: the log as it grows, in order, none missed, none twice, nothing confidential."""

import asyncio
import json
from typing import Any

from tests.adapters.web.support import House
from tests.browser.story import alerts


def events_of(body: str) -> list[dict[str, Any]]:
    found = []
    for block in body.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in lines:
            event = json.loads(lines["data"])
            assert lines["id"] == str(event["position"])
            found.append(event)
    return found


async def read_until(house: House, position: int, **query: str) -> list[dict[str, Any]]:
    """Follow until the log stands at `position`, then let the process end, which ends the stream."""
    headers = {"Last-Event-ID": query.pop("last")} if "last" in query else {}
    async with house.client() as client:
        reading = asyncio.create_task(client.get("/api/v1/stream", params=query, headers=headers))
        await house.commits.wait_past(position - 1, 30)
        await asyncio.sleep(0.1)
        house.commits.close()
        answer = await reading
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events_of(answer.text)


async def test_what_was_there_and_what_comes_is_told_once_and_in_order(house: House) -> None:
    reference = await house.report()

    async def go_on() -> None:
        for number in range(250):
            await house.step(reference, "note", text=f"notat {number}")

    writing = asyncio.create_task(go_on())
    events = await read_until(house, 251)
    await writing
    assert [event["position"] for event in events] == list(range(1, 252))


async def test_it_resumes_behind_a_position_or_the_last_event_id(house: House) -> None:
    reference = await house.report()
    for number in range(3):
        await house.step(reference, "note", text=str(number))
    assert [event["position"] for event in await read_until(house, 4, after="2")] == [3, 4]


async def test_a_reconnecting_browser_goes_on_where_it_was(house: House) -> None:
    reference = await house.report()
    for number in range(3):
        await house.step(reference, "note", text=str(number))
    assert [event["position"] for event in await read_until(house, 4, after="1", last="3")] == [4]


async def test_no_confidential_word_leaves_by_the_stream(house: House) -> None:
    reference = await house.report("Hemmelig titel", place="Hemmeligt sted", description="Hemmelig tekst")
    await house.step(reference, "assess", significant=True, nis2_category="high", reason="Hemmelig grund")
    async with house.client() as client:
        await client.post("/intake/wazuh", content=b"{}")
    events = await read_until(house, 3)
    assert "emmelig" not in json.dumps(events)
    assert "sealed" not in json.dumps(events)
    assert events[0]["data"]["severity"] == "high"
    assert {"position", "id", "type", "subject", "time", "recorded_at"} <= events[0].keys()


async def test_signals_are_told_too(house: House) -> None:
    async with house.client() as client:
        await client.post("/intake/alertmanager", content=alerts(0, 3))
    events = await read_until(house, house.store.head())
    assert [event["type"].split(".", 2)[2] for event in events] == [
        "signals.received.v1",
        "incident.reported.v1",
        "incident.signal-attached.v1",
    ]


async def test_a_position_of_another_log_is_refused(house: House) -> None:
    async with house.client() as client:
        answer = await client.get("/api/v1/stream?after=17")
    assert (answer.status_code, answer.json()["code"]) == (422, "position-ahead")
