"""The emergency lists as they stand, and how each event changes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple, assert_never, cast

from domain.emergency_lists import events as e
from domain.emergency_lists.errors import UnknownListError
from domain.emergency_lists.expected import Expected
from domain.events import DomainEvent

UNWATCHED_AFTER = timedelta(hours=26)
"""A look is recorded once a day at least: when none was for so long, nobody looks."""
RELEASES_KEPT = 50


class Released(NamedTuple):
    """A list that somebody was given. `at` is when it happened, UTC."""

    at: datetime
    by: str
    sha256: str | None
    written_at: datetime | None
    to: str | None
    file: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class EmergencyList:
    """A list that is expected. `since` is when it was declared, UTC; `checked` is the last look on record."""

    name: str
    expected: Expected
    folder: str | None
    since: datetime
    checked: e.ListChecked | None = None
    released: tuple[Released, ...] = ()
    """The newest first, the last fifty; the log has all."""

    def is_unwatched(self, now: datetime) -> bool:
        """Whether nobody has looked for so long that nothing is known."""
        return now - (self.checked.meta.occurred_at if self.checked else self.since) > UNWATCHED_AFTER

    def is_in_order(self, now: datetime) -> bool:
        """Whether a person may rely on it."""
        return not self.is_unwatched(now) and not (self.checked and self.checked.problems)


@dataclass(frozen=True, slots=True)
class EmergencyLists:
    """The state that `evolve` makes: the lists that are expected, by name in small letters."""

    version: int = 0
    lists: Mapping[str, EmergencyList] = field(default_factory=dict)

    def find(self, name: str) -> EmergencyList | None:
        """In any spelling of upper and lower case."""
        return self.lists.get(key_of(name))

    def get(self, name: str) -> EmergencyList:
        """The same. Raises `UnknownListError`."""
        found = self.find(name)
        if found is None:
            known = ", ".join(one.name for one in self.in_order_of_name()) or "none"
            msg = f"no emergency list named {name!r} is expected (those that are: {known})"
            raise UnknownListError(msg)
        return found

    def in_order_of_name(self) -> tuple[EmergencyList, ...]:
        """All that are expected."""
        return tuple(self.lists[key] for key in sorted(self.lists))

    def alarming(self, now: datetime) -> tuple[EmergencyList, ...]:
        """Those that nobody may rely on, by name."""
        return tuple(one for one in self.in_order_of_name() if not one.is_in_order(now))


def key_of(name: str) -> str:
    """What makes two names the same list's."""
    return name.strip().casefold()


def evolve(known: EmergencyLists, event: e.EmergencyListEvent) -> EmergencyLists:
    """Apply one recorded event."""
    key, version = key_of(event.list_name), known.version + 1
    if isinstance(event, e.ListWithdrawn):
        return EmergencyLists(version, {name: one for name, one in known.lists.items() if name != key})
    return EmergencyLists(version, {**known.lists, key: _changed(known.lists.get(key), event)})


def _changed(
    one: EmergencyList | None, event: e.ListDeclared | e.ListChanged | e.ListChecked | e.ListReleased
) -> EmergencyList:
    if isinstance(event, e.ListDeclared):
        return EmergencyList(event.list_name, event.expected, event.folder, event.meta.occurred_at)
    assert one is not None, "only what is declared is changed, checked and released"  # noqa: S101 - a defect in deciding
    match event:
        case e.ListChanged():
            return replace(one, name=event.list_name, expected=event.expected, folder=event.folder)
        case e.ListChecked():
            return replace(one, checked=event)
        case e.ListReleased():
            meta = event.meta
            new = Released(meta.occurred_at, meta.actor, event.sha256, event.written_at, event.to, event.file, event.reason)
            return replace(one, released=(new, *one.released)[:RELEASES_KEPT])
        case _:
            assert_never(event)


def replay(events: Iterable[DomainEvent], known: EmergencyLists | None = None) -> EmergencyLists:
    """Fold events on top of what is known."""
    folded = known or EmergencyLists()
    for event in events:
        folded = evolve(folded, cast("e.EmergencyListEvent", event))
    return folded
