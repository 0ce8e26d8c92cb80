"""That a period has passed is no ground for a disposal before the one in force has, at the proposal and at the approval."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.main import make_desk
from domain.incident.errors import RetentionRunsError
from domain.retention.periods import Periods, after
from handlers.desk import Desk
from handlers.requests import Origin
from handlers.retention import change, periods_set
from tests.support.stores import Stores

REF = "H-2026-0001"
NOW = datetime(2026, 11, 29, 22, 59, tzinfo=UTC)
"""A minute before the day ends in Copenhagen."""
GROUND = {
    "ground": "retention_passed",
    "retained_until": "2026-11-01 00:00",
    "archive_check": "nothing_to_keep",
    "legal_basis": "storage_limitation",
    "reason": "Gammel",
}


class House:
    def __init__(self, stores: Stores) -> None:
        self.now = NOW
        self.store: EventStore = stores.open(lambda: int(self.now.timestamp() * 1_000_000))
        self.desk: Desk = make_desk(self.store, DirectCommitter(self.store))

    def origin(self, actor: str) -> Origin:
        return Origin(actor, "api", "c-1", self.now)

    def take(self, step: str, actor: str, **fields: Any) -> int:  # noqa: ANN401 - as the step's request
        return asyncio.run(self.desk.take_step(REF, step, fields, self.origin(actor))).incident.version

    def keep(self, **periods: str) -> None:
        decided = periods_set(Periods.model_validate(periods), self.now.date(), "Vedtaget", self.origin("u-1"))
        (outcome,) = self.store.commit([partial(change, proposed=decided)])
        assert not isinstance(outcome, Exception)


@pytest.fixture
def house(stores: Stores) -> House:
    made = House(stores)
    asyncio.run(made.desk.report({"title": "Nede", "severity": "high"}, made.origin("u-1")))
    made.take("close", "u-1", reason="not_an_incident")
    made.now += timedelta(seconds=1)
    return made


def test_the_period_in_force_binds_whatever_date_is_told(house: House) -> None:
    with pytest.raises(RetentionRunsError, match="is kept for 5 years from its closing, that is until 2031-11-29"):
        house.take("propose-disposal", "u-1", **GROUND)
    house.take("propose-disposal", "u-1", **GROUND | {"ground": "stated"})


def test_a_day_is_copenhagens(house: House) -> None:
    house.keep(incident_files="1 days")
    with pytest.raises(RetentionRunsError, match="until 2026-11-30"):
        house.take("propose-disposal", "u-1", **GROUND)
    house.now += timedelta(minutes=1)
    house.take("propose-disposal", "u-1", **GROUND)


def test_a_longer_period_that_was_decided_meanwhile_binds_the_approval(house: House) -> None:
    house.keep(incident_files="1 days")
    house.now += timedelta(days=1)
    number = house.take("propose-disposal", "u-1", **GROUND)
    house.keep(incident_files="2 years")
    with pytest.raises(RetentionRunsError, match="until 2028-11-29"):
        house.take("dispose", "u-2", proposal_number=number)
    house.keep(incident_files="1 days")
    house.take("dispose", "u-2", proposal_number=number)


@pytest.mark.parametrize(("significant", "until"), [(True, "2036-11-29"), (False, "2031-11-29"), (None, "2031-11-29")])
def test_what_was_judged_significant_is_kept_for_longer(*, significant: bool | None, until: str) -> None:
    assert after(NOW.date(), Periods().of_incident(significant=significant)).isoformat() == until
