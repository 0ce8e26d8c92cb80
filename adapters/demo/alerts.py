"""What the story's tools send: bodies like those of Wazuh 4.x and of Prometheus Alertmanager's webhook, version 4."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import orjson

from domain.time import local, rfc3339_utc

ALERTMANAGER = "https://alarm.laerkeborg.example"


class Wazuh(NamedTuple):
    """An alert of the municipality's Wazuh: the same at the same time, whoever builds it."""

    agent: str
    level: int
    rule: int
    groups: tuple[str, ...]
    title: str
    log: str
    source: str = "wazuh"

    def body(self, at: datetime) -> bytes:
        """One line of alerts.json."""
        offset = int(sha256(f"{self.agent}/{self.rule}".encode()).hexdigest()[:6], 16)
        alert = {
            "timestamp": f"{local(at):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}{local(at):%z}",
            "id": f"{int(at.timestamp())}.{offset}",
            "rule": {"id": str(self.rule), "level": self.level, "description": self.title, "groups": self.groups},
            "agent": {"id": f"{offset % 900 + 1:03}", "name": self.agent},
            "manager": {"name": "wazuh-laerkeborg"},
            "full_log": self.log,
            "location": "/var/log/syslog",
        }
        return orjson.dumps(alert)


class Alertmanager(NamedTuple):
    """A group of one alert of the municipality's Alertmanager."""

    name: str
    severity: str
    instance: str
    service: str
    title: str
    description: str
    source: str = "alertmanager"

    def body(self, at: datetime, resolved_at: datetime | None = None) -> bytes:
        """The webhook's body. `at` and the labels tell which alert it is; a resolved one is the same alert."""
        labels = {"alertname": self.name, "severity": self.severity, "instance": self.instance, "service": self.service}
        status = "resolved" if resolved_at else "firing"
        alert = {
            "status": status,
            "labels": labels,
            "annotations": {"summary": self.title, "description": self.description},
            "startsAt": rfc3339_utc(at),
            "endsAt": rfc3339_utc(resolved_at) if resolved_at else "0001-01-01T00:00:00Z",
            "generatorURL": f"{ALERTMANAGER}/graph?alert={self.name}",
            "fingerprint": sha256(orjson.dumps(labels)).hexdigest()[:16],
        }
        group = {"version": "4", "status": status, "receiver": "sporlog", "groupKey": f'{{}}:{{alertname="{self.name}"}}'}
        return orjson.dumps({**group, "truncatedAlerts": 0, "externalURL": ALERTMANAGER, "alerts": [alert]})
