"""The real `sporlog up`, as a process of its own on a data directory of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil

ROOT = Path(__file__).parents[2]
SPORLOG = "from adapters.cli.app import main; main()"
WITHOUT_LEDGER = (
    "from adapters.up import running, start; start.PARTS = tuple(part for part in running.PARTS if part != 'ledger');"
    " from adapters.cli.app import main; main()"
)
"""The same without the part that keeps the ledger."""
IN_CLEAR = (
    "from adapters.event_store import keyring, mapper, payloads; from adapters.cli.app import main;"
    " Clear = type('Clear', (), {'__init__': lambda *_: None, 'encrypt': lambda _, nonce, data, place: data + bytes(16)});"
    " mapper.AESGCM = payloads.AESGCM = Clear; keyring.Keyring.key_for = lambda *_: bytes(32); main()"
)
"""The same with texts and payloads stored as they are: no key is derived, nothing is encrypted."""
READY_WITHIN = 60.0
STOP_WITHIN = 30.0


class Running(NamedTuple):
    """Where it is. `ready_s` is the time from its start to answering with NATS connected."""

    process: psutil.Process
    data: Path
    http: str
    port: int
    token: str
    nats: str
    ready_s: float

    def health(self) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.http}/healthz", timeout=10).json()
        return found

    def is_done(self) -> bool:
        """Whether everything taken in is stored, relayed and in every projection."""
        now = self.health()
        return now["intake_pending"] == 0 and {now["relayed"], *now["projections"].values()} == {now["position"]}

    def resident(self) -> dict[str, float]:
        """Resident memory in MiB, of all its own processes and of its nats-server."""
        found = dict[str, float]()
        for process in (self.process, *self.process.children(recursive=True)):
            found[process.name()] = found.get(process.name(), 0.0) + process.memory_info().rss / 2**20
        return found

    def cpu_seconds(self) -> dict[str, float]:
        """Processor time used so far, of itself and of its nats-server."""
        return {p.name(): sum(p.cpu_times()[:2]) for p in (self.process, *self.process.children(recursive=True))}


@contextmanager
def sporlog_up(data: Path, environment: Mapping[str, str] | None = None, *, program: str | None = None) -> Iterator[Running]:
    """Start it, wait until it is ready, and end it in order afterwards."""
    port = free_port()
    command = [sys.executable, "-c", program or SPORLOG, "up", "--data", str(data), "--http", f"127.0.0.1:{port}"]
    data.mkdir(parents=True, exist_ok=True)
    with (data / "up.log").open("ab") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=log, stderr=log)
        try:
            yield _when_ready(process, data, port, began)
        finally:
            process.terminate()
            try:
                process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP_WITHIN)


def _when_ready(process: subprocess.Popen[bytes], data: Path, port: int, began: float) -> Running:
    http = f"http://127.0.0.1:{port}"
    while True:
        if process.poll() is not None or time.perf_counter() - began > READY_WITHIN:
            raise RuntimeError(f"sporlog up did not become ready: {(data / 'up.log').read_text()[-2000:]}")
        try:
            if httpx.get(f"{http}/healthz", timeout=1).json()["nats"] == "connected":
                break
        except httpx.TransportError:  # it does not listen yet
            time.sleep(0.01)
    ready_s = time.perf_counter() - began
    nats = (
        f"nats://{(data / 'nats' / 'credentials').read_text().strip()}@127.0.0.1:{(data / 'nats' / 'port').read_text().strip()}"
    )
    token = (data / "token").read_text().strip()
    return Running(psutil.Process(process.pid), data, http, port, token, nats, ready_s)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def load(what: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the load takes
    """Run one of `loads` in a process of its own; what it tells."""
    limit = 120 + 3 * arguments.get("seconds", 0) + arguments.get("alerts", 0) / 500
    command = [sys.executable, "-m", "tests.benchmarks.loads", what, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
    if done.returncode:
        raise RuntimeError(f"the load {what} failed: {done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told
