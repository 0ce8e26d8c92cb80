"""The catalogue is kept on pages: every act has a form, and nothing that was typed is lost."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.web.acting_cookie import ACTING_COOKIE
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind, OutsideId, ServiceFacts
from domain.catalogue.state import CatalogueObject, replay
from domain.catalogue.ties import Need, Tie, Weight
from handlers.catalogue import Change
from handlers.catalogue_desk import history_of
from tests.adapters.web.support import BEARER, House, a_house
from tests.adapters.web.test_catalogue_page import address, tell
from tests.support.catalogues import (
    CARE,
    MAILBOX,
    PLAN,
    SERVER,
    SUPPLIER,
    SYSTEM,
    WHY,
    classed,
    described,
    ident,
    new,
    proposed,
    small,
)

FROM_THE_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as house:
        await tell(house, small())
        yield house


def person(house: House, who: str = "u-9") -> httpx.AsyncClient:
    """Somebody at a browser who has said who they are."""
    client = house.visitor(Accept="text/html", **BEARER, **FROM_THE_PAGE)
    client.cookies.set(ACTING_COOKIE, who)
    return client


def known(house: House, kind: Kind, name: str) -> CatalogueObject:
    one = ident(kind, name)
    found = replay(one, (each.event for each in history_of(house.store, one)))
    assert found is not None
    return found


def filled(page: str) -> dict[str, str]:
    """What a browser would send of a form as it came: hidden fields, lines, areas, what is chosen and ticked."""
    form = page.partition('<form method="post" action="/katalog')[2].partition("</form>")[0]
    told = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    told |= {name: value for value, name in re.findall(r'value="([^"]*)" id="[^"]+" name="(\w+)"', form)}
    told |= dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)" checked', form):
        told[name] = f"{told[name]},{value}" if told.get(name) else value
    for select in re.findall(r"<select.*?</select>", form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', select)
        told[re.findall(r'name="(\w+)"', select)[0]] = chosen[1] if chosen else ""
    return told


async def test_every_kind_is_registered_by_its_own_form(kept: House) -> None:
    async with person(kept) as client:
        for kind in Kind:
            page = await client.get(f"/katalog/ny?slags={kind}")
            assert page.status_code == 200
            done = await client.post("/katalog/ny", data={**filled(page.text), "name": f"Ny {kind}"})
            assert done.status_code == 303, done.text
            assert done.headers["location"] == f"{address(kind, f'Ny {kind}')}?gemt=register"
            assert "Gemt: Registrér i kataloget" in (await client.get(done.headers["location"])).text
        service = {"slags": "service", "name": "Vand", "criteria": ["supply", "safety"], "restoration_order": "2"}
        service |= {"availability_target": "99,5", "aliases": "Vandværk, Vandet", "contact": "Ring til vagten"}
        await client.post("/katalog/ny", data=service)
    told = known(kept, Kind.SERVICE, "Vand")
    assert isinstance(told.facts, ServiceFacts)
    assert told.facts.criteria == ("supply", "safety")
    assert (told.facts.aliases, told.facts.availability_target) == (("Vandværk", "Vandet"), 99.5)
    assert told.contact == "Ring til vagten"
    assert history_of(kept.store, told.id)[0].event.meta.actor == "u-9"


async def test_what_cannot_be_read_is_said_at_its_field_and_what_was_typed_stays(kept: House) -> None:
    async with person(kept) as client:
        sent = {"slags": "service", "restoration_order": "først", "owner": "Jens Hansen", "description": "Kun et udkast"}
        answer = await client.post("/katalog/ny", data=sent)
        assert answer.status_code == 422
        for field in ("restoration_order", "owner", "name"):
            assert f'id="register-{field}-fejl"' in answer.text, field
        assert "Kun et udkast" in answer.text
        assert 'value="først"' in answer.text
        taken = await client.post("/katalog/ny", data={"slags": "service", "name": CARE.lower()})
        assert taken.status_code == 409
        assert address(Kind.SERVICE, CARE) in taken.text
    assert kept.store.head() == 13, "nothing was recorded"


async def test_a_cpr_number_is_warned_of_and_recorded_only_when_told_again(kept: House) -> None:
    path = f"{address(Kind.SUPPLIER, SUPPLIER)}/trin/change"
    async with person(kept) as client:
        sent = filled((await client.get(path)).text) | {"contact": "Spørg 010190-1234", "reason": "Ny kontakt"}
        answer = await client.post(path, data=sent)
        assert answer.status_code == 422
        assert 'name="cpr_ok"' in answer.text
        assert known(kept, Kind.SUPPLIER, SUPPLIER).version == 1
        assert (await client.post(path, data={**sent, "cpr_ok": "ja"})).status_code == 303
    assert known(kept, Kind.SUPPLIER, SUPPLIER).contact == "Spørg 010190-1234"


async def test_a_change_says_why_and_keeps_what_the_form_does_not_ask(kept: House) -> None:
    outside = OutsideId(register_name="os2kitos", id="42")
    service: dict[str, Any] = {
        "restoration_order": 1,
        "criteria": ("safety", "supply"),
        "description": "Lang tekst",
        "outside": (outside,),
    }
    await tell(kept, [Change(ident(Kind.SERVICE, CARE), described(Kind.SERVICE, CARE, **service))])
    before, path = known(kept, Kind.SERVICE, CARE), f"{address(Kind.SERVICE, CARE)}/trin/change"
    async with person(kept) as client:
        sent = filled((await client.get(path)).text)
        refused = await client.post(path, data=sent)
        assert refused.status_code == 422
        assert 'id="change-reason-fejl"' in refused.text
        unchanged = await client.post(path, data={**sent, "reason": "Intet nyt"})
        assert unchanged.headers["location"].endswith("?gemt=intet")
        assert known(kept, Kind.SERVICE, CARE) == before
        assert (await client.post(path, data={**sent, "restoration_order": "3", "reason": "Byrådet"})).status_code == 303
        assert "Genopretning, nummer i rækken: 1 → 3" in (await client.get(address(Kind.SERVICE, CARE))).text
    after = known(kept, Kind.SERVICE, CARE)
    assert after.facts == before.facts.model_copy(update={"restoration_order": 3})
    assert after.description == "Lang tekst"


async def test_two_who_change_the_same_lose_nothing(kept: House) -> None:
    path = f"{address(Kind.SYSTEM, SYSTEM)}/trin/change"
    async with person(kept) as client:
        sent = filled((await client.get(path)).text)
        other = described(Kind.SYSTEM, SYSTEM, owner="u-ny", contact="Ring til vagten", reason="Ny ansvarlig")
        await tell(kept, [Change(ident(Kind.SYSTEM, SYSTEM), other)])
        mine = {**sent, "aliases": "Journalen", "contact": "", "reason": "Kaldenavn"}
        # What is wrong with a field does not hide that somebody else has written.
        wrong = await client.post(path, data={**mine, "manager": "to ord"})
        assert wrong.status_code == 422
        again = await client.post(path, data={**filled(wrong.text), "manager": ""})
        assert again.status_code == 412
        assert "Det er nyt, siden du åbnede formularen" in again.text
        assert "Ansvarlig: it-drift → u-ny" in again.text
        kept_values = filled(again.text)
        assert (kept_values["aliases"], kept_values["owner"], kept_values["contact"]) == ("Journalen", "u-ny", "")
        assert kept_values["reason"] == "Kaldenavn"
        assert (await client.post(path, data=kept_values)).status_code == 303
    after = known(kept, Kind.SYSTEM, SYSTEM)
    assert (after.facts.owner, after.facts.aliases, after.contact) == ("u-ny", ("Journalen",), None)


async def test_objects_are_tied_from_either_end_by_name_and_untied_again(kept: House) -> None:
    await tell(kept, [new(Kind.SERVICE, "Vand"), new(Kind.SYSTEM, "Vand"), new(Kind.COMPONENT, "Vand")])
    care, plan = address(Kind.SERVICE, CARE), address(Kind.PLAN, PLAN)
    async with person(kept) as client:
        page = (await client.get(f"{care}/trin/tie")).text
        assert f'<option value="{SERVER}">' in page
        assert "er nødplan for" not in page, "a service is nobody's plan"
        sent = {"tie": "depends_on", "to": SERVER.upper(), "need": "data", "weight": "degrades", "group": "par"}
        done = await client.post(f"{care}/trin/tie", data={**filled(page), **sent})
        assert done.headers["location"] == f"{care}?gemt=tie"
        bond = known(kept, Kind.SERVICE, CARE).bonds[Tie.DEPENDS_ON, ident(Kind.COMPONENT, SERVER)]
        assert (bond.need, bond.weight, bond.group) == (Need.DATA, Weight.DEGRADES, "par")
        # From the service's page, though the plan has the tie.
        water = address(Kind.SERVICE, "Vand")
        page = (await client.get(f"{water}/trin/tie")).text
        done = await client.post(f"{water}/trin/tie", data={**filled(page), "tie": "fra:covers", "to": PLAN})
        assert done.headers["location"] == f"{water}?gemt=tie"
        assert (Tie.COVERS, ident(Kind.SERVICE, "Vand")) in known(kept, Kind.PLAN, PLAN).bonds
        # Three are called that: which one is asked.
        asked = await client.post(f"{care}/trin/tie", data={"tie": "depends_on", "to": "vand"})
        assert asked.status_code == 422
        for kind in (Kind.SERVICE, Kind.SYSTEM, Kind.COMPONENT):
            assert f'value="{ident(kind, "Vand")}"' in asked.text
        for wrong in ("findes ikke", MAILBOX):
            answer = await client.post(f"{care}/trin/tie", data={"tie": "depends_on", "to": wrong})
            assert answer.status_code == 404
            assert 'id="tie-to-fejl"' in answer.text
        missing = await client.post(f"{care}/trin/tie", data={})
        assert missing.status_code == 422
        assert 'id="tie-to-fejl"' in missing.text
        links = re.findall(rf'href="([^"]+)">Løs<span class="sr-only"> {PLAN}', (await client.get(water)).text)
        assert links == [
            f"{plan}/trin/untie?tie=covers&amp;to={ident(Kind.SERVICE, 'Vand')}&amp;fra={ident(Kind.SERVICE, 'Vand')}"
        ]
        link = links[0].replace("&amp;", "&")
        untie = await client.get(link)
        assert f"{PLAN} er nødplan for Vand." in untie.text
        lost = await client.post(link.partition("?")[0], data={**filled(untie.text), "fra": "ingensteder"})
        assert lost.status_code == 404
        done = await client.post(link.partition("?")[0], data=filled(untie.text))
        assert done.headers["location"] == f"{water}?gemt=untie"
    assert (Tie.COVERS, ident(Kind.SERVICE, "Vand")) not in known(kept, Kind.PLAN, PLAN).bonds


async def test_a_class_is_proposed_by_one_and_approved_by_another(kept: House) -> None:
    care = address(Kind.SERVICE, CARE)
    async with person(kept, "u-1") as one, person(kept, "u-2") as other:
        page = (await one.get(f"{care}/trin/propose-class")).text
        sent = {**filled(page), "service_class": "critical", "reason": "Har reserver"}
        assert (await one.post(f"{care}/trin/propose-class", data=sent)).status_code == 303
        page = (await one.get(f"{care}/trin/approve-class")).text
        assert "Kritisk, foreslået af u-1: Har reserver" in page
        alone = await one.post(f"{care}/trin/approve-class", data=filled(page))
        assert alone.status_code == 409
        assert "Du har selv foreslået klassen: en anden skal godkende den." in alone.text
        assert known(kept, Kind.SERVICE, CARE).service_class is ServiceClass.SOCIETY_CRITICAL
        seen = filled((await other.get(f"{care}/trin/approve-class")).text)
        assert (await other.post(f"{care}/trin/approve-class", data=seen)).status_code == 303
        assert known(kept, Kind.SERVICE, CARE).service_class is ServiceClass.CRITICAL
        late = await other.post(f"{care}/trin/reject-class", data={**seen, "expected_version": "6", "reason": "Nej"})
        assert late.status_code == 409
        assert "Der venter ingen klasse" in late.text
    await tell(kept, [Change(ident(Kind.SERVICE, CARE), proposed(ServiceClass.IMPORTANT, reason=WHY))])
    async with person(kept, "u-2") as other:
        seen = filled((await other.get(f"{care}/trin/reject-class")).text)
        assert (await other.post(f"{care}/trin/reject-class", data=seen)).status_code == 422, "without saying why"
        assert (await other.post(f"{care}/trin/reject-class", data={**seen, "reason": "For lavt"})).status_code == 303
    assert known(kept, Kind.SERVICE, CARE).proposal is None


async def test_what_is_out_of_use_is_only_reinstated(kept: House) -> None:
    server = address(Kind.COMPONENT, SERVER)
    async with person(kept) as client:
        sent = {**filled((await client.get(f"{server}/trin/retire")).text), "reason": "Skiftet ud"}
        assert (await client.post(f"{server}/trin/retire", data=sent)).status_code == 303
        page = (await client.get(server)).text
        assert "Ude af brug" in page
        assert f"{server}/trin/change" not in page
        refused = await client.post(f"{server}/trin/change", data={"name": SERVER, "reason": "x", "expected_version": "2"})
        assert refused.status_code == 409
        assert "Tag det i brug igen først" in refused.text
        sent = {**filled((await client.get(f"{server}/trin/reinstate")).text), "reason": "Alligevel ikke"}
        assert (await client.post(f"{server}/trin/reinstate", data=sent)).status_code == 303
    assert not known(kept, Kind.COMPONENT, SERVER).retired


async def test_an_act_that_there_is_none_of_and_another_site_change_nothing(kept: House) -> None:
    care = address(Kind.SERVICE, CARE)
    async with person(kept) as client:
        assert (await client.get(f"{care}/trin/slet")).status_code == 404
        assert (await client.post(f"{care}/trin/slet", data={})).status_code == 404
        nothing = f"/katalog/{ident(Kind.SYSTEM, 'x')}/trin/change"
        assert (await client.get(nothing)).status_code == 404
        assert (await client.post(nothing, data={"name": "x"})).status_code == 404


async def test_the_board_approves_the_list_that_stands_there(kept: House) -> None:
    async with person(kept) as client:
        page = (await client.get("/katalog/kritiske")).text
        assert "Listen er aldrig godkendt" in page
        assert f"{PLAN}</td>" in page
        sent = {**filled(page), "approved_on": "2026-11-20", "case_number": "26/123"}
        for wrong in ({"approved_on": "i går"}, {"approved_on": ""}):
            answer = await client.post("/katalog/kritiske", data={**sent, **wrong})
            assert answer.status_code == 422
            assert 'id="listen-approved_on-fejl"' in answer.text
        assert (await client.post("/katalog/kritiske", data=sent)).headers["location"] == "/katalog/kritiske?gemt=ja"
        page = (await client.get("/katalog/kritiske")).text
        assert "Listen er, som direktionen godkendte den 20. nov. 2026" in page
        assert "Nr. 1: 20. nov. 2026, 1 ydelse (sagsnummer 26/123)" in page
        await tell(kept, [new(Kind.SERVICE, "Vand", restoration_order=2), *classed("Vand", ServiceClass.SOCIETY_CRITICAL, 2)])
        # Somebody who read the list before that approves what they did not read.
        late = await client.post("/katalog/kritiske", data=sent)
        assert late.status_code == 412
        assert "Listen over kritiske ydelser er ændret" in late.text
        assert 'value="26/123"' in late.text
        assert "Ny på listen: Vand" in late.text
        change = described(Kind.SERVICE, CARE, restoration_order=3, tolerable_downtime_minutes=60)
        await tell(kept, [Change(ident(Kind.SERVICE, CARE), change)])
        page = (await client.get("/katalog/kritiske")).text
        assert f"{CARE}: Genopretning, nummer i rækken: 1 → 3, Forvaltning: Sundhed → –" in page
        assert page.index(">Vand<") < page.index(f">{CARE}<")


async def test_the_list_names_the_classes_that_wait_and_what_each_service_lacks(kept: House) -> None:
    await tell(kept, [new(Kind.SERVICE, "Vand"), Change(ident(Kind.SERVICE, "Vand"), proposed(ServiceClass.SOCIETY_CRITICAL))])
    async with person(kept) as client:
        page = (await client.get("/katalog/kritiske")).text
        assert "Uden klasse → Samfundskritisk, foreslået af u-1" in page
        assert "<strong>Mangler</strong>" in page, "the service has no owner"
        assert f"{address(Kind.SERVICE, 'Vand')}/trin/approve-class" in page


async def test_without_a_critical_service_the_page_says_how_one_comes(house: House) -> None:
    async with person(house) as client:
        page = (await client.get("/katalog/kritiske")).text
        assert "Ingen ydelse er samfundskritisk endnu" in page
        assert '<form method="post" action="/katalog/kritiske"' not in page


async def test_a_plans_file_is_kept_with_its_date_and_fetched_also_as_it_was(kept: House) -> None:
    plan = address(Kind.PLAN, PLAN)
    async with person(kept) as client:
        assert "Filen er ikke lagt ind endnu" in (await client.get(plan)).text
        assert (await client.get(f"{plan}/fil")).status_code == 404
        form = (await client.get(f"{plan}/fil/ny")).text
        assert 'enctype="multipart/form-data"' in form
        sent = {**filled(form), "dated": "2026-05-01", "reason": "Gennemgået i maj"}
        first, second = b"%PDF-1.7 den foerste", b"%PDF-1.7 den anden"
        done = await client.post(f"{plan}/fil/ny", data=sent, files={"file": ("plan.pdf", first, "application/pdf")})
        assert done.headers["location"] == f"{plan}?gemt=plan"
        page = (await client.get(plan)).text
        assert sha256(first).hexdigest() in page
        before = kept.clock.now
        kept.clock.go_on(hours=2)
        sent = {**filled((await client.get(f"{plan}/fil/ny")).text), "dated": "2026-11-01", "reason": "Ny vagtordning"}
        await client.post(f"{plan}/fil/ny", data=sent, files={"file": ("plan.pdf", second, "application/pdf")})
        got = await client.get(f"{plan}/fil")
        assert got.content == second
        assert got.headers["content-disposition"].startswith("attachment")
        assert got.headers["content-disposition"].endswith(".pdf")
        assert (await client.get(f"{plan}/fil", params={"at": before.isoformat()})).content == first
        then = (await client.get(plan, params={"at": before.isoformat()})).text
        assert f'href="{plan}/fil?at=' in then
        care = (await client.get(address(Kind.SERVICE, CARE))).text
        assert f'href="{plan}/fil"' in care
        assert "dateret 1. nov. 2026" in care


async def test_a_plans_file_that_is_not_taken_leaves_nothing_and_loses_no_word(kept: House) -> None:
    plan = address(Kind.PLAN, PLAN)
    async with person(kept) as client:
        sent = {**filled((await client.get(f"{plan}/fil/ny")).text), "dated": "2026-05-01", "reason": "Gennemgået"}
        content = {"file": ("plan.pdf", b"%PDF-1.7", "application/pdf")}
        for wrong, status in (
            ({"dated": "maj"}, 422),
            ({"reason": ""}, 422),
            ({"expected_version": "7"}, 412),
            ({"reason": "Spurgt af 010190-1234"}, 422),
        ):
            answer = await client.post(f"{plan}/fil/ny", data={**sent, **wrong}, files=content)
            assert answer.status_code == status, wrong
            assert "Vælg filen igen" in answer.text
            assert 'value="2026-05-01"' in answer.text or "dated" in wrong
        empty = await client.post(f"{plan}/fil/ny", data=sent, files={"file": ("plan.pdf", b"", "application/pdf")})
        assert empty.status_code == 422
        large = {"file": ("plan.pdf", bytes(1_000_001), "application/pdf")}
        assert (await client.post(f"{plan}/fil/ny", data=sent, files=large)).status_code == 413
        service = address(Kind.SERVICE, CARE)
        assert (await client.get(f"{service}/fil/ny")).status_code == 422
        assert (await client.post(f"{service}/fil/ny", data=sent, files=content)).status_code == 422
    assert known(kept, Kind.PLAN, PLAN).version == 2
    assert list(kept.parts.evidence.store.held()) == []
