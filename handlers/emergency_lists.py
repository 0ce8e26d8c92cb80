"""What is done about emergency lists: people declare, release and withdraw them, and each is held against its folder."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol
from uuid import uuid5

from pydantic import ValidationError

from domain.emergency_lists.events import EMERGENCY_LISTS, EmergencyListEvent, ListChecked
from domain.emergency_lists.seen import Seen, days_kept, problems_of
from domain.emergency_lists.state import EmergencyList, EmergencyLists, evolve
from domain.emergency_lists.steps import decide
from domain.events import Meta
from domain.time import rfc3339_utc
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import Committer, UnitOfWork


class Folders(Protocol):
    """The drives where lists are written."""

    async def look(self, folder: str, pattern: str) -> Seen:
        """What lies there now; never raises for what is there or not, and answers though a drive does not."""


class Changed(NamedTuple):
    """What a change led to. `position` is the last one stored; without a change there are no events and it is 0."""

    lists: EmergencyLists
    position: int
    events: tuple[EmergencyListEvent, ...]


class Look(NamedTuple):
    """A list, what lay in its folder, and what that is worth."""

    list: EmergencyList
    seen: Seen
    checked: ListChecked


def proposed(
    model: type[EmergencyListEvent],
    origin: Origin,
    at: datetime | None = None,
    **told: Any,  # noqa: ANN401 - the event's own fields
) -> EmergencyListEvent:
    """The event that somebody wants recorded; `at` is when it happened, now if left out. Raises `InvalidFieldsError`."""
    try:
        return model(meta=meta_of(StepRequest(occurred_at=at), origin), **told)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def change(uow: UnitOfWork, proposed: EmergencyListEvent) -> Changed:
    """Record it, or raise the domain's named refusal. Durable with the unit of work, all of it or nothing."""
    lists = uow.emergency_lists()
    events = decide(lists, proposed)
    position = uow.append(EMERGENCY_LISTS, events, expected=lists.version) if events else 0
    for event in events:
        lists = evolve(lists, event)
    return Changed(lists, position, events)


class ListWatch:
    """Holds each list against its folder. Nothing is kept here: the domain records what is new, and each day once."""

    def __init__(
        self, lists: Callable[[], EmergencyLists], folders: Folders, committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._lists, self._folders, self._committer, self._clock = lists, folders, committer, clock

    async def look(self) -> int:
        """Look at every list and record what is new; how many events that made.

        Raises `UnavailableError`: what was not recorded then is recorded by the next look.
        """
        return sum([await self.record(one) for one in await self.see()])

    async def see(self, name: str | None = None) -> list[Look]:
        """Look at every list, or at one, and record nothing. Raises `UnknownListError`."""
        known = await asyncio.to_thread(self._lists)
        wanted = known.in_order_of_name() if name is None else (known.get(name),)
        return list(await asyncio.gather(*(self._see(one) for one in wanted)))

    async def _see(self, one: EmergencyList) -> Look:
        seen = await self._folders.look(one.folder or "", one.expected.pattern)
        # By the clock after the look: a file that was written while it ran is not of the future.
        return Look(one, seen, checked(one, seen, self._clock()))

    async def record(self, look: Look) -> int:
        """Record a look if it tells something new; how many events that made. What is on record needs no write lock."""
        if not decide(await asyncio.to_thread(self._lists), look.checked):
            return 0
        return len((await self._committer.submit(partial(change, proposed=look.checked))).events)


def checked(one: EmergencyList, seen: Seen, now: datetime) -> ListChecked:
    """The event of a look."""
    newest = seen.newest
    correlation = uuid5(EMERGENCY_LISTS, f"{one.name}\n{rfc3339_utc(now)}")
    return ListChecked(
        meta=Meta(actor="system:emergency-lists", channel="system", occurred_at=now, correlation_id=f"list-{correlation}"),
        list_name=one.name,
        problems=problems_of(one.expected, seen, now=now, since=one.since),
        trouble=seen.trouble,
        written_at=newest and newest.written_at,
        bytes=newest and newest.bytes,
        sha256=seen.sha256,
        days_kept=days_kept(seen, one.expected, now),
        access_checked=seen.access_checked,
    )
