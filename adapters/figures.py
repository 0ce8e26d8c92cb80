"""How the running process is: for /healthz, /metrics and `sporlog doctor`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from domain.time import rfc3339_utc
from handlers.history import History
from handlers.ledger_tables import Difference, Signed
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
        """Messages that were put aside and wait for a person."""


class LedgerFigures(Protocol):
    """What the ledger tells of itself."""

    def size(self) -> int:
        """Up to which position the log is in it."""

    def latest_checkpoint(self) -> Signed | None:
        """The newest that was signed."""

    def open_differences(self) -> list[Difference]:
        """Where log and ledger were found to differ, and nobody has looked yet."""


class Figures:
    """Cheap to ask: one head, one position a projection, the ledger's size, how many reminders are `stuck`, how `ways` do."""

    def __init__(  # noqa: PLR0917 - one argument a thing that is counted
        self,
        history: History,
        bus: BusFigures,
        projectors: Mapping[str, Projector],
        stuck: Callable[[], int],
        ways: Callable[[], Sequence[WayState]],
        ledger: LedgerFigures,
        clock: Callable[[], datetime],
        pack: Callable[[], Mapping[str, Any] | None],
    ) -> None:
        self._history, self._bus, self._projectors, self._stuck, self._ways = history, bus, projectors, stuck, ways
        self._ledger, self._clock, self._pack = ledger, clock, pack

    def backlog(self) -> int:
        """INTAKE messages that are acknowledged to their sender and not yet in the store, as of a second ago."""
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
            # How many and not which: whoever may ask is not told which systems a municipality has.
            "emergency_lists_alarming": len(self._history.emergency_lists().alarming(self._clock())),
            "ledger": {
                "position": self._ledger.size(),
                "checkpoint": _checkpoint(self._ledger.latest_checkpoint()),
                "differences": [
                    {"position": each.position, "differs": each.differs} for each in self._ledger.open_differences()
                ],
            },
            "emergency_pack": self._pack(),
            "projections": {name: projector.position() for name, projector in self._projectors.items()},
        }

    def register(self, registry: CollectorRegistry) -> None:
        """Show the same figures to Prometheus."""
        registry.register(self)

    def collect(self) -> list[Metric]:
        """Called by Prometheus' client at each scrape."""
        now = self.snapshot()
        ledger = now["ledger"]
        lag = GaugeMetricFamily("sporlog_projection_lag", "Events that a projection has not taken yet", labels=["projection"])
        for name, position in now["projections"].items():
            lag.add_metric([name], now["position"] - position)
        return [
            GaugeMetricFamily("sporlog_position", "The head of the log", value=now["position"]),
            GaugeMetricFamily(
                "sporlog_nats_connected", "1 while NATS answers and has the streams", value=float(now["nats"] == "connected")
            ),
            GaugeMetricFamily("sporlog_relay_lag", "Events not yet on the bus", value=now["position"] - now["relayed"]),
            GaugeMetricFamily("sporlog_intake_pending", "INTAKE messages not yet stored", value=now["intake_pending"]),
            GaugeMetricFamily(
                "sporlog_dead_letters", "Messages that were put aside and wait for a person", value=now["dead_letters"]
            ),
            GaugeMetricFamily("sporlog_reminders_stuck", "Reminders not sent for 24 hours", value=now["reminders_stuck"]),
            GaugeMetricFamily(
                "sporlog_emergency_lists_alarming",
                "Emergency lists that nobody may rely on",
                value=now["emergency_lists_alarming"],
            ),
            GaugeMetricFamily(
                "sporlog_checkpoint_size", "Events that are signed", value=(ledger["checkpoint"] or {"size": 0})["size"]
            ),
            GaugeMetricFamily("sporlog_ledger_lag", "Events not yet in the ledger", value=now["position"] - ledger["position"]),
            GaugeMetricFamily(
                "sporlog_ledger_differences",
                "Where log and ledger differ: above 0 somebody must look",
                value=len(ledger["differences"]),
            ),
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


def _checkpoint(signed: Signed | None) -> dict[str, Any] | None:
    return None if signed is None else {"size": signed.size, "signed_at": rfc3339_utc(signed.signed_at)}
