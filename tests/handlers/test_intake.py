"""The rule: a severe alert opens an incident or joins the open one; everything is kept, nothing twice."""

import asyncio
from collections.abc import Iterator
from functools import partial
from uuid import UUID, uuid4

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import GroupCommitter
from domain.incident.events import CloseReason, Reported, SignalAttached
from domain.incident.state import Incident, Status
from domain.organisation.events import ORGANISATION
from domain.policy import Policy
from domain.signals import Severity, SignalsReceived, SignalsRepeated, SignalStatus, stream_of
from handlers import commands
from handlers.intake import take_in
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import at, closed, corrected, reopened, reported
from tests.support.intake import context, do, fates, known, log, take, told, whole_log
from tests.support.organisations import policy
from tests.support.signals import signal

MEDIUM, CRITICAL = Severity.MEDIUM, Severity.CRITICAL


def step(store: EventStore, incident: UUID, proposed: object) -> Incident:
    return do(store, lambda uow: commands.take_step(uow, incident, proposed)).incident  # type: ignore[arg-type]


def report(store: EventStore, *components: str) -> UUID:
    incident = uuid4()
    do(store, lambda uow: commands.report(uow, incident, "laerkeborg", lambda r: reported(reference=r, components=components)))
    return incident


@pytest.mark.parametrize("severity", [Severity.CRITICAL, Severity.HIGH])
def test_a_severe_alert_opens_an_incident_that_knows_where_it_came_from(store: EventStore, severity: Severity) -> None:
    alert = signal("1", "db-1", "web-1", severity=severity, description="Fejl 500", detected_at=at(-1))
    (taken,) = take(store, alert)
    received, opened, attached = whole_log(store)

    assert (taken.disposition, taken.times, taken.incident_id) == ("opened", 1, opened.aggregate_id)
    assert isinstance(opened.event, Reported)
    assert taken.reference == opened.event.reference
    assert opened.event.title == alert.title
    assert (opened.event.description, opened.event.severity) == ("Fejl 500", severity)
    assert opened.event.components == ("db-1", "web-1")
    assert opened.event.detected_at == opened.event.meta.occurred_at == at(-1)
    assert (received.aggregate_id, attached.aggregate_id) == (stream_of("wazuh"), opened.aggregate_id)
    assert isinstance(attached.event, SignalAttached)
    assert [each.payload_sha256 for each in attached.event.signals] == [alert.payload_sha256]

    assert {recorded.event.meta.correlation_id for recorded in whole_log(store)} == {"c-1"}
    assert [recorded.event.meta.causation_id for recorded in whole_log(store)] == [None, received.id, received.id]
    assert {recorded.event.meta.actor for recorded in whole_log(store)} == {"source:wazuh"}
    payload = store.payload(alert.payload_sha256)
    assert payload is not None
    assert (payload.title, payload.raw) == (alert.title, alert.raw)


def test_the_policy_s_limit_holds_for_what_an_alarm_opens_too(store: EventStore) -> None:
    two_hours = policy(Policy(assess_within_hours=2, assess_from="detected"))
    do(store, lambda uow: uow.append(ORGANISATION, [two_hours], expected=0))
    take(store, signal("1", "db-1", severity=CRITICAL, detected_at=at(-1)))
    (opened,) = log(store, Reported)
    assert (opened.told_by, opened.assess_by) == ("alarm", at(1))


@pytest.mark.parametrize("severity", [Severity.MEDIUM, Severity.LOW, Severity.INFO])
def test_a_lesser_alert_is_counted_where_nothing_is_open_and_joins_where_something_is(
    store: EventStore, severity: Severity
) -> None:
    assert fates(take(store, signal("1", "db-1", severity=severity))) == [("counted", 1)]
    incident = report(store, "db-1")
    (taken,) = take(store, signal("2", "db-1", severity=severity))
    assert (taken.disposition, taken.incident_id) == ("attached", incident)
    assert fates(take(store, signal("3", "db-2", severity=severity))) == [("counted", 1)]


def test_a_severe_alert_joins_the_incident_that_is_open_on_any_of_its_components(store: EventStore) -> None:
    incident = report(store, "db-1")
    (taken,) = take(store, signal("1", "web-9", "db-1"))
    assert (taken.disposition, taken.incident_id) == ("attached", incident)
    assert len(log(store, Reported)) == 1


def test_later_alerts_of_a_batch_join_what_earlier_ones_opened(store: EventStore) -> None:
    taken = take(store, signal("1", "db-1"), signal("2", "db-1", severity=MEDIUM), signal("3", "db-2"), signal("4", "db-2"))
    assert [one.disposition for one in taken] == ["opened", "attached", "opened", "attached"]
    assert taken[0].incident_id == taken[1].incident_id != taken[2].incident_id == taken[3].incident_id
    assert [len(event.signals) for event in log(store, SignalAttached)] == [2, 2]


