import asyncio
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.demo.history import StoryClock
from adapters.demo.mark import DemoStoreError, RealStoreError, check_demo, check_real, start_of
from adapters.main import open_office
from adapters.settings import read_settings
from domain.events import Recorded
from tests.adapters.demo.support import SUNDAY, demo_office, read, tell
from tests.support.tree import ROOT

CHILD = (
    "import sys; from pathlib import Path; from tests.adapters.demo.support import SUNDAY, DyingClock, tell; "
    "tell(Path(sys.argv[1]), SUNDAY, DyingClock(SUNDAY, int(sys.argv[2])))"
)


def told_of(log: list[Recorded]) -> list[tuple[object, ...]]:
    """What does not change with random ids and keys."""
    return [(r.position, r.recorded_at_us, r.topic, r.version, r.event.meta) for r in log]


def test_a_directory_with_real_events_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path)) as office:
        alert = b'{"id": "1.2", "rule": {"level": 3, "description": "Logget ind"}}'
        asyncio.run(office.door.take("wazuh", alert, {}, "real"))
        head = office.store.head()
    with pytest.raises(RealStoreError, match=f"holds {head} real events"):
        tell(tmp_path, SUNDAY)
    with open_office(read_settings({}, data=tmp_path)) as office:
        assert office.store.head() == head
        check_real(office.store)


def test_a_demo_is_refused_by_a_real_start_for_good(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        check_demo(office.store)
        with pytest.raises(DemoStoreError, match="stays one"):
            check_real(office.store)


def test_an_empty_store_may_become_either(tmp_path: Path) -> None:
    with open_office(read_settings({}, data=tmp_path)) as office:
        check_real(office.store)
        check_demo(office.store)
        with pytest.raises(RealStoreError, match="no demo"):
            start_of(office.store)


def test_a_second_start_records_nothing_and_keeps_the_first_start(tmp_path: Path) -> None:
    start = tell(tmp_path, SUNDAY)
    before = told_of(read(tmp_path, start).log)
    assert tell(tmp_path, SUNDAY + timedelta(days=3)) == start
    assert told_of(read(tmp_path, start).log) == before


@pytest.mark.faults
@pytest.mark.parametrize("looks", [1, 2, 3, 20, 60, 120])
def test_a_demo_killed_while_it_is_told_goes_on_where_it_was(tmp_path: Path, looks: int) -> None:
    whole = read(tmp_path / "whole", tell(tmp_path / "whole", SUNDAY))
    killed = tmp_path / "killed"
    child = subprocess.run([sys.executable, "-c", CHILD, killed, str(looks)], check=False, cwd=ROOT, timeout=60)
    assert child.returncode == -signal.SIGKILL
    with demo_office(killed, StoryClock(SUNDAY)) as office:
        assert office.store.head() < len(whole.log)

    start = tell(killed, SUNDAY + timedelta(hours=1))

    assert start == whole.start
    again = read(killed, start)
    assert told_of(again.log) == told_of(whole.log)
    assert again.references == whole.references
