"""The rules at work on a real store: windows, storms, episodes, twins, maintenance, and what waits for a person."""

from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.event_store.application import EventStore
from domain.incident.events import Reported, SignalAttached, ToldBy
from domain.intake import events as e
from domain.intake.events import INTAKE
from domain.intake.rules import Rule
from domain.signals import Disposition, Severity, Signal, SignalKind, SignalsReceived, SignalStatus
from tests.support.incidents import at, meta
from tests.support.intake import do, fates, known, log, take, told
from tests.support.signals import signal

MEDIUM, HIGH, CRITICAL = Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL
RESOLVED = SignalStatus.RESOLVED


def set_up(store: EventStore, *events: e.IntakeEvent) -> None:
    do(store, lambda uow: uow.append(INTAKE, events, expected=uow.version(INTAKE)))


def rules(*given: Rule) -> e.RulesSet:
    return e.RulesSet(meta=meta(0), number=7, rules=given, reason="prøve")


def why(store: EventStore) -> list[tuple[str | None, str | None, str]]:
    return [
        (one.rule, one.group, one.disposition.value) for received in log(store, SignalsReceived) for one in received.signals
    ]


def monitor(minute: int, status: SignalStatus = SignalStatus.FIRING) -> Signal:
    """A check whose tool numbers no episodes."""
    then = at(0) + timedelta(minutes=minute)
    return signal("check-1", "db-1", status=status, episode="check-1", detected_at=then, raw=f"{minute}".encode())


def test_each_record_names_its_rule_the_group_and_the_rules_number(store: EventStore) -> None:
    take(store, signal("1", "db-1"), signal("2", "db-1", severity=MEDIUM), signal("3", "web-1", severity=MEDIUM))
    assert why(store) == [("severe", "db-1", "opened"), ("rest", "db-1", "attached"), ("rest", None, "counted")]
    set_up(store, rules(Rule(name="alt", then="count")))
    take(store, signal("4", "db-1"))
    assert why(store)[-1] == ("alt", None, "counted")
    assert [received.rules for received in log(store, SignalsReceived)] == [0, 7]


@pytest.mark.parametrize("together", [True, False])
def test_an_incident_of_a_source_is_met_on_its_components_too(store: EventStore, together: bool) -> None:  # noqa: FBT001 - a case
    set_up(store, rules(Rule(name="kilde", sources=("wazuh",), then="open", group="source"), Rule(name="rest", then="open")))
    first, second = signal("1", "db-1"), signal("2", "db-1", source="zabbix")
    for batch in [(first, second)] if together else [(first,), (second,)]:
        take(store, *batch)
    assert why(store) == [("kilde", "source:wazuh", "opened"), ("rest", "db-1", "attached")]


@pytest.mark.parametrize("batches", [1, 3, 60])
def test_a_rule_that_counts_decides_the_same_however_the_stream_is_cut(store: EventStore, batches: int) -> None:
    alerts = [signal(str(n), "db-1", severity=MEDIUM, detected_at=at(0) + timedelta(seconds=n)) for n in range(60)]
    size = len(alerts) // batches
    for start in range(0, len(alerts), size):
        take(store, *alerts[start : start + size])
    assert [rule for rule, _, _ in why(store)] == ["rest"] * 49 + ["many"] * 11
    assert [disposition for _, _, disposition in why(store)] == ["counted"] * 49 + ["opened"] + ["attached"] * 10


def test_a_window_slides_and_a_repeat_is_counted_in_none(store: EventStore) -> None:
    set_up(store, rules(Rule(name="tre", count=3, minutes=10, then="open"), Rule(name="rest", then="count")))

    def alert(event_id: str, minute: int) -> Signal:
        return signal(event_id, "db-1", severity=MEDIUM, detected_at=at(0) + timedelta(minutes=minute))

    take(store, alert("1", 0), alert("1", 1), alert("1", 2), alert("2", 9))
    take(store, alert("3", 10))  # the first has just left the window
    assert [rule for rule, _, _ in why(store)] == ["rest", "rest", "rest"]
    take(store, alert("4", 11))
    assert [rule for rule, _, _ in why(store)][-1] == "tre"


def test_a_storm_becomes_a_few_incidents_that_hold_every_alert(store: EventStore) -> None:
    alerts = [signal(str(n), f"host-{n}", detected_at=at(0) + timedelta(seconds=n)) for n in range(300)]
    for start in range(0, 300, 50):
        take(store, *alerts[start : start + 50])
    opened = log(store, Reported)
    assert len(opened) == 100  # 99 of their own, then the storm's
    assert opened[-1].components == ("source:wazuh", "host-99")
    assert sum(len(event.signals) for event in log(store, SignalAttached)) == 300
    assert {rule for rule, _, _ in why(store)[99:]} == {"storm"}


def test_a_flood_of_lesser_alerts_on_many_components_becomes_one_incident(store: EventStore) -> None:
    alerts = [
        signal(str(n), f"host-{n % 300}", severity=MEDIUM, detected_at=at(0) + timedelta(milliseconds=n)) for n in range(1_200)
    ]
    for start in range(0, 1_200, 400):
        take(store, *alerts[start : start + 400])
    (opened,) = log(store, Reported)
    assert opened.components[0] == "source:wazuh"
    assert [rule for rule, _, _ in why(store)] == ["rest"] * 999 + ["flood"] * 201


