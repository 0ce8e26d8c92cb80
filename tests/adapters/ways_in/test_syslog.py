"""Syslog: every line reaches the door once, in order; TCP waits for the store, UDP's losses are counted."""

import asyncio
import socket
import sys
from pathlib import Path

import pytest

from adapters.ways_in import kernel_drops, syslog
from adapters.ways_in.settings import AUTO, SyslogSettings
from adapters.ways_in.syslog import SyslogWay
from domain.errors import UnavailableError
from domain.intake.errors import UnknownSourceError
from tests.faults.house import free_port
from tests.support.waiting import until
from tests.support.ways import Ways


def tcp(source: str = "cef") -> SyslogWay:
    return SyslogWay(SyslogSettings("tcp", "127.0.0.1", free_port(), source), 1_048_576)


def udp(source: str = "cef") -> SyslogWay:
    return SyslogWay(SyslogSettings("udp", "127.0.0.1", free_port(), source), 1_048_576)


def port(way: SyslogWay) -> int:
    return int(way.name.rpartition(":")[2])


async def send(way: SyslogWay, data: bytes) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port(way))
    writer.write(data)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


def send_datagrams(way: SyslogWay, *datagrams: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for datagram in datagrams:
            sender.sendto(datagram, ("127.0.0.1", port(way)))


async def test_lines_that_come_together_are_one_body_of_the_listeners_source(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syslog, "GATHER_S", 2.0)  # however slow the machine is
    way = tcp("wazuh")
    async with ways.running(way):
        await ways.works(way)
        await send(way, b'{"a":1}\n{"a":2}\n7 {"a":3}')
        await ways.door.has(1)
        await until(lambda: ways.state(way).last_message_at is not None)
        await until(lambda: b"".join(body for _, body, _ in ways.door.brought).count(b"a") == 3)
    # One body, or two where the machine was held up between the lines.
    assert b"\n".join(body for _, body, _ in ways.door.brought) == b'{"a":1}\n{"a":2}\n{"a":3}'
    assert {(source, headers["content-type"]) for source, _, headers in ways.door.brought} == {("wazuh", "text/plain")}
    assert len(ways.door.brought) < 3


async def test_with_auto_each_line_goes_by_its_marker_and_what_has_none_is_left_to_cef(ways: Ways) -> None:
    way = udp(AUTO)
    async with ways.running(way):
        await ways.works(way)
        send_datagrams(way, b"<1>CEF:0|a", b"<1>LEEF:2.0|msg=CEF:0", b"noget andet\n", b"\n")
        await until(lambda: len(ways.door.lines) == 3)
    found = {(one.source, line) for one in ways.door.brought for line in one.body.split(b"\n")}
    assert found == {("cef", b"<1>CEF:0|a"), ("cef", b"noget andet"), ("leef", b"<1>LEEF:2.0|msg=CEF:0")}


@pytest.mark.parametrize("fault", [UnavailableError("the disk is full"), UnknownSourceError("there is no source 'fw'")])
async def test_while_the_store_or_the_source_is_away_lines_wait_and_none_is_lost(ways: Ways, fault: Exception) -> None:
    way = tcp()
    ways.door.faults = [fault, fault]
    async with ways.running(way):
        await ways.works(way)
        await send(way, b"CEF:0|a\nCEF:0|b\n")
        await ways.door.has(1)
        state = await ways.works(way)
    assert ways.door.lines[:2] == [b"CEF:0|a", b"CEF:0|b"]
    assert str(fault) in (state.last_error or "")


async def test_a_body_that_fails_is_tried_line_by_line_and_only_the_line_at_fault_is_lost(ways: Ways) -> None:
    way = tcp()
    ways.door.faults = [ZeroDivisionError("all"), ZeroDivisionError("the first")]
    async with ways.running(way):
        await ways.works(way)
        await send(way, b"CEF:0|a\nCEF:0|b\n")
        await ways.door.has(1)
        await until(lambda: ways.state(way).dropped == 1)
    assert ways.door.lines == [b"CEF:0|b"]


async def test_tcp_senders_are_held_back_while_the_store_is_behind(ways: Ways) -> None:
    way, sent = tcp(), 0
    ways.door.open.clear()
    line = b"CEF:0|" + b"x" * 10_000 + b"\n"
    async with ways.running(way):
        await ways.works(way)
        _, writer = await asyncio.open_connection("127.0.0.1", port(way))
        while True:
            writer.write(line)
            sent += 1
            assert sent < 20_000
            try:
                await asyncio.wait_for(writer.drain(), 1)
            except TimeoutError:
                break
        ways.door.open.set()
        await writer.drain()
        writer.close()
        await until(lambda: len(ways.door.lines) == sent)
    assert ways.state(way).dropped == 0


async def test_what_udp_brings_beyond_the_queue_is_counted(ways: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syslog, "MAX_LINES", 5)
    monkeypatch.setattr(syslog, "GATHER_LINES", 1)
    way = udp()
    ways.door.open.clear()
    async with ways.running(way):
        await ways.works(way)
        send_datagrams(way, *(b"CEF:0|%d" % n for n in range(10)))
        await until(lambda: ways.state(way).dropped > 0)
        ways.door.open.set()
        await until(lambda: len(ways.door.lines) + ways.state(way).dropped == 10)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what its kernel dropped")
async def test_what_the_kernel_drops_is_counted_apart_so_that_every_datagram_is_accounted_for(ways: Ways) -> None:
    way, sent = udp(), 3000
    async with ways.running(way):
        await ways.works(way)
        # Nothing is awaited meanwhile, so that nobody reads: the socket's buffer fills and overflows.
        send_datagrams(way, *(b"CEF:0|%d|" % n + b"x" * 1000 for n in range(sent)))
        await until(lambda: len(ways.door.lines) + ways.state(way).dropped + ways.state(way).kernel_dropped == sent)
        kernel_dropped = ways.state(way).kernel_dropped
        assert 0 < kernel_dropped < sent
        send_datagrams(way, b"CEF:0|a")
        await until(lambda: ways.door.lines[-1] == b"CEF:0|a")
        await asyncio.sleep(1.2)
        assert ways.state(way).kernel_dropped == kernel_dropped


def test_where_the_system_does_not_tell_nothing_was_dropped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernel_drops, "TABLES", (tmp_path / "udp",))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        assert kernel_drops.KernelDrops(one.fileno()).new() == 0


