"""The raw limits: what SQLite, NATS and a bare web endpoint do on this machine without Sporlog."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import orjson

from adapters.bus.connection import connect
from adapters.bus.publishing import Outgoing, append
from adapters.bus.server import NatsServer
from adapters.bus.streams import INTAKE, ensure
from tests.benchmarks.alerts import bodies
from tests.benchmarks.figure import Limit, percentile
from tests.benchmarks.loads import Publisher
from tests.benchmarks.running import ROOT, free_port, load

INTAKE_BATCH = 500
CLIENTS = 4


def sqlite_inserts(folder: Path, row_bytes: int, per_transaction: int, seconds: float) -> float:
    """Rows a second with WAL and synchronous=FULL."""
    folder.mkdir(parents=True, exist_ok=True)
    path, body, rows = folder / "raw.db", os.urandom(row_bytes), 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO rows (body) VALUES (?)", [(body,)] * per_transaction)
            connection.execute("COMMIT")
            rows += per_transaction
        return rows / (time.perf_counter() - began)


def nats_publishes(folder: Path, seconds: float, way: str) -> float:
    """Alerts a second into a stream that nobody reads, each message synced before it is acknowledged."""

    async def run() -> float:
        server = NatsServer(folder / "nats")
        await server.start()
        try:
            nc = await connect(server.url, "benchmark")
            await ensure(nc)
            await nc.close()
            told = await asyncio.to_thread(load, "publish-raw", url=server.url, seconds=seconds, way=way)
        finally:
            await server.stop()
        return float(told["rate"])

    return asyncio.run(run())


def nats_consumes(folder: Path, seconds: float) -> float:
    """Alerts a second, pulled in batches, parsed as JSON and acknowledged, ten a message, while nothing else is done."""

    async def run() -> float:
        server = NatsServer(folder / "nats")
        await server.start()
        try:
            nc = await connect(server.url, "benchmark")
            await ensure(nc)
            wanted = [Outgoing("intake.alertmanager", {}, body) for body in islice(bodies(Publisher.GROUP), 5_000)]
            for start in range(0, len(wanted), 500):
                await append(nc, wanted[start : start + 500])
            reader = await nc.jetstream().pull_subscribe("intake.>", durable="raw", stream=INTAKE)
            taken, began = 0, time.perf_counter()
            while taken < len(wanted) and time.perf_counter() - began < seconds:
                for message in await reader.fetch(INTAKE_BATCH, timeout=2):
                    taken += bool(orjson.loads(message.data))
                    await message.ack()
            rate = taken * Publisher.GROUP / (time.perf_counter() - began)
            await nc.close()
        finally:
            await server.stop()
        return rate

    return asyncio.run(run())


@contextmanager
def _bare_endpoint(folder: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.bare_endpoint", str(port), str(folder / "bare.db")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    async def answered() -> None:
        for _ in range(1000):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
        raise TimeoutError("the bare endpoint did not start")

    asyncio.run(answered())


def endpoint_limits(folder: Path, seconds: float) -> tuple[Limit, ...]:
    """The same clients against FastAPI alone, and against FastAPI with one commit a request."""
    folder.mkdir(parents=True, exist_ok=True)
    found = list[Limit]()
    with _bare_endpoint(folder) as port:
        for path, what in (
            ("/nothing", "bare FastAPI endpoint"),
            ("/commit", "bare FastAPI, one SQLite FULL commit a request"),
        ):
            told = load("post", port=port, path=path, token="none", clients=CLIENTS, seconds=seconds)
            p95 = percentile(told["seconds"], 0.95) * 1000
            found.append(Limit(f"{what} (p95 {p95:.1f} ms)", told["rate"]))
    return tuple(found)
