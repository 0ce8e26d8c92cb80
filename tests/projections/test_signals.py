"""What came in and what became of it: by source, rule and component; and what waits for a person."""

import pytest

from adapters.event_store.application import EventStore
from domain.signals import Decision, Disposition, SignalKind, SignalsDecided, SignalsReceived, stream_of
from projections import signals
from projections.rows import Row
from projections.signals import Signals
from tests.support.incidents import meta
from tests.support.logs import Told, projector, received, record, repeated
from tests.support.read_databases import OpenDatabase


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store, self.projector = store, projector(Signals(), open_read_database("signals"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.projector.catch_up().rejected == []

    def waiting(self) -> list[str]:
        with self.projector.database.snapshot() as connection:
            found = signals.waiting(connection, 10)
            assert signals.waiting_count(connection) == len(found)
        return [row["source_event_id"] for row in found]

    def sources(self) -> dict[str, Row]:
        with self.projector.database.snapshot() as connection:
            return signals.sources(connection)


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def judged(*components: tuple[str, ...], **more: object) -> Told:
    stream, event = received(*components)
    assert isinstance(event, SignalsReceived)
    return stream, event.model_copy(update={"signals": tuple(one.model_copy(update=more) for one in event.signals)})


def decided(decision: Decision, *ids: str) -> Told:
    return stream_of("wazuh"), SignalsDecided(meta=meta(), source="wazuh", source_event_ids=ids, decision=decision)


def test_a_source_shows_when_it_was_heard_and_how_much(kept: Kept) -> None:
    kept.tell(received(("db-1",), ("db-2",)), repeated(None, 7), received(("x",), source="zabbix"))
    found = kept.sources()
    assert {name: (row["signals"], row["repeats"]) for name, row in found.items()} == {"wazuh": (2, 7), "zabbix": (1, 0)}
    assert found["wazuh"]["first_at"] <= found["wazuh"]["last_at"]


def test_signals_are_counted_by_rule_and_by_component(kept: Kept) -> None:
    kept.tell(
        judged(("db-1", "web"), ("db-1",), rule="severe", disposition=Disposition.OPENED),
        judged(("db-1",), rule="rest", disposition=Disposition.COUNTED),
        received(("db-1",)),
    )
    with kept.projector.database.snapshot() as connection:
        rules = signals.by_rule(connection, "2026-11-01", "2026-11-30")
        components = signals.by_component(connection, "2026-11-01", "2026-11-30", 10)
        none = signals.by_rule(connection, "2026-12-01", "2026-12-31")
    assert {(row["rule"], row["disposition"], row["signals"]) for row in rules} == {
        ("severe", Disposition.OPENED, 2),
        ("rest", Disposition.COUNTED, 1),
        ("earlier", Disposition.COUNTED, 1),
    }
    assert [(row["component"], row["rule"], row["signals"]) for row in components] == [
        ("db-1", "severe", 2),
        ("db-1", "earlier", 1),
        ("db-1", "rest", 1),
        ("web", "severe", 1),
    ]
    assert none == []


def test_what_goes_to_a_person_waits_until_a_person_decides_and_may_wait_again(kept: Kept) -> None:
    kept.tell(judged(("a",), ("b",), disposition=Disposition.TO_PERSON, rule="person", kind=SignalKind.REPORT))
    assert kept.waiting() == ["0", "1"]
    kept.tell(decided("dismissed", "0"))
    assert kept.waiting() == ["1"]
    kept.tell(decided("reopened", "0"), decided("attached", "1"), decided("detached", "never waited"))
    assert kept.waiting() == ["0"]
