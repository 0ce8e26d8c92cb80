"""The benchmarks run, so that they do not rot; what they measure on a busy machine is nobody's promise."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, main, run
from tests.benchmarks.figure import Figure, Scale

TINY = Scale(
    seconds=0.5,
    rate=50,
    rebuild_incidents=20,
    per_incident=15,
    replay_events=40,
    timelines=5,
    timeline_steps=15,
    starts=1,
    cold=False,
    ways=("grouped",),
    storm_alerts=2_000,
    storm_components=(100,),
    leaves=2_000,
    rounds=1,
    systems=60,
    dependencies=300,
    pack_incidents=100,
    report_incidents=100,
)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_measures_something_and_its_limits(name: str, tmp_path: Path) -> None:
    figures = run(name, tmp_path, TINY)
    assert figures
    for figure in figures:
        assert figure.value > 0
        assert all(limit.value > 0 for limit in figure.limits)


def test_the_figures_are_told_as_a_table_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["replay", "--seconds", "0.5", "--json", str(tmp_path / "figures.json")])
    told = json.loads((tmp_path / "figures.json").read_text())
    assert told["machine"]["fsync_ms"] > 0
    assert told["machine"]["python_adds_a_million_ms"] > 1
    assert 0 <= told["machine"]["stolen_percent"] < 100
    assert [(one["name"], one["aim"]) for one in told["figures"]] == [("replay", 100)]
    assert "2000 events" in capsys.readouterr().out.replace("\n", " ")


def test_lower_is_reached_below_the_aim_and_higher_above_it() -> None:
    assert Figure("a", "a", 5, "ms", aim=5, lower_is_better=True).reached
    assert not Figure("a", "a", 5.1, "ms", aim=5, lower_is_better=True).reached
    assert Figure("a", "a", 5, "per second", aim=5).reached
    assert not Figure("a", "a", 4.9, "per second", aim=5).reached
