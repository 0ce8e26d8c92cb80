"""Fixtures that several parts share: real servers, never doubles."""

import gc
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from fastapi.dependencies import models as dependency_models

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


def pytest_collection_finish() -> None:
    """What is there from the beginning stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


CACHES = [kept for kept in vars(dependency_models).values() if hasattr(kept, "cache_clear")]


@pytest.fixture(scope="module", autouse=True)
def _let_go_of_applications() -> Iterator[None]:
    """FastAPI keeps its last 4,096 callables, and by them each application that a test made, with all that hangs on it."""
    yield
    assert CACHES, "FastAPI keeps them elsewhere now"
    for kept in CACHES:
        kept.cache_clear()


@pytest.fixture
async def nats_server(tmp_path: Path) -> AsyncIterator[NatsServer]:
    """A nats-server of this test's own (it starts in 30 ms), so that tests may kill, wipe and fill it."""
    server = NatsServer(tmp_path / "nats")
    await server.start()
    yield server
    await server.stop()
