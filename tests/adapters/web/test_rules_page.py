"""The page of rules and maintenance: sentences, yesterday's counts, and maintenance announced and called off by hand."""

from domain.intake.events import MaintenanceAnnounced, MaintenanceCancelled
from tests.adapters.web.support import House
from tests.support.intake import log, take
from tests.support.signals import signal

WORK = {"name": "patch", "components": "db-*, Økonomi", "begins_at": "2026-11-22T22:00", "ends_at": "2026-11-23T02:00"}


async def test_each_rule_is_a_sentence_and_yesterday_is_counted(house: House) -> None:
    take(house.store, signal("1", "db-1"), signal("2", "db-1"), signal("3", source="zabbix"))
    house.clock.go_on(days=1)
    await house.parts.wait_for(house.store.head())
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        shown = (await browser.get("/regler")).text
        english = (await browser.get("/regler?lang=en")).text
    assert "Regler nr. 0" in shown
    assert "Alt med alvoren høj eller værre: føjes til den åbne hændelse" in shown
    assert '<td data-title="Udfald">åbnede en hændelse</td><td data-title="Antal">2</td>' in shown
    assert "Everything of severity high or worse: joins the open incident" in english


async def test_maintenance_is_announced_and_called_off_by_whoever_is_at_the_browser(house: House) -> None:
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        assert "Intet vedligehold er varslet" in (await browser.get("/regler")).text
        await browser.post("/hvem", data={"other": "drift"})
        done = await browser.post("/regler/vedligehold", data=WORK)
        assert (done.status_code, done.headers["location"]) == (303, "/regler#vedligehold")
        shown = (await browser.get("/regler")).text
        assert "db-*, Økonomi" in shown
        assert 'action="/regler/vedligehold/patch/aflys"' in shown
        assert (await browser.post("/regler/vedligehold/patch/aflys")).status_code == 303
        assert "Intet vedligehold er varslet" in (await browser.get("/regler")).text
        assert (await browser.post("/regler/vedligehold/patch/aflys")).status_code == 404
    (announced,), (cancelled,) = log(house.store, MaintenanceAnnounced), log(house.store, MaintenanceCancelled)
    assert (announced.components, announced.meta.actor, announced.meta.channel) == (("db-*", "Økonomi"), "drift", "web")
    assert cancelled.meta.actor == "drift"


async def test_a_refused_form_keeps_what_was_sent_and_says_what_is_wrong_where(house: House) -> None:
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        for changed, says in (
            ({"name": "to ord"}, 'id="maintenance-name-fejl"'),
            ({"components": ""}, 'id="maintenance-components-fejl"'),
            ({"ends_at": "2026-11-22T21:00"}, "Vedligehold skal slutte, efter at det begynder"),
            ({"begins_at": "2026-10-25T02:30"}, 'value="2026-10-25T02:30:00+02:00"'),
        ):
            refused = await browser.post("/regler/vedligehold", data=WORK | changed)
            assert refused.status_code == 422
            assert says in refused.text
            assert 'value="2026-11-23T02:00"' in refused.text or "ends_at" in changed
    assert house.store.head() == 0
