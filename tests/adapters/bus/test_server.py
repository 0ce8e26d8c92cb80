"""The nats-server of `sporlog up`: ready fast, kept alive, never orphaned, never somebody else's."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from adapters.bus.connection import connect
from adapters.bus.errors import BusUnavailableError, NatsServerError, NatsServerVersionError
from adapters.bus.publishing import Outgoing, append
from adapters.bus.reading import read_stream
from adapters.bus.server import NatsServer
from adapters.bus.server_files import bundled_binary, port_is_free
from adapters.bus.streams import EVENTS, INTAKE, ensure, stream_info
from tests.support.waiting import until


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def start_process(*command: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def test_it_takes_connections_within_a_second(tmp_path: Path) -> None:
    server = NatsServer(tmp_path / "nats")
    started = time.monotonic()
    await server.start()
    took = time.monotonic() - started
    nc = await connect(server.url, "test")
    assert nc.is_connected
    assert took < 1
    await nc.close()
    await server.stop()
    assert server.pid is None


async def test_only_the_generated_credentials_open_it(nats_server: NatsServer) -> None:
    with pytest.raises(BusUnavailableError, match="credentials"):
        await connect(f"nats://sporlog:wrong@127.0.0.1:{nats_server.port}", "test")


async def test_secrets_are_readable_by_their_owner_only_and_not_in_the_url_for_logs(nats_server: NatsServer) -> None:
    for name in ("credentials", "nats-server.conf"):
        assert stat.S_IMODE((nats_server.directory / name).stat().st_mode) == 0o600
    password = (nats_server.directory / "credentials").read_text().partition(":")[2]
    assert password in nats_server.url
    assert password not in nats_server.redacted_url


async def test_url_stays_the_same_over_a_restart_of_the_program(tmp_path: Path) -> None:
    first = NatsServer(tmp_path / "nats")
    await first.start()
    url = first.url
    await first.stop()
    second = NatsServer(tmp_path / "nats")
    await second.start()
    assert second.url == url
    await second.stop()


async def test_another_port_is_taken_when_somebody_else_has_the_last_one(tmp_path: Path) -> None:
    server = NatsServer(tmp_path / "nats")
    await server.start()
    port = server.port
    await server.stop()
    with socket.create_server(("127.0.0.1", port)):
        await server.start()
        assert server.port != port
        await server.stop()


async def test_a_wanted_port_that_is_taken_is_refused_by_number(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(NatsServerError, match=str(port)):
            await NatsServer(tmp_path / "nats", port=port).start()


async def test_an_older_server_is_refused_with_both_versions(tmp_path: Path) -> None:
    old = tmp_path / "nats-server"
    old.write_text("#!/bin/sh\necho nats-server: v2.11.4\n")
    old.chmod(0o755)
    with pytest.raises(NatsServerVersionError, match=r"2\.11\.4.*2\.15"):
        await NatsServer(tmp_path / "nats", binary=old).start()


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = NatsServer(tmp_path / "nats")
    (tmp_path / "nats").mkdir()
    (tmp_path / "nats" / "jetstream").write_text("a file where a folder must be")
    with pytest.raises(NatsServerError, match="storage directory is not a directory"):
        await server.start()
    assert server.pid is None


async def test_a_killed_server_is_back_on_the_same_port_with_what_it_acknowledged(nats_server: NatsServer) -> None:
    nc = await connect(nats_server.url, "test")
    await ensure(nc)
    await append(nc, [Outgoing("event.x", {}, b"kept")])
    assert nats_server.pid is not None
    os.kill(nats_server.pid, signal.SIGKILL)
    await until(lambda: nats_server.restarts == 1 and nc.is_connected)
    info = await stream_info(nc, EVENTS)
    assert info is not None
    assert info["state"]["messages"] == 1
    await nc.close()


async def test_restart_on_purpose_leaves_exactly_one_server(nats_server: NatsServer) -> None:
    before = nats_server.pid
    await nats_server.restart()
    assert nats_server.pid not in {None, before}
    assert before is not None
    assert not alive(before)
    await asyncio.sleep(0.3)  # longer than the supervisor's first wait
    assert nats_server.restarts == 0


PARENT = """
import asyncio, sys
from pathlib import Path
from adapters.bus.server import NatsServer
from adapters.bus.server_files import bundled_binary, port_is_free

