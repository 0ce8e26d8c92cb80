"""The catalogue's pages, over both databases: what stands where, for whom, and what was known when."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import httpx
import pytest

from domain.catalogue import events as e
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie
from handlers.catalogue import Change, change_all
from tests.adapters.web.support import House, a_house
from tests.support.catalogues import (
    CARE,
    MAILBOX,
    PLAN,
    SERVER,
    SUPPLIER,
    SYSTEM,
    WHY,
    bond,
    classed,
    described,
    ident,
    new,
    proposed,
    small,
)


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose catalogue holds the small one."""
    async with a_house(tmp_path) as house:
        await tell(house, small())
        yield house


async def tell(house: House, changes: Iterable[Change]) -> None:
    told = list(changes)
    await house.parts.desk.committer.submit(lambda uow: change_all(uow, told))
    await house.parts.wait_for(house.store.head())


def visitor(house: House) -> httpx.AsyncClient:
    return house.client(Accept="text/html")


def address(kind: Kind, name: str) -> str:
    return f"/katalog/{ident(kind, name)}"


async def test_an_empty_catalogue_says_how_to_begin(house: House) -> None:
    async with visitor(house) as client:
        page = await client.get("/katalog")
        assert page.status_code == 200
        assert "sporlog catalogue starter" in page.text
        assert 'href="/katalog"' in (await client.get("/")).text
        assert "sporlog catalogue starter" in (await client.get("/katalog?lang=en")).text


async def test_services_stand_first_as_they_are_restored_with_what_is_open(kept: House) -> None:
    await tell(kept, [new(Kind.SERVICE, "Vand", restoration_order=2), new(Kind.SERVICE, "Aktindsigt")])
    reference = await kept.report(services=[CARE.upper()])
    exercise = await kept.report(services=[CARE], exercise=True)
    async with visitor(kept) as client:
        page = (await client.get("/katalog")).text
    assert page.index(CARE) < page.index(">Vand<") < page.index("Aktindsigt")
    assert "Samfundskritisk" in page
    assert "1 t 0 min" in page
    assert f"{reference}</a> (Høj)" in page
    assert exercise not in page
    assert "3 i alt" in page


async def test_each_kind_has_its_list_and_what_was_chosen_narrows_it(kept: House) -> None:
    await tell(
        kept, [new(Kind.SYSTEM, "Økonomi", administration="Økonomi og Løn"), Change(ident(Kind.COMPONENT, SERVER), retired())]
    )
    async with visitor(kept) as client:
        systems = (await client.get("/katalog?slags=system")).text
        assert SYSTEM in systems
        assert SUPPLIER in systems
        assert "2 i alt" in systems
        narrowed = (await client.get("/katalog", params={"slags": "system", "forvaltning": "økonomi og løn"})).text
        assert "1 i alt" in narrowed
        assert SYSTEM not in narrowed
        by_alias = (await client.get("/katalog?slags=component&tekst=OMSORG-DB")).text
        assert "Ingen passer" in by_alias, "it is out of use"
        assert SERVER in (await client.get("/katalog?slags=component&tekst=OMSORG-DB&udgaaet=ja")).text
        assert "Ingen passer" in (await client.get("/katalog?klasse=important")).text
        assert "Ingen passer" in (await client.get("/katalog?klasse=ingen")).text
        tied = (await client.get(f"/katalog?slags=system&til={ident(Kind.SUPPLIER, SUPPLIER)}")).text
        assert "1 i alt" in tied
        # What cannot be read chooses nothing.
        assert "1 i alt" in (await client.get("/katalog?slags=x&side=%C2%B2&til=y")).text


def retired() -> e.Retired:
    return e.Retired(meta=described(Kind.COMPONENT, SERVER).meta, reason="Skiftet ud")


