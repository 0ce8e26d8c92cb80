"""What a message says is what held when it was noted, and the follower keeps its place though there is nothing to say."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.outbox import OutboxTables
from domain.organisation.events import ORGANISATION
from domain.roles import Role
from handlers.outbox import Reminder
from tests.support.incidents import INCIDENT, assessed, at, aware, early_warning, mitigated, reported
from tests.support.logs import record
from tests.support.organisations import placed
from tests.support.post import House, a_house, mail_of, mail_server
from tests.support.read_databases import OpenDatabase


@pytest.fixture
def house(tmp_path: Path, open_read_database: OpenDatabase) -> Iterator[House]:
    outbox = OutboxTables(SQLiteDatabase(tmp_path / "messages.db"))
    with a_house(tmp_path / "log", open_read_database, outbox) as built, mail_server() as mail:
        built.start(mail_of(mail))
        yield built
    outbox.close()


def noted(house: House) -> list[Reminder]:
    """What waits to go out, in the log's order; each is taken as it is looked at."""
    (channel,) = house.channels
    found = list[Reminder]()
    while claimed := house.outbox.claim(channel.name, house.now, at(1000)):
        assert isinstance(claimed.message, Reminder)
        found.append(claimed.message)
    return found


async def look(house: House, hours: float) -> list[Reminder]:
    house.now = at(hours)
    house.deadlines.catch_up()
    await house.watch.look()
    house.reminders.catch_up()
    house.reminders.catch_up()
    return noted(house)


async def test_at_the_limit_the_decision_makers_of_the_incidents_own_place_are_named_and_not_before(house: House) -> None:
    organised = placed(Role.DECISION_MAKER, "u-1", "u-2"), placed(Role.DECISION_MAKER, "u-30", administration="Omsorg")
    record(house.store, [(ORGANISATION, event) for event in organised])
    house.tell(reported(administration="Omsorg"))
    record(house.store, [(UUID(int=7), reported(reference="H-2026-0043", administration="Skole"))])
    assert {(one.rung, one.decision_makers) for one in await look(house, 2)} == {("half", ())}
    told = {one.incident_id: (one.rung, one.decision_makers) for one in await look(house, 4)}
    assert told == {INCIDENT: ("limit", ("u-30",)), UUID(int=7): ("limit", ("u-1", "u-2"))}


async def test_a_message_tells_the_incident_as_it_was_when_the_deadline_was_noted(house: House) -> None:
    house.tell(reported(), assessed(), aware())
    house.now = at(14)
    house.deadlines.catch_up()
    await house.watch.look()
    house.tell(mitigated(14.5))
    house.reminders.catch_up()
    house.reminders.catch_up()
    assert [(one.rung, one.status) for one in noted(house)] == [("12h-left", "assessed")]


async def test_the_place_in_the_log_is_saved_now_and_then_though_there_is_nothing_to_tell(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.reminders.SAVE_EVERY", 3)
    house.tell(reported(), assessed())
    house.reminders.take(house.store.rows(0))
    assert house.outbox.position() == 0
    house.tell(early_warning())
    house.reminders.take(house.store.rows(0))
    assert house.outbox.position() == 3
