"""Distinct Alertmanager webhook bodies of the size that real ones have."""

import json
from collections.abc import Iterator
from itertools import count

COMPONENTS = 1000
SEVERE_EVERY = 100
"""One alert in so many is critical, on a component of its own, and so opens an incident."""


def alert(number: int, *, severe: bool, components: int = COMPONENTS) -> dict[str, object]:
    component = f"srv-own-{number}" if severe else f"srv-{number % components}"
    labels = {
        "alertname": "DiskWillFillIn4Hours",
        "instance": f"{component}.laerkeborg.example:9100",
        "job": "node",
        "mountpoint": "/var/lib/sager",
        "severity": "critical" if severe else "warning",
        "team": "drift",
    }
    return {
        "status": "firing",
        "labels": labels,
        "annotations": {
            "summary": f"Disken på {component} løber fuld inden for fire timer",
            "description": "Med den nuværende tilvækst er der ikke plads til nye sager efter kl. 18. Se driftsvejledningen.",
        },
        "startsAt": starts_at(number, severe=severe),
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.laerkeborg.example:9090/graph?g0.expr=predict_linear&g0.tab=1",
        "fingerprint": f"{number:016x}",
    }


def starts_at(number: int, *, severe: bool) -> str:
    """All within one second, and each at its own microsecond: by it an incident is found that a severe one opened."""
    return f"2026-11-20T{'15' if severe else '14'}:20:00.{number % 1_000_000:06}Z"


def body(alerts: list[dict[str, object]]) -> bytes:
    envelope = {
        "version": "4",
        "groupKey": '{}:{alertname="DiskWillFillIn4Hours"}',
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "sporlog",
        "groupLabels": {"alertname": "DiskWillFillIn4Hours"},
        "commonLabels": {"alertname": "DiskWillFillIn4Hours", "job": "node", "team": "drift"},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.laerkeborg.example:9093",
        "alerts": alerts,
    }
    return json.dumps(envelope, ensure_ascii=False).encode()


def bodies(
    per_message: int = 1, *, severe_every: int = SEVERE_EVERY, components: int = COMPONENTS, first: int = 1
) -> Iterator[bytes]:
    """Without end; no alert comes twice. `severe_every=0`: none is severe."""
    numbers = count(first)
    while True:
        batch = [next(numbers) for _ in range(per_message)]
        yield body(
            [alert(number, severe=severe_every > 0 and number % severe_every == 0, components=components) for number in batch]
        )
