"""What is read is in the log of readings before it leaves: every answer passes here, so no route can forget.

While the log of readings takes nothing (its disk is full), what is read is kept in memory and in the process's own log, and is
written down with the next that can be: nobody who works in a crisis is blinded by it. When too much is owed, or something else
is wrong, an answer that cannot be logged is not given; a stream that has begun ends instead.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.data_directory import PAGE_USER
from adapters.web.acting_cookie import acting
from adapters.web.caller import SAFE, Person, caller_of
from adapters.web.problems import correlation_id, on_sporlog_error
from domain.errors import UnavailableError
from handlers.access_log import AccessLog, Opened, Reading, ReadingNotLoggedError

log = structlog.get_logger(__name__)

_PAPERS = ("application/pdf", "application/zip")
_REDIRECT = range(300, 400)
MAX_OWED = 10_000
"""Readings in memory that wait to be written down."""


class Readings:
    """Writes down what is read at the same time in one transaction."""

    def __init__(self, access_log: AccessLog) -> None:
        self._log = access_log
        self._waiting: list[tuple[Reading, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._owed: list[Reading] = []

    async def write(self, reading: Reading) -> None:
        """Durable on return, or owed: see the module. Raises `UnavailableError` when too much is owed."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((reading, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="readings")
        await written

    async def _write_all(self) -> None:
        while batch := self._waiting:
            self._waiting = []
            readings = [*self._owed, *(reading for reading, _ in batch)]
            try:
                await asyncio.to_thread(self._log.record, readings)
            except UnavailableError as error:
                self._owe(batch, readings, error)
            except Exception as error:  # noqa: BLE001 - handed to each of those who wait
                _tell(batch, error)
            else:
                self._owed = []
                _tell(batch, None)

    def _owe(self, batch: "_Batch", readings: list[Reading], error: UnavailableError) -> None:
        if len(readings) > MAX_OWED:
            _tell(batch, error)
            return
        self._owed = readings
        for reading, _ in batch:
            # Should the process die before it can be written down, this line is what is left of it.
            told = {"who": reading.who, "way": reading.way, "incidents": sorted(map(str, reading.incidents))}
            log.warning("a reading is owed to the log of readings", reason=str(error), **told)
        _tell(batch, None)


_Batch = list[tuple[Reading, "asyncio.Future[None]"]]


def _tell(batch: _Batch, error: Exception | None) -> None:
    for _, written in batch:
        if not written.done():
            if error is None:
                written.set_result(None)
            else:
                written.set_exception(error)


class _NotLoggedError(Exception):
    """Ends a stream that has begun."""


class Witness:
    """See the module. Inside the gate, which knows who is calling."""

    def __init__(
        self,
        app: ASGIApp,
        access_log: AccessLog,
        clock: Callable[[], datetime],
        dress: Callable[[Request, Response], Response],
    ) -> None:
        self._app, self._readings, self._clock, self._dress = app, Readings(access_log), clock, dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, opened = Request(scope), Opened()
        request.state.opened = opened
        start: Message | None = None
        refused = False

        async def send_on(message: Message) -> None:
            nonlocal start, refused
            if refused:
                return
            begins = message["type"] == "http.response.start"
            start = message if begins else start
            # An answer without text: what was opened to find out where to go on is shown to nobody.
            shows = start is None or start["status"] not in _REDIRECT
            if shows and start is not None and (fresh := opened.take()):
                try:
                    await self._readings.write(_reading(request, start, fresh, self._clock()))
                except UnavailableError as error:
                    log.warning("a reading could not be logged, so nothing was shown", reason=str(error))
                    if not begins:
                        raise _NotLoggedError from error
                    refused = True
                    await self._refusal(request, error)(scope, receive, send)
                    return
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except _NotLoggedError:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _refusal(self, request: Request, error: UnavailableError) -> Response:
        said = f"that this is read could not be written down, so it is not shown: {error}"
        if request.method not in SAFE:
            said += "; what was sent may be recorded, so look before you send it again"
        return self._dress(request, on_sporlog_error(request, ReadingNotLoggedError(said)))


def _reading(request: Request, start: Message, incidents: frozenset[UUID], now: datetime) -> Reading:
    kind = Headers(raw=start["headers"]).get("content-type", "").partition(";")[0]
    path: str = getattr(request.scope.get("route"), "path", request.url.path)
    if kind == "text/event-stream":
        way = "live"
    elif kind in _PAPERS:
        way = "paper"
    else:
        way = "api" if path.startswith("/api/") else "page"
    own = isinstance(caller_of(request), Person)
    who = acting(request) or PAGE_USER
    return Reading(now, who, own, None, way, path, correlation_id(request), incidents)