async def main():
    server = NatsServer(Path(sys.argv[1]))
    await server.start()
    print(server.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_kill_9_of_the_parent_leaves_no_orphan(tmp_path: Path) -> None:
    with start_process(sys.executable, "-c", PARENT, tmp_path / "nats") as parent:
        assert parent.stdout is not None
        child = next(int(line) for line in parent.stdout if line.strip().isdigit())
        assert psutil.pid_exists(child)
        parent.kill()
    if sys.platform != "linux":  # no parent-death signal there: the next start ends the leftover
        await NatsServer(tmp_path / "nats").start()
    await until(lambda: not alive(child))


async def test_the_next_start_ends_a_leftover_and_serves_the_same_streams(tmp_path: Path) -> None:
    directory = tmp_path / "nats"
    server = NatsServer(directory)
    await server.start()
    await server.stop()
    orphan = start_process(bundled_binary(), "-c", directory / "nats-server.conf")
    await until(lambda: not port_is_free(server.port))
    await until(lambda: (directory / "nats-server.pid").read_text() == str(orphan.pid))
    await server.start()
    await until(lambda: orphan.poll() is not None)
    orphan.communicate()
    await server.stop()


async def test_a_pid_file_that_names_somebody_elses_process_harms_nobody(tmp_path: Path) -> None:
    directory = tmp_path / "nats"
    directory.mkdir()
    bystander = start_process(sys.executable, "-c", "import time; time.sleep(60)")
    (directory / "nats-server.pid").write_text(str(bystander.pid))
    server = NatsServer(directory)
    await server.start()
    assert bystander.poll() is None
    await server.stop()
    bystander.kill()
    bystander.communicate()


async def test_a_server_that_met_a_full_disk_is_restarted_once_there_is_room(nats_server: NatsServer) -> None:
    before = nats_server.pid
    with (nats_server.directory / "nats-server.log").open("a") as file:  # the words of nats-server 2.15.1 on a full tmpfs
        file.write("[1] [ERR] JetStream stream '$G > INTAKE' critical write error: write 1.blk: no space left on device\n")
    await until(lambda: nats_server.pid not in {None, before} and not nats_server.cannot_write)
    nc = await connect(nats_server.url, "test")
    assert nc.is_connected
    await nc.close()


SECRET = b"Mulig ransomware"


def stored(server: NatsServer) -> bytes:
    return b"".join(path.read_bytes() for path in (server.directory / "jetstream").rglob("*") if path.is_file())


async def test_with_a_key_nothing_that_it_stores_is_in_clear_and_the_key_is_in_no_file(tmp_path: Path) -> None:
    key = "key-0123456789"
    server = NatsServer(tmp_path / "nats", key=key)
    await server.start()
    nc = await connect(server.url, "test")
    await ensure(nc)
    await append(nc, [Outgoing("intake.test", {}, SECRET)])
    assert SECRET not in stored(server)
    await nc.close()
    await server.restart()
    nc = await connect(server.url, "test")
    assert [message.data async for message in read_stream(nc, INTAKE)] == [SECRET]
    await nc.close()
    await server.stop()
    assert not any(key.encode() in path.read_bytes() for path in server.directory.rglob("*") if path.is_file())


async def test_a_store_in_clear_is_encrypted_by_the_first_start_with_a_key_and_keeps_its_messages(tmp_path: Path) -> None:
    before = NatsServer(tmp_path / "nats")
    await before.start()
    nc = await connect(before.url, "test")
    await ensure(nc)
    await append(nc, [Outgoing("intake.test", {}, SECRET)] * 3)
    assert SECRET in stored(before)
    await nc.close()
    await before.stop()
    after = NatsServer(tmp_path / "nats", key="key-0123456789")
    await after.start()
    nc = await connect(after.url, "test")
    assert [message.data async for message in read_stream(nc, INTAKE)] == [SECRET] * 3
    await append(nc, [Outgoing("intake.test", {}, SECRET)])
    await nc.close()
    await after.stop()
    assert SECRET not in stored(after)
