"""What a benchmark reports: the product's figure, the raw limit from the same run, and how the two compare."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Limit:
    """What the same machine does without Sporlog, measured in the same run."""

    what: str
    value: float


@dataclass(frozen=True)
class Figure:
    """One row of the table. `aim` is the figure to reach; higher is better unless `lower_is_better`."""

    name: str
    what: str
    value: float
    unit: str
    aim: float | None = None
    lower_is_better: bool = False
    limits: tuple[Limit, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reached(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value <= self.aim if self.lower_is_better else self.value >= self.aim

    def as_json(self) -> dict[str, Any]:
        limits = [asdict(limit) | {"ratio": round(self.value / limit.value, 3)} for limit in self.limits]
        return asdict(self) | {"limits": limits, "reached": self.reached}


@dataclass(frozen=True)
class Scale:
    """How much work a run is. The default is short; the figures of the README come from `--seconds 60 --full`."""

    seconds: float = 10
    rate: int = 200
    rebuild_incidents: int = 2_000
    per_incident: int = 50
    replay_events: int = 2_000
    timelines: int = 300
    """More than are kept rendered."""
    timeline_steps: int = 200
    starts: int = 3
    cold: bool = True
    """Whether a start before which all bytecode has to be compiled is measured as well."""
    ways: tuple[str, ...] = ("single", "batches", "grouped")
    storm_alerts: int = 20_000
    storm_components: tuple[int, ...] = (1, 100, 10_000)
    storm_processes: tuple[int, ...] = (1, 2)
    leaves: int = 10_000_000
    rounds: int = 2
    """How often what is compared is run in turn."""
    systems: int = 5_000
    dependencies: int = 50_000
    pack_incidents: int = 100_000
    report_incidents: int = 100_000


FULL_REBUILD_INCIDENTS = 20_000
FULL_STORM_ALERTS = 100_000


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
