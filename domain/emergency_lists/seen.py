"""What lies in a list's folder, as somebody looked, and what is wrong with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.emergency_lists.expected import Expected, Readers
from domain.time import local

CLOCKS_DIFFER = timedelta(minutes=5)
"""So much two machines' clocks may differ before nothing can be said of a file's age."""


class Problem(StrEnum):
    """What can be wrong. The worst comes first: the first ones leave nobody a list, the last ones leave it to too many."""

    UNREADABLE = "unreadable"
    """The folder or its newest file cannot be read: what lies there is not known."""
    LATE = "late"
    EMPTY = "empty"
    """It came, and holds less than it must."""
    FROM_THE_FUTURE = "from_the_future"
    """The newest file is dated after now: a clock is wrong, and its age is unknown."""
    TOO_OPEN = "too_open"
    """Others than those allowed may read or change it."""
    TOO_FEW_KEPT = "too_few_kept"
    TOO_MANY_KEPT = "too_many_kept"
    """Files lie there that should be deleted."""


class Trouble(StrEnum):
    """Why a folder or a file could not be read."""

    MISSING = "missing"
    DENIED = "denied"
    HANGS = "hangs"
    """A drive on the network that does not answer."""
    FAILED = "failed"


class SeenFile(NamedTuple):
    """A whole file that matches. `written_at` is UTC, by the drive's clock; owner, group, mode are None where unchecked."""

    name: str
    written_at: datetime
    bytes: int
    owner: str | None = None
    group: str | None = None
    mode: int | None = None


class Seen(NamedTuple):
    """A folder. `files` are the newest first; `lines` and `sha256` are of the newest, and of none other."""

    files: tuple[SeenFile, ...] = ()
    lines: int = 0
    sha256: str | None = None
    folder_mode: int | None = None
    access_checked: bool = True
    """False where who may read is not told by owner, group and mode: Windows, or an access control list."""
    trouble: Trouble | None = None

    @property
    def newest(self) -> SeenFile | None:
        """None when there is no whole file."""
        return self.files[0] if self.files else None


def days_kept(seen: Seen, expected: Expected, now: datetime) -> int:
    """On how many of Copenhagen's days, of those kept, a file was written."""
    today = local(now).date()
    days = {local(file.written_at).date() for file in seen.files}
    return sum(timedelta() <= today - day <= timedelta(days=expected.kept_days) for day in days)


def problems_of(expected: Expected, seen: Seen, *, now: datetime, since: datetime) -> tuple[Problem, ...]:
    """What is wrong at `now`, the worst first; nothing: the list is in order. It is expected `since`. Times are UTC."""
    if seen.trouble is not None:
        return (Problem.UNREADABLE,)
    return tuple(sorted(set(_problems(expected, seen, now, since)), key=list(Problem).index))


def _problems(expected: Expected, seen: Seen, now: datetime, since: datetime) -> Iterator[Problem]:
    newest = seen.newest
    if newest is None:
        # A list that was declared a moment ago has as long to come as any other.
        if now - since > expected.fresh_for:
            yield Problem.LATE
        return
    if newest.written_at - now > CLOCKS_DIFFER:
        yield Problem.FROM_THE_FUTURE
    elif now - newest.written_at > expected.fresh_for:
        yield Problem.LATE
    if newest.bytes < expected.min_bytes or seen.lines < expected.min_lines:
        yield Problem.EMPTY
    if _is_open(seen, expected.readers):
        yield Problem.TOO_OPEN
    if days_kept(seen, expected, now) < _days_due(expected, seen, now, since):
        yield Problem.TOO_FEW_KEPT
    today = local(now).date()
    if any(today - local(file.written_at).date() > timedelta(days=expected.kept_days) for file in seen.files):
        yield Problem.TOO_MANY_KEPT


def _days_due(expected: Expected, seen: Seen, now: datetime, since: datetime) -> int:
    today = local(now).date()
    age = (today - local(since).date()).days
    # Until today's file is written, the day that it replaces may be gone already.
    is_todays = any(local(file.written_at).date() == today for file in seen.files)
    return max(1, min(expected.days_with_a_file, age) - (not is_todays))


def _is_open(seen: Seen, readers: Readers) -> bool:
    if seen.folder_mode is not None and seen.folder_mode & 0o002:
        # Whoever may write in the folder may put another list in the list's place.
        return True
    return any(_file_is_open(file, readers) for file in seen.files)


def _file_is_open(file: SeenFile, readers: Readers) -> bool:
    if file.mode is None:
        return False
    return (
        bool(file.mode & 0o777 & ~int(readers.mode, 8))
        or (readers.owner is not None and file.owner != readers.owner)
        or (readers.group is not None and bool(file.mode & 0o070) and file.group != readers.group)
    )
