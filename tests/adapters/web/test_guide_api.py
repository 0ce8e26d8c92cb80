"""The question guide over the API: the same data and the same recommendation as on the page, and nothing recorded."""

from functools import partial

from domain.guide.thresholds import Thresholds
from domain.policy import Policy
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.guide import GUIDE
from tests.support.organisations import policy


async def test_the_guide_in_force_is_told_with_every_question_and_option(house: House) -> None:
    async with house.client() as client:
        told = (await client.get("/api/v1/guide")).json()
    assert told["version"] == GUIDE.version
    assert [one["key"] for one in told["questions"]] == [question.key for question in GUIDE.questions]
    cia = told["questions"][1]
    assert (cia["kind"], cia["part"], cia["options"][0]["danish"]) == ("several", "q1", "Tilgængelighed")


async def test_answers_give_a_recommendation_and_record_nothing(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/api/v1/guide/recommendation", json={"answers": {"q1.safety": "yes"}})
    told = answer.json()
    assert answer.status_code == 200
    assert (told["outcome"], told["category"], told["guide_version"]) == ("significant_recommended", "high", GUIDE.version)
    assert told["reasons"][0]["paragraph"] == "NIS 2-loven § 12, stk. 2, nr. 2"
    assert told["opens_text"][0]["danish"] == "Løft den straks til Ledelsesbeslutningstageren."
    assert house.store.head() == 0


async def test_the_entitys_own_thresholds_weigh(house: House) -> None:
    own = Policy(thresholds=Thresholds(citizens_affected=100))
    await house.parts.desk.committer.submit(partial(change, proposed=policy(own)))
    async with house.client() as client:
        answer = await client.post("/api/v1/guide/recommendation", json={"answers": {"q2.users_citizens": "100"}})
    assert answer.json()["outcome"] == "significant_recommended"


async def test_answers_that_no_question_has_are_refused_by_name(house: House) -> None:
    async with house.client() as client:
        for body, code in (
            ({"answers": {"q1.safety": "perhaps"}}, "unreadable-answer"),
            ({"answers": {"q9.none": "yes"}}, "unknown-question"),
            ({"answers": {}, "guide_version": "1999-01"}, "unknown-guide"),
        ):
            answer = await client.post("/api/v1/guide/recommendation", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_both_are_in_the_openapi_document(house: House) -> None:
    async with house.client() as client:
        paths = (await client.get("/openapi.json")).json()["paths"]
    assert "GuideTold" in str(paths["/api/v1/guide"]["get"]["responses"]["200"])
    assert "RecommendationTold" in str(paths["/api/v1/guide/recommendation"]["post"]["responses"]["200"])
