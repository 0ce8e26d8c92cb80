"""A whole Sporlog forgets an incident: no word of it is in any file of the data directory, the bus's among them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from nats.js.errors import KeyNotFoundError
from psycopg import sql

from tests.faults.house import House, open_house
from tests.support.waiting import until

TITLE, DETAIL, NOTE, WHO = "Brev-til-Ørsted-17", "kælder-under-rådhuset-23", "nabo-Søren-Bjørn-31", "ringer-Åse-41"
ALERT = {
    "id": "1795400000.77",
    "timestamp": "2026-11-22T03:07:00.000+0100",
    "rule": {"level": 15, "description": TITLE, "groups": ["ransomware"]},
    "full_log": DETAIL,
    "agent": {"id": "007", "name": "srv-i-klartekst"},
    "manager": {"name": "wazuh-1"},
}


SYSTEM = ["pg_catalog", "information_schema"]


@pytest.fixture(params=["sqlite", "postgresql"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[House, str | None]]:
    """A Sporlog, and where its tables are if not in its directory."""
    database = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    async with open_house(tmp_path / "data", **({"SPORLOG_DATABASE": database} if database else {})) as running:
        yield running, database


def found(house: House, text: str) -> list[str]:
    """In which files a text stands, as it is and as JSON writes it."""
    needles = (text.encode(), json.dumps(text)[1:-1].encode())
    files = [path for path in house.data.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(needle in content(path) for needle in needles))


def found_in(database: str, text: str) -> list[str]:
    """In which tables of a PostgreSQL a text stands, in words or in bytes, and in which of the database's files."""
    needles = [f"%{text}%", f"%{text.encode().hex()}%"]
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert row is not None
        files = [path for path in Path(row[0]).iterdir() if text.encode() in content(path)]
        tables = connection.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname <> ALL (%s)", [SYSTEM])
        asked = sql.SQL("SELECT count(*) FROM {} AS one WHERE one::text LIKE ANY (%s)")
        rows = [
            f"{schema}.{table}"
            for schema, table in tables.fetchall()
            if connection.execute(asked.format(sql.Identifier(schema, table)), [needles]).fetchone() != (0,)
        ]
        return rows + [f"file {path.name}" for path in files]


def content(path: Path) -> bytes:
    """Empty for one that a server has removed since it was listed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


async def step(house: House, ref: str, name: str, **fields: Any) -> int:  # noqa: ANN401 - as the step's request
    answer = await house.http.post(f"/api/v1/incidents/{ref}/{name}", json=fields)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["version"])


async def test_a_disposed_incident_is_in_no_file_and_on_no_bus(kept: tuple[House, str | None]) -> None:
    house, database = kept

    def anywhere(text: str) -> list[str]:
        return [*found(house, text), *(found_in(database, text) if database else [])]

    await house.caught_up()
    nc = await house.bus()
    await nc.jetstream().publish("intake.wazuh", json.dumps(ALERT, ensure_ascii=False).encode())
    await house.caught_up()
    (incident,) = (await house.http.get("/api/v1/incidents")).json()
    ref = incident["ref"]
    assert incident["title"] == TITLE
    await step(house, ref, "note", text=NOTE, actor="u-1")
    await step(house, ref, "engage-supplier", supplier="Leverandøren", request=WHO)
    await step(house, ref, "close", reason="not_an_incident")
    await house.caught_up()
    bucket = await nc.jetstream().key_value("register")
    assert (await bucket.get(ref)).value
    assert [name for name in anywhere("srv-i-klartekst") if name.startswith("file ") or not database], "it finds what is there"
    number = await step(
        house,
        ref,
        "propose-disposal",
        ground="stated",
        archive_check="nothing_to_keep",
        legal_basis="storage_limitation",
        reason="Gammel",
        actor="u-1",
    )
    await step(house, ref, "dispose", proposal_number=number, actor="u-2")

    async def off_the_bus() -> bool:
        try:
            await bucket.get(ref)
        except KeyNotFoundError:
            return True
        return False

    await until(lambda: "erased" in house.told(), 20)
    await until(off_the_bus, 20)
    # JetStream takes a block of INTAKE away once all of it is purged, which is done each second.
    await until(lambda: not anywhere(TITLE), 10)
    (told,) = (await house.http.get("/api/v1/incidents")).json()
    events = (await house.http.get(f"/api/v1/incidents/{ref}/events")).text
    await nc.close()
    await house.stop()
    assert told["title"] is None
    assert "erasures.jsonl" in found(house, str(incident["id"]))
    for text in (TITLE, DETAIL, NOTE, WHO):
        assert text not in events
        assert anywhere(text) == [], text
