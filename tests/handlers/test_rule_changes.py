"""What people ask becomes an event that says who, when and why; what cannot be read is named."""

from datetime import UTC, datetime

import pytest

from domain.intake.rules import Rule
from domain.time import UnreadableTimeError
from handlers.requests import InvalidFieldsError, Origin
from handlers.rule_changes import maintenance_announced, maintenance_cancelled, rules_set, wanted_maintenance
from tests.support.incidents import at

ORIGIN = Origin("u-7", "cli", "c-1", at(0), "bo")
TOLD = {"name": "patch", "begins_at": "2026-12-01 22:00", "ends_at": "2026-12-02 02:00", "components": "db-*, Økonomi"}


def test_what_is_asked_says_who_when_and_why() -> None:
    event = rules_set([Rule(name="alt", then="open")], "prøve", ORIGIN)
    assert (event.meta.actor, event.meta.channel, event.meta.os_user, event.meta.occurred_at) == ("u-7", "cli", "bo", at(0))
    assert (event.number, event.reason, len(event.rules)) == (0, "prøve", 1)


def test_times_without_a_zone_are_copenhagen_s_and_empty_texts_are_left_out() -> None:
    event = maintenance_announced(wanted_maintenance(**TOLD, reason=""), ORIGIN)
    assert (event.begins_at, event.ends_at) == (datetime(2026, 12, 1, 21, tzinfo=UTC), datetime(2026, 12, 2, 1, tzinfo=UTC))
    assert (event.components, event.reason) == (("db-*", "Økonomi"), None)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "to ord"}, "name: "),
        ({"components": ""}, "components: "),
        ({"hvem": "x"}, "hvem: "),
        ({"ends_at": ""}, "ends_at"),
    ],
)
def test_what_is_missing_unknown_or_unreadable_is_named(told: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidFieldsError, match=says):
        wanted_maintenance(**TOLD | told)


def test_a_time_that_is_none_is_refused_as_everywhere() -> None:
    with pytest.raises(UnreadableTimeError):
        wanted_maintenance(**TOLD | {"begins_at": "i morgen"})


def test_a_name_that_is_no_word_cannot_be_called_off() -> None:
    with pytest.raises(InvalidFieldsError, match="name: "):
        maintenance_cancelled("to ord", None, ORIGIN)