async def test_many_are_shown_a_page_at_a_time_and_each_of_them_once(kept: House) -> None:
    names = [f"system-{number:04}" for number in range(250)]
    await tell(kept, [new(Kind.SYSTEM, name) for name in names])
    shown: list[str] = []
    async with visitor(kept) as client:
        for number in (1, 2, 3):
            page = (await client.get(f"/katalog?slags=system&side={number}")).text
            shown += [name for name in names if f">{name}<" in page]
            assert page.count("<tr>") <= 101
            assert f"Side {number} af 3" in page
        last = (await client.get("/katalog?slags=system&side=9")).text
        assert "/katalog?slags=system&amp;side=2" in last, "past the last page is the last page"
    assert sorted(shown) == names


async def test_an_object_tells_what_it_is_why_and_what_it_hangs_together_with(kept: House) -> None:
    reference = await kept.report("Journalen er langsom", components=["omsorg-db"])
    async with visitor(kept) as client:
        care = (await client.get(address(Kind.SERVICE, CARE))).text
        system = (await client.get(address(Kind.SYSTEM, SYSTEM))).text
        server = (await client.get(address(Kind.COMPONENT, SERVER))).text
    assert "Samfundskritisk" in care
    assert WHY in care
    assert "Godkendt af u-2" in care
    assert f"{CARE} afhænger af" in care
    assert "arbejdet, stopper uden" in care
    assert PLAN in care
    assert "uden dato" in care
    assert f"{SYSTEM} bruges af" in system
    assert address(Kind.SERVICE, CARE) in system
    assert "support@leverandoer.example" in system
    assert "00 00 00 00" in system
    assert MAILBOX in system
    assert reference in server
    assert "Journalen er langsom" in server
    # What stands on the server is hit by way of it.
    assert f"{SYSTEM} afhænger af {SERVER}</span>" in system
    assert f"{CARE} afhænger af {SYSTEM}, som afhænger af {SERVER}</span>" in care
    assert "Nævnt i hændelsen selv" in server
    assert "support@leverandoer.example" in care, "whom to call is told of what it depends on, too"
    assert f"Leverandør, for {SYSTEM}" in care


async def test_it_is_said_what_fails_with_an_object_and_what_has_hit_it(kept: House) -> None:
    closed = await kept.report("Var langsom", components=[SERVER])
    await kept.step(closed, "close", reason="not_an_incident", actor="u-1")
    exercise = await kept.report("Øvelsen", services=[CARE], exercise=True)
    async with visitor(kept) as client:
        server = (await client.get(address(Kind.COMPONENT, SERVER))).text
        care = (await client.get(address(Kind.SERVICE, CARE))).text
        then = (await client.get(address(Kind.COMPONENT, SERVER), params={"at": "2026-11-22T10:00"})).text
    what_if = server.partition("Hvad nu, hvis det her fejler?")[2]
    assert f"{CARE}</a> (Samfundskritisk): stoppet" in what_if
    assert f"{CARE} afhænger af {SYSTEM}, som afhænger af {SERVER}" in what_if
    assert "(1)</h3>" in what_if
    assert closed in what_if
    assert "(2)</h3>" in care
    assert exercise in care
    assert "ØVELSE" in care
    assert "Ingen anden ydelse står på den" in care
    assert "Hvad nu, hvis det her fejler?" in then
    assert closed not in then


async def test_a_history_is_told_from_the_newest_and_the_past_is_shown_as_it_was(kept: House) -> None:
    before = kept.clock.now
    kept.clock.go_on(hours=3)
    await tell(kept, [Change(ident(Kind.SYSTEM, SYSTEM), described(Kind.SYSTEM, SYSTEM, owner="u-ny", reason="Ny ejer"))])
    await tell(kept, [bond((Kind.SYSTEM, SYSTEM), Tie.DEPENDS_ON, (Kind.COMPONENT, SERVER), group="par")])
    path = address(Kind.SYSTEM, SYSTEM)
    async with visitor(kept) as client:
        now = (await client.get(path)).text
        assert now.index("reservegruppe par") < now.index("it-drift → u-ny") < now.index("Registreret</h3>")
        assert "Begrundelse: Ny ejer" in now
        then = (await client.get(path, params={"at": before.isoformat()})).text
        assert "Du ser fortiden" in then
        assert "it-drift" in then
        assert "u-ny" not in then
        early = (await client.get(path, params={"at": "2026-11-21T10:00"})).text
        assert "Det var endnu ikke i kataloget" in early
        assert (await client.get(path, params={"at": "i går"})).status_code == 422


