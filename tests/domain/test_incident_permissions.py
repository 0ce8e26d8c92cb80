"""Who may take which step is one table. Acts outside of it are refused by name, facts are recorded with how they depart."""

import pytest

from domain.incident import events as e
from domain.incident.errors import RoleNotHeldError, RoleNotPermittedError, UnknownRoleError
from domain.incident.state import Status
from domain.incident.transitions import TRANSITIONS, Nature, Transition
from domain.policy import Authority
from domain.roles import ADVISERS, Role
from tests.spec import given
from tests.support.incidents import assessed, corrected, early_warning, meta, mitigated, reported
from tests.support.proposals import GROUND, PROPOSAL

PLACED = Authority(holders={role: frozenset({f"u-{role}"}) for role in Role})
NOTE = e.NoteAdded(meta=meta(1, actor="u-anyone"), text="Set af en pedel")


def rows(nature: Nature) -> list[Transition]:
    return [row for row in TRANSITIONS if row.nature is nature]


def test_every_step_of_a_person_has_roles_and_a_system_step_has_none() -> None:
    for row in TRANSITIONS:
        assert bool(row.roles) == (row.nature is not Nature.SYSTEM), row.step


def test_every_role_has_something_to_do() -> None:
    own = {role: [row.step for row in TRANSITIONS if role in row.roles and row.roles != frozenset(Role)] for role in Role}
    assert [role for role, steps in own.items() if not steps] == []


def test_advisers_decide_nothing() -> None:
    acts = {row.step for row in rows(Nature.ACT) if row.roles & ADVISERS}
    assert acts == {"correct"}, "everybody may correct what is wrong"


def test_a_role_that_nobody_holds_binds_nobody() -> None:
    given(reported()).when(assessed()).decided()


@pytest.mark.parametrize("row", [row for row in rows(Nature.ACT) if Role.DPO not in row.roles], ids=lambda row: row.step)
def test_an_act_in_a_role_that_may_not_take_it_is_refused_with_those_that_may(row: Transition) -> None:
    event = PROPOSAL[row.event]
    as_dpo = event.model_copy(update={"meta": event.meta.model_copy(update={"role": "dpo"})})
    ended = e.Closed(meta=meta(9), reason=e.CloseReason.NOT_AN_INCIDENT)
    before = (*GROUND, ended) if row.allowed_from == {Status.CLOSED} else GROUND
    given(*before).when(as_dpo).then_refused(RoleNotPermittedError, f"{row.step} is for .*: you act as Databesk")


def test_whoever_acts_in_a_role_of_somebody_else_is_refused() -> None:
    stolen = assessed(meta=meta(1, actor="u-8", role="assessor"))
    given(reported()).when(stolen, under=PLACED).then_refused(RoleNotHeldError, "u-8 does not hold the role Væsentlig")
    own = assessed(meta=meta(1, actor="u-assessor", role="assessor"))
    given(reported()).when(own, under=PLACED).decided()


def test_a_role_that_is_not_stated_is_looked_up() -> None:
    recorded, *_ = given(reported()).when(assessed(meta=meta(1, actor="u-assessor")), under=PLACED).decided()
    assert recorded.meta.role == "assessor", "it stands in the log as if it had been stated"
    stranger = assessed(meta=meta(1, actor="u-notifier"))
    given(reported()).when(stranger, under=PLACED).then_refused(RoleNotHeldError, "assess is for .*: u-notifier holds none")


def test_a_role_assigned_in_the_incident_counts_beside_those_of_the_organisation() -> None:
    assigned = e.RoleAssigned(meta=meta(0.5), assigned_role=Role.ASSESSOR, holder="u-nat")
    given(reported(), assigned).when(assessed(meta=meta(1, actor="u-nat", role="assessor")), under=PLACED).decided()


def test_a_fact_is_recorded_whoever_tells_it_with_how_it_departs() -> None:
    cases = {
        ("u-technical_lead", None): (),
        ("u-technical_lead", "technical_lead"): (),
        ("u-notifier", None): ("outside-role",),
        ("u-notifier", "notifier"): ("outside-role",),
        ("u-notifier", "technical_lead"): ("role-not-held",),
    }
    for (actor, role), deviations in cases.items():
        told = mitigated(meta=meta(1, actor=actor, role=role))
        (recorded,) = given(reported()).when(told, under=PLACED).decided()
        assert isinstance(recorded, e.Mitigated)
        assert recorded.deviations == deviations


def test_everybody_may_report_note_and_correct() -> None:
    given().when(reported(meta=meta(0, actor="u-anyone")), under=PLACED).decided()
    given(reported()).when(NOTE, under=PLACED).then(NOTE)
    given(reported()).when(corrected("severity", "low", meta=meta(3, actor="u-anyone")), under=PLACED).decided()


def test_an_unknown_role_is_refused_whatever_the_step() -> None:
    for proposed in (assessed(meta=meta(1, role="direktør")), early_warning(meta=meta(1, role="direktør"))):
        given(reported()).when(proposed).then_refused(UnknownRoleError, "there is no role 'direktør': use one of")
    given().when(reported(meta=meta(role="chef"))).then_refused(UnknownRoleError)
