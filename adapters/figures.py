"""How the running process is: for /healthz, /metrics and `sporlog doctor`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from handlers.history import History
from handlers.projector import Projector
from handlers.ways_in import WayState


class BusFigures(Protocol):
    """What the bus session tells of itself."""

    @property
    def connected(self) -> bool:
        """Whether NATS answers."""

    @property
    def relayed(self) -> int:
        """The last position known to be in EVENTS."""

    @property
    def intake_pending(self) -> int:
        """INTAKE messages that are acknowledged to their sender and not yet in the store."""

    @property
    def dead_letters(self) -> int:
        """Messages put aside since the start."""


class Figures:
    """Cheap to ask: one head, one position a projection, how many reminders are `stuck`, and how the `ways` in do."""

    def __init__(
        self,
        history: History,
        bus: BusFigures,
        projectors: Mapping[str, Projector],
        stuck: Callable[[], int],
        ways: Callable[[], Sequence[WayState]],
    ) -> None:
        self._history, self._bus, self._projectors, self._stuck, self._ways = history, bus, projectors, stuck, ways

    def backlog(self) -> int:
        """INTAKE messages that are acknowledged to their sender and not yet in the store; as this process knows it."""
        return self._bus.intake_pending

    def snapshot(self) -> dict[str, Any]:
        """Positions and lags; raises `UnavailableError` when the store cannot be read.

        Told to anybody who asks, so of a way in neither its address nor the words of its error: `sporlog doctor` has them.
        """
        head = self._history.head()
        return {
            "position": head,
            "nats": "connected" if self._bus.connected else "away",
            "relayed": self._bus.relayed,
            "intake_pending": self._bus.intake_pending,
            "dead_letters": self._bus.dead_letters,
            "reminders_stuck": self._stuck(),
            "ways": [_way(state) for state in self._ways()],
            "projections": {name: projector.position() for name, projector in self._projectors.items()},
        }

    def register(self, registry: CollectorRegistry) -> None:
        """Show the same figures to Prometheus."""
        registry.register(self)

    def collect(self) -> list[Metric]:
        """Called by Prometheus' client at each scrape."""
        now = self.snapshot()
        lag = GaugeMetricFamily("sporlog_projection_lag", "Events that a projection has not taken yet", labels=["projection"])
        for name, position in now["projections"].items():
            lag.add_metric([name], now["position"] - position)
        return [
            GaugeMetricFamily("sporlog_position", "The head of the log", value=now["position"]),
            GaugeMetricFamily("sporlog_nats_connected", "1 while NATS answers", value=float(now["nats"] == "connected")),
            GaugeMetricFamily("sporlog_relay_lag", "Events not yet on the bus", value=now["position"] - now["relayed"]),
            GaugeMetricFamily("sporlog_intake_pending", "INTAKE messages not yet stored", value=now["intake_pending"]),
            GaugeMetricFamily("sporlog_dead_letters", "Messages put aside since the start", value=now["dead_letters"]),
            GaugeMetricFamily("sporlog_reminders_stuck", "Reminders not sent for 24 hours", value=now["reminders_stuck"]),
            lag,
            *self._of_ways(),
        ]

    def _of_ways(self) -> Iterator[Metric]:
        states, labels = self._ways(), ["way", "source"]
        for name, documentation, value in WAY_GAUGES:
            gauge = GaugeMetricFamily(name, documentation, labels=labels)
            for state in states:
                if (told := value(state)) is not None:
                    gauge.add_metric([state.name, state.source], told)
            yield gauge
        for name, documentation, lost in WAY_COUNTERS:
            counter = CounterMetricFamily(name, documentation, labels=labels)
            for state in states:
                counter.add_metric([state.name, state.source], lost(state))
            yield counter


def _way(state: WayState) -> dict[str, Any]:
    return {
        "kind": state.name.partition(" ")[0],
        "source": state.source,
        "last_message_at": state.last_message_at,
        "last_error_at": state.error_at,
        "failing": state.is_failing,
        "dropped": state.dropped,
        "kernel_dropped": state.kernel_dropped,
    }


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()


WAY_GAUGES: tuple[tuple[str, str, Callable[[WayState], float | None]], ...] = (
    (
        "sporlog_way_last_message_time_seconds",
        "When a way in brought its last message, since 1970",
        lambda s: _seconds(s.last_message_at),
    ),
    ("sporlog_way_last_error_time_seconds", "When a way in failed last, since 1970", lambda s: _seconds(s.error_at)),
    ("sporlog_way_failing", "1 while nothing went well since its last error", lambda s: float(s.is_failing)),
)
WAY_COUNTERS: tuple[tuple[str, str, Callable[[WayState], int]], ...] = (
    ("sporlog_way_dropped", "Messages lost because more came than could be stored", lambda s: s.dropped),
    ("sporlog_way_kernel_dropped", "Datagrams that the kernel dropped before they could be read", lambda s: s.kernel_dropped),
)
