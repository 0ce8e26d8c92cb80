"""What the web needs from outside: adapters/main.py fills it in, tests fill it in over a store of their own."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from handlers.desk import Desk
from handlers.intake_door import IntakeDoor
from handlers.requests import Origin

LAST_POSITION = 2**63 - 1
"""No log reaches it, and no database knows a greater number."""
Reader = Callable[[], AbstractContextManager[Connection]]
"""Opens a reading connection to one projection's tables, for its query functions; used on several threads."""


class Commits(Protocol):
    """Wakes whoever follows the log."""

    @property
    def closed(self) -> bool:
        """Whether the process is about to end: streams end then, so that the server can."""

    async def wait_past(self, position: int, timeout_s: float) -> int:
        """The log's head as soon as it is past `position`; after the timeout, or once closed, whatever it is."""


class Health(NamedTuple):
    """How the process is. `ready` is false when it should get no requests; `details` are clear facts for machines."""

    ready: bool
    details: Mapping[str, Any]


@dataclass(frozen=True)
class WebParts:
    """`token` opens the API and the page. `origin` is given channel (`web`, `api`) and correlation id. `clock` is UTC.

    `wait_for` returns true once the read models show that position, false when they do not within the second or two that a
    person waits. `health` is quick: it is asked on the event loop.
    """

    desk: Desk
    door: IntakeDoor
    register: Reader
    deadlines: Reader
    casework: Reader
    signals: Reader
    health: Callable[[], Health]
    metrics: CollectorRegistry
    token: str
    origin: Callable[[str, str], Origin]
    clock: Callable[[], datetime]
    commits: Commits
    wait_for: Callable[[int], Awaitable[bool]]
    version: str
