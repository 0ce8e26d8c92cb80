"""What cannot be meant or is not allowed is refused by name, and nothing is written."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from domain.deadline_rules import RULES
from domain.errors import SporlogError
from domain.incident import errors
from tests.scenarios import worlds as w
from tests.scenarios.refusals import DECIDER, TABLE
from tests.scenarios.story import Story, a_story
from tests.scenarios.worlds import BOTH, World


@pytest.mark.parametrize("world", dict.fromkeys(bad.world for bad in TABLE), ids=lambda world: world.__name__)
async def test_it_is_refused_by_name_and_nothing_changes(world: World, tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await world(story)
        before = story.house.store.rows()
        for bad in (bad for bad in TABLE if bad.world is world):
            answer = await story.ask(bad.who, bad.step, **bad.fields)
            told = answer.json()
            assert (answer.status_code, told.get("code")) == (bad.status, bad.code), f"{bad.name}: {answer.text}"
            assert answer.headers["content-type"] == "application/problem+json"
            assert told["detail"]
            assert story.house.store.rows() == before, bad.name


@pytest.mark.parametrize("kind", w.OPEN_DUTIES)
async def test_nothing_is_closed_over_an_open_duty(kind: str, tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await w.OPEN_DUTIES[kind](story)
        before = story.house.store.rows()
        for reason in ("resolved", "external_cause", "not_an_incident"):
            answer = await story.ask(DECIDER, "close", reason=reason)
            assert (answer.status_code, answer.json()["code"]) == (409, "open-statutory-duty")
            assert f"{kind} (" in answer.json()["detail"]
            assert story.house.store.rows() == before


async def test_alone_on_duty_is_refused_where_the_policy_does_not_know_it(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        wanted = (await story.api.get("/api/v1/organisation")).json()
        wanted |= {"policy": {**wanted["policy"], "alone_on_duty": False}, "reason": "Vi er altid to"}
        assert (await story.api.put("/api/v1/organisation", json=wanted)).status_code == 200
        await w.significant(story)
        await story.refused(f"{BOTH} as decision_maker", "approve-assessment", "alone-not-allowed", alone=True)


IMPOSSIBLE: tuple[tuple[dict[str, Any], str, int], ...] = (
    ({"cvr": "12345675"}, "invalid-cvr", 422),
    ({"cvr": ""}, "invalid-cvr", 422),
    ({"prefix": "HX"}, "prefix-fixed", 409),
    ({"roles": [{"role": "assessor", "holder": "u-1", "deputies": ["u-1"]}]}, "repeated-deputy", 422),
    ({"roles": [{"role": "borgmester", "holder": "u-1"}]}, "invalid-fields", 422),
    ({"policy": {"phases": ["discovery", "discovery"]}}, "unknown-phase", 422),
    ({"policy": {"approve_within_hours": 0}}, "invalid-fields", 422),
)


async def test_an_organisation_that_cannot_be_is_refused_as_a_whole(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        wanted = (await story.api.get("/api/v1/organisation")).json()
        for change, code, status in IMPOSSIBLE:
            changed = {**wanted["entities"][0], **change}
            await _refuses_organisation(story, {**wanted, "entities": [changed], "reason": "Forsøg"}, code, status)


async def test_two_entities_with_one_prefix_and_an_entity_that_is_left_out_are_refused(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        wanted = (await story.api.get("/api/v1/organisation")).json()
        twin = {"entity": "vand", "cvr": "87654303", "prefix": "H"}
        await _refuses_organisation(story, {**wanted, "entities": [*wanted["entities"], twin]}, "prefix-taken", 409)
        await _refuses_organisation(story, {**wanted, "entities": [{**twin, "prefix": "V"}]}, "entity-kept", 409)


async def _refuses_organisation(story: Story, wanted: dict[str, Any], code: str, status: int) -> None:
    before = story.house.store.rows()
    answer = await story.api.put("/api/v1/organisation", json=wanted)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert story.house.store.rows() == before


def test_every_refusal_of_an_incident_is_in_the_table() -> None:
    classes = (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, SporlogError))
    named = {kind.code for kind in classes if kind.__module__ == errors.__name__}
    shown = {bad.code for bad in TABLE} | {"open-statutory-duty", "alone-not-allowed", "other-entity", "exercise-mixed"}
    # An extract is approved as a whole, on the page and the command line, which have their own tests of it.
    shown |= {"undecided-documents"}
    # The API makes a new id for each report, and reads a role as one of those that there are.
    assert named - shown == {"incident-already-reported", "unknown-role"}


def test_every_statutory_duty_keeps_an_incident_open() -> None:
    assert {rule.kind.value for rule in RULES if rule.statutory} == w.OPEN_DUTIES.keys()
