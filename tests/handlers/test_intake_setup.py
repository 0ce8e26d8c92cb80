"""Changes of the set-up: each is recorded once, several of them all or none."""

import pytest

from adapters.event_store.application import EventStore
from domain.intake import events as e
from domain.intake.errors import MaintenanceTimesError
from domain.intake.rules import Rule
from handlers.intake_setup import change
from tests.support.incidents import at, meta
from tests.support.intake import do, whole_log

WORK = e.MaintenanceAnnounced(meta=meta(0), name="patch", begins_at=at(1), ends_at=at(3), components=("db-*",))
RULES = e.RulesSet(meta=meta(0), rules=(Rule(name="alt", then="open"),), reason="prøve")


def test_a_change_is_recorded_once(store: EventStore) -> None:
    first = do(store, lambda uow: change(uow, [RULES]))
    again = do(store, lambda uow: change(uow, [RULES]))
    assert (first.position, first.setup.rules.number, len(first.events)) == (1, 1, 1)
    assert (again.position, again.setup, again.events) == (0, first.setup, ())


def test_several_changes_are_recorded_together_each_seeing_the_one_before(store: EventStore) -> None:
    cancelled = e.MaintenanceCancelled(meta=meta(0), name="patch")
    lasting = WORK.model_copy(update={"begins_at": at(0), "ends_at": at(600_000)})
    with pytest.raises(MaintenanceTimesError):
        do(store, lambda uow: change(uow, [RULES, lasting]))
    assert whole_log(store) == []
    future = WORK.model_copy(update={"begins_at": at(30_000_000), "ends_at": at(30_000_060)})
    done = do(store, lambda uow: change(uow, [RULES, future, cancelled]))
    assert (done.position, done.setup.version) == (3, 3)
