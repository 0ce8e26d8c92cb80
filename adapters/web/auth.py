"""Who may: a token as Bearer, or the cookie that a browser gets for it; and no form sent from another site.

There is the house's own token, one for each holder of a grant, and one for each source; of the latter two only the token's
SHA-256 is on record. A source's token is for its tool alone: no browser signs in with it.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.caller import SAFE, Caller, House, OutsidePeriodError, Person, Tool
from adapters.web.source_tokens import source_of
from domain.intake.state import IntakeSetup
from domain.organisation.state import Organisation

COOKIE = "sporlog"
COOKIE_AGE_S = 30 * 86_400
FREE = frozenset({"/healthz", "/log-ind", "/favicon.ico"})
FREE_BELOW = "/static/"

Verdict = Literal["pass", "first-visit", "unknown", "cross-site"]


class Judgement(NamedTuple):
    """What to do with a request, and whose it is; nobody's where no sign-in is needed, or none was found."""

    verdict: Verdict
    caller: Caller | None = None


class _Key(NamedTuple):
    """How a caller is known again. The cookie is a keyed hash, so that a browser never keeps the token itself."""

    token_sha256: str
    cookie: str


class Doorkeeper:
    """Compares hashes, in constant time.

    `organisation` reads what is on record, `clock` is UTC; `commits` counts what was committed, here or by another process: as
    long as it stands still, nothing is read again.
    """

    def __init__(
        self,
        token: str,
        organisation: Callable[[], Organisation],
        sources: Callable[[], IntakeSetup],
        commits: Callable[[], int],
        clock: Callable[[], datetime],
    ) -> None:
        self._secret = token.encode()
        self._house = _Key(_sha256(token), self._cookie(b""))
        self._organisation, self._sources, self._commits, self._clock = organisation, sources, commits, clock
        self._grants: dict[Person, _Key] = {}
        self._known_at: int | None = None

    def judge(self, request: Request) -> Judgement:
        """What to do with a request.

        Raises `UnavailableError` when grants cannot be read: then they open nothing; and `OutsidePeriodError`.
        """
        # Signing in from another site would let that site choose whose log this browser writes in.
        forged = request.method not in SAFE and not same_origin(request)
        if request.url.path in FREE or request.url.path.startswith(FREE_BELOW):
            return Judgement("cross-site" if forged else "pass")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and (caller := self.recognise(given.strip()) or self._tool(given.strip())):
            return Judgement("pass", self._in_time(caller))
        # Before the cookie: the link of one person makes a browser theirs, whoever used it before.
        if request.method == "GET" and (caller := self.recognise(request.query_params.get("token", ""))):
            return Judgement("first-visit", self._in_time(caller))
        if caller := self._find(1, request.cookies.get(COOKIE, "")):
            return Judgement("cross-site" if forged else "pass", self._in_time(caller))
        return Judgement("unknown")

    def _in_time(self, caller: Caller) -> Caller:
        if isinstance(caller, Person) and caller.period is not None and not caller.period.holds(self._clock()):
            raise OutsidePeriodError(caller.period)
        return caller

    def recognise(self, token: str) -> House | Person | None:
        """Whose token this is, of those who may sign in with a browser."""
        return self._find(0, _sha256(token)) if token else None

    def admit(self, caller: House | Person, request: Request, to: str) -> Response:
        """Give the browser its cookie and send it on; the token leaves the address bar."""
        key = self._house if isinstance(caller, House) else self._granted()[caller]
        response = RedirectResponse(to, 303)
        response.set_cookie(
            COOKIE,
            key.cookie,
            max_age=COOKIE_AGE_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    def _tool(self, token: str) -> Tool | None:
        source = source_of(self._sources(), _sha256(token)) if token else None
        return None if source is None else Tool(source)

    def _find(self, part: Literal[0, 1], given: str) -> House | Person | None:
        if not given:
            return None
        if _same(given, self._house[part]):
            return House()
        return next((person for person, key in self._granted().items() if _same(given, key[part])), None)

    def _granted(self) -> dict[Person, _Key]:
        # Counted first: what is committed while it is read is read again.
        commits = self._commits()
        if commits != self._known_at:
            self._grants = {
                Person(holder, one.scope, one.token_sha256, one.period): _Key(
                    one.token_sha256, self._cookie(one.token_sha256.encode())
                )
                for holder, one in self._organisation().grants.items()
            }
            self._known_at = commits
        return self._grants

    def _cookie(self, of: bytes) -> str:
        # The hashes of tokens are on the bus for all to read: without the house's token no cookie can be made of them.
        return hmac.digest(self._secret, b"sporlog/cookie/v1" + of, "sha256").hex()


def _sha256(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())


def same_origin(request: Request) -> bool:
    """Whether a page of ours sent this. A browser tells; a caller that tells nothing is none of ours."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def without_token(request: Request) -> str:
    """The address of this request with the token taken out."""
    url = request.url.remove_query_params("token")
    return url.path + (f"?{url.query}" if url.query else "")


def local_path(text: str) -> str:
    """A path on this server to go on to; anything else becomes the front page."""
    is_local = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_local else "/"