async def test_a_stop_takes_in_what_has_come(ways: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syslog, "GATHER_LINES", 30)
    way = udp()
    ways.door.open.clear()
    async with ways.running(way):
        await ways.works(way)
        send_datagrams(way, *(b"CEF:0|%d" % n for n in range(100)))
        await asyncio.sleep(0.3)
        ways.door.open.set()
    assert set(ways.door.lines) == {b"CEF:0|%d" % n for n in range(100)}


async def test_a_stop_takes_in_what_a_sender_has_not_ended_yet(ways: Ways) -> None:
    way = tcp()
    async with ways.running(way):
        await ways.works(way)
        _, writer = await asyncio.open_connection("127.0.0.1", port(way))
        writer.write(b"CEF:0|a\nCEF:0|b")
        await ways.door.has(1)
    writer.close()
    assert b"CEF:0|b" in ways.door.lines


async def test_connections_over_the_limit_are_refused_and_told_and_silent_ones_end(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syslog, "MAX_CONNECTIONS", 1)
    monkeypatch.setattr(syslog, "IDLE_S", 1.5)
    way = tcp()
    async with ways.running(way):
        await ways.works(way)
        first, first_writer = await asyncio.open_connection("127.0.0.1", port(way))
        await asyncio.sleep(0.1)
        second, second_writer = await asyncio.open_connection("127.0.0.1", port(way))
        assert await second.read() == b""
        await ways.fails(way, with_words="1 connections were refused")
        assert await first.read() == b""
        for writer in (first_writer, second_writer):
            writer.close()


async def test_a_port_that_is_taken_is_told_and_tried_again_until_it_is_free(ways: Ways) -> None:
    way = tcp()
    with socket.create_server(("127.0.0.1", port(way))):
        async with ways.running(way):
            await ways.fails(way, with_words="in use")
    async with ways.running(way):
        await ways.works(way)
        await send(way, b"CEF:0|a\n")
        await ways.door.has(1)


async def test_a_line_over_the_limit_is_cut_and_told(ways: Ways) -> None:
    way = tcp()
    async with ways.running(way):
        await ways.works(way)
        await send(way, b"CEF:0|" + b"x" * 70_000 + b"\nCEF:0|b\n")
        await until(lambda: len(ways.door.lines) == 2)
        await ways.fails(way, with_words="1 lines were longer")
    assert [len(line) for line in ways.door.lines] == [65_536, 7]
