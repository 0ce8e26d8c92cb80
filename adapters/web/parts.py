"""What the web needs from outside: adapters/main.py fills it in, tests fill it in over a store of their own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol, assert_never

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection
from starlette.requests import Request

from adapters.pack.room import HousePacks
from adapters.web.caller import House, Person, Tool, caller_of
from domain.catalogue.landscape import Landscape
from handlers.access_log import AccessLog, Opened
from handlers.anchoring import KeptAnchors
from handlers.checkpoints import Checkpoints
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom
from handlers.intake_door import IntakeDoor
from handlers.landscapes import Landscapes
from handlers.registers import RegisterState
from handlers.requests import Origin

LAST_POSITION = 2**63 - 1
"""No log reaches it, and no database knows a greater number."""
BEHIND = 500
"""Messages on the bus from which people are told that the log is behind: fewer are one batch, a moment's work."""
Reader = Callable[[], AbstractContextManager[Connection]]
"""Opens a reading connection to one projection's tables, for its query functions; used on several threads."""

Past = Callable[[str, int], AbstractContextManager[Connection]]
"""Opens one projection's tables, by its name, as they stood after a position; see `handlers.past_tables`."""


class Commits(Protocol):
    """Wakes whoever follows the log."""

    @property
    def closed(self) -> bool:
        """Whether the process is about to end: streams end then, so that the server can."""

    @property
    def count(self) -> int:
        """Rises with every commit that is heard of: while it stands still, what was read of the log still holds."""

    async def wait_past(self, position: int, timeout_s: float) -> int:
        """The log's head as soon as it is past `position`; after the timeout, or once closed, whatever it is."""


class CommitsWhile:
    """Commits for somebody who may follow them as long as `admitted` says so: then it is as if the process ended."""

    def __init__(self, commits: Commits, admitted: Callable[[], bool]) -> None:
        self._commits, self._admitted = commits, admitted

    @property
    def closed(self) -> bool:
        """See `Commits`."""
        return self._commits.closed or not self._admitted()

    @property
    def count(self) -> int:
        """See `Commits`."""
        return self._commits.count

    async def wait_past(self, position: int, timeout_s: float) -> int:
        """See `Commits`."""
        return await self._commits.wait_past(position, timeout_s)


class Health(NamedTuple):
    """How the process is. `ready` is false when it should get no requests; `details` are clear facts for machines."""

    ready: bool
    details: Mapping[str, Any]


@dataclass(frozen=True)
class WebParts:
    """`token` is the house's own: it opens all of API and page. `clock` is UTC.

    `origin` is given channel (`web`, `api`) and correlation id. `wait_for` returns true once the read models show that
    position, false when they do not within the second or two that a person waits. `health` is quick: it is asked on the event
    loop.
    """

    desk: Desk
    door: IntakeDoor
    ledger: Checkpoints
    register: Reader
    deadlines: Reader
    casework: Reader
    signals: Reader
    reporting: Reader
    catalogue: Reader
    landscape: Callable[[], Landscape]
    """The catalogue's objects and ties together, as the tables show them."""
    past: Past
    health: Callable[[], Health]
    metrics: CollectorRegistry
    token: str
    origin: Callable[[str, str], Origin]
    clock: Callable[[], datetime]
    commits: Commits
    wait_for: Callable[[int], Awaitable[bool]]
    version: str
    backlog: Callable[[], int]
    """Messages that were acknowledged to tools on the bus and are not in the log yet, as this process knows it. Quick."""
    access_log: AccessLog
    """Who read which incident; each answer that shows one is in it first."""
    intake_limit: Callable[[str], int]
    """The largest body that a source may send, in bytes."""
    evidence: EvidenceRoom
    anchors: KeptAnchors
    packs: HousePacks | None = None
    """The emergency packs; None until a drive is configured."""
    read_only: Callable[[], str | None] = lambda: None
    """Why nothing may be written in this house; None: it may."""
    registers: Callable[[], Sequence[RegisterState]] = tuple
    """What the other registers that are configured told last. Blocks."""

    def of(self, request: Request) -> "WebParts":
        """The same parts as whoever sent this request may use them. Every route that tells of incidents begins here."""
        match caller_of(request):
            case House():
                return self._witnessed(request, self.desk)
            case Person() as person:
                return self._of_person(person, request)
            case Tool():
                msg = f"{request.url.path} tells of incidents, so no source's token gets this far"
                raise RuntimeError(msg)
            case None:
                msg = f"{request.url.path} needs no sign-in, so it may tell of no incident"
                raise RuntimeError(msg)
            case caller:
                assert_never(caller)

    def as_of(self, position: int, instant: datetime) -> "WebParts":
        """The same parts as the read models stood after `position`; what was overdue then is so at `instant`, UTC."""
        return replace(
            self,
            register=partial(self.past, "register", position),
            deadlines=partial(self.past, "deadlines", position),
            casework=partial(self.past, "casework", position),
            signals=partial(self.past, "signals", position),
            reporting=partial(self.past, "reporting", position),
            catalogue=partial(self.past, "catalogue", position),
            landscape=Landscapes(partial(self.past, "catalogue", position)).now,
            clock=lambda: instant,
        )

    def _witnessed(self, request: Request, desk: Desk) -> "WebParts":
        opened: Opened = request.state.opened
        return replace(self, desk=desk.witnessed(opened.note))

    def _of_person(self, person: Person, request: Request) -> "WebParts":
        def origin(channel: str, correlation_id: str) -> Origin:
            return self.origin(channel, correlation_id)._replace(actor=person.holder)

        def admitted() -> bool:
            grant = self.desk.history.organisation().grants.get(person.holder)
            return grant is not None and grant.token_sha256 == person.token_sha256 and grant.holds(self.clock())

        seen = self._witnessed(request, self.desk.of(person.holder, person.scope))
        return replace(seen, origin=origin, commits=CommitsWhile(self.commits, admitted))
