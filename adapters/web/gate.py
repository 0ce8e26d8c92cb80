"""What every request passes: correlation id, who may, how much, security headers, log line, metrics; no error gets out raw.

A plain ASGI wrapper: the framework's own middleware classes cost an alert several times this.
"""

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.web.auth import Doorkeeper, without_token
from adapters.web.body_limits import MAX_BODY
from adapters.web.caller import House, Person
from adapters.web.problems import on_sporlog_error, problem
from domain.errors import UnavailableError

log = structlog.get_logger(__name__)

CORRELATION = "X-Correlation-ID"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

ErrorPage = Callable[[Request, Response], Response]
"""Dresses a problem for a person's browser; leaves it alone for everybody else."""


class TooLargeError(HTTPException):
    """The body grew past the limit while it was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"the body has more than {limit} bytes: send fewer items at a time")


class Gate:
    """See the module."""

    def __init__(
        self,
        app: ASGIApp,
        doorkeeper: Doorkeeper,
        metrics: CollectorRegistry,
        dress: ErrorPage,
        *,
        limit: Callable[[str], int],
    ) -> None:
        self._app, self._doorkeeper, self._dress, self._limit_of = app, doorkeeper, dress, limit
        self._count = Counter("sporlog_http_requests", "HTTP requests", ["method", "route", "status"], registry=metrics)
        self._seconds = Histogram("sporlog_http_seconds", "Time to the answer's first byte", ["route"], registry=metrics)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given = request.headers.get(CORRELATION, "")
        correlation_id = given if _ACCEPTED_ID.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {}).update(correlation_id=correlation_id, caller=None)
        began, status = time.perf_counter(), 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[CORRELATION] = correlation_id
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                # What the log tells is confidential: no cache keeps it, but for the stylesheets that say so themselves.
                headers.setdefault("Cache-Control", "no-store")
                self._measure(scope, status, time.perf_counter() - began)
            await send(message)

        with structlog.contextvars.bound_contextvars(correlation_id=correlation_id):
            try:
                stopped = self._stop(request)
                await (stopped or self._app)(scope, self._bounded(request, receive), send_on)
            except Exception:
                log.exception("request failed", method=request.method, path=request.url.path)
                if status:
                    raise
                answer = problem(request, "error", 500, "an error inside Sporlog: look in its log for this correlation id")
                await self._dress(request, answer)(scope, receive, send_on)
            log.debug("request", method=request.method, path=request.url.path, status=status)

    def _stop(self, request: Request) -> Response | None:
        """The answer to a request that gets no further."""
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > MAX_BODY and int(length) > (limit := self._limit(request)):
            return self._dress(request, problem(request, "too-large", 413, TooLargeError(limit).detail))
        try:
            verdict, caller = self._doorkeeper.judge(request)
        except UnavailableError as error:
            return self._dress(request, on_sporlog_error(request, error))
        request.state.caller = caller
        if verdict == "first-visit" and isinstance(caller, House | Person):
            return self._doorkeeper.admit(caller, request, without_token(request))
        if verdict == "cross-site":
            return self._dress(request, problem(request, "cross-site", 403, "Sec-Fetch-Site or Origin is another site's"))
        if verdict == "unknown":
            detail = "send a token as `Authorization: Bearer ...`; `sporlog up` and `sporlog access add` print them"
            headers = {"WWW-Authenticate": 'Bearer realm="sporlog"'}
            return self._dress(request, problem(request, "sign-in-needed", 401, detail, headers=headers))
        return None

    def _measure(self, scope: Scope, status: int, seconds: float) -> None:
        # The route's pattern, not the path: references would make a series each.
        route: Any = scope.get("route")
        path = getattr(route, "path", "") or "none"
        self._count.labels(scope["method"], path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def _limit(self, request: Request) -> int:
        """Asked only of a body that is large: few are."""
        return self._limit_of(request.url.path)

    def _bounded(self, request: Request, receive: Receive) -> Receive:
        """A body without a length is counted while it comes."""
        total = 0

        async def bounded() -> Message:
            nonlocal total
            message = await receive()
            if message["type"] == "http.request":
                total += len(message.get("body", b""))
                if total > MAX_BODY and total > (limit := self._limit(request)):
                    raise TooLargeError(limit)
            return message

        return bounded
