"""Which incidents ever hit something, and which alerts named it? By names as tools and people spell them."""

import pytest

from adapters.event_store.application import EventStore
from domain.incident import events as e
from domain.organisation.access import Scope, scope_of
from projections import register, signals
from projections.register import Register
from projections.signals import Signals
from tests.support import incidents as tell
from tests.support.logs import Told, incident_id, projector, received, record, repeated
from tests.support.read_databases import OpenDatabase

ONE, TWO, THREE = incident_id(1), incident_id(2), incident_id(3)


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store = store
        self.register = projector(Register(), open_read_database("register"), store)
        self.signals = projector(Signals(), open_read_database("signals"), store)

    def tell(self, *told: Told) -> None:
        record(self.store, told)
        assert self.register.catch_up().rejected == []
        assert self.signals.catch_up().rejected == []

    def touching(self, *keys: str, limit: int = 10, scope: Scope = None) -> tuple[int, list[str]]:
        with self.register.database.snapshot() as connection:
            told = register.names_touched(connection, keys)
            found = register.touching(connection, told, limit=limit, scope=scope)
        return found.total, [row["reference"] for row in found.newest]

    def targets(self, *keys: str) -> list[tuple[str, int]]:
        with self.signals.database.snapshot() as connection:
            return [(row["component"], row["signals"]) for row in signals.targets(connection, keys)]


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def reported(number: int, hours: float, services: tuple[str, ...] = (), components: tuple[str, ...] = ()) -> Told:
    told = tell.reported(hours, reference=f"H-2026-{number:04}", services=services, components=components)
    return incident_id(number), told


def test_incidents_are_found_by_service_and_component_in_any_case_the_newest_first(kept: Kept) -> None:
    kept.tell(reported(1, -3, ("Løn",)), reported(2, -2, (), ("LØN", "db-1")), reported(3, -1, ("Andet",)))
    assert kept.touching("løn") == (2, ["H-2026-0002", "H-2026-0001"])
    assert kept.touching("løn", limit=1) == (2, ["H-2026-0002"])
    assert kept.touching("løn", "db-1", "findes ikke") == (2, ["H-2026-0002", "H-2026-0001"])
    assert kept.touching("findes ikke") == (0, [])


def test_a_hosts_full_name_is_found_by_its_short_one(kept: Kept) -> None:
    kept.tell(reported(1, 0, (), ("SRV-1.laerkeborg.dk",)), reported(2, 1, ("Borger.dk til alle",)))
    assert kept.touching("srv-1") == (1, ["H-2026-0001"])
    assert kept.touching("srv-1.laerkeborg.dk") == (1, ["H-2026-0001"])
    assert kept.touching("borger") == (0, [])


def test_what_is_corrected_away_no_longer_counts_and_what_comes_back_does(kept: Kept) -> None:
    kept.tell(reported(1, 0, ("Løn", "Omsorg")), (ONE, tell.corrected("services", None, clear_new="OMSORG")))
    assert (kept.touching("løn")[0], kept.touching("omsorg")[0]) == (0, 1)
    kept.tell((ONE, tell.corrected("services", None, clear_new="Løn")))
    assert (kept.touching("løn")[0], kept.touching("omsorg")[0]) == (1, 0)


def test_a_service_told_to_be_degraded_counts(kept: Kept) -> None:
    degraded = e.ServiceDegraded(meta=tell.meta(1), service="Omsorg", degree="down")
    kept.tell(reported(1, 0), (ONE, degraded))
    assert kept.touching("omsorg") == (1, ["H-2026-0001"])


def test_nothing_is_left_of_a_disposed_incident(kept: Kept) -> None:
    disposed = e.Disposed(meta=tell.meta(9), proposal_number=1)
    kept.tell(reported(1, 0, (), ("db-1",)), reported(2, 0, (), ("db-1",)), (ONE, disposed))
    assert kept.touching("db-1") == (1, ["H-2026-0002"])
    with kept.register.database.snapshot() as connection:
        told = connection.execute(register.TOUCHED.select()).all()
    assert {row.incident_id for row in told} == {TWO}


def test_only_incidents_that_may_be_seen_are_told_and_counted(kept: Kept) -> None:
    kept.tell(reported(1, 0, ("Løn",)), reported(2, 1, ("Løn",)))
    assert kept.touching("løn", scope=scope_of(["vand"])) == (0, [])
    assert kept.touching("løn", scope=scope_of(["laerkeborg"]))[0] == 2


def test_more_names_than_one_question_holds_are_asked_in_parts(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "NAMES", 2)
    names = [f"db-{n}" for n in range(50)]
    kept.tell(*(reported(n + 1, n, (), (names[n], names[-1 - n])) for n in range(3)))
    assert kept.touching(*names, limit=2) == (3, ["H-2026-0003", "H-2026-0002"])


def test_more_names_than_a_catalogue_holds_are_one_question(kept: Kept) -> None:
    kept.tell(reported(1, 0, ("Løn",)))
    assert kept.touching("løn", *(f"db-{n}" for n in range(register.NAMES - 1))) == (1, ["H-2026-0001"])


def test_alerts_are_counted_by_component_as_it_is_spelt_repeats_included(kept: Kept) -> None:
    kept.tell(received(("SRV-1.laerkeborg.dk", "fw"), ("srv-1",)), repeated(None, 5, "srv-1"), received(("fw",)))
    assert kept.targets("srv-1") == [("srv-1", 6), ("SRV-1.laerkeborg.dk", 1)]
    assert kept.targets("fw", "srv-1.laerkeborg.dk") == [("fw", 2), ("SRV-1.laerkeborg.dk", 1)]
    assert kept.targets("laerkeborg") == []
