"""Who may: the API token as Bearer, or the cookie that a browser gets for it; and no form sent from another site."""

import hmac
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

COOKIE = "sporlog"
COOKIE_AGE_S = 30 * 86_400
FREE = frozenset({"/healthz", "/log-ind", "/favicon.ico"})
FREE_BELOW = "/static/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Verdict = Literal["pass", "first-visit", "unknown", "cross-site"]


class Doorkeeper:
    """Compares in constant time. The cookie holds a keyed hash, so that a browser never keeps the token itself."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._cookie = hmac.digest(self._token, b"sporlog/cookie/v1", "sha256").hex()

    def judge(self, request: Request) -> Verdict:
        """What to do with a request."""
        if request.url.path in FREE or request.url.path.startswith(FREE_BELOW):
            # Signing in from another site would let that site choose whose log this browser writes in.
            return "pass" if request.method in SAFE or same_origin(request) else "cross-site"
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.knows(given.strip()):
            return "pass"
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._cookie.encode()):
            return "pass" if request.method in SAFE or same_origin(request) else "cross-site"
        if request.method == "GET" and self.knows(request.query_params.get("token", "")):
            return "first-visit"
        return "unknown"

    def knows(self, token: str) -> bool:
        """Whether this is the token."""
        return hmac.compare_digest(token.encode(), self._token)

    def admit(self, request: Request, to: str) -> Response:
        """Give the browser its cookie and send it on; the token leaves the address bar."""
        response = RedirectResponse(to, 303)
        response.set_cookie(
            COOKIE,
            self._cookie,
            max_age=COOKIE_AGE_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response


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
