"""What a list is to be: how often it comes, how much of it is kept, who may read it."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints

from domain.events import Frozen
from domain.incident.events import Name
from domain.organisation.events import HolderId

LEEWAY = timedelta(hours=2)
"""Beyond the cadence: one hour for the day that has 25, one for the job that writes the list."""
Account = Annotated[str, StringConstraints(pattern=r"^[^\s:/]{1,80}$")]
"""A user or group as the operating system calls it."""
Mode = Annotated[str, StringConstraints(pattern=r"^0[0-7]{3}$")]
"""Permissions as POSIX writes them, such as 0640."""
Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253, pattern=r"^[^/\\\x00]+$")]
"""Of file names in the folder itself: `*` any characters, `?` one, `[ab]` one of these."""


class Readers(Frozen):
    """Who may read the files at most. KL case 5: as few as possible, and only for their work."""

    owner: Account | None = None
    """None: whoever; then only group and permissions are held against the file."""
    group: Account | None = None
    mode: Mode = "0640"
    """A file may permit less, never more."""


class Expected(Frozen):
    """What is known of a list in clear. Its folder is not among it: it tells where citizens' data lie."""

    system: Name
    """The system that writes it, by the name that the catalogue and incidents use."""
    owner: HolderId
    """Opaque id of the role or mailbox that answers for it."""
    pattern: Pattern = "*"
    every_hours: Annotated[int, Field(ge=1, le=24 * 31)] = 24
    """Elapsed hours from one file to the next."""
    kept_days: Annotated[int, Field(ge=1, le=366)] = 7
    """For how many days files are there, and no longer: Copenhagen's days."""
    min_bytes: PositiveInt = 1
    min_lines: NonNegativeInt = 0
    readers: Readers = Readers()

    @property
    def fresh_for(self) -> timedelta:
        """How old the newest file may be."""
        return timedelta(hours=self.every_hours) + LEEWAY

    @property
    def days_with_a_file(self) -> int:
        """On how many days of those kept a file was written."""
        return max(1, self.kept_days * 24 // max(24, self.every_hours))
