"""How fast each format reads its own fixture of one item, beside reading the same bytes as JSON."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson

from adapters.intake_formats.contract import Request
from adapters.intake_formats.formats import FORMATS
from tests.adapters.intake_formats.support import fixtures
from tests.benchmarks.figure import Figure, Limit, Scale

EACH_S = 0.5
ROUND = 200


def formats(_folder: Path, scale: Scale) -> Iterator[Figure]:
    """One body after the other, as the door reads them."""
    for name, form in FORMATS.items():
        body = next(path for path in fixtures(name) if path.stem.endswith("-one")).read_bytes()
        request = Request(name, datetime(2026, 11, 20, tzinfo=UTC))
        seconds = min(EACH_S, scale.seconds / 10)
        rate = _rate(lambda body=body, form=form, request=request: form.read(form.redact(body), request), seconds)  # type: ignore[misc]
        limits: tuple[Limit, ...] = ()
        if body.lstrip().startswith((b"{", b"[")):
            limits = (Limit("orjson.loads of the same body", _rate(lambda body=body: orjson.loads(body), seconds)),)  # type: ignore[misc]
        yield Figure("formats", f"{name}, {len(body)} bytes", rate, "bodies/s", limits=limits)


def _rate(act: Callable[[], object], seconds: float) -> float:
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        for _ in range(ROUND):
            act()
        done += ROUND
    return done / took
