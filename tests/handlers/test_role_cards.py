import pytest

from domain.incident.step_tasks import TASKS
from domain.incident.transitions import ALL, TRACK, TRANSITIONS
from domain.organisation.events import Contact
from domain.policy import Policy
from domain.roles import Role
from handlers.role_cards import Held, RoleCard, role_cards
from tests.support.organisations import ENTITY, contact, organisation, placed, policy, registered


def card(role: Role, rules: Policy | None = None) -> RoleCard:
    events = (registered(), placed(role, "u-1", "u-2"), placed(role, "u-3", administration="Sundhed"), contact())
    return next(one for one in role_cards(organisation(*events, policy(rules)), ENTITY) if one.role is role)


def test_every_step_that_is_some_roles_and_not_everybodys_has_its_task_on_the_card() -> None:
    assert TASKS.keys() == {one.step for one in TRANSITIONS if one.roles and one.roles not in {ALL, TRACK}} | {"report"}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_card_with_the_steps_that_the_table_gives_it(role: Role) -> None:
    told = card(role)
    its_own = {one.step for one in TRANSITIONS if role in one.roles} & TASKS.keys()
    assert {step.step for step in told.steps} == its_own - ({"report"} if role is not Role.INCIDENT_RECEIVER else set())
    assert told.held == (Held(None, "u-1", ("u-2",)), Held("Sundhed", "u-3", ()))


def test_steps_are_in_the_order_of_the_policys_phases() -> None:
    usual = [step.phase for step in card(Role.DECISION_MAKER).steps]
    assert usual[0] == "discovery"
    assert usual == sorted(usual, key=Policy().phases.index)
    turned = card(Role.DECISION_MAKER, Policy(phases=("learning", *Policy().phases[:-1])))
    assert turned.steps[0].phase == "learning"


def test_the_card_says_what_the_policy_says() -> None:
    assert "Den første vurdering skal være der 4 timer efter registreringen." in card(Role.ASSESSOR).rules
    own = card(Role.ASSESSOR, Policy(assess_within_hours=2, assess_from="detected", alone_on_duty=False)).rules
    assert "Den første vurdering skal være der 2 timer efter opdagelsen." in own
    assert not any("alene på vagt" in rule for rule in own)
    assert any("alene på vagt" in rule for rule in card(Role.DECISION_MAKER).rules)
    assert not any("godkendes, før" in rule for rule in card(Role.NOTIFIER, Policy(approve_submissions=False)).rules)


def test_whoever_needs_a_contact_has_it_on_the_card() -> None:
    assert card(Role.NOTIFIER).contacts == ((Contact.CSIRT, "Ring 00 00 00 00"),)
    assert card(Role.ASSESSOR).contacts == ()
