"""A real `sporlog up` in a process of its own, to be loaded, killed, starved and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from nats.aio.client import Client

from adapters.bus.connection import BUS_ERRORS, ask, connect
from adapters.bus.errors import BusUnavailableError
from adapters.bus.server_files import LOOPBACK, credentials
from tests.support.waiting import until

SPORLOG = Path(sys.executable).with_name("sporlog")
READY_WITHIN = 40.0
MARKS = [
    pytest.mark.faults,
    # nats-py drops the half-made connection of an attempt that its server did not survive.
    pytest.mark.filterwarnings("ignore:unclosed (<StreamWriter|transport):ResourceWarning"),
]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("SPORLOG_")} | {"SPORLOG_LANG": "en"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


class House:
    """One data directory and whoever runs on it. Its HTTP port stays the same over restarts, as its URLs do."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.port = data, free_port()
        self.log = data.parent / f"{data.name}.log"
        self.http = httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{self.port}", timeout=15)
        self.nats_pids: set[int] = set()
        self._environment = ENVIRONMENT | environment
        self._process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> None:
        """Start, and do not wait for it."""
        command: list[str | Path] = [SPORLOG, "up", "--data", self.data, "--http", f"{LOOPBACK}:{self.port}"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=self._environment)

    def does(self, *words: str | Path) -> None:
        """Somebody types a command on this machine, and it is taken."""
        command: list[str | Path] = [SPORLOG, *words, "--data", self.data]
        done = subprocess.run(command, capture_output=True, env=self._environment, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()

    async def start(self) -> None:
        """Start, and return once it answers and has NATS."""
        self.spawn()
        await self.ready()

    async def ready(self) -> None:
        async with asyncio.timeout(READY_WITHIN):
            while (await self.health()).get("nats") != "connected":
                assert self.running, f"`sporlog up` ended:\n{self.told()}"
                await asyncio.sleep(0.02)
        token = (self.data / "token").read_text().strip()
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.nats_pids.add(self.nats_pid)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def nats_pid(self) -> int:
        """Of the server that wrote its number last; it may have been caught while it did."""
        for _ in range(1000):
            if written := (self.data / "nats" / "nats-server.pid").read_text():
                return int(written)
            time.sleep(0.001)
        raise AssertionError(f"nats-server wrote no number\n{self.told()}")

    async def health(self) -> dict[str, Any]:
        """What /healthz says; empty while nobody answers."""
        try:
            answer: dict[str, Any] = (await self.http.get("/healthz")).json()
        except httpx.TransportError:
            return {}
        return answer

    def kill(self) -> None:
        """SIGKILL, and gone on return; its nats-server follows by itself."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    async def stop(self) -> float:
        """SIGTERM; the seconds it took to end in order."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(self._process.wait, 30) == 0, self.told()
        return time.monotonic() - began

    def end(self) -> None:
        """Whatever state it is in: nothing of it is left running."""
        if self.running:
            self.kill()

    def kill_nats(self, change: Callable[[Path], None] = lambda _: None) -> None:
        """SIGKILL its nats-server, and do something to JetStream's folder before `sporlog up` can start it again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        pid = self.nats_pid
        os.kill(pid, signal.SIGKILL)
        while alive(pid):
            time.sleep(0.005)
        change(self.data / "nats" / "jetstream")
        self._process.send_signal(signal.SIGCONT)

    async def nats_again(self, before: int) -> None:
        """Return once another nats-server than `before` serves."""

        async def serves() -> bool:
            return self.nats_pid != before and (await self.health()).get("nats") == "connected"

        await until(serves, READY_WITHIN)
        self.nats_pids.add(self.nats_pid)

    def told(self) -> str:
        """The end of what it printed and logged."""
        return self.log.read_text(errors="replace")[-4000:]

    async def bus(self) -> Client:
        """A connection to its NATS, as a tool's; the caller closes it."""
        user, password = credentials(self.data / "nats")
        port = (self.data / "nats" / "port").read_text()
        return await connect(f"nats://{user}:{password}@{LOOPBACK}:{port}", "test")

    async def caught_up(self, within: float = 30.0) -> None:
        """Return once everything accepted is stored, relayed and in every projection; say what is behind, if it never is."""
        seen: dict[str, Any] = {}
        try:
            async with asyncio.timeout(within):
                while True:
                    waiting = await self._waiting_in_intake()  # first: what leaves INTAKE moves the head
                    seen = await self.health() | {"waiting": waiting}
                    head = seen.get("position")
                    positions = {seen.get("relayed"), *seen.get("projections", {"none": None}).values()}
                    if seen["waiting"] == 0 and positions == {head}:
                        return
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"not caught up within {within} s: {seen}\n{self.told()}") from None

    async def _waiting_in_intake(self) -> int | None:
        try:
            nc = await self.bus()
        except BusUnavailableError:
            return None
        try:
            info = await ask(nc, "CONSUMER.INFO.INTAKE.intake")
        except BUS_ERRORS:
            return None
        finally:
            await nc.close()
        return int(info["num_pending"]) + int(info["num_ack_pending"])


@asynccontextmanager
async def open_house(data: Path, **environment: str) -> AsyncIterator[House]:
    """A house that runs; on leaving nothing of it does."""
    house = House(data, **environment)
    try:
        await house.start()
        yield house
    finally:
        house.end()
        await house.http.aclose()
