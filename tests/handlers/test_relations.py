"""Incidents that turn out to be one, two, or another entity's too keep honest clocks, on either database, all or nothing."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.event_store.application import EventStore
from domain.deadline_rules import DeadlineKind
from domain.deadlines import duties
from domain.errors import ConflictError
from domain.incident import events as e
from domain.incident.errors import IncidentAlreadyClosedError, SameEntityError, SameIncidentError
from domain.incident.state import Incident, Status
from domain.organisation.errors import UnknownEntityError
from domain.organisation.events import ORGANISATION
from domain.policy import Policy
from handlers import commands
from handlers.relations import Relating, relate
from tests.support.incidents import assessed, at, closed, early_warning, meta, reopened, reported
from tests.support.intake import do, take
from tests.support.organisations import WATER, policy, registered
from tests.support.signals import signal

OF_ONE_ADMINISTRATION: dict[str, Any] = {"services": ("svc-omsorg",), "administration": "Omsorg"}


def report(store: EventStore, *components: str, hours: float = 0, **more: Any) -> UUID:  # noqa: ANN401 - as the event's fields
    incident = uuid4()
    told = {"components": components or ("db-1",)} | more
    do(store, lambda uow: commands.report(uow, incident, "laerkeborg", lambda r: reported(hours, reference=r, **told)))
    return incident


def step(store: EventStore, incident: UUID, *proposed: e.IncidentEvent) -> Incident:
    return [do(store, lambda uow, p=p: commands.take_step(uow, incident, p)) for p in proposed][-1].incident  # type: ignore[misc]


def take_relation(store: EventStore, incident: UUID, proposed: Relating) -> Incident:
    return do(store, lambda uow: relate(uow, incident, proposed)).incident


def state(store: EventStore, incident: UUID) -> Incident:
    found = do(store, lambda uow: uow.incident(incident))
    assert found is not None
    return found


def merged_into(target: UUID) -> e.MergedInto:
    return e.MergedInto(meta=meta(9), into=target, reason="Samme fejl")


def test_the_earliest_awareness_of_two_merged_incidents_wins_and_what_was_sent_counts(store: EventStore) -> None:
    first, second = report(store), report(store, hours=2)
    step(store, first, assessed(1), early_warning(4))
    step(store, second, assessed(6))
    assert take_relation(store, first, merged_into(second)).status is Status.CLOSED
    after = state(store, second)
    assert (after.aware_at, after.detected_at, after.sent["early_warning"]) == (at(1), at(0), at(4))
    owed = {duty.deadline.kind: duty.deadline.due_at for duty in duties(after.clock_facts(), after.sent) if duty.owed}
    assert owed[DeadlineKind.INCIDENT_NOTIFICATION] == at(73)
    assert DeadlineKind.SECOND_APPROVAL not in owed
    ended = state(store, first)
    left = [duty.deadline.kind for duty in duties(ended.clock_facts(), ended.sent)]
    assert left == [DeadlineKind.SECOND_APPROVAL], "the clocks went along; an approval is owed where it was done"
    back = step(store, first, reopened(10))
    assert back.clock_facts().aware_at == at(1)


def test_what_was_no_longer_significant_brings_no_awareness_along(store: EventStore) -> None:
    first, second = report(store), report(store)
    step(store, first, assessed(1), assessed(3, significant=False))
    take_relation(store, first, merged_into(second))
    assert state(store, second).aware_at is None


def test_alerts_on_the_components_of_a_merged_incident_join_the_one_that_goes_on(store: EventStore) -> None:
    first, second = report(store, "web-1"), report(store, "db-1")
    take_relation(store, first, merged_into(second))
    (taken,) = take(store, signal("1", "web-1"))
    assert taken.incident_id == second


def test_a_merged_incident_s_components_stay_with_the_one_that_goes_on(store: EventStore) -> None:
    first, second = report(store, "web-1"), report(store, "db-1")
    take_relation(store, first, merged_into(second))
    assert state(store, second).components == ("db-1", "web-1")
    step(store, second, closed(hours=20), reopened(21))
    (taken,) = take(store, signal("1", "web-1"))
    assert taken.incident_id == second


def test_a_split_off_part_runs_on_the_clocks_that_ran_already_under_a_reference_of_its_own(store: EventStore) -> None:
    limit = policy(Policy(assess_within_hours=2))
    do(store, lambda uow: uow.append(ORGANISATION, [limit], expected=0))
    first, second = report(store, **OF_ONE_ADMINISTRATION), uuid4()
    step(store, first, assessed(1), early_warning(4))
    take_relation(store, first, e.Split(meta=meta(9), into=second, title="Postkassen er noget andet"))
    part = state(store, second)
    assert (part.reference[-4:], part.title, part.significant) == ("0002", "Postkassen er noget andet", True)
    assert (part.aware_at, part.sent["early_warning"], state(store, first).status) == (at(1), at(4), Status.ASSESSED)
    assert (part.services, part.administration) == (("svc-omsorg",), "Omsorg")
    inherited = store.read_stream(second)[-1].event
    assert isinstance(inherited, e.ClocksInherited)
    assert "internal_assessment" not in inherited.dues, "it is assessed anew, in its own time"


def test_another_entity_gets_an_incident_of_its_own_unassessed_with_its_own_prefix(store: EventStore) -> None:
    do(store, lambda uow: uow.append(ORGANISATION, [registered(WATER, cvr="87654303", prefix="VA")], expected=0))
    first, second = report(store, **OF_ONE_ADMINISTRATION), uuid4()
    step(store, first, assessed(1))
    take_relation(store, first, e.SharedWith(meta=meta(9), entity=WATER, incident=second, reason="Samme leverandør"))
    other = state(store, second)
    assert (other.entity, other.reference[:3], other.significant, other.aware_at) == (WATER, "VA-", None, None)
    assert (other.services, other.administration) == ((), None), "these are names of the first entity's"
    assert store.find_reference(other.reference) == second


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (merged_into, SameIncidentError),
        (lambda _: e.SharedWith(meta=meta(9), entity="laerkeborg", incident=uuid4(), reason="x"), SameEntityError),
        (lambda _: e.SharedWith(meta=meta(9), entity="ukendt", incident=uuid4(), reason="x"), UnknownEntityError),
    ],
)
def test_what_cannot_be_related_is_refused_and_nothing_is_written(
    store: EventStore, make: object, error: type[Exception]
) -> None:
    incident = report(store)
    before = store.rows()
    with pytest.raises(error):
        take_relation(store, incident, make(incident))  # type: ignore[operator]
    assert store.rows() == before
    assert do(store, lambda uow: uow.take_reference("laerkeborg", uuid4()))[-4:] == "0002", "no number was lost"


def test_nothing_is_merged_into_what_is_closed(store: EventStore) -> None:
    first, second = report(store), report(store)
    step(store, second, closed(hours=10))
    before = store.rows()
    with pytest.raises(IncidentAlreadyClosedError, match=r"0002 is closed: reopen it before .*0001 is merged into it"):
        take_relation(store, first, merged_into(second))
    with pytest.raises(IncidentAlreadyClosedError, match=r"0002 is closed: reopen it before merge$"):
        take_relation(store, second, merged_into(second))
    assert store.rows() == before


def test_whoever_relates_on_stale_ground_is_told_and_nothing_is_written(store: EventStore) -> None:
    first, second = report(store), report(store)
    step(store, first, assessed(1, significant=False))
    before = store.rows()
    with pytest.raises(ConflictError, match="you saw 1"):
        do(store, lambda uow: relate(uow, first, merged_into(second), expected=1))
    assert store.rows() == before
    do(store, lambda uow: relate(uow, first, merged_into(second), expected=2))
