"""Bodies that waited are read once more: each wholly or not at all, and never twice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

import pytest

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from adapters.intake_formats.contract import Rejected
from adapters.intake_formats.reading import ReadBody
from domain.intake.errors import UnknownSourceError
from domain.signals import Severity, SignalsDecided
from handlers.intake_door import IntakeDoor, Parse
from handlers.intake_unread import PREFIX
from handlers.reprocess import Reprocessed, readable, reprocess
from handlers.unit_of_work import UnitOfWork
from tests.support.incidents import at
from tests.support.intake import context, log, new_ids, told, whole_log
from tests.support.signals import signal

T = TypeVar("T")


def reading(*words: str) -> Parse:
    """Reads one alert a line, of those words that it knows."""

    def read(source: str, body: bytes, _headers: Mapping[str, str], _now: datetime) -> ReadBody:
        lines = body.decode().split()
        found = [signal(w, "db-1", source=source, severity=Severity.LOW, raw=w.encode()) for w in lines if w in words]
        return ReadBody(found, [Rejected(n, "unknown") for n, w in enumerate(lines, start=1) if w not in words], body)

    return read


async def arrive(store: EventStore, *bodies: bytes, parse: Parse, source: str = "forti") -> None:
    door = IntakeDoor(
        DirectCommitter(store),
        lambda: parse,
        glance=lambda: lambda *_: True,
        entity="laerkeborg",
        new_ids=new_ids(),
        clock=lambda: at(1),
    )
    for body in bodies:
        await door.take(source, body, {"content-type": "text/plain"}, "c-1")


async def again(store: EventStore, parse: Parse, source: str | None = None) -> list[Reprocessed]:
    committer = DirectCommitter(store)
    return [await reprocess(store, committer, parse, key, context()) for key in store.waiting(PREFIX, source)]


async def test_what_can_be_read_now_is_taken_and_waits_no_more(store: EventStore) -> None:
    await arrive(store, b"a b", b"c", parse=reading())
    done = await again(store, reading("a", "b"))
    assert [len(one.taken) for one in done if one.left is None] == [2]
    assert [one.left.reason for one in done if one.left] == ["item 1: unknown"]
    assert {key for key in told(store) if not key[1].startswith(PREFIX)} == {("forti", "a"), ("forti", "b")}
    assert [decided.decision for decided in log(store, SignalsDecided)] == ["read"]
    remembered = store.signal("forti", "a")
    assert remembered is not None
    assert remembered.received is not None
    assert store.payload(remembered.received.body_sha256 or "") is not None


async def test_a_second_run_changes_nothing_more(store: EventStore) -> None:
    await arrive(store, b"a b", b"c x", parse=reading())
    await again(store, reading("a", "b", "c"))
    before = len(whole_log(store))
    done = await again(store, reading("a", "b", "c"))
    assert len(whole_log(store)) == before
    assert [(list(one.taken), one.left is not None) for one in done] == [([], True)]


async def test_what_was_taken_out_of_a_body_when_it_came_is_no_repeat_when_the_rest_is_read(store: EventStore) -> None:
    await arrive(store, b"a x", parse=reading("a"))
    (done,) = await again(store, reading("a", "x"))
    assert [(one.source_event_id, one.times) for one in done.taken] == [("x", 1)]
    assert told(store)["forti", "a"] == 1


async def test_of_a_body_that_is_still_not_wholly_read_what_is_new_is_taken_at_once(store: EventStore) -> None:
    await arrive(store, b"a x", parse=reading())
    (done,) = await again(store, reading("a"))
    assert ([one.source_event_id for one in done.taken], done.left is not None) == (["a"], True)
    assert len(store.waiting(PREFIX)) == 1


async def test_a_source_that_is_gone_or_a_format_that_fails_leaves_the_body_waiting(store: EventStore) -> None:
    def gone(*_: object) -> ReadBody:
        raise UnknownSourceError("no source")

    def fails(*_: object) -> ReadBody:
        raise ZeroDivisionError

    await arrive(store, b"a", parse=reading())
    for parse, reason in ((gone, "no source"), (fails, "ZeroDivisionError")):
        (done,) = await again(store, parse)
        assert done.left is not None
        assert reason in done.left.reason
    assert len(store.waiting(PREFIX)) == 1


async def test_only_the_source_that_is_named_is_read_and_only_what_waits_is_counted(store: EventStore) -> None:
    await arrive(store, b"a", b"x", parse=reading())
    await arrive(store, b"b", parse=reading(), source="zabbix")
    assert {source for source, _ in store.waiting(PREFIX)} == {"forti", "zabbix"}
    assert readable(store, reading("a", "b"), "forti") == (1, 2)
    assert len(await again(store, reading("a", "b"), "zabbix")) == 1
    assert {source for source, _ in store.waiting(PREFIX)} == {"forti"}


@pytest.mark.parametrize("source", [None, "wazuh"])
def test_a_log_without_signals_has_nothing_that_waits(store: EventStore, source: str | None) -> None:
    assert store.waiting(PREFIX, source) == []
    assert store.signal("wazuh", "1") is None


class Dying(DirectCommitter):
    """The process ends inside a unit of work, after all of it was done and before it is stored."""

    async def submit(self, work: Callable[[UnitOfWork], T], *, bulk: bool = False) -> T:
        def and_die(uow: UnitOfWork) -> T:
            work(uow)
            raise KeyboardInterrupt

        return await super().submit(and_die, bulk=bulk)


async def test_a_run_that_ends_between_two_bodies_or_inside_one_leaves_nothing_half_done(store: EventStore) -> None:
    await arrive(store, b"a b", b"c", parse=reading())
    parse, (first, second) = reading("a", "b", "c"), store.waiting(PREFIX)
    await reprocess(store, DirectCommitter(store), parse, first, context())
    with pytest.raises(KeyboardInterrupt):
        await reprocess(store, Dying(store), parse, second, context())
    assert store.waiting(PREFIX) == [second]
    await again(store, parse)
    signals = {key: times for key, times in told(store).items() if not key[1].startswith(PREFIX)}
    assert signals == {("forti", name): 1 for name in "abc"}
