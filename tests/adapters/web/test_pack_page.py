"""The page on the emergency pack: how old, what is in it, a new one now, and who got it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.pack.drawing import Maps
from adapters.pack.making import Copies, PackRoom, Wanted
from adapters.pack.room import HousePacks
from adapters.pack.shelf import Shelf
from adapters.primary.house import House as House_
from adapters.web.app import make_app
from domain.primary import Elsewhere
from handlers.desk import Desk
from handlers.pack_contents import Contents, read_contents
from handlers.packs import releases_of
from tests.adapters.web.support import House


@pytest.fixture
def with_drive(house: House, tmp_path: Path) -> House:
    (tmp_path / "drev").mkdir()
    parts = house.parts

    def read(desk: Desk, now: datetime) -> Contents:
        return read_contents(desk, register_tables=parts.register, catalogue_tables=parts.catalogue, now=now)

    nowhere: Callable[..., None] = lambda *_: None  # noqa: E731 - no pack here has a backup
    room = PackRoom(
        parts.ledger,
        parts.evidence.store,
        read,
        lambda _: Maps({}, ()),
        Copies(tmp_path / "a", tmp_path / "b", nowhere),
        nowhere,
    )
    with_packs = replace(parts, packs=HousePacks(room, Shelf(tmp_path / "drev"), Wanted(), parts.desk, lambda: None))
    return replace(house, app=make_app(with_packs), parts=with_packs)


async def page(house: House, path: str = "/noedpakke") -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


async def test_without_a_drive_it_says_so_and_nobody_is_alarmed(house: House) -> None:
    assert "SPORLOG_PACK_DIR" in await page(house)
    assert "Nødpakken" not in await page(house, "/")


async def test_one_is_made_now_and_released(with_drive: House) -> None:
    house = with_drive
    assert "Nødpakken er for gammel" in await page(house, "/")
    async with house.client(Accept="text/html") as browser:
        assert (await browser.post("/noedpakke/lav")).status_code == 303
        shown = await page(house)
        assert "noedpakke.pdf" in shown
        assert "Ingen backup i pakken" in shown
        assert "Nødpakken er for gammel" not in await page(house, "/")
        lacking = await browser.post("/noedpakke/frigiv", data={"recipient": "Beredskabet"})
        assert lacking.status_code == 422
        given = await browser.post("/noedpakke/frigiv", data={"recipient": "Beredskabet", "reason": "Strømsvigt"})
        assert given.status_code == 303
    assert "til Beredskabet: Strømsvigt (vagttelefon)" in await page(house)
    assert len(releases_of(house.store)) == 1


async def test_an_old_one_and_a_drive_that_is_gone_are_told_on_the_overview(with_drive: House, tmp_path: Path) -> None:
    house = with_drive
    async with house.client(Accept="text/html") as browser:
        await browser.post("/noedpakke/lav")
    packs = house.parts.packs
    assert packs is not None
    house.clock.now += timedelta(hours=27)
    packs.standing(house.clock.now)
    assert "Nødpakken er for gammel" in await page(house)
    (tmp_path / "drev").rename(tmp_path / "trukket-ud")
    packs.standing(house.clock.now)
    assert "drev er der ikke" in await page(house, "/")


async def test_a_house_whose_log_went_on_elsewhere_says_so_and_takes_nothing(house: House, tmp_path: Path) -> None:
    await house.report()
    house.store.house = House_(tmp_path / "noegler")
    told = Elsewhere(
        log=house.store.log_sha256() or "", house=uuid4(), label="kriselaptop", from_position=1, declared_at=house.clock.now
    )
    house.store.house.hear(told)
    parts = replace(house.parts, read_only=house.store.read_only)
    closed = replace(house, app=make_app(parts), parts=parts)
    assert "Loggen føres et andet sted" in await page(closed, "/")
    head = house.store.head()
    async with closed.client() as api:
        refused = await api.post("/api/v1/incidents", json={"title": "x", "severity": "low"})
        assert (refused.status_code, refused.json()["code"]) == (503, "not-primary")
        alert = {"alerts": [{"status": "firing", "labels": {"alertname": "x"}, "fingerprint": "1"}]}
        assert (await api.post("/intake/alertmanager", json=alert)).status_code == 503
    assert house.store.head() == head
