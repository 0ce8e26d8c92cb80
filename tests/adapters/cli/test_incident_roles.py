"""Whoever sits at the command line acts in the roles that the organisation has placed."""

import getpass
from dataclasses import replace

import pytest

from domain.roles import Role
from tests.adapters.cli.conftest import Sporlog
from tests.adapters.cli.test_organisation import EXAMPLE, NAME

JUDGED = ("--significant", "--nis2-category", "high", "--answers", "q1.safety=yes")


@pytest.fixture
def town(sporlog: Sporlog) -> Sporlog:
    """An organisation whose roles are placed with others than whoever runs the test."""
    town = replace(sporlog, more={"SPORLOG_ENTITY": NAME})
    assert town("organisation", "import", EXAMPLE).code == 0
    return town


@pytest.mark.parametrize("options", [JUDGED, (*JUDGED, "--role", "assessor"), (*JUDGED, "--role", "dpo")])
def test_a_user_without_the_role_is_told_how_to_get_on(town: Sporlog, options: tuple[str, ...]) -> None:
    ref = town.report()
    said = town("incident", "assess", ref, *options)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert f"Du er os:{getpass.getuser()} her: sig, hvem du er, med --actor" in said.err
    assert "sporlog incident assign-role" in said.err
    assert town("incident", "show", ref, "--json").json["version"] == 1


def test_who_may_not_erase_is_told_the_same(town: Sporlog) -> None:
    ref = town.report()
    told = ("--number", 1, "--path", "title", "--legal-basis", "right_to_erasure", "--reason", "x")
    for said in (town("erase", "propose", ref, *told), town("erase", "approve", ref, 2, "--yes")):
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert "sig, hvem du er, med --actor" in said.err


def test_whoever_holds_the_role_acts_in_it_and_the_operating_systems_user_is_recorded(town: Sporlog) -> None:
    ref = town.report()
    assert town("incident", "assess", ref, *JUDGED, "--actor", "u-201").code == 0
    judged = town("incident", "show", ref, "--json").json["timeline"][1]
    assert (judged["actor"], judged["os_user"], judged["channel"]) == ("u-201", getpass.getuser(), "cli")


def test_nobody_approves_their_own_but_is_told_of_being_alone(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    sporlog("incident", "assess", ref, *JUDGED)
    said = sporlog("incident", "approve-assessment", ref)
    assert said.code == 1
    assert "med --actor; er du alene på vagt, så brug --alone" in said.err
    assert sporlog("incident", "approve-assessment", ref, "--alone").code == 0


def test_a_fact_is_recorded_whoever_tells_it(town: Sporlog) -> None:
    said = town("incident", "measure", town.report(), "--measure", "Trak stikket", "--role", "assessor")
    assert said.code == 0
    assert "Bemærk: uden for rollens opgaver" in said.out


def test_the_ten_roles_are_offered_and_no_other_is_taken(sporlog: Sporlog) -> None:
    told = " ".join(sporlog("incident", "note", "--help").out.split())
    assert [role for role in Role if f"{role}: " not in told] == []
    said = sporlog("incident", "note", sporlog.report(), "--text", "x", "--role", "chef")
    assert said.code == 2
    assert [role for role in Role if role not in said.err] == []
