"""What people decide on signals, and how each decision is undone."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from adapters.event_store.application import EventStore
from domain.errors import NotFoundError
from domain.incident.events import SignalAttached, SignalDetached
from domain.signals import Disposition, Severity, SignalKind, SignalsDecided
from handlers import commands, triage
from handlers.triage import AlreadyDecidedError, Choice, Decided, IncidentClosedError, NothingChosenError, Said
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import closed, meta, reported
from tests.support.intake import do, fates, known, log, take
from tests.support.signals import signal

ONE, BOTH = Choice("wazuh", ("1",)), Choice("wazuh", ("1", "2"))
BY = Said(meta(1, actor="u-7"))


def because(reason: str) -> Said:
    return BY._replace(reason=reason)


def incident(store: EventStore) -> UUID:
    new = uuid4()
    do(store, lambda uow: commands.report(uow, new, "laerkeborg", lambda r: reported(reference=r, components=("andet",))))
    return new


def lesser(store: EventStore, *ids: str) -> None:
    take(store, *(signal(event_id, "db-1", severity=Severity.LOW) for event_id in ids))


def states(store: EventStore, *ids: str) -> list[tuple[str, UUID | None]]:
    return [(one.disposition.value, one.incident_id) for one in known(store, *(("wazuh", event_id) for event_id in ids))]


def decisions(store: EventStore) -> list[tuple[str, tuple[str, ...]]]:
    return [(event.decision, event.source_event_ids) for event in log(store, SignalsDecided)]


def act(store: EventStore, work: Callable[[UnitOfWork], Decided]) -> Decided:
    return do(store, work)


def test_attached_by_hand_and_detached_again(store: EventStore) -> None:
    lesser(store, "1", "2")
    mine = incident(store)
    act(store, lambda uow: triage.attach(uow, BOTH, mine, because("Samme angreb")))
    assert states(store, "1", "2") == [("attached", mine)] * 2
    (event,) = log(store, SignalAttached)
    assert [(s.source_event_id, s.severity, s.components) for s in event.signals] == [
        ("1", Severity.LOW, ("db-1",)),
        ("2", Severity.LOW, ("db-1",)),
    ]
    assert event.meta.actor == "u-7"
    act(store, lambda uow: triage.detach(uow, ONE, mine, because("Et andet anlæg")))
    assert states(store, "1", "2") == [("dismissed", None), ("attached", mine)]
    assert decisions(store) == [("attached", ("1", "2")), ("detached", ("1",))]
    act(store, lambda uow: triage.attach(uow, ONE, mine, BY))
    assert states(store, "1", "2") == [("attached", mine)] * 2


def test_attaching_what_is_attached_already_records_nothing(store: EventStore) -> None:
    lesser(store, "1")
    mine = incident(store)
    act(store, lambda uow: triage.attach(uow, ONE, mine, BY))
    head = store.head()
    assert act(store, lambda uow: triage.attach(uow, ONE, mine, BY)).position == 0
    assert store.head() == head


def test_moving_a_signal_takes_it_from_its_incident(store: EventStore) -> None:
    take(store, signal("1", "db-1"))
    (first,) = known(store, ("wazuh", "1"))
    mine = incident(store)
    act(store, lambda uow: triage.attach(uow, ONE, mine, because("Hører til den anden")))
    (left,) = [r for r in store.read(0, 100) if isinstance(r.event, SignalDetached)]
    assert left.aggregate_id == first.incident_id
    assert states(store, "1") == [("attached", mine)]


def test_a_detached_severe_alert_that_comes_again_stays_out(store: EventStore) -> None:
    take(store, signal("1", "db-1"))
    (was,) = known(store, ("wazuh", "1"))
    assert was.incident_id is not None
    act(store, lambda uow: triage.detach(uow, ONE, was.incident_id or uuid4(), BY))
    assert fates(take(store, signal("1", "db-1", raw=b"again"))) == [(None, 2)]
    assert states(store, "1") == [("dismissed", None)]


def test_what_waits_is_dismissed_and_may_wait_again(store: EventStore) -> None:
    take(store, signal("1", kind=SignalKind.REPORT))
    act(store, lambda uow: triage.dismiss(uow, ONE, because("Reklame")))
    assert states(store, "1") == [("dismissed", None)]
    act(store, lambda uow: triage.reopen(uow, ONE, BY))
    assert states(store, "1") == [(Disposition.TO_PERSON.value, None)]
    assert decisions(store) == [("dismissed", ("1",)), ("reopened", ("1",))]


def test_an_incident_is_opened_by_hand_with_its_signals(store: EventStore) -> None:
    take(store, signal("1", kind=SignalKind.REPORT))
    new = uuid4()
    done = act(
        store, lambda uow: triage.open_by_hand(uow, ONE, new, "laerkeborg", lambda r: reported(reference=r, title="Brev"))
    )
    assert done.incident is not None
    assert (done.incident.id, done.incident.title) == (new, "Brev")
    assert states(store, "1") == [("attached", new)]


def test_a_refusal_changes_nothing(store: EventStore) -> None:
    lesser(store, "1", "2")
    mine = incident(store)
    head = store.head()
    for error, work in (
        (NotFoundError, lambda uow: triage.attach(uow, Choice("wazuh", ("1", "9")), mine, BY)),
        (NotFoundError, lambda uow: triage.attach(uow, ONE, uuid4(), BY)),
        (NothingChosenError, lambda uow: triage.attach(uow, Choice("wazuh", ()), mine, BY)),
        (NothingChosenError, lambda uow: triage.dismiss(uow, Choice("wazuh", tuple(map(str, range(101)))), BY)),
        (AlreadyDecidedError, lambda uow: triage.detach(uow, ONE, mine, BY)),
        (AlreadyDecidedError, lambda uow: triage.reopen(uow, ONE, BY)),
    ):
        with pytest.raises(error):
            act(store, work)
    assert store.head() == head
    act(store, lambda uow: triage.attach(uow, ONE, mine, BY))
    with pytest.raises(AlreadyDecidedError):
        act(store, lambda uow: triage.dismiss(uow, BOTH, BY))


def test_a_closed_incident_takes_no_more(store: EventStore) -> None:
    lesser(store, "1")
    mine = incident(store)
    do(store, lambda uow: commands.take_step(uow, mine, closed(hours=1)))
    with pytest.raises(IncidentClosedError):
        act(store, lambda uow: triage.attach(uow, ONE, mine, BY))


def test_a_signal_from_before_its_place_was_noted_is_found_too(store: EventStore) -> None:
    lesser(store, "1", "2")
    with store.database.write() as cursor:
        cursor.execute("UPDATE signals SET version = NULL")
    mine = incident(store)
    act(store, lambda uow: triage.attach(uow, BOTH, mine, BY))
    assert states(store, "1", "2") == [("attached", mine)] * 2
