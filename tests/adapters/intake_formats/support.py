"""Bodies and requests for the tests of all formats. Expected signals were written by hand beside each fixture."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from adapters.intake_formats.contract import Request
from adapters.intake_formats.dry_run import to_dry_run
from domain.signals import Signal
from tests.support.tree import ROOT

ARRIVED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIXTURES = ROOT / "tests" / "fixtures" / "intake"
SAMPLES = ROOT.parent / "shared" / "samples"
"""Bodies of real tools, beside the repository where it is developed; without them the suite runs over the fixtures alone."""


def request(source: str, **headers: str) -> Request:
    return Request(source, ARRIVED, {name.replace("_", "-"): value for name, value in headers.items()})


def fixtures(name: str) -> list[Path]:
    return [path for path in sorted(FIXTURES.glob(f"{name}-*.json")) if not path.name.endswith(".expected.json")]


def samples(name: str) -> list[Path]:
    return sorted((SAMPLES / name).glob("*"))


def expected(fixture: Path) -> list[dict[str, Any]]:
    signals: list[dict[str, Any]] = orjson.loads(fixture.with_suffix(".expected.json").read_bytes())
    return signals


def shown(signal: Signal) -> dict[str, Any]:
    """What the expected files hold: the shape of --dry-run without the hash, which has tests of its own, and the flags."""
    return {key: value for key, value in to_dry_run(signal).items() if key != "payload_sha256"} | {"flags": list(signal.flags)}
