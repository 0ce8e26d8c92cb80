"""uvicorn inside our own event loop: it neither takes signals nor configures logging."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from domain.errors import SporlogError

GRACE_S = 3


class AddressTakenError(SporlogError):
    """Something else listens there, or the machine has no such address."""

    code = "address-taken"


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when it listens."""
        await super().startup(sockets)
        self.ready.set()


def _listen(host: str, port: int) -> socket.socket:
    # uvicorn would log the reason in words of its own and end the process.
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be listened on ({error.strerror})"
        msg = f"{host}:{port} {why}: stop what listens there, or choose another address with --http HOST:PORT"
        raise AddressTakenError(msg) from error


@asynccontextmanager
async def serve_http(app: FastAPI, host: str, port: int) -> AsyncIterator[str]:
    """Serve until the block is left; yields the address. Port 0 takes a free one. Raises `AddressTakenError`."""
    config = uvicorn.Config(
        app,
        host,
        port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE_S,
        server_header=False,
    )
    server = _Server(config)
    listening = _listen(host, port)
    # Inherited by each connection. asyncio would set it, but not on the sockets that uvicorn makes, and then head and body of a
    # small answer wait 40 ms for each other (Nagle's algorithm against delayed acknowledgement).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    task = asyncio.create_task(server._serve(sockets=[listening]), name="http")  # noqa: SLF001 - serve() would take the signals
    try:
        await server.ready.wait()
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)
        listening.close()
