"""The door: what cannot be read is kept, what fails costs nobody else, and too much is told to come again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter, GroupCommitter
from domain.errors import NotFoundError
from domain.signals import Severity, Signal, SignalsReceived
from handlers import intake_door, intake_unread
from handlers.consumers import Letter, consume_intake
from handlers.intake_door import BusyError, IntakeDoor, MayBeSevere, Parse, RawMessage, Receipt
from handlers.ports import Delivery
from handlers.unit_of_work import IntakePlace
from tests.support.incidents import at
from tests.support.intake import log, new_ids, told
from tests.support.signals import signal

HEADERS = {"content-type": "application/json", "authorization": "Bearer hemmelig", "ce-id": "1"}


class Rejected(NamedTuple):
    item: int
    reason: str


class Body(NamedTuple):
    signals: list[Signal]
    rejected: list[Rejected]
    body: bytes


def lines(_source: str, body: bytes, _headers: Mapping[str, str], _now: datetime) -> Body:
    """One alert a line: its id; `!` cannot be read, `boom` is a defect, `secret=...` is redacted."""
    if body == b"boom":
        raise ZeroDivisionError
    redacted = body.replace(b"secret=abc", b"secret=[redacted]")
    found = [line.decode() for line in redacted.split(b"\n")]
    read = [signal(line, "db-1", severity=severity_of(line), raw=line.encode()) for line in found if line != "!"]
    return Body(read, [Rejected(n, "unreadable") for n, line in enumerate(found, start=1) if line == "!"], redacted)


def severity_of(line: str) -> Severity:
    return Severity.HIGH if line.startswith("severe") else Severity.LOW


@pytest.fixture
async def open_door(store: EventStore) -> AsyncIterator[Callable[[Parse], IntakeDoor]]:
    committers: list[GroupCommitter] = []

    def make(parse: Parse) -> IntakeDoor:
        committer = GroupCommitter(store, lambda: None)
        committer.start()
        committers.append(committer)
        return IntakeDoor(
            committer,
            lambda: parse,
            glance=lambda: lambda *_: True,
            entity="laerkeborg",
            new_ids=new_ids(),
            clock=lambda: at(1),
        )

    yield make
    for committer in committers:
        await committer.stop()


async def send(door: IntakeDoor, body: bytes, source: str = "wazuh") -> Receipt:
    return await door.take(source, body, HEADERS, "c-1")


async def test_a_body_that_nobody_can_read_is_kept_with_what_tells_how_to_read_it(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    receipt = await send(open_door(lines), b"!")
    digest = sha256(b"!").hexdigest()
    assert (receipt.taken, receipt.kept) == ((), digest)
    payload = store.payload(digest)
    assert payload is not None
    assert (payload.raw, payload.description) == (b"!", "1: unreadable")
    assert intake_unread.headers_of(payload.references) == {"content-type": "application/json", "ce-id": "1"}


async def test_a_defect_of_a_format_costs_no_alert(store: EventStore, open_door: Callable[[Parse], IntakeDoor]) -> None:
    receipt = await send(open_door(lines), b"boom")
    assert [one.item for one in receipt.rejected] == [0]
    assert "ZeroDivisionError" in receipt.rejected[0].reason
    assert store.payload(receipt.kept or "") is not None


async def test_of_a_body_read_in_part_all_is_kept_and_the_rest_is_taken(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    receipt = await send(open_door(lines), b"a\n!\nb")
    assert [one.source_event_id for one in receipt.taken] == ["a", "b"]
    assert receipt.kept == sha256(b"a\n!\nb").hexdigest()
    bodies = {one.body_sha256 for received in log(store, SignalsReceived) for one in received.signals}
    assert bodies == {None, receipt.kept}


async def test_a_body_of_several_is_kept_whole_beside_each_alert_s_own_bytes(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    await send(open_door(lines), b"a\nb")
    ((one, two),) = [received.signals for received in log(store, SignalsReceived)]
    assert one.body_sha256 == two.body_sha256 == sha256(b"a\nb").hexdigest()
    whole, first = store.payload(one.body_sha256), store.payload(one.payload_sha256)
    assert whole is not None
    assert first is not None
    assert (whole.raw, first.raw) == (b"a\nb", b"a")


async def test_a_tool_s_own_secret_is_in_nothing_that_is_kept(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    receipt = await send(open_door(lines), b"secret=abc\n!")
    payload = store.payload(receipt.kept or "")
    assert payload is not None
    assert payload.raw == b"secret=[redacted]\n!"


async def test_the_same_unreadable_body_is_one_that_came_twice(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    door = open_door(lines)
    await send(door, b"!")
    await send(door, b"!")
    assert list(told(store).values()) == [2]


async def test_beyond_the_limit_unreadable_bodies_are_only_answered(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_unread, "MAX_WAITING", 2)
    door = open_door(lines)
    kept = [(await send(door, b"!\n" * n + b"!")).kept for n in range(1, 4)]
    assert [each is not None for each in kept] == [True, True, False]
    assert (await send(door, b"!\n!")).kept is not None  # it waits already, and is counted
    assert (await send(door, b"!\n!", source="zabbix")).kept is not None  # each source has its own
    assert len(told(store)) == 3


async def test_an_unknown_source_is_kept_nowhere(store: EventStore, open_door: Callable[[Parse], IntakeDoor]) -> None:
    def unknown(source: str, _body: bytes, _headers: Mapping[str, str], _now: datetime) -> Body:
        raise NotFoundError(source)

    with pytest.raises(NotFoundError):
        await send(open_door(unknown), b"a")
    assert store.head() == 0


def episodic(_source: str, body: bytes, _headers: Mapping[str, str], _now: datetime) -> Body:
    """A severe alert of a tool that numbers no episodes: it gets an id of its own when it is taken in."""
    name = body.decode()
    return Body([signal(name, name, severity=Severity.HIGH, raw=body, episode=name)], [], body)


async def test_an_alert_whose_episode_opens_an_incident_is_answered(open_door: Callable[[Parse], IntakeDoor]) -> None:
    door = open_door(episodic)
    receipts = await asyncio.wait_for(asyncio.gather(send(door, b"db-1"), send(door, b"db-2")), 10)
    assert sorted(one.taken[0].reference or "" for one in receipts) == ["H-2026-0001", "H-2026-0002"]


async def test_a_message_whose_episode_opens_an_incident_is_taken_at_the_first_delivery(
    open_door: Callable[[Parse], IntakeDoor],
) -> None:
    async def bury(_message: RawMessage, reason: str) -> None:
        raise AssertionError(reason)

    (taken,) = await open_door(episodic).drain("2026", [RawMessage(IntakePlace(1, 1), "wazuh", {}, b"db-1")], bury)
    assert taken.reference == "H-2026-0001"


async def test_a_message_that_a_format_fails_on_is_dead_lettered_and_the_others_are_taken(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor]
) -> None:
    letters: list[tuple[bytes, str]] = []

    async def bury(message: RawMessage, reason: str) -> None:
        letters.append((message.body, reason))

    bodies = [b"a", b"boom", b"secret=abc\n!"]
    messages = [RawMessage(IntakePlace(n, n), "wazuh", {}, body) for n, body in enumerate(bodies, start=1)]
    taken = await open_door(lines).drain("2026", messages, bury)
    assert [one.source_event_id for one in taken] == ["a", "secret=[redacted]"]
    assert [body for body, _ in letters] == [b"boom", b"secret=[redacted]\n!"]
    assert "ZeroDivisionError" in letters[0][1]
    assert len(told(store)) == 2


async def test_a_severe_alert_overtakes_what_waits(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_door, "MAX_SIGNALS", 1)
    door = open_door(lines)
    await asyncio.gather(*(send(door, f"low {n}".encode()) for n in range(5)), send(door, b"severe"))
    order = [one.source_event_id for received in log(store, SignalsReceived) for one in received.signals]
    assert order[0] == "severe"
    assert sorted(order[1:]) == [f"low {n}" for n in range(5)]


async def test_in_a_batch_of_several_parts_severe_alerts_are_in_the_first(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def bury(_message: RawMessage, reason: str) -> None:
        raise AssertionError(reason)

    monkeypatch.setattr(intake_door, "MAX_SIGNALS", 2)
    bodies = [b"low 1", b"low 2", b"low 3", b"severe 1", b"low 4", b"severe 2"]
    messages = [RawMessage(IntakePlace(n, n), "wazuh", {}, body) for n, body in enumerate(bodies, start=1)]
    await open_door(lines).drain("2026", messages, bury)
    order = [one.source_event_id for received in log(store, SignalsReceived) for one in received.signals]
    assert order == ["severe 1", "severe 2", "low 1", "low 2", "low 3", "low 4"]
    assert store.head() == len(log(store, SignalsReceived)) + 4  # two incidents, each with its alert


async def test_of_a_long_line_the_severe_ones_are_taken_and_the_others_left_for_their_turn(store: EventStore) -> None:
    looked_up: list[str] = []

    def reader() -> Parse:
        looked_up.append("reader")
        return lines

    def glance() -> MayBeSevere:
        looked_up.append("glance")
        return lambda _source, body: b"severe" in body

    async def bury(_message: RawMessage, reason: str) -> None:
        raise AssertionError(reason)

    door = IntakeDoor(
        DirectCommitter(store), reader, glance=glance, entity="laerkeborg", new_ids=new_ids(), clock=lambda: at(1)
    )
    bodies = [b"low 1", b"severe 1", b"severe 2\n!", b"not severe", b"severe 3\nlow 2"]
    messages = [RawMessage(IntakePlace(n, n), "wazuh", {}, body) for n, body in enumerate(bodies, start=1)]
    taken = await door.take_ahead("2026", messages, bury)
    assert [one.source_event_id for one in taken] == ["severe 1", "severe 3", "low 2"]
    assert looked_up == ["reader", "glance", "reader"], "once a batch: the last is for storing it"
    in_turn = await door.drain("2026", [messages[0], messages[1], *messages[3:]], bury)
    assert [one.source_event_id for one in in_turn] == ["low 1", "not severe"]
    assert sum(len(received.signals) for received in log(store, SignalsReceived)) == 5


async def test_more_than_may_wait_is_told_to_come_again(
    store: EventStore, open_door: Callable[[Parse], IntakeDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_door, "MAX_WAITING", 3)
    door = open_door(lines)
    outcomes = await asyncio.gather(*(send(door, f"{n}".encode()) for n in range(5)), return_exceptions=True)
    assert [isinstance(outcome, BusyError) for outcome in outcomes] == [False, False, False, True, True]
    assert len(told(store)) == 3
    assert len((await send(door, b"later")).taken) == 1


async def test_the_line_waits_for_whoever_looks_ahead_and_never_for_long(
    open_door: Callable[[Parse], IntakeDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = open_door(lines)
    await asyncio.wait_for(door.let_severe_go_first(), 0.1)
    door.looked_ahead.clear()
    waiting = asyncio.create_task(door.let_severe_go_first())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    door.looked_ahead.set()
    await asyncio.wait_for(waiting, 0.1)
    door.looked_ahead.clear()
    monkeypatch.setattr(intake_door, "PATIENCE_S", 0.05)
    await asyncio.wait_for(door.let_severe_go_first(), 5)


async def test_others_get_their_turn_while_a_large_batch_is_read(open_door: Callable[[Parse], IntakeDoor]) -> None:
    turns, seen = 0, list[int]()

    async def bury(_message: RawMessage, reason: str) -> None:
        raise AssertionError(reason)

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def counting(source: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Body:
        seen.append(turns)
        return lines(source, body, headers, now)

    aside = asyncio.create_task(others())
    messages = [RawMessage(IntakePlace(n, n), "s", {}, b"\n".join(b"%d-%d" % (n, m) for m in range(10))) for n in range(1, 101)]
    await open_door(counting).drain("2026", messages, bury)
    aside.cancel()
    assert len(seen) == 100
    assert len(set(seen)) >= 1000 // (intake_door.BREATH + 10), "between readings the loop went round"


async def test_the_line_is_as_long_as_what_waits_behind_the_batch_once_that_is_taken(
    open_door: Callable[[Parse], IntakeDoor],
) -> None:
    during = list[int]()

    def watching(source: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Body:
        during.append(door.backlog)
        return lines(source, body, headers, now)

    async def bury(letter: Letter) -> None:
        raise AssertionError(letter.reason)

    door = open_door(watching)
    batch = [Delivery("INTAKE", "2026", "intake.wazuh", {}, b"%d" % n, n, n, 1, 300 - n) for n in range(1, 301)]
    await consume_intake(door, bury)(batch)
    assert set(during) == {300}
    assert (door.backlog, door.handed_over) == (0, 300)
