"""The whole way: an alert put on NATS becomes an incident that register, KV bucket and live stream show."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.faults.house import House, free_port, open_house
from tests.support.emergency_lists import write
from tests.support.waiting import until

TITLE = "Mulig ransomware på serveren"
ALERT = {
    "id": "1795400000.77",
    "timestamp": "2026-11-22T03:07:00.000+0100",
    "rule": {"level": 15, "description": TITLE, "groups": ["ransomware"]},
    "agent": {"id": "007", "name": "srv-omsorg-01"},
    "manager": {"name": "wazuh-1"},
}


@pytest.fixture(params=["sqlite", "postgresql"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    environment = {"SPORLOG_DATABASE": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    async with open_house(tmp_path / "data", **environment) as running:
        yield running


async def test_an_alert_on_nats_is_an_incident_in_register_bucket_and_stream(house: House) -> None:
    nc = await house.bus()
    acknowledged = await nc.jetstream().publish("intake.wazuh", json.dumps(ALERT).encode())
    await house.caught_up()

    (incident,) = (await house.http.get("/api/v1/incidents")).json()
    bucket = await nc.jetstream().key_value("register")
    document = (await bucket.get(incident["ref"])).value
    topics = [event["type"] async for event in events(house, 3)]
    await nc.close()

    assert acknowledged.stream == "INTAKE"
    assert (incident["title"], incident["severity"], incident["signal_count"]) == (TITLE, "critical", 1)
    assert json.loads(document or b"")["reference"] == incident["ref"]
    assert topics == [f"dk.sporlog.{name}.v1" for name in ("signals.received", "incident.reported", "incident.signal-attached")]
    # What is for everybody to see holds no word of the alert.
    assert "ransomware" not in (document or b"").decode()


async def test_a_second_start_goes_on_where_the_first_ended(house: House) -> None:
    first = (await house.http.post("/api/v1/incidents", json={"title": "Før", "severity": "high"})).json()
    await house.caught_up()
    await house.stop()
    await house.start()
    second = (await house.http.post("/api/v1/incidents", json={"title": "Efter", "severity": "high"})).json()
    await house.caught_up()

    assert [one["ref"][-4:] for one in (first, second)] == ["0001", "0002"]
    assert second["position"] == first["position"] + 1
    assert {one["title"] for one in (await house.http.get("/api/v1/incidents")).json()} == {"Før", "Efter"}


async def test_tables_of_an_older_version_are_made_anew_and_filled_before_anything_new_happens(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data") as house:
        await house.http.post("/api/v1/incidents", json={"title": "Før", "severity": "high"})
        await house.caught_up()
        await house.stop()
        for name in ("register", "casework"):
            with closing(sqlite3.connect(tmp_path / "data" / "read" / f"{name}.db")) as tables:
                tables.execute("UPDATE projection_state SET definition = 'of an older version'")
                tables.commit()
        await house.start()
        await house.caught_up()
        assert [one["title"] for one in (await house.http.get("/api/v1/incidents")).json()] == ["Før"]


async def test_an_alert_can_be_followed_through_the_log_by_its_correlation_id(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data", SPORLOG_LOG_LEVEL="debug") as house:
        await house.http.post("/intake/wazuh", json=ALERT, headers={"X-Correlation-ID": "alarm-4711"})
        await house.caught_up()
        await house.stop()

    lines = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    followed = [line for line in lines if line.get("correlation_id") == "alarm-4711"]
    assert {"request", "incident opened by a signal", "projected"} <= {line["event"] for line in followed}
    assert {line["projection"] for line in followed if "projection" in line} == {
        "register",
        "deadlines",
        "reporting",
        "casework",
        "signals",
        "catalogue",
    }


async def events(house: House, number: int) -> AsyncIterator[dict[str, str]]:
    """The first events of the live stream."""
    async with house.http.stream("GET", "/api/v1/stream?after=0") as stream:
        lines = data_lines([line async for line in first_lines(stream.aiter_lines(), number)])
        for event in lines:
            yield event


async def first_lines(lines: AsyncIterator[str], number: int) -> AsyncIterator[str]:
    seen = 0
    async for line in lines:
        yield line
        seen += line.startswith("data:")
        if seen == number:
            return


def data_lines(lines: list[str]) -> Iterator[dict[str, str]]:
    return (json.loads(line.removeprefix("data:")) for line in lines if line.startswith("data:"))


async def test_a_way_in_that_is_configured_runs_beside_the_rest_and_one_that_fails_ends_nothing(tmp_path: Path) -> None:
    port, taken = free_port(), free_port()
    syslog = f"tcp://127.0.0.1:{port}?source=wazuh,tcp://127.0.0.1:{taken}?source=wazuh"
    with socket.create_server(("127.0.0.1", taken)):
        async with open_house(tmp_path / "data", SPORLOG_SYSLOG=syslog) as house:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(json.dumps(ALERT).encode() + b"\n")
            await writer.drain()
            writer.close()

            async def titles() -> bool:
                return [one["title"] for one in (await house.http.get("/api/v1/incidents")).json()] == [TITLE]

            await until(titles)

            async def ways() -> list[dict[str, Any]]:
                found: list[dict[str, Any]] = (await house.health())["ways"]
                return found

            async def both() -> bool:
                return [one["failing"] for one in await ways()] == [False, True]

            await until(both)
            worked, failed = await ways()
            assert worked["last_message_at"] is not None
            assert (worked["kind"], worked["source"], worked["dropped"], worked["kernel_dropped"]) == ("syslog", "wazuh", 0, 0)
            assert failed["last_error_at"] is not None
            assert "127.0.0.1" not in str(await ways())
            metrics = (await house.http.get("/metrics")).text
            labels = f'{{source="wazuh",way="syslog tcp 127.0.0.1:{taken}"}}'
            assert f"sporlog_way_failing{labels} 1.0" in metrics
            assert f"sporlog_way_kernel_dropped_total{labels} 0.0" in metrics
            assert f'sporlog_way_last_message_time_seconds{{source="wazuh",way="syslog tcp 127.0.0.1:{port}"}}' in metrics
            assert f"syslog tcp 127.0.0.1:{taken}" in house.told()


async def test_emergency_lists_are_looked_at_and_what_is_wrong_is_on_page_and_in_health(house: House, tmp_path: Path) -> None:
    drive = tmp_path / "drev"
    write(drive, "liste.txt", datetime.now(UTC), mode=0o640)
    await house.stop()
    expected = ("--system", "Omsorgsjournal", "--owner", "rolle:omsorg", "--folder", drive, "--mode", "0600")
    house.does("emergency-lists", "declare", "Kørelister", *expected)
    await house.start()

    async def looked_at() -> bool:
        (shown,) = (await house.http.get("/api/v1/emergency-lists")).json()
        return bool(shown["checked_at"])

    await until(looked_at, within=60)
    (shown,) = (await house.http.get("/api/v1/emergency-lists")).json()
    assert (shown["problems"], (await house.health())["emergency_lists_alarming"]) == (["too_open"], 1)
    page = (await house.http.get("/", headers={"Accept": "text/html"})).text
    assert "Kørelister (for åben)" in page
