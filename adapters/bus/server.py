"""The nats-server that `sporlog up` runs as its own child: started, watched, restarted, ended with its parent."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import structlog

from adapters.bus.errors import NatsServerError
from adapters.bus.server_disk import WriteErrors, has_room, is_full
from adapters.bus.server_files import (
    KEY_VARIABLE,
    LOOPBACK,
    bundled_binary,
    check_version,
    choose_port,
    configuration,
    credentials,
    private,
)
from adapters.process import end_child, own_group

log = structlog.get_logger(__name__)

READY_WITHIN = 20.0
STOP_WITHIN = 10.0
LONG_LIFE = 60.0
MAX_BACKOFF = 10.0
DISK_LOOK = 0.25


class NatsServer:
    """One nats-server on 127.0.0.1 with its storage in `directory` (`DATA/nats`).

    Acknowledged means durable (`sync_interval: always`). With a `key` all that it stores is encrypted, see `DATA/keyring`.
    The server dies with its parent, also when that is killed: on Linux
    by the kernel's parent-death signal, elsewhere at the next start, which ends a leftover first. Nobody else may use the
    same directory meanwhile: the caller holds the lock of the data directory.
    """

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        max_file_store: int | None = None,
        binary: Path | None = None,
        key: str | None = None,
    ) -> None:
        self.directory = directory.resolve()
        self.port = port or 0
        self.restarts = 0
        """How often the server was started again after it ended by itself."""
        self._wanted_port = port
        self._max_file_store = max_file_store
        self._binary = binary
        self._key = key
        self._process: Process | None = None
        self.cannot_write = False
        """It met a full disk and acknowledges nothing until there is room and it is restarted, which happens by itself."""
        self._watchers: list[asyncio.Task[None]] = []
        self._changing = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where to connect, credentials included: not for logs."""
        user, password = credentials(self.directory)
        return f"nats://{user}:{password}@{LOOPBACK}:{self.port}"

    @property
    def redacted_url(self) -> str:
        """The same for logs and pages."""
        return f"nats://***@{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process id while the server runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the server and return when it takes connections; it is then watched until `stop`.

        Raises:
            NatsServerVersionError: the binary is older than 2.15.
            NatsServerError: the port is taken, or the server did not become ready; holds what the server said.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        binary = self._binary = self._binary or bundled_binary()
        version = await asyncio.to_thread(check_version, binary)
        await asyncio.to_thread(end_leftover, self.directory)
        self.port = choose_port(self.directory, self._wanted_port)
        text = configuration(self.directory, self.port, self._max_file_store, sealed=self._key is not None)
        private(self.directory / "nats-server.conf", text)
        await self._launch()
        self._watchers = [asyncio.create_task(self._supervise()), asyncio.create_task(self._watch_writing())]
        log.info("nats-server ready", url=self.redacted_url, version=version, pid=self.pid)

    async def stop(self) -> None:
        """End the server in order; what it acknowledged is on disk. Safe to call twice."""
        watchers, self._watchers = self._watchers, []
        for task in watchers:
            task.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)
        async with self._changing:
            await self._end()

    async def restart(self) -> None:
        """End and start the server on the same port: after a full disk it never writes a stream again until restarted."""
        async with self._changing:
            await self._end()
            await self._launch()
        log.info("nats-server restarted", url=self.redacted_url, pid=self.pid)

    async def _supervise(self) -> None:
        backoff = 0.1
        while True:
            since = time.monotonic()
            if self._process is not None:
                await self._process.wait()
            async with self._changing:
                if self.pid is not None:  # restarted on purpose meanwhile
                    continue
                if time.monotonic() - since > LONG_LIFE:
                    backoff = 0.1
                log.error("nats-server ended by itself", again_in=backoff, log=str(self.directory / "nats-server.log"))
                await asyncio.sleep(backoff)
                backoff = min(backoff * 2, MAX_BACKOFF)
                try:
                    await self._launch()
                except NatsServerError as e:
                    log.error("nats-server does not start", reason=str(e))  # noqa: TRY400 - its words, not our trace
                    continue
                self.restarts += 1

    async def _watch_writing(self) -> None:
        errors = WriteErrors(self.directory / "nats-server.log")
        while True:
            await asyncio.sleep(DISK_LOOK)
            if (errors.new() or is_full(self.directory)) and not self.cannot_write:
                self.cannot_write = True
                log.error("nats-server cannot write, nothing is acknowledged until there is room", disk=str(self.directory))
            if self.cannot_write and has_room(self.directory):
                try:
                    await self.restart()
                except NatsServerError as e:
                    log.error("nats-server does not start", reason=str(e))  # noqa: TRY400 - its words, not our trace
                    continue
                self.cannot_write = errors.new()

    async def _launch(self) -> None:
        errors = self.directory / "nats-server.err"
        with errors.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(
                str(self._binary),
                "-c",
                str(self.directory / "nats-server.conf"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stderr,
                stderr=stderr,
                env={**os.environ, KEY_VARIABLE: self._key} if self._key is not None else None,
                **_child_options(),
            )
        self._process = process
        deadline = time.monotonic() + READY_WITHIN
        while not await _answers(self.port):
            if process.returncode is not None or time.monotonic() > deadline:
                await self._end()
                said = errors.read_text(encoding="utf-8", errors="replace").strip() or _tail(self.directory / "nats-server.log")
                raise NatsServerError(f"nats-server on port {self.port} did not become ready. It said: {said}")
            await asyncio.sleep(0.01)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await end_child(process, STOP_WITHIN)


def end_leftover(directory: Path) -> None:
    """End the nats-server that an earlier run left behind on this directory, if any; no other process is ever touched."""
    try:
        process = psutil.Process(int((directory / "nats-server.pid").read_text(encoding="ascii")))
        if str(directory / "nats-server.conf") not in process.cmdline():  # the number was given to somebody else meanwhile
            return
        log.warning("ending the nats-server that an earlier run left behind", pid=process.pid)
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(STOP_WITHIN)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return


async def _answers(port: int) -> bool:
    """Whether a nats-server greets there: it opens its port after JetStream has recovered its streams."""
    try:
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    try:
        return (await asyncio.wait_for(reader.readline(), 1)).startswith(b"INFO ")
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()


def _tail(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return " | ".join(lines[-5:])


def _child_options() -> dict[str, Any]:
    """On Linux the child cannot outlive its parent."""
    options = own_group()
    if sys.platform == "linux":
        options["preexec_fn"] = _die_with_parent(os.getpid())
    return options


def _die_with_parent(parent: int) -> Callable[[], None]:
    import ctypes  # noqa: PLC0415 - Linux only, and loaded before the fork: afterwards only plain calls are safe

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    pr_set_pdeathsig = 1

    def in_the_child() -> None:
        prctl(pr_set_pdeathsig, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the signal was asked for
            os._exit(1)

    return in_the_child
