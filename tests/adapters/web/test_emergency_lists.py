"""The page and the API of emergency lists tell how each stands; the front page warns of those that nobody may rely on."""

import re
from functools import partial

from domain.emergency_lists.events import EmergencyListEvent
from domain.emergency_lists.seen import Problem
from handlers.emergency_lists import change
from tests.adapters.web.support import START, House
from tests.support.emergency_lists import NAME, checked, declared, released
from tests.support.incidents import REPORTED_AT

NOW = (START - REPORTED_AT).total_seconds() / 3600


async def put(house: House, *events: EmergencyListEvent) -> None:
    for event in events:
        await house.parts.desk.committer.submit(partial(change, proposed=event))


async def page(house: House, path: str) -> str:
    async with house.client(Accept="text/html") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


async def test_an_empty_page_says_how_to_begin(house: House) -> None:
    assert "Der ventes ingen nødlister endnu" in await page(house, "/noedlister")
    assert "No emergency lists are expected yet" in await page(house, "/noedlister?lang=en")
    assert "Nødlister" in await page(house, "/organisation")


async def test_each_list_is_shown_with_how_it_stands_and_who_was_given_it(house: House) -> None:
    await put(house, declared(name="Arkiv"), checked(NOW - 1, list_name="Arkiv", bytes=5, days_kept=7))
    await put(house, declared(), checked(NOW - 1, Problem.LATE, bytes=5, access_checked=False), released(NOW))
    shown = await page(house, "/noedlister")
    assert shown.index("Kørelister") < shown.index("Arkiv")
    assert "Der er ikke kommet en ny liste til tiden" in shown
    assert "Hvem der må læse, er ikke set efter" in shown
    assert "I orden: kommet" in shown
    assert "Plejecenter Åbo: Borgerne skal have hjælp" in shown
    assert "/drev/noed (*.pdf)" in shown
    assert "ejer enhver, gruppe enhver, rettigheder højst 0640" in shown


async def test_the_front_page_warns_until_the_list_is_in_order(house: House) -> None:
    await put(house, declared(), checked(NOW - 2, Problem.LATE))
    assert "Nødlister, I ikke kan regne med: Kørelister (forsinket)" in await page(house, "/")
    await put(house, checked(NOW - 1))
    assert "I ikke kan regne med" not in await page(house, "/")
    house.clock.go_on(hours=27)
    assert "Kørelister (ikke set efter)" in await page(house, "/")


async def test_machines_get_the_same_as_json(house: House) -> None:
    await put(house, declared(), checked(NOW - 1, bytes=5, days_kept=7))
    async with house.client() as machine:
        answer = await machine.get("/api/v1/emergency-lists")
    (one,) = answer.json()
    assert (one["name"], one["outcome"], one["in_order"], one["files_of_days"]) == (NAME, "arrived", True, 7)


async def test_whoever_sees_some_entities_only_is_told_of_no_list(house: House) -> None:
    await put(house, declared(), checked(NOW - 2, Problem.LATE))
    token = await house.grant("laerkeborg-vagt", "laerkeborg")
    async with house.visitor(Authorization=f"Bearer {token}") as visitor:
        assert (await visitor.get("/api/v1/emergency-lists")).status_code == 403
        front = await visitor.get("/", headers={"Accept": "text/html"})
    assert (front.status_code, NAME in front.text) == (200, False)
