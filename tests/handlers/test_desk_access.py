"""The desk as somebody sees it who may see some entities only: there are no other incidents, and nobody else acts."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from domain.errors import NotFoundError
from domain.organisation.access import Extent
from domain.organisation.errors import UnknownEntityError
from domain.organisation.events import ORGANISATION
from handlers.desk import Desk, OtherActorError
from handlers.dossier import read_dossier
from handlers.requests import Origin
from tests.support.incidents import REPORTED_AT
from tests.support.organisations import OTHER_CVR, WATER, registered

HOUSE = Origin("vagt", "web", "c-1", REPORTED_AT)
HOLDER = HOUSE._replace(actor="u-51")
NOBODYS = UUID("0a0b0c0d-0000-4000-8000-000000000099")


class Two(NamedTuple):
    """The house's desk and the holder's, and an incident of the town and of the water company."""

    house: Desk
    own: Desk
    town: str
    water: str


@pytest.fixture
async def two(store: EventStore) -> AsyncIterator[Two]:
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    house = Desk(committer, store, "laerkeborg", uuid4)
    events = [registered(), registered(WATER, cvr=OTHER_CVR, prefix="VA")]
    await committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))
    refs = [(await house.report({"title": "x", "entity": one}, HOUSE)).incident.reference for one in ("laerkeborg", WATER)]
    yield Two(house, house.of("u-51", Extent(frozenset({WATER}))), *refs)
    await committer.stop()


async def test_what_may_not_be_seen_is_not_told_apart_from_what_does_not_exist(two: Two) -> None:
    assert two.own.find("va 2026 1") == two.house.find(two.water)
    said = []
    for reference in (two.town, "H-2026-0999", "NN-2026-0001"):
        for read in (two.own.find, two.own.replay, lambda ref: read_dossier(two.own, ref)):
            with pytest.raises(NotFoundError) as refused:
                read(reference)
            said.append(str(refused.value).replace(reference, "REF"))
    assert len(set(said)) == 1
    assert two.own.sees(two.house.find(two.water))
    assert not two.own.sees(two.house.find(two.town))
    assert not two.own.sees(NOBODYS)
    assert not two.own.sees(ORGANISATION)


async def test_another_incident_is_named_by_reference_or_id_only_where_it_may_be_seen(two: Two) -> None:
    for named in (two.town, str(two.house.find(two.town)), str(NOBODYS)):
        with pytest.raises(NotFoundError, match="there is no incident"):
            await two.own.take_step(two.water, "merge", {"into": named, "reason": "x"}, HOLDER)


async def test_the_holder_acts_and_nobody_else(two: Two) -> None:
    for actor in ({}, {"actor": "u-51"}, {"on_behalf_of": "naboby"}):
        done = await two.own.take_step(two.water, "note", {"text": "x", **actor}, HOLDER)
        assert done.events[0].meta.actor == "u-51"
    for acting in (
        two.own.take_step(two.water, "note", {"text": "x", "actor": "u-1"}, HOLDER),
        two.own.report({"title": "x", "actor": "u-1"}, HOLDER),
    ):
        with pytest.raises(OtherActorError, match="you are 'u-51'"):
            await acting


async def test_an_incident_is_reported_for_an_entity_of_ones_own(two: Two) -> None:
    late = HOLDER._replace(now=REPORTED_AT + timedelta(minutes=1))
    assert (await two.own.report({"title": "x"}, late)).incident.reference == "VA-2026-0002"
    with pytest.raises(UnknownEntityError, match=r"no entity 'laerkeborg' on record \(known: vand\)"):
        await two.own.report({"title": "x", "entity": "laerkeborg"}, late)


def test_the_entity_that_is_reported_for_first_is_the_logs_own_where_it_may_be_seen(two: Two) -> None:
    assert two.house.of("u-1", None).entity == "laerkeborg"
    assert two.house.of("u-1", Extent(frozenset({WATER, "laerkeborg"}))).entity == "laerkeborg"
    assert two.house.of("u-1", Extent(frozenset({WATER, "havn"}))).entity == "havn"
