"""Who works at this browser: whose token opened it; with the house's, who said so: a cookie, a claim and no proof."""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from adapters.web.auth import COOKIE_AGE_S
from adapters.web.caller import Person, caller_of

ACTING_COOKIE = "sporlog-hvem"
LONGEST = 253
"""As long as an actor's id may be."""


def acting(request: Request) -> str | None:
    """The id, or None when nobody said."""
    if isinstance(caller := caller_of(request), Person):
        return caller.holder
    return unquote(request.cookies.get(ACTING_COOKIE, ""))[:LONGEST] or None


def remember_acting(response: Response, who: str) -> None:
    """Keep it; an empty id forgets it. A cookie holds ASCII only, and a mailbox may have æ, ø or å."""
    if who:
        value = quote(who[:LONGEST])
        response.set_cookie(ACTING_COOKIE, value, max_age=COOKIE_AGE_S, httponly=True, samesite="strict")
    else:
        response.delete_cookie(ACTING_COOKIE)
