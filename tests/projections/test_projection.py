"""What holds for every projection, whatever its question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import UPCASTERS, Recorded
from domain.incident.evolve import evolve
from domain.incident.state import Incident
from projections.catalogue import Catalogue
from projections.incident_rows import ALL, QUIET, STATE, TELLING, advance, begin, state_of
from projections.projection import kv_key, newest, with_older
from projections.signals import Signals
from tests.support import incidents as tell
from tests.support.logs import PROJECTIONS
from tests.support.proposals import PROPOSALS

HISTORY = (tell.reported(), tell.assessed(1), tell.aware(1), tell.early_warning(5), tell.mitigated(), tell.missed())


def a_state() -> Incident:
    state = None
    for event in HISTORY:
        state = evolve(state, event, aggregate_id=tell.INCIDENT)
    assert state is not None
    return state


def placed(number: int, event: object) -> Recorded:
    return Recorded(number, 0, tell.INCIDENT, number, event.TOPIC, event)  # type: ignore[attr-defined, arg-type]


def test_quiet_events_change_nothing_but_the_version() -> None:
    before = a_state()
    quiet = [event for event in PROPOSALS if event.TOPIC in QUIET]
    assert len(quiet) == len(QUIET)
    for event in quiet:
        after = evolve(before, event, aggregate_id=before.id)
        assert [name for name in STATE if getattr(before, name) != getattr(after, name)] == ["version"]


def test_every_event_of_an_incident_is_either_read_or_known_to_be_quiet() -> None:
    assert {event.TOPIC for event in PROPOSALS} == ALL
    for make in PROJECTIONS:
        assert make.topics >= TELLING or make in {Signals, Catalogue}  # which read nothing of incidents
        assert not make.topics & make.places


def test_a_row_gives_back_the_state_that_it_was_made_of_but_for_the_confidential_fields() -> None:
    row = begin(placed(1, HISTORY[0]))
    for number, event in enumerate(HISTORY[1:], start=2):
        advance(row, placed(number, event))
    state = a_state()
    assert {name: getattr(state_of(row), name) for name in STATE} == {name: getattr(state, name) for name in STATE}
    assert (state_of(row).title, state_of(row).description, state_of(row).place) == (None, None, None)


def test_older_versions_of_a_topic_are_wanted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UPCASTERS, "incident.closed.0", ("incident.closed.1", dict))
    monkeypatch.setitem(UPCASTERS, "incident.shut.1", ("incident.closed.0", dict))
    assert with_older(frozenset({"incident.closed.1"})) == {"incident.closed.1", "incident.closed.0", "incident.shut.1"}
    assert newest("incident.shut.1") == "incident.closed.1"


@given(st.lists(st.text(), unique=True))
def test_every_name_has_a_key_of_its_own_that_the_bus_takes(names: list[str]) -> None:
    keys = [kv_key(name) for name in names]
    assert len(set(keys)) == len(keys)
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=")
    assert all(set(key) <= allowed for key in keys)


def test_a_key_shows_its_escapes() -> None:
    assert kv_key("Økonomi 2.0") == "=C3=98konomi=202=2E0"
    assert kv_key("H-2026-0042") == "H-2026-0042"
