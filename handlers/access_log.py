"""Who read which incident: the port of the log of readings, and what notes that an incident's text was opened.

Every incident counts as confidential: its free text and names are sealed from the first event on, and nothing in the log says
of one that it is not (forvaltningsloven § 27, straffeloven § 152). Opening the text is reading; what tells clear facts only
(the stream of events, counts, metrics) is not. A list that shows titles is a reading of every incident in it.

The log of readings is personal data of those who work here, so it is kept apart from the events and for a short time. It is no
chain of hashes: a chain over entries that must go would either keep a trace of them or break where they went, and whoever has
the file could make it anew. Only what was written down elsewhere could tell; the operator is trusted with it as with the store.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Protocol, cast
from uuid import UUID

from domain.errors import SporlogError
from domain.events import Recorded, Sealed
from handlers.history import History

Note = Callable[[UUID], None]


class ReadingNotLoggedError(SporlogError):
    """That somebody reads could not be written down, so they are shown nothing."""

    code: ClassVar[str] = "reading-not-logged"
    status: ClassVar[int] = 503


class Reading(NamedTuple):
    """Somebody was shown the text of these incidents (at least one)."""

    at: datetime
    who: str
    proved: bool
    """Whether they came with a token of their own; with the house's token the id is a claim."""
    os_user: str | None
    """Of the operating system, on the command line."""
    way: str
    """page, live (a page that keeps itself up to date), api, paper or cli."""
    where: str
    """The route's pattern, or the command: never what was asked in it."""
    correlation_id: str
    incidents: frozenset[UUID]


class AccessLog(Protocol):
    """Guarantees: what was recorded is on disk on return, all or none; what was forgotten is in no answer and in no table.
    Safe from several threads and processes. Raises `UnavailableError`.
    """  # noqa: D205 - the guarantees are the summary

    def record(self, readings: Sequence[Reading]) -> None:
        """Write them down, in one transaction."""

    def readings(
        self, *, incident: UUID | None = None, who: str | None = None, since: datetime | None = None, limit: int = 1000
    ) -> list[Reading]:
        """The newest first: of one incident (then each names it alone), of one person, from a time on."""

    def forget(self, before: datetime) -> int:
        """Delete for good what is older, and tell how much that was."""


class _Noting:
    """A history that tells of each incident whose text it opens; all else is the history's own."""

    def __init__(self, history: History, note: Note) -> None:
        self._history, self._note = history, note

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the history has
        return getattr(self._history, name)

    def read_stream(self, aggregate_id: UUID, *, upto: int | None = None) -> list[Recorded]:
        """See `History`."""
        found = self._history.read_stream(aggregate_id, upto=upto)
        if found and _is_incident(found[0]):
            self._note(aggregate_id)
        return found

    def read(
        self, after: int, limit: int, *, upto: int | None = None, opened: bool = False, topics: Sequence[str] = ()
    ) -> list[Recorded]:
        """See `History`."""
        found = self._history.read(after, limit, upto=upto, opened=opened, topics=topics)
        if opened:
            for incident in {one.aggregate_id for one in found if _is_incident(one)}:
                self._note(incident)
        return found

    def unseal(self, stream: UUID, version: int, sealed: Sealed) -> dict[str, Any] | None:
        """See `History`."""
        found = self._history.unseal(stream, version, sealed)
        if found is not None and sealed.kid.startswith("incident:"):
            self._note(stream)
        return found


def _is_incident(recorded: Recorded) -> bool:
    return recorded.topic.startswith("incident.")


def noting(history: History, note: Note) -> History:
    """The same history; each incident whose text it opens is noted, on whatever thread."""
    return cast("History", _Noting(history, note))


class Opened:
    """The incidents that were opened for one reader. `note` is called on several threads."""

    def __init__(self) -> None:
        self._noted, self._told = set[UUID](), set[UUID]()

    def note(self, incident: UUID) -> None:
        """Its text was opened."""
        self._noted.add(incident)

    def take(self) -> frozenset[UUID]:
        """Those that were not taken yet: whoever looks on at the same page all day reads it once."""
        fresh = frozenset(self._noted.copy() - self._told)
        self._told |= fresh
        return fresh
