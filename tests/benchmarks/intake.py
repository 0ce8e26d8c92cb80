"""Alerts in: by NATS as many as it takes, by HTTP, and how soon each is to be seen."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from adapters.main import open_office
from adapters.settings import read_settings
from domain.events import Meta
from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.events import INTAKE, RulesSet
from tests.benchmarks import raw
from tests.benchmarks.figure import Figure, Limit, Scale, percentile
from tests.benchmarks.running import Running, load, sporlog_up

AHEAD = 4000
"""Alerts that may wait anywhere between the publisher and the KV bucket: so nothing piles up behind a fast publisher."""
SETTLE_S = 60.0


WAYS = {
    "single": "each published alone",
    "batches": "published in atomic batches of 100",
    "grouped": "in groups of ten, as Alertmanager sends them",
}


def intake(folder: Path, scale: Scale) -> Iterator[Figure]:
    """NATS to store, relay, all projections and KV, in each way that tools publish."""
    for way in scale.ways:
        yield _intake(folder / way, scale, way)


def _intake(folder: Path, scale: Scale, way: str) -> Figure:
    without_storms(folder / "data")
    with sporlog_up(folder / "data") as sporlog:
        before, began = sporlog.cpu_seconds(), time.perf_counter()
        told = load("publish", url=sporlog.nats, seconds=scale.seconds, way=way, ahead=AHEAD)
        wait_until_done(sporlog)
        took, after = time.perf_counter() - began, sporlog.cpu_seconds()
        resident = sporlog.resident()
    row_bytes, counted = _stored(folder / "data" / "events.db")
    if counted["alerts"] != told["published"] or counted["repeats"]:
        raise AssertionError(f"published {told['published']}, stored {counted}")
    limit_s = min(5.0, scale.seconds)
    return Figure(
        "intake",
        f"alerts from NATS to store, relay, handlers and KV, {scale.seconds:g} s, {WAYS[way]}",
        told["published"] / told["shown_s"],
        "alerts/s",
        aim=4000,
        limits=(
            Limit(
                f"SQLite FULL, rows of {row_bytes} bytes, {raw.INTAKE_BATCH} a transaction",
                raw.sqlite_inserts(folder / "sqlite", row_bytes, raw.INTAKE_BATCH, limit_s),
            ),
            Limit("the same publishes to a stream that nobody reads", raw.nats_publishes(folder / "nats", limit_s, way)),
        ),
        details={
            **told,
            **counted,
            "cores_busy": {name: (after[name] - before.get(name, 0)) / took for name in after},
            "resident_mib": resident,
        },
    )


def webhook(folder: Path, scale: Scale) -> Iterator[Figure]:
    """POST /intake, durable before the answer."""
    with sporlog_up(folder / "data") as sporlog:
        told = load(
            "post",
            port=sporlog.port,
            path="/intake/alertmanager",
            token=sporlog.token,
            clients=raw.CLIENTS,
            seconds=scale.seconds,
        )
        wait_until_done(sporlog)
    limits = raw.endpoint_limits(folder / "bare", min(5.0, scale.seconds))
    milliseconds = [second * 1000 for second in told["seconds"]]
    spread = {f"p{share}": percentile(milliseconds, share / 100) for share in (50, 95, 99)}
    yield Figure(
        "webhook", f"POST /intake, {raw.CLIENTS} clients, durable", told["rate"], "requests/s", aim=1000, limits=limits
    )
    yield Figure("webhook", "the same, p95 of the answer", spread["p95"], "ms", aim=15, lower_is_better=True, details=spread)


def visible(folder: Path, scale: Scale) -> Iterator[Figure]:
    """From the answer to the register and the KV bucket, at a steady rate of alerts that each open an incident."""
    without_storms(folder / "data")
    with sporlog_up(folder / "data") as sporlog:
        told = load(
            "watch",
            port=sporlog.port,
            token=sporlog.token,
            url=sporlog.nats,
            register=str(sporlog.data / "read" / "register.db"),
            rate=scale.rate,
            seconds=scale.seconds,
        )
    for where in ("register", "kv"):
        milliseconds = [second * 1000 for second in told[where]]
        for share, aim in ((0.5, 50), (0.99, 150)):
            yield Figure(
                "visible",
                f"answer to {where} at {scale.rate}/s, p{share * 100:.0f}",
                percentile(milliseconds, share),
                "ms",
                aim=aim,
                lower_is_better=True,
            )


def without_storms(data: Path) -> None:
    """The rules that Sporlog brings but for one: here every severe alert opens an incident, however many there are."""
    rules = tuple(rule for rule in DEFAULT_RULES.rules if rule.name != "storm")
    now = datetime.now(UTC)
    meta = Meta(actor="benchmark", channel="cli", occurred_at=now, correlation_id="benchmark")
    with open_office(read_settings({}, data=data)) as office:
        office.store.commit([lambda uow: uow.append(INTAKE, [RulesSet(meta=meta, number=1, rules=rules)], expected=0)])


def wait_until_done(sporlog: Running) -> None:
    deadline = time.perf_counter() + SETTLE_S
    while not sporlog.is_done():
        if time.perf_counter() > deadline:
            raise TimeoutError(f"Sporlog is not done: {sporlog.health()}")
        time.sleep(0.05)


def _stored(path: Path) -> tuple[int, dict[str, int]]:
    """Bytes that the store keeps for one alert, and what it holds."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (alerts, repeats), *_ = connection.execute("SELECT count(*), sum(count) - count(*) FROM signals")
        (events, states), *_ = connection.execute("SELECT count(*), sum(length(state)) FROM events")
        (payloads,), *_ = connection.execute("SELECT sum(length(ct) + length(sha256) + length(nonce)) FROM payloads")
        (incidents,), *_ = connection.execute("SELECT count(*) FROM refs")
    counted = {"alerts": alerts, "repeats": repeats, "events": events, "incidents": incidents}
    return (states + payloads) // alerts, counted
