"""Distinct Alertmanager webhook bodies of the size that real ones have."""

import json
from collections.abc import Iterator
from itertools import count

COMPONENTS = 1000
SEVERE_EVERY = 100
"""One alert in so many is critical, on a component of its own, and so opens an incident."""


def alert(number: int, *, severe: bool) -> dict[str, object]:
    component = f"srv-own-{number}" if severe else f"srv-{number % COMPONENTS}"
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
        "startsAt": "2026-11-20T14:20:00.123Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.laerkeborg.example:9090/graph?g0.expr=predict_linear&g0.tab=1",
        "fingerprint": f"{number:016x}",
    }


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


def bodies(per_message: int = 1, *, severe_every: int = SEVERE_EVERY) -> Iterator[bytes]:
    """Without end; no alert comes twice."""
    numbers = count(1)
    while True:
        batch = [next(numbers) for _ in range(per_message)]
        yield body([alert(number, severe=number % severe_every == 0) for number in batch])