def test_a_check_that_numbers_no_episodes_has_one_signal_an_episode(store: EventStore) -> None:
    assert fates(take(store, monitor(0))) == [("opened", 1)]
    assert fates(take(store, monitor(5), monitor(9))) == [(None, 2), (None, 3)]
    assert fates(take(store, monitor(12, RESOLVED), monitor(13, RESOLVED))) == [(None, 4), (None, 5)]
    first, *_ = told(store)
    assert known(store, first)[0].status is RESOLVED
    assert fates(take(store, monitor(20))) == [("attached", 1)]
    assert len(told(store)) == 2


@pytest.mark.parametrize("cut", [1, 2, 3, 6])
def test_episodes_are_the_same_however_the_stream_is_cut(store: EventStore, cut: int) -> None:
    alerts = [monitor(0), monitor(1, RESOLVED), monitor(2), monitor(3), monitor(4, RESOLVED), monitor(5)]
    for start in range(0, len(alerts), cut):
        take(store, *alerts[start : start + cut])
    assert sorted(told(store).values()) == [1, 2, 3]


def test_an_end_whose_id_nobody_knows_ends_the_open_episode(store: EventStore) -> None:
    start = signal("f@10:00", "db-1", episode="f")
    take(store, start)
    end = signal("f@10:30", "db-1", episode="f", status=RESOLVED, raw=b"end")
    (taken,) = take(store, end)
    assert (taken.source_event_id, taken.times) == ("f@10:00", 2)
    (later,) = take(store, signal("f@11:00", "db-1", episode="f", raw=b"new"))
    assert (later.source_event_id, later.times) == ("f@11:00", 1)


def test_an_older_word_that_arrives_late_does_not_undo_a_newer_one(store: EventStore) -> None:
    take(store, signal("1", "db-1", told_at=at(0)))
    take(store, signal("1", "db-1", status=RESOLVED, told_at=at(2), raw=b"end"))
    take(store, signal("1", "db-1", told_at=at(1), raw=b"late"))
    (found,) = known(store, ("wazuh", "1"))
    assert (found.times, found.status, found.told_at) == (3, RESOLVED, at(2))
    take(store, signal("1", "db-1", told_at=at(3), raw=b"again"))
    assert known(store, ("wazuh", "1"))[0].status is SignalStatus.FIRING


@pytest.mark.parametrize("together", [True, False])
def test_the_same_finding_from_two_sources_is_one_incident(store: EventStore, together: bool) -> None:  # noqa: FBT001 - a case
    xdr = signal("77", "pc-1", source="defender", same_as=("defender-incident:77",))
    siem = signal("arm/77", "other-name", source="sentinel", same_as=("defender-incident:77",))
    if together:
        take(store, xdr, siem)
    else:
        take(store, xdr)
        take(store, siem)
    assert len(log(store, Reported)) == 1
    assert why(store) == [("severe", "pc-1", "opened"), ("twin", "defender-incident:77", "attached")]


def test_a_twin_of_something_that_no_incident_has_is_judged_on_its_own(store: EventStore) -> None:
    take(store, signal("77", "pc-1", source="defender", severity=MEDIUM, same_as=("d:77",)))
    take(store, signal("arm/77", "pc-1", source="sentinel", same_as=("d:77",)))
    assert why(store) == [("rest", None, "counted"), ("severe", "pc-1", "opened")]


def test_maintenance_suppresses_and_still_counts(store: EventStore) -> None:
    work = e.MaintenanceAnnounced(meta=meta(0), name="patch", begins_at=at(0), ends_at=at(2), components=("db-*",))
    set_up(store, work)
    down = signal("1", "db-1", detected_at=at(1), signal_category="availability")
    assert fates(take(store, down)) == [("suppressed", 1)]
    assert log(store, Reported) == []
    assert fates(take(store, signal("2", "db-1", detected_at=at(2), signal_category="availability"))) == [("opened", 1)]


@pytest.mark.parametrize("kind", [SignalKind.REPORT, SignalKind.UNREAD])
def test_what_a_person_wrote_goes_to_a_person_and_no_repeat_changes_that(store: EventStore, kind: SignalKind) -> None:
    set_up(store, rules(Rule(name="alt", then="open")))
    mail = signal("m-1", kind=kind, source="email")
    assert fates(take(store, mail, mail)) == [("to_person", 1), (None, 2)]
    assert fates(take(store, mail)) == [(None, 3)]
    assert (why(store), log(store, Reported)) == ([("person", None, "to_person")], [])


def test_a_settled_signal_is_left_alone_by_the_rules(store: EventStore) -> None:
    take(store, signal("1", "db-1", severity=MEDIUM))
    do(store, lambda uow: uow.assign_signals({("wazuh", "1"): (Disposition.DISMISSED, None)}))
    take(store, signal("1", "db-1", severity=CRITICAL, raw=b"worse"))
    assert log(store, Reported) == []


def test_a_source_s_channel_and_entity_stand_in_what_it_opens(store: EventStore) -> None:
    set_up(store, e.SourceSet(meta=meta(0), source="kommunecert", format="wazuh", channel=ToldBy.KOMMUNECERT))
    take(store, signal("1", "db-1", source="kommunecert"))
    (opened,) = log(store, Reported)
    assert (opened.told_by, opened.entity) == ("kommunecert", "laerkeborg")


def test_windows_that_nothing_can_reach_are_forgotten(store: EventStore) -> None:
    take(store, signal("1", "db-1", severity=MEDIUM, detected_at=at(-24 * 30)))
    take(store, signal("2", "db-1", severity=MEDIUM))
    minutes = [minute for (minute,) in store.database.read("SELECT minute FROM windows ORDER BY minute")]
    assert all(later - earlier < 3 * 1440 for earlier, later in pairwise(minutes))
