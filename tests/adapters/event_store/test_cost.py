"""What grows with the log must not make each commit dearer: a source's signals are one stream for years."""

from pathlib import Path
from uuid import UUID

import pytest

from adapters.event_store.unit import StateCache
from domain.incident.evolve import replay
from domain.organisation.state import Organisation
from tests.support.incidents import reported
from tests.support.logs import a_store, received

STEPS = 100
"""SQLite's virtual machine reports each time it has run so many instructions."""
STREAM = UUID(int=7)


def test_learning_a_version_costs_the_same_in_a_stream_of_ten_thousand(tmp_path: Path) -> None:
    _, event = received(("db-1",))
    reports = 0

    def report() -> None:
        nonlocal reports
        reports += 1

    with a_store(tmp_path) as store:
        store.commit([lambda unit: unit.append(STREAM, [event] * 10_000, expected=0)])
        store.database._writer.set_progress_handler(report, STEPS)  # type: ignore[attr-defined]  # SQLite's own
        assert store.commit([lambda unit: unit.version(STREAM)]) == [10_000]
    assert reports < 10


def test_of_the_states_that_are_kept_the_one_that_was_longest_unused_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.event_store.unit.CACHED_INCIDENTS", 2)
    first, second, third = (replay(UUID(int=number), [reported()]) for number in (1, 2, 3))
    assert first is not None
    assert second is not None
    assert third is not None
    cache = StateCache(Organisation())
    cache.keep([first, second])
    cache.keep([first])
    cache.keep([third])
    assert [cache.get(one.id) is one for one in (first, second, third)] == [True, False, True]
