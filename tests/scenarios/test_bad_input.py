"""What cannot be meant or is not allowed is refused by name, and nothing is written."""

import inspect
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from domain.deadline_rules import RULES
from domain.errors import SporlogError
from domain.incident import errors
from tests.scenarios import worlds as w
from tests.scenarios.story import Story, a_story
from tests.scenarios.worlds import ARCHIVIST, BOTH, CHIEF, JUDGE, TECH, World


class Bad(NamedTuple):
    """Who tries what where, and how it is refused."""

    name: str
    world: World
    who: str
    step: str
    fields: dict[str, Any]
    code: str
    status: int = 409


SIGNIFICANT = {"significant": True, "nis2_category": "high"}
NOT = {"significant": False, "nis2_category": "low"}
ASSESSOR, DECIDER, NOTIFIER = f"{JUDGE} as assessor", f"{CHIEF} as decision_maker", f"{JUDGE} as notifier"
HARD = {"q1.event_kind": "incident", "q1.safety": "yes"}
WHY = {"reason": "Vi vidste det før"}
TABLE = (
    # Times.
    Bad(
        "reported in the future",
        w.nothing,
        CHIEF,
        "report",
        {"title": "x", "occurred_at": "2026-11-24 10:00"},
        "in-the-future",
        422,
    ),
    Bad(
        "detected in the future",
        w.nothing,
        CHIEF,
        "report",
        {"title": "x", "detected_at": "2026-11-24 10:00"},
        "in-the-future",
        422,
    ),
    Bad(
        "aware in the future",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 10:00", **WHY},
        "in-the-future",
        422,
    ),
    Bad(
        "aware before detection",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 07:59", **WHY},
        "aware-before-detection",
        422,
    ),
    Bad(
        "aware while not significant",
        w.reported,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 08:30", **WHY},
        "assessment-missing",
    ),
    Bad(
        "detected after awareness",
        w.approved,
        TECH,
        "correct",
        {"field": "detected_at", "new": "2026-11-24 09:04", **WHY},
        "aware-before-detection",
        422,
    ),
    Bad(
        "breach before detection",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 07:00", "risk": "high"},
        "aware-before-detection",
        422,
    ),
    Bad(
        "breach in the future",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 12:00", "risk": "high"},
        "in-the-future",
        422,
    ),
    Bad(
        "sent in the future",
        w.approved,
        NOTIFIER,
        "early-warning",
        {"suspected_malicious": "no", "cross_border": "no", "occurred_at": "2026-11-25 09:00"},
        "in-the-future",
        422,
    ),
    Bad("a time that is none", w.reported, TECH, "note", {"text": "x", "occurred_at": "i går"}, "unreadable-time", 422),
    # Four eyes.
    Bad("own assessment", w.significant, f"{BOTH} as decision_maker", "approve-assessment", {}, "own-approval"),
    Bad(
        "own draft",
        w.drafted,
        f"{BOTH} as decision_maker",
        "approve-submission",
        {"report": "incident_notification"},
        "own-approval",
    ),
    Bad(
        "own emergency action",
        w.acted_in_an_emergency,
        f"{BOTH} as decision_maker",
        "approve-afterwards",
        {"approved_number": 2},
        "own-approval",
    ),
    Bad("nothing waits", w.approved, DECIDER, "approve-afterwards", {"approved_number": 2}, "nothing-to-approve"),
    Bad("no draft", w.approved, DECIDER, "approve-submission", {"report": "status_report"}, "nothing-to-approve"),
    Bad("not assessed yet", w.reported, DECIDER, "approve-assessment", {}, "assessment-missing"),
    Bad("nothing to reject", w.reported, DECIDER, "reject-assessment", WHY, "assessment-missing"),
    Bad("final before handled", w.drafted, DECIDER, "approve-submission", {"report": "final_report"}, "final-before-handled"),
    # Roles.
    Bad("unknown role", w.reported, "u-1 as borgmester", "assess", SIGNIFICANT, "invalid-fields", 422),
    Bad("role not permitted", w.reported, f"{TECH} as technical_lead", "assess", SIGNIFICANT, "role-not-permitted"),
    Bad(
        "DPO decides nothing",
        w.reported,
        "postkasse:dpo as dpo",
        "breach",
        {"breach_aware_at": "2026-11-24 08:30", "risk": "high"},
        "role-not-permitted",
    ),
    Bad("role not held", w.reported, f"{TECH} as assessor", "assess", SIGNIFICANT, "role-not-held"),
    Bad("no role stated, none held", w.reported, "u-99", "assess", SIGNIFICANT, "role-not-held"),
    Bad(
        "moved later by the assessor",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 09:02", **WHY},
        "awareness-moved-later",
    ),
    # Assessment and guide.
    Bad("not significant without a reason", w.reported, ASSESSOR, "assess", NOT, "reason-missing", 422),
    Bad("departs without a reason", w.reported, ASSESSOR, "assess", {**NOT, "answers": HARD}, "reason-missing", 422),
    Bad(
        "category contradicts",
        w.reported,
        ASSESSOR,
        "assess",
        {"significant": True, "nis2_category": "low"},
        "category-contradicts",
        422,
    ),
    Bad(
        "no such question",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": {"q9.vejret": "yes"}},
        "unknown-question",
        422,
    ),
    Bad(
        "no such answer",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": {"q1.safety": "maaske"}},
        "unreadable-answer",
        422,
    ),
    Bad(
        "no such guide",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": HARD, "guide_version": "2019-1"},
        "unknown-guide",
        422,
    ),
    Bad("significant twice", w.approved, NOTIFIER, "significant-now", {}, "already-significant"),
    Bad(
        "unlikely without a reason",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 08:30", "risk": "unlikely"},
        "reason-missing",
        422,
    ),
    # Forms, fields and numbers.
    Bad(
        "no such field of a notice",
        w.approved,
        NOTIFIER,
        "draft-submission",
        {"report": "early_warning", "values": {"vejret": "x"}},
        "unknown-field",
        422,
    ),
    Bad(
        "no such choice in a notice",
        w.approved,
        NOTIFIER,
        "draft-submission",
        {"report": "early_warning", "values": {"cross_border": "måske"}},
        "unreadable-value",
        422,
    ),
    Bad("no such field of a step", w.reported, TECH, "note", {"text": "x", "vejret": "x"}, "invalid-fields", 422),
    Bad("nothing said", w.reported, TECH, "note", {"text": ""}, "invalid-fields", 422),
    Bad("no such measure", w.reported, TECH, "update-measure", {"measure_number": 7, "state": "done"}, "unknown-number", 422),
    Bad("no such task", w.reported, TECH, "task-done", {"task_number": 1}, "unknown-number", 422),
    Bad("no such follow-up", w.reported, TECH, "follow-up-done", {"follow_up_number": 1}, "unknown-number", 422),
    Bad(
        "no such submission", w.reported, ARCHIVIST, "receipt", {"submission_number": 1, "receipt": "V"}, "unknown-number", 422
    ),
    Bad(
        "no such thing to follow",
        w.approved,
        NOTIFIER,
        "early-warning",
        {"suspected_malicious": "no", "cross_border": "no", "follows": 1},
        "unknown-number",
        422,
    ),
    Bad(
        "nothing corrected",
        w.reported,
        TECH,
        "correct",
        {"field": "title", "new": "Mail er nede", **WHY},
        "nothing-to-correct",
        422,
    ),
    Bad("somebody wrote first", w.approved, TECH, "note", {"text": "x", "expected_version": 1}, "version-conflict", 412),
    # Closing and relating.
    Bad("resolved without assessment", w.reported, DECIDER, "close", {"reason": "resolved"}, "assessment-missing"),
    Bad("resolved before handled", w.not_significant, DECIDER, "close", {"reason": "resolved"}, "not-mitigated"),
    Bad("not significant, nobody said so", w.reported, DECIDER, "close", {"reason": "not_significant"}, "assessment-missing"),
    Bad("duplicate of nothing", w.reported, DECIDER, "close", {"reason": "duplicate"}, "duplicate-of-missing"),
    Bad(
        "duplicate of itself",
        w.reported,
        DECIDER,
        "close",
        {"reason": "duplicate", "duplicate_of": "H-2026-0001"},
        "duplicate-of-missing",
    ),
    Bad("closed twice", w.closed, DECIDER, "close", {"reason": "not_an_incident"}, "incident-already-closed"),
    Bad("reopened while open", w.reported, f"{TECH} as technical_lead", "reopen", WHY, "step-not-allowed"),
    Bad(
        "merged into itself",
        w.reported,
        f"{TECH} as technical_lead",
        "merge",
        {"into": "H-2026-0001", **WHY},
        "same-incident",
        422,
    ),
    Bad(
        "merged into a closed one",
        w.two_of_which_one_is_closed,
        f"{TECH} as technical_lead",
        "merge",
        {"into": "H-2026-0001", **WHY},
        "incident-already-closed",
    ),
    Bad("merged into none", w.reported, f"{TECH} as technical_lead", "merge", {"into": "H-2026-0099", **WHY}, "not-found", 404),
    Bad(
        "shared with a stranger",
        w.reported,
        f"{TECH} as technical_lead",
        "share",
        {"entity": "naboby", **WHY},
        "unknown-entity",
        422,
    ),
    Bad(
        "shared with itself",
        w.reported,
        f"{TECH} as technical_lead",
        "share",
        {"entity": "laerkeborg", **WHY},
        "same-entity",
        422,
    ),
    Bad(
        "recurring with nothing",
        w.reported,
        ASSESSOR,
        "recurrence",
        {"others": [], "significant_together": False, **WHY},
        "invalid-fields",
        422,
    ),
    Bad("reported for a stranger", w.nothing, CHIEF, "report", {"title": "x", "entity": "naboby"}, "unknown-entity", 422),
)


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
    shown = {bad.code for bad in TABLE} | {"open-statutory-duty", "alone-not-allowed"}
    # The API makes a new id for each report, and reads a role as one of those that there are.
    assert named - shown == {"incident-already-reported", "unknown-role"}


def test_every_statutory_duty_keeps_an_incident_open() -> None:
    assert {rule.kind.value for rule in RULES if rule.statutory} == w.OPEN_DUTIES.keys()
