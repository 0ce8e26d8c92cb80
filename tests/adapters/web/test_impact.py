"""What an incident hits, on its page and in the API, over both databases; and the services that are picked for it."""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from adapters.web.app import make_app
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import Kind
from domain.catalogue.landscape import Landscape
from domain.catalogue.ties import Need, Tie, Weight
from domain.errors import UnavailableError
from handlers.catalogue import Change, change_all
from tests.adapters.web.support import House, a_house
from tests.support.catalogues import CARE, SERVER, SYSTEM, bond, classed, ident, new, small

FAMILIES = "Børn, unge og familier"
WHY = "Hjemmepleje og medicin afhænger af Omsorgsjournal, som afhænger af srv-omsorg-01"


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose catalogue holds the small one, and a service with commas in its name."""
    async with a_house(tmp_path) as house:
        await tell(house, [*small(), new(Kind.SERVICE, FAMILIES)])
        yield house


async def tell(house: House, changes: Iterable[Change]) -> None:
    told = list(changes)
    await house.parts.desk.committer.submit(lambda uow: change_all(uow, told))
    await house.parts.wait_for(house.store.head())


async def page(house: House, address: str, token: str | None = None) -> str:
    client = house.visitor(Authorization=f"Bearer {token}", Accept="text/html") if token else house.client(Accept="text/html")
    async with client as visitor:
        answer = await visitor.get(address)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_the_page_names_services_class_path_and_the_severity_that_follows_but_changes_nothing(kept: House) -> None:
    reference = await kept.report(components=[f"{SERVER}.laerkeborg.dk", "srv-ny"])
    html = await page(kept, f"/haendelser/{reference}")
    assert "Hvad rammer det?" in html
    assert (
        f"Anbefalet alvor: Kritisk. Hændelsen står som: Høj. Grunden: {CARE} (samfundskritisk): stoppet. Du afgør det." in html
    )
    assert (
        f'<a href="/katalog/{ident(Kind.SERVICE, CARE)}">{CARE}</a></strong> (samfundskritisk): stoppet, alvor kritisk' in html
    )
    assert WHY in html
    assert "Kataloget kender ikke srv-ny." in html
    async with kept.client() as client:
        assert (await client.get(f"/api/v1/incidents/{reference}")).json()["severity"] == "high"


async def test_the_link_fills_in_the_correction_that_makes_the_severity_the_recommended_one(kept: House) -> None:
    reference = await kept.report(components=[SERVER])
    html = await page(kept, f"/haendelser/{reference}")
    (link,) = re.findall(rf'href="(/haendelser/{reference}\?trin=correct[^"]*)#trin-correct"', html)
    form = await page(kept, link)
    assert '<details class="step" id="trin-correct" open>' in form
    fields = {
        "field": "severity",
        "new": "critical",
        "reason": f"Kataloget: {CARE} (samfundskritisk): stoppet. {WHY}.",
    }
    for value in (">critical</textarea>", fields["reason"], 'value="severity" selected'):
        assert value in form
    async with kept.browser() as browser:
        browser.headers["Authorization"] = await _bearer(kept)
        done = await browser.post(f"/haendelser/{reference}/correct", data=fields)
    assert done.status_code == 303
    await kept.parts.wait_for(kept.store.head())
    after = await page(kept, f"/haendelser/{reference}")
    assert "Anbefalet alvor: Kritisk, og det er den, der står." in after
    assert "trin=correct" not in after


async def _bearer(house: House) -> str:
    return f"Bearer {house.parts.token}"


async def test_an_incident_that_an_alert_opened_keeps_the_tools_severity_and_shows_the_classes(kept: House) -> None:
    async with kept.client() as client:
        assert (await client.post("/intake/alertmanager", json=alert_on(SERVER, severity="high"))).status_code == 200
        await kept.parts.wait_for(kept.store.head())
        (one,) = (await client.get("/api/v1/incidents")).json()
        assert (one["severity"], one["components"]) == ("high", [SERVER])
        told = (await client.get(f"/api/v1/incidents/{one['ref']}/impact")).json()
    assert (told["severity"], told["recommended_severity"]) == ("high", "critical")
    html = await page(kept, f"/haendelser/{one['ref']}")
    assert (
        f"Anbefalet alvor: Kritisk. Hændelsen står som: Høj. Grunden: {CARE} (samfundskritisk): stoppet. Du afgør det." in html
    )
    assert WHY in html


def alert_on(component: str, **labels: str) -> dict[str, object]:
    told = {"labels": {"alertname": "x", "instance": component, **labels}, "status": "firing", "fingerprint": "a"}
    return {"alerts": [{**told, "startsAt": "2026-11-22T09:00:00Z"}]}


async def test_where_no_step_can_be_taken_nothing_is_to_be_corrected(kept: House) -> None:
    reference = await kept.report(components=[SERVER])
    for html in (
        await page(kept, f"/haendelser/{reference}?position={kept.store.head()}"),
        await page(kept, f"/haendelser/{reference}", await kept.audit("u-tilsyn", reference)),
    ):
        assert "Anbefalet alvor: Kritisk." in html
        assert "trin=correct" not in html


async def test_what_hits_nothing_says_why(kept: House) -> None:
    unnamed = await kept.report()
    assert "Hændelsen nævner ingen ydelse eller komponent." in await page(kept, f"/haendelser/{unnamed}")
    idle = await kept.report(components=["Vagttelefon"])
    assert "Ingen ydelse i kataloget rammes" in await page(kept, f"/haendelser/{idle}")


async def test_an_empty_catalogue_claims_nothing_and_shows_the_way_there(house: House) -> None:
    reference = await house.report(services=["Omsorg"])
    html = await page(house, f"/haendelser/{reference}")
    assert "Kataloget er tomt, så det vides ikke, hvilke ydelser der rammes." in html
    assert '<a href="/katalog">Fyld kataloget</a>' in html
    async with house.client() as client:
        told = (await client.get(f"/api/v1/incidents/{reference}/impact")).json()
    assert (told["catalogue_empty"], told["recommended_severity"], told["services"]) == (True, None, [])
    assert 'name="services" value="" list=' not in await page(house, "/")


async def test_many_services_unfold(kept: House) -> None:
    more = [f"Ydelse {n}" for n in range(12)]
    tied = [
        bond((Kind.SERVICE, name), Tie.DEPENDS_ON, (Kind.SYSTEM, SYSTEM), need=Need.WORK, weight=Weight.STOPS) for name in more
    ]
    await tell(kept, [*(new(Kind.SERVICE, name) for name in more), *tied])
    html = await page(kept, f"/haendelser/{await kept.report(components=[SERVER])}")
    assert "Ydelser, der rammes (13)" in html
    assert "Vis 3 til" in html
    assert "ingen klasse, regnet som almindelig" in html


async def test_it_is_shown_as_it_was_known_then(kept: House) -> None:
    reference = await kept.report(components=[SERVER, "srv-ny"])
    then = kept.store.head()
    kept.clock.go_on(hours=1)
    await tell(
        kept,
        [
            new(Kind.COMPONENT, "srv-ny"),
            bond((Kind.SERVICE, FAMILIES), Tie.DEPENDS_ON, (Kind.COMPONENT, "srv-ny"), weight=Weight.DEGRADES),
            *classed(FAMILIES, ServiceClass.CRITICAL, 3),
        ],
    )
    now, past = await page(kept, f"/haendelser/{reference}"), await page(kept, f"/haendelser/{reference}?position={then}")
    assert f"{FAMILIES}</a></strong> (kritisk): virker dårligere, alvor mellem" in now
    assert FAMILIES not in past
    assert "Kataloget kender ikke srv-ny." in past
    async with kept.client() as client:
        address = f"/api/v1/incidents/{reference}/impact"
        assert len((await client.get(address)).json()["services"]) == 2
        assert [one["name"] for one in (await client.get(f"{address}?position={then}")).json()["services"]] == [CARE]
        assert (await client.get(f"{address}?position={then - 1}")).status_code == 404


async def test_what_if_an_object_fails_and_what_has_hit_it(kept: House) -> None:
    first = await kept.report(components=[SERVER.upper()])
    kept.clock.go_on(minutes=5)
    second = await kept.report(services=[CARE])
    async with kept.client() as client:
        assert (await client.post("/intake/alertmanager", json=alert_on(f"{SERVER}:9100"))).status_code == 200
        await kept.parts.wait_for(kept.store.head())
        server = (await client.get(f"/api/v1/catalogue/{ident(Kind.COMPONENT, SERVER)}/impact")).json()
        care = (await client.get(f"/api/v1/catalogue/{CARE}/impact", params={"limit": 1})).json()
        unknown = await client.get("/api/v1/catalogue/srv-findes-ikke/impact")
    assert [(one["name"], one["severity"], [step["name"] for step in one["path"]]) for one in server["services"]] == [
        (CARE, "critical", [SERVER, SYSTEM, CARE])
    ]
    assert [one["ref"] for one in server["incidents"]][-1:] == [first]
    assert second not in [one["ref"] for one in server["incidents"]]
    assert (care["incident_count"], len(care["incidents"])) == (server["incident_count"] + 1, 1)
    assert [(one["component"], one["signals"]) for one in server["alerts"]] == [(SERVER, 1)]
    assert care["alerts"] == server["alerts"]
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-object")


async def test_whoever_sees_one_entity_sees_what_their_incident_hits_but_not_the_landscape(kept: House) -> None:
    reference = await kept.report(components=[SERVER])
    token = await kept.grant("u-1", "laerkeborg")
    html = await page(kept, f"/haendelser/{reference}", token)
    assert WHY in html
    assert "/katalog/" not in html
    assert FAMILIES not in await page(kept, "/", token)
    async with kept.visitor(Authorization=f"Bearer {token}") as visitor:
        assert (await visitor.get(f"/api/v1/catalogue/{CARE}/impact")).status_code == 403


async def test_the_steps_about_a_service_suggest_those_that_are_hit(kept: House) -> None:
    html = await page(kept, f"/haendelser/{await kept.report(components=[SERVER], services=['Løn'])}")
    options = f'<option value="Løn"></option><option value="{CARE}"></option>'
    assert f'<datalist id="service-degraded-service-navne">{options}</datalist>' in html


async def test_it_is_said_in_english_too(kept: House) -> None:
    html = await page(kept, f"/haendelser/{await kept.report(components=[SERVER, 'srv-ny'])}?lang=en")
    assert "What does it hit?" in html
    assert (
        f"Recommended severity: Critical. The incident stands as: High. The reason: {CARE} (critical to society): stopped."
        in html
    )
    assert f"{CARE} depends on {SYSTEM}, which depends on {SERVER}" in html
    assert "The catalogue does not know srv-ny." in html


async def test_while_the_catalogue_cannot_be_read_incidents_are_shown_and_reported_all_the_same(kept: House) -> None:
    def gone() -> Landscape:
        msg = "the disk is gone"
        raise UnavailableError(msg)

    reference = await kept.report(components=[SERVER])
    blind = replace(kept, app=make_app(replace(kept.parts, landscape=gone)))
    assert "Kataloget kan ikke læses lige nu" in await page(blind, f"/haendelser/{reference}")
    async with blind.browser() as browser:
        browser.headers["Authorization"] = await _bearer(kept)
        assert (await browser.get("/")).status_code == 200
        done = await browser.post("/haendelser", data={"title": "Nede", "severity": "high", "services": CARE})
    assert done.status_code == 303
    made = done.headers["location"].removeprefix("/haendelser/").partition("?")[0]
    async with blind.client() as client:
        answer = await client.get(f"/api/v1/incidents/{made}")
    assert answer.json()["services"] == [CARE]


async def test_services_are_picked_from_the_catalogue_and_others_can_be_written(kept: House) -> None:
    html = await page(kept, "/")
    assert f'<option value="{CARE}">{CARE} (samfundskritisk)</option><option value="{FAMILIES}">{FAMILIES}</option>' in html
    assert html.count('name="services"') == 3
    async with kept.browser() as browser:
        browser.headers["Authorization"] = await _bearer(kept)
        refused = await browser.post("/haendelser", data={"severity": "high", "services": [CARE, FAMILIES, "Løn, Mail"]})
        assert refused.status_code == 422
        assert unescape(refused.text).count('name="services"') == 4
        assert f'name="services" value="{FAMILIES}"' in unescape(refused.text)
        sent = {"title": "Nede", "severity": "high", "services": [CARE, FAMILIES, "Løn, Mail"]}
        done = await browser.post("/haendelser", data=sent)
        assert done.status_code == 303
        shown = unescape((await browser.get(done.headers["location"])).text)
    assert "Nævnt i hændelsen selv" in shown
    assert "Kataloget kender ikke Løn, Mail." in shown
    async with kept.client() as client:
        (one,) = (await client.get("/api/v1/incidents")).json()
    assert one["services"] == [CARE, FAMILIES, "Løn", "Mail"]
