"""Which of the two languages a reader gets: Danish first, English second."""

from starlette.requests import Request
from starlette.responses import Response

from adapters.words.wording import Language

LANG_COOKIE = "sporlog-sprog"
A_YEAR_S = 31_536_000


def language_of(request: Request) -> Language:
    """Asked for (`?lang=en`) or remembered; else Danish.

    The browser's own preference is not asked: many Danish workplaces run English browsers, and two people on the telephone
    must see the same words.
    """
    wanted = request.query_params.get("lang") or request.cookies.get(LANG_COOKIE)
    return "en" if wanted == "en" else "da"


def remember_language(request: Request, response: Response) -> None:
    """Keep what was asked for by name."""
    if "lang" in request.query_params:
        response.set_cookie(LANG_COOKIE, language_of(request), max_age=A_YEAR_S, httponly=True, samesite="strict")
