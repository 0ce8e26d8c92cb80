"""Asking a register over HTTP: sign in again once, wait when asked to, and never take half an answer for a whole one."""

import re
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import httpx
import orjson

from handlers.registers import RegisterFailedError

TIMEOUT_S, LONGEST_WAIT_S, TRIES = 30.0, 30.0, 4
"""For an answer; for what a register asks to be left alone within one look; asks of one page."""
MAX_PAGE = 50_000_000
MAX_PAGES = 2_000

_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.BAD_GATEWAY})
Headers = Mapping[str, str]


class Caller:
    """One look's conversation with a register. `headers` makes what signs a request, and is asked again after a 401."""

    def __init__(
        self,
        who: str,
        http: httpx.Client,
        headers: Callable[[], Headers],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._who, self._http, self._make, self._sleep = who, http, headers, sleep
        self._headers: Headers | None = None

    def get(self, url: str, params: Mapping[str, str] | None = None) -> tuple[Any, Headers]:
        """The answer's JSON and its headers. Raises `RegisterFailedError`."""
        renewed, pause = False, 1.0
        for attempt in range(1, TRIES + 1):
            if self._headers is None:
                self._headers = self._make()
            answer = self._send(lambda: self._http.get(url, params=params, headers=self._headers))
            if answer.status_code == HTTPStatus.UNAUTHORIZED and not renewed:
                # A token lives for some hours; a new one that is refused too means that something else is wrong.
                self._headers, renewed = None, True
                continue
            if answer.status_code in _BUSY and attempt < TRIES:
                wait = _asked_wait(answer) or pause
                if wait > LONGEST_WAIT_S:
                    raise RegisterFailedError(f"{self._who} asks to be left alone for {wait:.0f} seconds: tried again later")
                self._sleep(wait)
                pause *= 2
                continue
            check(self._who, answer)
            return read(self._who, answer), answer.headers
        raise RegisterFailedError(f"{self._who} was asked {TRIES} times for one page and gave none")

    def post(self, url: str, body: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
        """Sign in: the answer's JSON. Raises `RegisterFailedError`."""
        answer = self._send(lambda: self._http.post(url, json=body))
        check(self._who, answer)
        return read(self._who, answer)

    def _send(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        try:
            answer = ask()
        except httpx.TimeoutException as error:
            raise RegisterFailedError(f"{self._who} did not answer within {TIMEOUT_S:.0f} seconds") from error
        except httpx.HTTPError as error:
            # Its message may repeat the address; the class says what happened.
            raise RegisterFailedError(f"{self._who} could not be read: {type(error).__name__}") from error
        if len(answer.content) > MAX_PAGE:
            raise RegisterFailedError(f"{self._who} sent a page of more than {MAX_PAGE // 1_000_000} MB")
        return answer


def check(who: str, answer: httpx.Response) -> None:
    """Raises `RegisterFailedError` for anything but 200. What the body says is not repeated: it may hold anything."""
    if answer.status_code == HTTPStatus.OK:
        return
    told = {
        HTTPStatus.UNAUTHORIZED: "user, password or key is wrong",
        HTTPStatus.FORBIDDEN: "its user may not read this",
        HTTPStatus.NOT_FOUND: "there is no such address: check the setting",
    }.get(HTTPStatus(answer.status_code) if answer.status_code in list(HTTPStatus) else HTTPStatus.OK, "")
    raise RegisterFailedError(f"{who} answered {answer.status_code}{': ' if told else ''}{told}")


def read(who: str, answer: httpx.Response) -> Any:  # noqa: ANN401 - any JSON value
    """The body's JSON: half a page is none."""
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise RegisterFailedError(f"{who} sent a page that is no JSON, or half of one") from error


def _asked_wait(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("Retry-After", "")
    return float(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else None
