"""What is on record of sources, rules and maintenance, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from domain.incident.errors import ReasonMissingError
from domain.intake import errors as err
from domain.intake import events as e
from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.mapping import Mapping
from domain.intake.rules import Rule
from domain.intake.state import IntakeSetup, evolve
from domain.intake.steps import decide
from tests.support.incidents import at, meta
from tests.support.signals import signal

RULE = Rule(name="alt", then="open")
FORTI = e.SourceSet(meta=meta(0), source="forti", format="cef", expected_minutes=60)
WORK = e.MaintenanceAnnounced(meta=meta(0), name="patch", begins_at=at(1), ends_at=at(3), components=("DB-*", "Økonomi"))


def setup(*proposed: e.IntakeEvent) -> IntakeSetup:
    state = IntakeSetup()
    for each in proposed:
        for event in decide(state, each, now=at(0)):
            state = evolve(state, event)
    return state


def refused(error: type[Exception], state: IntakeSetup, proposed: e.IntakeEvent, **more: Any) -> None:  # noqa: ANN401
    with pytest.raises(error):
        decide(state, proposed, **{"now": at(0)} | more)


def test_a_source_is_known_from_its_first_word_on() -> None:
    source = setup(FORTI).sources["forti"]
    assert (source.format, source.expected_minutes, source.token_sha256, source.added_at) == ("cef", 60, None, at(0))


def test_setting_a_source_again_keeps_its_token_secret_and_mapping() -> None:
    mapped = Mapping(title=("a",))
    state = setup(
        FORTI,
        e.TokenIssued(meta=meta(0), source="forti", token_sha256="a" * 64),
        e.SecretSet(meta=meta(0), source="forti", secret="hemmelig"),
        e.MappingSaved(meta=meta(0), source="forti", mapping=mapped),
        FORTI.model_copy(update={"expected_minutes": 5}),
    )
    source = state.sources["forti"]
    assert (source.token_sha256, source.secret, source.mapping, source.mapping_number) == ("a" * 64, "hemmelig", mapped, 1)
    assert source.expected_minutes == 5


def test_what_is_on_record_already_is_no_event() -> None:
    state = setup(FORTI, e.MappingSaved(meta=meta(0), source="forti", mapping=Mapping()))
    assert decide(state, FORTI, now=at(0)) == []
    assert decide(state, e.MappingSaved(meta=meta(0), source="forti", mapping=Mapping()), now=at(0)) == []
    assert decide(state, e.RulesSet(meta=meta(0), rules=DEFAULT_RULES.rules), now=at(0)) == []


def test_a_removed_source_is_gone_and_a_format_s_name_stays_a_source() -> None:
    state = setup(FORTI, e.SourceRemoved(meta=meta(0), source="forti"))
    assert state.sources == {}
    assert state.source("wazuh").format == "wazuh"


@pytest.mark.parametrize(
    "proposed",
    [
        e.SourceRemoved(meta=meta(0), source="ukendt"),
        e.TokenIssued(meta=meta(0), source="ukendt", token_sha256="a" * 64),
        e.SecretSet(meta=meta(0), source="ukendt"),
        e.MappingSaved(meta=meta(0), source="ukendt", mapping=Mapping()),
        e.SourceFellSilent(meta=meta(0), source="ukendt", since=at(0)),
    ],
)
def test_nothing_is_recorded_of_a_source_that_nobody_added(proposed: e.IntakeEvent) -> None:
    refused(err.UnknownSourceError, setup(FORTI), proposed)


def test_rules_are_numbered_and_need_a_reason() -> None:
    refused(ReasonMissingError, IntakeSetup(), e.RulesSet(meta=meta(0), rules=(RULE,)))
    first = e.RulesSet(meta=meta(0), rules=(RULE,), reason="Alt skal ses")
    second = e.RulesSet(meta=meta(0), rules=(), reason="Intet skal ses")
    assert setup().rules.number == 0
    assert setup(first).rules.number == 1
    assert (setup(first, second).rules.number, setup(first, second).rules.rules) == (2, ())


def test_each_silence_is_noted_once() -> None:
    silent = e.SourceFellSilent(meta=meta(0), source="forti", since=at(1))
    state = setup(FORTI, silent)
    assert decide(state, silent, now=at(2)) == []
    assert decide(state, silent.model_copy(update={"since": at(5)}), now=at(6)) != []


@pytest.mark.parametrize(
    ("alert", "covered"),
    [
        (signal("1", "db-7", detected_at=at(1)), True),
        (signal("1", "web", services=("økonomi",), detected_at=at(2)), True),
        (signal("1", "db-7", detected_at=at(1) - timedelta(seconds=1)), False),
        (signal("1", "db-7", detected_at=at(3)), False),
        (signal("1", "web", detected_at=at(2)), False),
        (signal("1", detected_at=at(2)), False),
    ],
)
def test_maintenance_covers_its_components_within_its_time(alert: Any, covered: bool) -> None:  # noqa: ANN401, FBT001 - a case
    assert setup(WORK).in_maintenance(alert) is covered


def test_cancelled_maintenance_explains_only_what_came_before() -> None:
    state = setup(WORK)
    for event in decide(state, e.MaintenanceCancelled(meta=meta(2), name="patch"), now=at(2)):
        state = evolve(state, event)
    assert state.in_maintenance(signal("1", "db-1", detected_at=at(1)))
    assert not state.in_maintenance(signal("1", "db-1", detected_at=at(2)))


def test_maintenance_that_is_over_or_unknown_cannot_be_cancelled() -> None:
    refused(err.UnknownMaintenanceError, setup(WORK), e.MaintenanceCancelled(meta=meta(4), name="patch"), now=at(4))
    refused(err.UnknownMaintenanceError, setup(WORK), e.MaintenanceCancelled(meta=meta(0), name="andet"))


@pytest.mark.parametrize("ends", [at(1), at(0), at(1) + timedelta(days=31, seconds=1)])
def test_maintenance_ends_after_it_begins_and_hides_no_month(ends: Any) -> None:  # noqa: ANN401 - a time
    refused(err.MaintenanceTimesError, IntakeSetup(), WORK.model_copy(update={"ends_at": ends}))
