"""Bodies and requests for the tests of all formats. Expected signals were written by hand beside each fixture."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from adapters.intake_formats.common import rfc3339
from adapters.intake_formats.contract import Parsed, Request
from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from domain.signals import Signal, SignalKind
from tests.support.tree import ROOT

ARRIVED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIXTURES = ROOT / "tests" / "fixtures" / "intake"
SAMPLES = ROOT.parent / "shared" / "samples"
"""Bodies of real tools, beside the repository where it is developed; without them the suite runs over the fixtures alone."""

SAMPLES_OF = {
    "csv": "none",
    "defender": "microsoft_defender",
    "elastic": "elastic_alert",
    "sentinel": "microsoft_sentinel",
    "stix": "stix21",
    "suricata": "suricata_eve",
    "uptime-kuma": "uptime_kuma",
}
"""Where the folder's name is not the format's."""


def request(source: str, **headers: str) -> Request:
    return Request(source, ARRIVED, {name.replace("_", "-"): value for name, value in headers.items()})


def read(name: str, body: bytes, **headers: str) -> Parsed:
    return FORMATS[name].read(body, request(name, **headers))


def fixtures(name: str) -> list[Path]:
    """`<format>-<what>.<suffix>`, no hyphen in what; the one that ends in `-one` holds a single item."""
    return [path for path in sorted(FIXTURES.glob(f"{name}-*")) if _of(path) == name and ".expected" not in path.name]


def _of(path: Path) -> str:
    return path.name.partition(".")[0].rpartition("-")[0]


def samples(name: str) -> list[Path]:
    return sorted((SAMPLES / SAMPLES_OF.get(name, name)).glob("*"))


def expected(fixture: Path) -> list[dict[str, Any]]:
    signals: list[dict[str, Any]] = orjson.loads(fixture.with_suffix(".expected.json").read_bytes())
    return signals


def shown(signal: Signal) -> dict[str, Any]:
    """What the expected files hold: the shape of --dry-run without the hash, which has tests of its own, the flags, and of the
    further fields those that are told.
    """
    further = {
        "kind": None if signal.kind is SignalKind.ALERT else signal.kind.value,
        "services": list(signal.services),
        "episode": signal.episode,
        "same_as": list(signal.same_as),
        "told_at": signal.told_at and rfc3339(signal.told_at),
    }
    clear = {key: value for key, value in to_dry_run(signal).items() if key != "payload_sha256"}
    return clear | {"flags": list(signal.flags)} | {key: value for key, value in further.items() if value}