def test_alerts_without_a_component_share_an_incident_for_each_source(store: EventStore) -> None:
    one, two, other = take(store, signal("1"), signal("2"), signal("1", source="zabbix"))
    assert one.incident_id == two.incident_id != other.incident_id
    assert [event.components for event in log(store, Reported)] == [("source:wazuh",), ("source:zabbix",)]


@pytest.mark.parametrize("status", [SignalStatus.RESOLVED, SignalStatus.ACKNOWLEDGED])
def test_only_a_firing_alert_opens_and_none_closes(store: EventStore, status: SignalStatus) -> None:
    assert fates(take(store, signal("1", "db-1", status=status))) == [("counted", 1)]
    incident = report(store, "db-1")
    (joined,) = take(store, signal("2", "db-1", status=status))
    assert (joined.disposition, joined.incident_id) == ("attached", incident)
    state = do(store, lambda uow: uow.incident(incident))
    assert state is not None
    assert (state.status, state.handled_at) == (Status.REPORTED, None)


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
def test_an_alert_that_becomes_severe_gets_its_incident_then(store: EventStore, *, together: bool) -> None:
    harmless = signal("1", "db-1", severity=CRITICAL, status=SignalStatus.RESOLVED)
    severe = signal("1", "db-1", severity=CRITICAL, raw=b"fires now")
    first, second = take(store, harmless, severe) if together else (*take(store, harmless), *take(store, severe))
    events = [recorded for recorded in whole_log(store) if isinstance(recorded.event, Reported | SignalAttached)]

    assert (first.disposition, second.disposition, second.times) == ("counted", None, 2)
    assert second.reference is not None
    assert [type(recorded.event) for recorded in events] == [Reported, SignalAttached]
    assert {recorded.aggregate_id for recorded in events} == {second.incident_id}
    (again,) = take(store, severe)
    assert (again.incident_id, again.times) == (second.incident_id, 3)
    repeated = whole_log(store)[-1]
    assert isinstance(repeated.event, SignalsRepeated)
    assert repeated.event.repeats[0].incident_id == second.incident_id


def test_after_closing_the_next_alert_opens_a_new_incident_and_after_reopening_it_joins_again(store: EventStore) -> None:
    incident = report(store, "db-1")
    step(store, incident, closed(CloseReason.NEAR_MISS, hours=1))
    (fresh,) = take(store, signal("1", "db-1"))
    assert fresh.disposition == "opened"
    assert fresh.incident_id is not None
    step(store, fresh.incident_id, closed(CloseReason.NEAR_MISS, hours=1))
    step(store, incident, reopened(2))
    (joined,) = take(store, signal("2", "db-1"))
    assert joined.incident_id == incident


def test_of_two_open_incidents_the_first_gets_the_alerts_and_the_second_when_the_first_is_closed(store: EventStore) -> None:
    first, second = report(store, "db-1"), report(store, "db-1", "web-1")
    step(store, first, corrected("components", "db-1, db-2"))
    assert [one.incident_id for one in take(store, signal("1", "db-1"), signal("2", "web-1"))] == [first, second]
    step(store, first, closed(CloseReason.NEAR_MISS, hours=1))
    assert [one.incident_id for one in take(store, signal("3", "db-1"))] == [second]


def test_a_corrected_component_moves_where_alerts_belong(store: EventStore) -> None:
    incident = report(store, "db-1")
    step(store, incident, corrected("components", "db-2"))
    assert [one.incident_id == incident for one in take(store, signal("1", "db-1"), signal("2", "db-2"))] == [False, True]


def test_the_same_alert_a_hundred_times_in_one_batch_is_one_record_and_a_count(store: EventStore) -> None:
    alert = signal("1", "db-1")
    taken = take(store, *[alert] * 100)
    assert fates(taken) == [("opened", 1), *((None, times) for times in range(2, 101))]
    assert len({one.incident_id for one in taken}) == len({one.reference for one in taken}) == 1
    assert (len(log(store, Reported)), len(log(store, SignalsReceived)), len(log(store, SignalsRepeated))) == (1, 1, 1)
    assert told(store) == {("wazuh", "1"): 100}
    assert [one.times for one in known(store, ("wazuh", "1"))] == [100]


async def test_the_same_alert_a_hundred_times_at_once_is_one_record_and_a_count(store: EventStore) -> None:
    committer = GroupCommitter(store, lambda: None)
    committer.start()
    work = partial(take_in, signals=[signal("1", "db-1")], context=context())
    taken = [one for batch in await asyncio.gather(*(committer.submit(work) for _ in range(100))) for one in batch]
    await committer.stop()
    assert sorted(one.times for one in taken) == list(range(1, 101))
    assert [one.disposition for one in taken if one.times == 1] == ["opened"]
    assert (len(log(store, Reported)), len(log(store, SignalsReceived))) == (1, 1)
    assert told(store) == {("wazuh", "1"): 100}
    assert [one.times for one in known(store, ("wazuh", "1"))] == [100]


