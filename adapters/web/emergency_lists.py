"""GET /noedlister and /api/v1/emergency-lists: which lists are expected, how they stand, who was given one."""

from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.emergency_lists.json import list_object
from adapters.emergency_lists.words import ACCESS_UNCHECKED, ADVICE, outcome_words
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.words.wording import Language
from domain.emergency_lists.state import EmergencyList


class Shown(NamedTuple):
    """A list and how it stands, in words."""

    list: EmergencyList
    in_order: bool
    outcome: str
    advice: tuple[str, ...]


def emergency_lists_router(parts: WebParts) -> APIRouter:
    """Reading only: lists are declared, looked at and released on the machine that sees their drives."""
    router = obeying(tags=["emergency lists"])

    @router.get("/api/v1/emergency-lists", summary="Emergency lists of systems, as of the last look on record")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        seen = parts.of(request)
        lists = await reading(seen.desk.history.emergency_lists)
        return json_answer([list_object(one, seen.clock()) for one in lists.in_order_of_name()])

    return router


def emergency_lists_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """The same for people. Those that nobody may rely on come first."""
    router = obeying(include_in_schema=False)

    @router.get("/noedlister")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        seen, language = parts.of(request), language_of(request)
        lists, now = await reading(seen.desk.history.emergency_lists), seen.clock()
        shown = [_shown(one, now, language) for one in lists.in_order_of_name()]
        shown.sort(key=lambda one: one.in_order)
        return pages.page(request, "emergency_lists.html", lists=shown)

    return router


def _shown(one: EmergencyList, now: datetime, language: Language) -> Shown:
    last = one.checked
    problems = last.problems if last and not one.is_unwatched(now) else ()
    unchecked = (ACCESS_UNCHECKED,) if last and not last.access_checked else ()
    advice = tuple(words.to(language) for words in (*(ADVICE[problem] for problem in problems), *unchecked))
    return Shown(one, last is not None and one.is_in_order(now), outcome_words(one, now, language), advice)
