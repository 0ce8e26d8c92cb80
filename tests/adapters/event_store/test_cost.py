"""What grows with the log must not make each commit dearer: a source's signals are one stream for years."""

from pathlib import Path
from uuid import UUID

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
