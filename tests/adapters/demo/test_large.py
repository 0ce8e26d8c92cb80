import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.cli.app import app
from adapters.demo.history import StoryClock, read_log, references, tell_history
from adapters.demo.large import INCIDENTS, generated
from adapters.demo.mark import DemoStoreError
from adapters.up import start
from domain.events import Recorded
from domain.incident import events as e
from tests.adapters.demo.support import SUNDAY, demo_office, tell

MANY = 60


def tell_large(data: Path, count: int = MANY) -> list[Recorded]:
    clock = StoryClock(SUNDAY)
    with demo_office(data, clock) as office:
        asyncio.run(tell_history(office.store, office.desk, office.door, clock, SUNDAY, generated=count))
        return list(read_log(office.store))


def seen(log: list[Recorded]) -> list[tuple[object, ...]]:
    return [(r.position, r.recorded_at_us, r.topic, r.version, r.event.meta) for r in log]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded]:
    return tell_large(tmp_path_factory.mktemp("large"))


def test_the_many_incidents_are_closed_and_older_than_the_story(log: list[Recorded]) -> None:
    assert len([r for r in log if isinstance(r.event, e.Reported)]) == MANY + 5
    assert len([r for r in log if isinstance(r.event, e.Closed)]) == MANY + 2
    times = [r.recorded_at for r in log]
    assert times == sorted(times)
    assert SUNDAY - timedelta(days=731) < times[0] < SUNDAY - timedelta(days=600)
    assert {r.event.meta.demo for r in log} == {True}


def test_of_the_many_only_a_notice_that_came_too_late_deviates(log: list[Recorded]) -> None:
    assert {event.deviations for r in log if isinstance(event := r.event, e.Fact)} <= {(), ("late",)}


def test_the_same_start_gives_the_same_incidents(log: list[Recorded], tmp_path: Path) -> None:
    assert seen(tell_large(tmp_path)) == seen(log)


def test_two_thousand_are_offered_each_with_a_name_of_its_own() -> None:
    assert len({incident.name for incident in generated(SUNDAY, INCIDENTS)}) == INCIDENTS == 2000


def test_a_large_demo_stays_large_however_it_is_started(tmp_path: Path) -> None:
    before = seen(tell_large(tmp_path))
    tell(tmp_path, SUNDAY + timedelta(days=1))
    assert seen(tell_large(tmp_path)) == before


def test_the_incidents_of_the_story_are_found_among_the_many(tmp_path: Path) -> None:
    tell_large(tmp_path)
    with demo_office(tmp_path, StoryClock(SUNDAY)) as office:
        assert list(references(office.store)) == ["omsorg", "phishing", "login", "postkasse", "tablets"]


def test_a_demo_that_was_begun_without_them_refuses_them(tmp_path: Path) -> None:
    tell(tmp_path, SUNDAY)
    with pytest.raises(DemoStoreError, match="--demo=large"):
        tell_large(tmp_path)


@pytest.mark.parametrize(
    ("words", "asked"),
    [([], (False, False)), (["--demo"], (True, False)), (["--demo=story"], (True, False)), (["--demo=large"], (True, True))],
)
def test_the_command_line_offers_both(
    words: list[str], asked: tuple[bool, bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[bool, bool]] = []
    monkeypatch.setattr(start, "start", lambda _settings, *, demo, large: started.append((demo, large)))
    result = CliRunner().invoke(app, ["up", *words, "--data", str(tmp_path)])
    assert (result.exit_code, started) == (0, [asked]), result.output
