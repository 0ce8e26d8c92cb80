"""How the running process is: for /healthz, /metrics and `sporlog doctor`."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily

from domain.time import rfc3339_utc
from handlers.history import History
from handlers.ledger_tables import Difference, Signed
from handlers.projector import Projector


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


class LedgerFigures(Protocol):
    """What the ledger tells of itself."""

    def size(self) -> int:
        """Up to which position the log is in it."""

    def latest_checkpoint(self) -> Signed | None:
        """The newest that was signed."""

    def open_differences(self) -> list[Difference]:
        """Where log and ledger were found to differ, and nobody has looked yet."""


class Figures:
    """Cheap to ask: one head, one position a projection, the ledger's size, and how many reminders are `stuck`."""

    def __init__(
        self,
        history: History,
        bus: BusFigures,
        projectors: Mapping[str, Projector],
        stuck: Callable[[], int],
        ledger: LedgerFigures,
    ) -> None:
        self._history, self._bus, self._projectors, self._stuck = history, bus, projectors, stuck
        self._ledger = ledger

    def snapshot(self) -> dict[str, Any]:
        """Positions and lags; raises `UnavailableError` when the store cannot be read."""
        head = self._history.head()
        return {
            "position": head,
            "nats": "connected" if self._bus.connected else "away",
            "relayed": self._bus.relayed,
            "intake_pending": self._bus.intake_pending,
            "dead_letters": self._bus.dead_letters,
            "reminders_stuck": self._stuck(),
            "ledger": {
                "position": self._ledger.size(),
                "checkpoint": _checkpoint(self._ledger.latest_checkpoint()),
                "differences": [
                    {"position": each.position, "differs": each.differs} for each in self._ledger.open_differences()
                ],
            },
            "projections": {name: projector.position() for name, projector in self._projectors.items()},
        }

    def register(self, registry: CollectorRegistry) -> None:
        """Show the same figures to Prometheus."""
        registry.register(self)

    def collect(self) -> list[GaugeMetricFamily]:
        """Called by Prometheus' client at each scrape."""
        now = self.snapshot()
        ledger = now["ledger"]
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
        ]


def _checkpoint(signed: Signed | None) -> dict[str, Any] | None:
    return None if signed is None else {"size": signed.size, "signed_at": rfc3339_utc(signed.signed_at)}
