"""Each list is held against its folder: what is new is in the log once, on both databases, and problems are told outside."""

from datetime import datetime
from functools import partial
from pathlib import Path

import orjson
import pytest

from adapters.emergency_lists.folders import DriveFolders
from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.emergency_lists.errors import UnknownListError
from domain.emergency_lists.events import EMERGENCY_LISTS, EmergencyListEvent, ListChecked, ListDeclared, ListWithdrawn
from domain.emergency_lists.seen import Problem
from handlers.emergency_lists import ListWatch, change, proposed
from handlers.list_alarms import alarm_id
from handlers.requests import InvalidFieldsError, Origin
from tests.support.emergency_lists import NAME, checked, declared, released, write
from tests.support.incidents import NOW, at, meta
from tests.support.intake import do, log
from tests.support.post import House, MailServer, WebServer, mail_of, webhook_of
from tests.support.stores import Stores


class Watched:
    """A store with a list, its real folder, and the watch on a clock of the test's own."""

    def __init__(self, store: EventStore, folder: Path) -> None:
        self.store, self.folder, self.now = store, folder, at(0)
        self.watch = ListWatch(store.emergency_lists, DriveFolders(), DirectCommitter(store), lambda: self.now)

    async def look(self, hours: float) -> int:
        self.now = at(hours)
        return await self.watch.look()

    def noted(self) -> list[tuple[datetime, tuple[Problem, ...]]]:
        return [(event.meta.occurred_at, event.problems) for event in log(self.store, ListChecked)]


def put(store: EventStore, *events: EmergencyListEvent) -> None:
    for event in events:
        do(store, partial(change, proposed=event))


@pytest.fixture
def watched(store: EventStore, tmp_path: Path) -> Watched:
    put(store, declared(tmp_path / "drev", min_lines=1))
    return Watched(store, tmp_path / "drev")


async def test_each_file_is_noted_once_and_what_is_wrong_when_it_becomes_so(watched: Watched) -> None:
    assert await watched.look(0.1) == 1
    write(watched.folder, "k-1.pdf", at(1))
    assert [await watched.look(hours) for hours in (1.25, 1.5, 1.75)] == [1, 0, 0]
    write(watched.folder, "k-2.pdf", at(25), b"")
    assert [await watched.look(hours) for hours in (25.25, 25.5)] == [1, 0]
    write(watched.folder, "k-3.pdf", at(26), b"Hel\n", 0o644)
    assert [await watched.look(hours) for hours in (26.25, 26.5)] == [1, 0]
    write(watched.folder, "k-3.pdf", at(26), b"Hel\n")
    assert await watched.look(27) == 1
    assert [problems for _, problems in watched.noted()] == [
        (Problem.UNREADABLE,),
        (),
        (Problem.EMPTY,),
        (Problem.TOO_OPEN,),
        (),
    ]


async def test_nothing_of_a_file_is_stored_but_its_time_size_and_hash(watched: Watched, stores: Stores) -> None:
    write(watched.folder, "jens-jensen.pdf", at(1), b"Jens Jensen 010203-1234\n")
    await watched.look(2)
    stored = b"".join(row.state for row in watched.store.recorder.stream(EMERGENCY_LISTS))
    assert b"Jens" not in stored
    assert b"jens" not in stored
    assert str(watched.folder).encode() not in stored
    one = stores.open().emergency_lists().get(NAME)
    assert one.folder == str(watched.folder)
    assert one.checked is not None
    assert (one.checked.bytes, one.checked.days_kept) == (24, 1)


async def test_two_watches_note_a_look_once(watched: Watched, stores: Stores) -> None:
    other = Watched(stores.open(), watched.folder)
    write(watched.folder, "k.pdf", at(1))
    looks = [await one.watch.see() for one in (watched, other)]
    assert [await one.watch.record(look) for one, (look,) in zip((watched, other), looks, strict=True)] == [1, 0]


async def test_a_list_that_is_withdrawn_between_look_and_write_is_no_failure(watched: Watched, stores: Stores) -> None:
    (look,) = await watched.watch.see()
    put(stores.open(), ListWithdrawn(meta=meta(1), list_name=NAME, reason="Afløst"))
    assert await watched.watch.record(look) == 0


async def test_of_a_list_that_is_not_expected_nothing_is_looked_at(watched: Watched) -> None:
    with pytest.raises(UnknownListError, match=NAME):
        await watched.watch.see("Medicinlister")


def test_what_one_process_records_another_one_sees(stores: Stores) -> None:
    first, second = stores.open(), stores.open()
    put(first, declared(), checked(1))
    put(second, released(2))
    assert [each.to for each in first.emergency_lists().get(NAME).released] == ["Plejecenter Åbo"]
    assert first.emergency_lists() == second.emergency_lists()
    assert do(first, lambda uow: uow.emergency_lists()) == second.emergency_lists()


def test_what_cannot_be_meant_is_refused_with_its_field() -> None:
    origin = Origin("os:vagt", "cli", "c-1", NOW)
    with pytest.raises(InvalidFieldsError, match=r"expected\.every_hours"):
        proposed(ListDeclared, origin, list_name="L", expected={"system": "S", "owner": "o", "every_hours": 0}, folder="/x")
    with pytest.raises(InvalidFieldsError, match=r"expected\.readers\.mode"):
        proposed(ListDeclared, origin, list_name="L", expected={"system": "S", "owner": "o", "readers": {"mode": "640"}})
    with pytest.raises(InvalidFieldsError, match=r"expected\.pattern"):
        proposed(ListDeclared, origin, list_name="L", expected={"system": "S", "owner": "o", "pattern": "../*"})


def note(house: House, *events: EmergencyListEvent) -> None:
    put(house.store, *events)


async def test_a_problem_goes_out_once_on_each_channel_and_the_next_one_again(
    house: House, mail: MailServer, web: WebServer
) -> None:
    note(house, declared(), checked(0))
    house.start(mail_of(mail), webhook_of(web))
    note(house, checked(3, Problem.LATE, written_at=at(-24)))
    assert await house.live(at(3)) == 2
    note(house, checked(9, Problem.LATE, written_at=at(-24)))
    assert await house.live(at(9)) == 0
    note(house, checked(9.5), checked(10, Problem.TOO_OPEN, written_at=at(9)))
    assert await house.live(at(10)) == 2
    told = [orjson.loads(post.body) for post in web.posts]
    assert [(one["kind"], one["list_name"], one["problems"]) for one in told] == [
        ("emergency_list", NAME, ["late"]),
        ("emergency_list", NAME, ["too_open"]),
    ]
    assert [one["id"] for one in told] == [alarm_id(NAME, at(3)), alarm_id(NAME, at(10))]
    assert mail.titles == [
        "Nødlisten Kørelister (Omsorgsjournal): forsinket",
        "Nødlisten Kørelister (Omsorgsjournal): for åben",
    ]
    body = mail.mails[0].get_content()
    assert "Den nyeste hele liste er fra tor. 19. nov. 2026 kl. 15.20" in body
    assert "The newest whole list is of" in body
    assert "/drev/noed" not in body


async def test_a_new_channel_is_told_of_lists_that_are_bad_already(house: House, web: WebServer) -> None:
    note(house, declared(), checked(1, Problem.UNREADABLE))
    house.start(webhook_of(web))
    assert await house.live(at(5)) == 1
    assert orjson.loads(web.posts[0].body)["since"].startswith((at(1)).strftime("%Y-%m-%dT%H:%M"))
