"""An alert storm with the rules that Sporlog brings: how fast it is worked off, how soon a severe one is seen."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tests.benchmarks import raw
from tests.benchmarks.figure import Figure, Limit, Scale, percentile
from tests.benchmarks.machine import Stolen
from tests.benchmarks.running import Running, load, sporlog_up

SEVERE_EVERY_S = 0.2
LOOK_S = 0.1


def storm(folder: Path, scale: Scale) -> Iterator[Figure]:
    """A burst in groups of ten, as Alertmanager sends them, on few and on many components."""
    for processes in scale.storm_processes:
        for components in scale.storm_components:
            yield from _storm(folder / f"{processes}-{components}", scale, components, processes)


def _storm(folder: Path, scale: Scale, components: int, processes: int) -> Iterator[Figure]:
    environment = {"SPORLOG_PROCESSES": str(processes)}
    with sporlog_up(folder / "data", environment) as sporlog, _Memory(sporlog) as memory:
        stolen = Stolen()
        told = load("storm", url=sporlog.nats, alerts=scale.storm_alerts, components=components, severe_every_s=SEVERE_EVERY_S)
        stolen_percent = stolen.percent()
    limit = raw.nats_consumes(folder / "nats", min(3.0, scale.seconds))
    on = f"{scale.storm_alerts} on {components} component{'s' * (components > 1)}, {('one process', 'two')[processes - 1]}"
    yield Figure(
        "storm",
        f"{on}: published to counted in KV ({stolen_percent:.1f} % of the processors taken by others on the host)",
        scale.storm_alerts / told["shown_s"],
        "alerts/s",
        aim=5000,
        limits=(Limit("the same bodies pulled, parsed as JSON and acknowledged, nothing else", limit),),
        details=told,
    )
    if told["severe_s"]:
        milliseconds = [second * 1000 for second in told["severe_s"]]
        yield Figure(
            "storm",
            f"{on}: a severe alert meanwhile, bus to register's KV, p99 of {len(milliseconds)} (sent {told['severe']})",
            percentile(milliseconds, 0.99),
            "ms",
            aim=1000,
            lower_is_better=True,
        )
    yield Figure("storm", f"{on}: most memory, nats-server apart", memory.most, "MiB", aim=500, lower_is_better=True)


class _Memory:
    """The most that Sporlog's own processes had resident."""

    def __init__(self, sporlog: Running) -> None:
        self._sporlog, self._stop, self.most = sporlog, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            own = (memory for name, memory in self._sporlog.resident().items() if "nats" not in name)
            self.most = max(self.most, sum(own))
            time.sleep(LOOK_S)
