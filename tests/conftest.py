"""Fixtures that several parts share: real servers, never doubles."""

import gc
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.bus.server import NatsServer

pytest_plugins = [
    "tests.support.ledgers",
    "tests.support.postgres",
    "tests.support.read_databases",
    "tests.support.stores",
    "tests.support.audited",
]


def pytest_configure() -> None:
    """A worker ignores Ctrl-C, and so would every process that a test starts and then interrupts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="module", autouse=True)
def _spare_the_collector() -> Iterator[None]:
    """What a file of tests leaves behind is looked at once more and never again: at 900 MiB each full look took seconds."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
async def nats_server(tmp_path: Path) -> AsyncIterator[NatsServer]:
    """A nats-server of this test's own (it starts in 30 ms), so that tests may kill, wipe and fill it."""
    server = NatsServer(tmp_path / "nats")
    await server.start()
    yield server
    await server.stop()
