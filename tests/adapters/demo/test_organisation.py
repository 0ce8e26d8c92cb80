import asyncio
from pathlib import Path

import pytest

from adapters.data_directory import PAGE_USER
from adapters.demo.chapters.organisation import CVR, FILER
from adapters.demo.history import StoryClock, references
from adapters.demo.story import DUE_SOON, WAITING
from domain.cvr import check_cvr
from domain.organisation.events import ORGANISATION
from domain.organisation.warnings import warnings
from domain.policy import Policy
from domain.roles import Role
from handlers.requests import Origin
from tests.adapters.demo.support import SUNDAY, Told, demo_office, tell

ENTITY = "Lærkeborg Kommune"


def test_the_organisation_is_on_record_before_the_first_incident(told: Told) -> None:
    placed = [r for r in told.log if r.aggregate_id == ORGANISATION]
    assert placed[0].position == 1
    assert max(r.recorded_at for r in placed) < told.streams["omsorg"][0].recorded_at


def test_two_things_are_missing_on_purpose(told: Told) -> None:
    found = [warning.key for warning in warnings(told.organisation, now=told.start)]
    assert found == [f"no-deputy/{ENTITY}/{Role.RESTORATION_LEAD}", "contact-empty/fallback"]


def test_the_number_passes_the_check_and_the_addresses_are_examples(told: Told) -> None:
    assert check_cvr(CVR) == told.organisation.entities[ENTITY].cvr
    assert all("Opdigtet" in text and "example.dk" in text for text in told.organisation.contacts.values())


def test_the_policy_is_the_default_with_own_examples_and_says_why(told: Told) -> None:
    policy = told.organisation.policies[None]
    assert policy.model_copy(update={"examples": {}}) == Policy()
    assert set(policy.examples) == {"operation", "economy", "others"}


def test_filing_was_tested_some_weeks_ago(told: Told) -> None:
    tested = told.organisation.filers[ENTITY][FILER]
    assert tested is not None
    assert 30 <= (told.start - tested).days <= 50


def test_everybody_who_acts_in_the_story_holds_the_role(told: Told) -> None:
    holders = told.organisation.authority(ENTITY, None).holders
    taken = {(meta.role, meta.actor) for r in told.log if r.aggregate_id != ORGANISATION and (meta := r.event.meta).role}
    assert taken
    assert [(role, actor) for role, actor in taken if actor not in holders[Role(role)]] == []


@pytest.mark.parametrize(
    ("incident", "step", "fields"),
    [
        (WAITING, "assess", {"significant": True, "nis2_category": "high", "answers": {"q1.safety": "yes"}}),
        (WAITING, "plan-task", {"owner": "rolle:drift", "task": "Ring til leverandøren af ruteplanen."}),
        (DUE_SOON, "early-warning", {"suspected_malicious": "yes", "cross_border": "unknown", "receipt": "DEMO-2"}),
        (DUE_SOON, "approve-assessment", {}),
        (DUE_SOON, "dpo-advice", {"advice": "Anmeld bruddet."}),
    ],
)
def test_whoever_tries_the_demo_on_the_page_may_take_any_step(
    tmp_path: Path, incident: str, step: str, fields: dict[str, object]
) -> None:
    tell(tmp_path, SUNDAY)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        origin = Origin(PAGE_USER, "web", "a-visitor", SUNDAY)
        reference = references(office.store)[incident]
        done = asyncio.run(office.desk.take_step(reference, step, fields, origin))
    assert getattr(done.events[0], "deviations", ()) == ()
