"""Whatever writes, and whatever fails, the log is dense, its time never runs back, and a conflict says what it saw."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, repeat
from typing import NoReturn
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.event_store.application import EventStore
from adapters.event_store.mapper import Placed
from adapters.event_store.transaction import MAX_VARIABLES, VersionConflictError
from domain.incident.events import Mitigated, NoteAdded, Reported
from domain.incident.evolve import evolve
from domain.incident.state import Incident
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import INCIDENT, meta, mitigated, reported
from tests.support.signals import fresh, signal
from tests.support.stores import Stores, appending

NOTE = NoteAdded(meta=meta(), text="Ord")


def failing(uow: UnitOfWork) -> NoReturn:
    uow.append(uuid4(), [reported(), NOTE], expected=0)
    raise LookupError("a defect")


def test_positions_are_dense_and_versions_count_from_one_per_stream(store: EventStore) -> None:
    one, other = uuid4(), uuid4()
    assert store.head() == 0
    assert store.commit([appending(one, reported(), NOTE), appending(other, reported()), appending(one, NOTE)]) == [2, 3, 4]
    assert store.commit([appending(other, NOTE)]) == [5]
    places = [(row.position, row.aggregate_id, row.version) for row in store.rows()]
    assert places == [(1, one, 1), (2, one, 2), (3, other, 1), (4, one, 3), (5, other, 2)]
    assert store.head() == 5


def test_a_unit_that_fails_leaves_no_gap_and_costs_nobody_else_anything(store: EventStore) -> None:
    one = uuid4()
    first, error, last = store.commit([appending(one, reported()), failing, appending(one, NOTE)])
    assert (first, last) == (1, 2)
    assert isinstance(error, LookupError)
    assert [row.position for row in store.rows()] == [1, 2]
    assert {row.aggregate_id for row in store.rows()} == {one}


def test_a_conflict_names_stream_expected_and_actual_version_and_stores_nothing_of_its_unit(store: EventStore) -> None:
    one, other = uuid4(), uuid4()
    store.commit([appending(one, reported(), NOTE)])

    def stale(uow: UnitOfWork) -> int:
        uow.append(other, [reported()], expected=0)
        return uow.append(one, [NOTE], expected=1)

    conflict, saved = store.commit([stale, appending(one, NOTE, expected=2)])
    assert isinstance(conflict, VersionConflictError)
    assert (conflict.stream, conflict.expected, conflict.actual) == (one, 1, 2)
    for part in (str(one), "is at version 2", "expected 1"):
        assert part in str(conflict)
    assert saved == 3
    assert store.read_stream(other) == []


def test_a_unit_sees_what_it_and_earlier_units_wrote_and_nothing_of_one_that_failed(store: EventStore) -> None:
    seen: list[tuple[int, Incident | None]] = []

    def look(uow: UnitOfWork) -> None:
        seen.append((uow.version(INCIDENT), uow.incident(INCIDENT)))

    def append_look_and_fail(uow: UnitOfWork) -> NoReturn:
        uow.append(INCIDENT, [mitigated()], expected=1)
        look(uow)
        raise LookupError("a defect")

    store.commit([look, appending(INCIDENT, reported()), look, append_look_and_fail, look, appending(INCIDENT, NOTE), look])
    store.commit([look])
    assert [version for version, _ in seen] == [0, 1, 2, 1, 2, 2]
    assert [state and (state.version, state.handled_at) for _, state in seen] == [
        None,
        (1, None),
        (2, mitigated().meta.occurred_at),
        (1, None),
        (2, None),
        (2, None),
    ]


def test_a_unit_that_looks_between_its_events_counts_each_of_them_once(store: EventStore) -> None:
    store.commit([appending(INCIDENT, reported())])

    def work(uow: UnitOfWork) -> list[int]:
        versions = list[int]()
        for version in (1, 2, 3):
            uow.append(INCIDENT, [NOTE], expected=version)
            incident = uow.incident(INCIDENT)
            assert incident is not None
            versions.append(incident.version)
        return versions

    assert store.commit([work]) == [[2, 3, 4]]


def test_a_unit_knows_every_one_of_very_many_signals(store: EventStore) -> None:
    signals = [signal(f"{number}") for number in range(MAX_VARIABLES + 1)]
    keys = [(one.source, one.source_event_id) for one in signals]
    remembered, known = store.commit(
        [lambda uow: uow.remember_signals([fresh(one) for one in signals]), lambda uow: uow.known_signals(keys)]
    )
    assert remembered is None
    assert isinstance(known, dict)
    assert known.keys() == set(keys)


def test_a_unit_sees_what_another_process_wrote_although_it_knows_the_incident(stores: Stores) -> None:
    here, there = stores.open(), stores.open()
    here.commit([appending(INCIDENT, reported()), lambda uow: uow.incident(INCIDENT)])
    there.commit([appending(INCIDENT, mitigated())])
    (state,) = here.commit([lambda uow: uow.incident(INCIDENT)])
    assert isinstance(state, Incident)
    assert (state.version, state.handled_at) == (2, mitigated().meta.occurred_at)


def test_recorded_at_never_decreases_when_the_clock_goes_back(stores: Stores) -> None:
    times = chain([1_000, 5_000, 2_000], repeat(6_000))
    store = stores.open(clock=partial(next, times))
    for _ in range(4):
        store.commit([appending(uuid4(), reported())])
    assert [row.recorded_at_us for row in store.rows()] == [1_000, 5_000, 5_000, 6_000]
    assert [
        store.position_at(datetime.fromtimestamp(0, UTC) + timedelta(microseconds=us)) for us in (999, 1000, 5000, 6001)
    ] == [
        0,
        1,
        3,
        4,
    ]


def test_as_of_a_time_is_the_last_position_recorded_then_to_the_microsecond(stores: Stores) -> None:
    start = 1_795_184_400_123_457
    times = chain(range(start, start + 50 * 7, 7), repeat(start + 10**6))
    store = stores.open(clock=partial(next, times))
    for _ in range(20):
        store.commit([appending(uuid4(), reported(), NOTE)])
    recorded = store.read(0, 100)
    assert len(recorded) == 40
    for event in recorded:
        # Both events of a unit have the same time: as of it, both are there.
        assert store.position_at(event.recorded_at) == event.position + event.position % 2
        assert store.position_at(event.recorded_at - timedelta(microseconds=1)) == event.position - 2 + event.position % 2


def test_all_of_a_transaction_has_one_time_and_units_know_it(store: EventStore) -> None:
    told = store.commit([lambda uow: uow.recorded_at, appending(uuid4(), reported()), lambda uow: uow.recorded_at])
    assert told[0] == told[2] == store.read(0, 1)[0].recorded_at


def test_reading_is_by_position_topic_and_aggregate(store: EventStore) -> None:
    one, other = uuid4(), uuid4()
    store.commit(
        [appending(one, reported(), NOTE), appending(other, reported(), mitigated(), NOTE), appending(one, mitigated())]
    )
    positions: Callable[..., list[int]] = lambda *a, **k: [row.position for row in store.rows(*a, **k)]  # noqa: E731
    assert positions() == [1, 2, 3, 4, 5, 6]
    assert positions(2, 3) == [3, 4, 5]
    assert positions(2, upto=4) == [3, 4]
    assert positions(topics=[Reported.TOPIC, Mitigated.TOPIC]) == [1, 3, 4, 6]
    assert positions(3, 1, topics=[NoteAdded.TOPIC]) == [5]
    assert positions(6) == []
    assert [r.position for r in store.read_stream(one)] == [1, 2, 6]
    assert [r.position for r in store.read_stream(one, upto=5)] == [1, 2]
    assert [r.position for r in store.read_stream(one, upto=6)] == [1, 2, 6]
    assert store.read_stream(one, upto=0) == store.read_stream(uuid4()) == []
    assert [r.id for r in store.read(1, 2)] == [f"{one}/2", f"{other}/1"]


def test_a_reader_gets_the_text_only_when_it_asks(store: EventStore) -> None:
    store.commit([appending(INCIDENT, reported(title="Nede"))])
    (sealed,), (opened,) = store.read(0, 1), store.read(0, 1, opened=True)
    assert isinstance(sealed.event, Reported)
    assert isinstance(opened.event, Reported)
    assert (sealed.event.title, opened.event.title) == (None, "Nede")
    assert sealed.event.sealed is not None
    assert sealed.event.sealed == opened.event.sealed
    assert opened.event.model_copy(update={"sealed": None}) == reported(title="Nede")
    assert store.read_stream(INCIDENT) == [opened]
    assert store.unseal(INCIDENT, 1, sealed.event.sealed) == {"title": "Nede"}


def stored(stream: UUID, *versions: int) -> list[StoredEvent]:
    return [StoredEvent(stream, version, NoteAdded.TOPIC, b"{}") for version in versions]


def test_many_groups_are_saved_in_one_transaction_and_only_the_conflicting_ones_are_left_out(store: EventStore) -> None:
    taken, streams = uuid4(), [uuid4() for _ in range(700)]
    store.recorder.insert_events(stored(taken, 1, 2))
    groups = [stored(stream, 1) for stream in streams]
    groups[300:300] = [[*stored(streams[0], 2), *stored(taken, 2)], stored(taken, 3)]
    outcomes = store.recorder.insert_groups(groups)
    conflict = outcomes.pop(300)
    assert isinstance(conflict, VersionConflictError)
    assert (conflict.stream, conflict.expected, conflict.actual) == (taken, 1, 2)
    assert [position for outcome in outcomes if not isinstance(outcome, Exception) for position in outcome] == list(
        range(3, 704)
    )
    assert len({row.recorded_at_us for row in store.rows(2)}) == 1
    assert [row.version for row in store.recorder.stream(streams[0])] == [1]
    again = store.recorder.insert_groups([stored(stream, 2) for stream in streams])
    assert again == [[position] for position in range(704, 1404)], "every version was known, however many were asked for"


def test_the_library_saves_and_reads_through_our_recorder_and_mapper(store: EventStore) -> None:
    events = [Placed(INCIDENT, 1, reported(title="Nede")), Placed(INCIDENT, 2, mitigated())]
    recordings = store.save(*events)
    assert [recording.notification.id for recording in recordings] == [1, 2]

    def project(state: Incident | None, placed: list[Placed]) -> Incident | None:
        for each in placed:
            state = evolve(state, each.event, aggregate_id=each.originator_id)  # type: ignore[arg-type]
        return state

    incident = store.repository.get(INCIDENT, projector_func=project)  # type: ignore[arg-type]
    assert isinstance(incident, Incident)
    assert (incident.title, incident.version) == ("Nede", 2)
    assert b"Nede" not in b"".join(row.state for row in store.rows())
    with pytest.raises(IntegrityError, match="is at version 2, expected 1"):
        store.save(events[1])
    with pytest.raises(AggregateNotFoundError):
        store.repository.get(uuid4(), projector_func=project)  # type: ignore[arg-type]
    assert [n.id for n in store.notification_log.select(start=2, limit=10)] == [2]
    assert [n.id for n in store.recorder.select_notifications(1, 10, inclusive_of_start=False)] == [2]
    assert [n.id for n in store.recorder.select_notifications(None, 10, stop=1, topics=[Reported.TOPIC])] == [1]
    versions = [e.originator_version for e in store.recorder.select_events(INCIDENT, desc=True)]
    assert versions == [2, 1]
    assert [e.originator_version for e in store.recorder.select_events(INCIDENT, gt=1, lte=2, limit=1)] == [2]
    assert store.recorder.max_notification_id() == 2
