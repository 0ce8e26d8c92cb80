"""Who works at a browser is said once, and each act carries it; the role is looked up where the organisation knows it."""

from domain.organisation.events import ORGANISATION
from domain.policy import Policy
from domain.roles import Role
from tests.adapters.web.support import House
from tests.support.organisations import placed, policy, registered


async def organise(house: House) -> None:
    events = [registered(), placed(Role.INCIDENT_RECEIVER, "vagt"), placed(Role.DECISION_MAKER, "direktør", "vagt")]
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))


async def test_nobody_is_assumed_until_somebody_says_who_they_are(house: House) -> None:
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        assert "Hvem er du?" in (await browser.get("/")).text
        answer = await browser.post("/hvem", data={"other": "vagt@lærkeborg.dk", "til": "/organisation"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/organisation")
        assert "Du er vagt@lærkeborg.dk" in (await browser.get("/")).text
        await browser.post("/haendelser", data={"title": "Tablets er sorte"})
        (recorded,) = house.store.read(0, 10)
        assert recorded.event.meta.actor == "vagt@lærkeborg.dk"
        await browser.post("/hvem", data={})
        assert "Hvem er du?" in (await browser.get("/")).text


async def test_whom_the_organisation_names_is_offered_with_their_roles(house: House) -> None:
    await organise(house)
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        page = (await browser.get("/hvem")).text
        assert "Hændelsesmodtager, Ledelsesbeslutningstager" in page


async def test_the_role_in_which_a_step_was_taken_is_looked_up_and_stands_in_the_log(house: House) -> None:
    await organise(house)
    reference = await house.report()
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        await browser.post("/hvem", data={"other": "direktør"})
        sent = {"contingency": "crisis_staff", "reason": "Hele huset er ramt"}
        assert (await browser.post(f"/haendelser/{reference}/activate-contingency", data=sent)).status_code == 303
    recorded = house.store.read(0, 10)[-1].event.meta
    assert (recorded.actor, recorded.role) == ("direktør", "decision_maker")


async def test_only_a_path_of_ours_is_gone_on_to(house: House) -> None:
    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        answer = await browser.post("/hvem", data={"other": "u-1", "til": "https://elsewhere.example/"})
        assert answer.headers["location"] == "/"


async def test_impact_and_urgency_are_asked_first_where_the_policy_wants_them(house: House) -> None:
    def first_questions(html: str) -> str:
        return html.partition('id="registrer"')[2].partition("<details")[0]

    async with house.browser() as browser:
        await browser.get("/?token=a-token-of-a-test")
        assert 'name="impact"' not in first_questions((await browser.get("/")).text)
        asking = [registered(), policy(Policy(impact_urgency=True))]
        await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, asking, expected=0))
        assert 'name="urgency"' in first_questions((await browser.get("/")).text)
        await browser.post("/haendelser", data={"title": "Nede", "impact": "high", "urgency": "high"})
    assert house.store.read(0, 10)[-1].event.model_dump()["severity"] == "critical"