async def test_a_class_that_waits_is_said_beside_the_one_that_holds(kept: House) -> None:
    await tell(kept, [Change(ident(Kind.SERVICE, CARE), proposed(ServiceClass.CRITICAL, reason="Mindre brugt"))])
    async with visitor(kept) as client:
        page = (await client.get(address(Kind.SERVICE, CARE))).text
        assert "Kritisk, foreslået af u-1" in page
        assert "Mindre brugt" in page
        listed = (await client.get("/katalog")).text
        assert "1 foreslået klasse venter" in listed
        assert "Samfundskritisk (foreslået: Kritisk)" in listed


async def test_an_address_that_names_nothing_says_so(kept: House) -> None:
    reference = await kept.report()
    incident = kept.parts.desk.find(reference)
    async with visitor(kept) as client:
        for path in ("/katalog/ukendt", f"/katalog/{ident(Kind.SYSTEM, 'x')}", f"/katalog/{incident}"):
            answer = await client.get(path)
            assert answer.status_code == 404, path
            assert "Det findes ikke i kataloget" in answer.text


async def test_whoever_may_not_read_every_entity_is_not_shown_the_landscape(kept: House) -> None:
    token = await kept.grant("u-vand", "laerkeborg")
    async with kept.visitor(Authorization=f"Bearer {token}", Accept="text/html") as client:
        for path in ("/katalog", address(Kind.SERVICE, CARE)):
            answer = await client.get(path)
            assert answer.status_code == 403
            assert CARE not in answer.text
        assert 'href="/katalog"' not in (await client.get("/")).text


async def test_what_is_missing_is_told_with_where_it_is_mended(kept: House) -> None:
    await tell(kept, [new(Kind.COMPONENT, f"ubrugt-{number:03}") for number in range(120)])
    care = address(Kind.SERVICE, CARE)
    async with visitor(kept) as client:
        page = (await client.get("/katalog/mangler")).text
        assert f"Ingen svarer for {CARE}." in page
        assert f'href="{care}/trin/change"' in page
        assert page.count("ubrugt-") == 2 * 20, "in the sentence and for those who hear the link only"
        assert "Vis alle 120" in page
        every = [(await client.get(f"/katalog/mangler?slags=unused&side={side}")).text for side in (1, 2)]
        assert [one.count("Intet bruger ubrugt-") for one in every] == [100, 20]
        assert "Der er ikke fundet mangler" in (await client.get("/katalog/mangler?slags=cycle")).text
        mend = (await client.get(f"{address(Kind.COMPONENT, 'ubrugt-000')}/trin/tie?tie=fra:depends_on")).text
        assert 'value="fra:depends_on" selected' in mend


async def test_the_organisation_is_warned_of_critical_services_without_owner_or_plan(kept: House) -> None:
    critical = ("Vand", "Varme", "Penge", "Akut", "Affald", "Vej")
    more = [new(Kind.SERVICE, name) for name in critical]
    more += [each for name in critical for each in classed(name, ServiceClass.SOCIETY_CRITICAL, 2)]
    token = await kept.grant("u-vand", "laerkeborg")
    async with visitor(kept) as client, kept.visitor(Authorization=f"Bearer {token}", Accept="text/html") as confined:
        page = (await client.get("/organisation")).text
        assert f"Ingen svarer for {CARE}." in page
        assert f"{CARE} har ingen nødplan" not in page
        await tell(kept, more)
        page = (await client.get("/organisation")).text
        assert "3 mangler mere på samfundskritiske ydelser" in page
        assert 'href="/katalog/mangler"' in page
        assert CARE not in (await confined.get("/organisation")).text
