"""The organisation in the store, on both databases: sealed, folded once, seen by every process, known to references."""

from datetime import UTC, datetime
from functools import partial
from unittest.mock import Mock
from uuid import UUID

import orjson
import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.unit import StoreUnit
from domain.events import DomainEvent
from domain.incident.events import IncidentEvent
from domain.organisation import events as e
from domain.organisation.errors import UnknownEntityError
from domain.organisation.events import ORGANISATION
from domain.organisation.state import Organisation
from domain.reference import year_of
from domain.roles import Role
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import INCIDENT, reported
from tests.support.organisations import OTHER_CVR, WATER, contact, placed, policy, registered
from tests.support.stores import PREFIXES, Stores, appending

YEAR = year_of(datetime.now(UTC))
VAND = registered(WATER, cvr=OTHER_CVR, prefix="VA")


def record(store: EventStore, *events: DomainEvent) -> Organisation:
    def work(uow: UnitOfWork) -> Organisation:
        uow.append(ORGANISATION, events, expected=uow.organisation().version)
        return uow.organisation()

    (outcome,) = store.commit([work])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def take(store: EventStore, entity: str, number: int) -> str:
    incident = UUID(int=number)
    (outcome,) = store.commit([partial(StoreUnit.take_reference, entity=entity, incident_id=incident)])
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def test_a_log_without_an_organisation_knows_its_own_entities_and_nothing_else(store: EventStore) -> None:
    assert store.organisation() == Organisation(given=PREFIXES)
    assert store.commit([lambda uow: uow.organisation()]) == [Organisation(given=PREFIXES)]


def test_what_a_unit_records_it_sees_at_once_and_everybody_after_the_commit(store: EventStore) -> None:
    seen = record(store, registered(), placed(Role.ASSESSOR), contact(text="Ring 00 00 00 00"))

    assert seen.version == 3
    assert seen.contacts == {e.Contact.CSIRT: "Ring 00 00 00 00"}
    assert store.organisation() == seen
    assert record(store, placed(Role.NOTIFIER)).version == 4


def test_what_a_refused_unit_recorded_is_forgotten_by_the_next_one(store: EventStore) -> None:
    record(store, registered())

    def refused(uow: UnitOfWork) -> None:
        uow.append(ORGANISATION, [contact()], expected=1)
        assert uow.organisation().contacts
        raise UnknownEntityError

    outcome, after = store.commit([refused, lambda uow: uow.organisation()])
    assert isinstance(outcome, UnknownEntityError)
    assert isinstance(after, Organisation)
    assert (after.version, after.contacts) == (1, {})
    assert store.organisation() == after


def test_two_processes_see_each_others_organisation(stores: Stores) -> None:
    one, other = stores.open(), stores.open()
    record(one, registered())
    assert record(other, placed(Role.ASSESSOR)).version == 2
    assert set(one.organisation().placings) == set(other.organisation().placings) != set()
    assert record(one, contact()) == other.organisation()


def test_it_is_folded_once_a_version(store: EventStore) -> None:
    record(store, registered(), placed(Role.ASSESSOR))
    store.mapper.record = Mock()  # type: ignore[method-assign]

    store.commit([lambda uow: uow.organisation(), lambda uow: uow.organisation()])
    store.organisation()
    store.mapper.record.assert_not_called()


def test_reasons_and_contacts_are_on_disk_as_ciphertext_under_the_organisations_own_key(store: EventStore) -> None:
    record(store, contact(text="Ring 00 00 00 00"), policy(None, reason="Aftalt i direktionen"))

    for row in store.rows():
        assert b"Ring" not in row.state
        assert b"Aftalt" not in row.state
        assert orjson.loads(row.state)["sealed"]["kid"] == f"organisation:{ORGANISATION.hex}"
    assert store.commit([appending(INCIDENT, reported())])[0] == 3
    assert orjson.loads(store.rows()[-1].state)["sealed"]["kid"] == f"incident:{INCIDENT.hex}"


def test_an_erased_key_leaves_the_organisation_readable_without_its_contacts(stores: Stores) -> None:
    record(stores.open(), registered(), contact())
    store = stores.open()
    with store.keyring._database.write("data_keys") as cursor:
        cursor.execute("UPDATE data_keys SET wrapped = NULL")

    assert store.organisation().contacts == {}
    assert store.organisation().version == 2


def test_a_registered_entity_has_gapless_references_of_its_own_that_lead_back(stores: Stores) -> None:
    one, other = stores.open(), stores.open()
    record(one, VAND)

    assert [take(one, WATER, 1), take(other, WATER, 2), take(other, "laerkeborg", 3), take(one, WATER, 4)] == [
        f"VA-{YEAR}-0001", f"VA-{YEAR}-0002", f"H-{YEAR}-0001", f"VA-{YEAR}-0003",
    ]  # fmt: skip
    for store in (one, other):
        assert store.find_reference(f"va {YEAR} 3") == UUID(int=4)
        assert store.find_reference(f"H-{YEAR}-0001") == UUID(int=3)
        assert store.find_reference(f"VB-{YEAR}-0001") is None


def test_an_entity_registered_in_the_same_transaction_has_references_at_once(store: EventStore) -> None:
    def both(uow: UnitOfWork) -> str:
        uow.append(ORGANISATION, [VAND], expected=0)
        return uow.take_reference(WATER, INCIDENT)

    assert store.commit([both]) == [f"VA-{YEAR}-0001"]


def test_an_unknown_entity_has_no_references(store: EventStore) -> None:
    with pytest.raises(UnknownEntityError, match="'ukendt'"):
        take(store, "ukendt", 1)
    assert take(store, "laerkeborg", 2) == f"H-{YEAR}-0001"


def test_incidents_and_the_organisation_share_one_log(store: EventStore) -> None:
    events: list[IncidentEvent] = [reported()]
    store.commit([appending(INCIDENT, *events)])
    record(store, registered())
    assert [row.position for row in store.rows()] == [1, 2]
    assert [recorded.event.TOPIC for recorded in store.read(0, 10)] == [
        "incident.reported.1",
        "organisation.entity-registered.1",
    ]
