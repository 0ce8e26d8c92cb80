import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.cli.app import app
from adapters.demo.history import StoryClock, read_log, references, tell_history
from adapters.demo.large import INCIDENTS, generated
from adapters.demo.large_setting import ATTEMPTS_FOR_AN_INCIDENT
from adapters.demo.mark import DemoStoreError
from adapters.demo.times import instant_of
from adapters.main import make_evidence_room
from adapters.up import start
from domain.events import Recorded
from domain.incident import events as e
from domain.signals import SignalsReceived, SignalsRepeated
from domain.time import local
from tests.adapters.demo.support import SUNDAY, demo_office, tell

MANY = 60


def tell_large(data: Path, count: int = MANY) -> list[Recorded]:
    clock = StoryClock(SUNDAY)
    with demo_office(data, clock) as office:
        room = make_evidence_room(office.settings, office.store)
        asyncio.run(tell_history(office.store, office.desk, office.door, room, clock, SUNDAY, generated=count))
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


def test_more_happens_in_winter_than_in_july_and_on_working_days() -> None:
    begun = [local(instant_of(incident.steps[0].at, SUNDAY)) for incident in generated(SUNDAY, INCIDENTS)]
    months = Counter(when.month for when in begun)
    assert months[7] < 0.75 * months[1]
    weekend = sum(when.weekday() >= 5 for when in begun)
    assert weekend / 2 < 0.7 * (INCIDENTS - weekend) / 5


def test_attacks_that_came_to_nothing_are_counted_on_their_components(log: list[Recorded]) -> None:
    attacked = [r.event for r in log if isinstance(r.event, SignalsReceived) and r.event.source == "wazuh"]
    assert len(attacked) >= MANY * ATTEMPTS_FOR_AN_INCIDENT
    assert any(isinstance(r.event, SignalsRepeated) for r in log)


def test_outages_begin_and_end(log: list[Recorded]) -> None:
    down = [r for r in log if isinstance(r.event, e.ServiceDegraded)]
    up = [r for r in log if isinstance(r.event, e.ServiceRestored)]
    assert len(down) == len(up) > MANY / 4


def test_how_far_the_telling_is_is_told(tmp_path: Path) -> None:
    told, clock = list[tuple[int, int]](), StoryClock(SUNDAY)
    with demo_office(tmp_path, clock) as office:
        room, desk, door = make_evidence_room(office.settings, office.store), office.desk, office.door
        tell = tell_history(office.store, desk, door, room, clock, SUNDAY, progress=lambda *done: told.append(done))
        asyncio.run(tell)
    assert told == [(number, len(told)) for number in range(1, len(told) + 1)]