def test_a_repeat_tells_how_often_when_and_with_what(store: EventStore) -> None:
    first = signal("1", "db-1", detected_at=at(0))
    resolved = signal("1", "db-1", detected_at=at(2), status=SignalStatus.RESOLVED)
    (opened,) = take(store, first)
    taken = take(store, first, signal("2", "db-9", severity=MEDIUM), resolved)
    assert fates(taken) == [(None, 2), ("counted", 1), (None, 3)]
    assert taken[0].incident_id == opened.incident_id
    (event,) = log(store, SignalsRepeated)
    (repeat,) = event.repeats
    assert (repeat.count, repeat.first_at, repeat.last_at, repeat.status) == (2, at(0), at(2), "resolved")
    assert repeat.payload_sha256s == (first.payload_sha256, resolved.payload_sha256)
    assert (repeat.incident_id, repeat.components) == (opened.incident_id, ("db-1",))
    payload = store.payload(resolved.payload_sha256)
    assert payload is not None
    assert payload.raw == resolved.raw


def test_the_same_id_of_two_sources_is_two_signals(store: EventStore) -> None:
    assert fates(take(store, signal("1", source="wazuh"), signal("1", source="wazuh-drift"))) == [("opened", 1)] * 2


def test_a_batch_is_packed_by_source_at_most_a_hundred_to_an_event_and_answered_in_order(store: EventStore) -> None:
    alerts = [signal(str(n), "db-1", source=("a", "b")[n % 5 == 0], severity=MEDIUM) for n in range(300)]
    opening = signal("x", "db-1", source="b")
    taken = take(store, opening, *alerts)
    assert [one.source_event_id for one in taken] == ["x", *(str(n) for n in range(300))]
    received = [(event.source, len(event.signals)) for event in log(store, SignalsReceived)]
    assert received == [("a", 100), ("a", 100), ("a", 40), ("b", 61)]
    assert [len(event.signals) for event in log(store, SignalAttached)] == [100, 100, 100, 1]
    assert [one.disposition for one in taken] == ["opened", *["attached"] * 300]

    take(store, *alerts)
    repeated = [(event.source, len(event.repeats)) for event in log(store, SignalsRepeated)]
    assert repeated == [("a", 100), ("a", 100), ("a", 40), ("b", 60)]
    assert set(told(store).values()) == {1, 2}
    # Each attachment points at the event in which its first signal was received.
    by_id = {recorded.id: recorded.event for recorded in whole_log(store)}
    for attached in log(store, SignalAttached):
        cause = by_id[attached.meta.causation_id or ""]
        assert isinstance(cause, SignalsReceived)
        assert attached.signals[0].source_event_id in {each.source_event_id for each in cause.signals}


def test_each_signal_carries_the_correlation_of_the_request_that_brought_it(store: EventStore) -> None:
    take(store, signal("1", "db-1"), signal("2", "db-2"), correlations={("wazuh", "2"): "request-2"})
    assert [event.meta.correlation_id for event in log(store, Reported)] == ["c-1", "request-2"]


def test_an_alert_of_a_clock_ahead_is_detected_when_it_came(store: EventStore) -> None:
    take(store, signal("1", "db-1", detected_at=at(24 * 365 * 100)))
    received, opened, _ = whole_log(store)
    assert isinstance(opened.event, Reported)
    assert opened.event.detected_at == opened.event.meta.occurred_at == opened.recorded_at
    assert isinstance(received.event, SignalsReceived)
    assert received.event.signals[0].detected_at == at(24 * 365 * 100)


def test_the_longest_that_a_format_yields_still_opens(store: EventStore) -> None:
    take(store, signal("1", "x" * 253, title="æ" * 300, description="ø" * 20_000))
    (opened,) = log(store, Reported)
    assert (opened.components, opened.title, opened.description) == (("x" * 253,), "æ" * 300, "ø" * 20_000)


def test_an_empty_batch_writes_nothing(store: EventStore) -> None:
    assert take(store) == []
    assert store.head() == 0


def test_a_unit_that_fails_half_way_leaves_nothing_behind(store: EventStore) -> None:
    alerts = [signal("1", "db-1"), signal("2", "db-2")]
    one_id: Iterator[UUID] = iter([uuid4()])

    def fails_late(uow: UnitOfWork) -> None:
        take_in(uow, alerts, context())
        raise LookupError("after all was written")

    failed = store.commit([lambda uow: take_in(uow, alerts, context(new_ids=one_id)), fails_late])
    assert [type(outcome) for outcome in failed] == [StopIteration, LookupError]
    assert store.head() == 0
    assert store.payload(alerts[0].payload_sha256) is None
    taken = take(store, *alerts)
    assert fates(taken) == [("opened", 1), ("opened", 1)]
    assert [one.reference and one.reference[-4:] for one in taken] == ["0001", "0002"]
