"""/haendelser/{reference}/laest: who has read this incident; /laesninger: who read what. For those who answer for it."""

from typing import ClassVar, NamedTuple
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.audit.access_words import WAYS
from adapters.web.answers import reading
from adapters.web.caller import House, Tells, caller_of, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.words.wording import Language
from domain.errors import SporlogError
from domain.roles import Role
from handlers.access_log import Reading

SHOWN = 200
"""Of the newest readings."""
ANSWERABLE = (Role.DECISION_MAKER, Role.DOCUMENTATION_LEAD, Role.DPO)
"""They see who read an incident of their entity: it is personal data of colleagues, and no business of all."""


class ReadingsNotShownError(SporlogError):
    """Who read what is for those who answer for it."""

    code: ClassVar[str] = "readings-not-shown"
    status: ClassVar[int] = 403


class Line(NamedTuple):
    """A reading as people are told of it."""

    reading: Reading
    references: tuple[str, ...]
    way: str


def access_log_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading only; what is shown here names no text, so looking is not logged."""
    router = obeying(include_in_schema=False)

    @router.get("/laesninger")
    @tells(Tells.HOUSE)
    async def show_all(request: Request) -> Response:
        lines = await reading(_lines, parts.of(request), None, language_of(request))
        return pages.page(request, "access_log.html", reference=None, lines=lines, limit=SHOWN)

    @router.get("/haendelser/{reference}/laest")
    @tells(Tells.ENTITY)
    async def show(request: Request, reference: str) -> Response:
        seen = parts.of(request)
        incident = await reading(seen.desk.find, reference)
        if not await reading(may_see_readings, seen, request, incident):
            raise ReadingsNotShownError(
                f"who read {reference} is shown to its {', '.join(ANSWERABLE)} and with the house's token"
            )
        lines = await reading(_lines, seen, incident, language_of(request))
        return pages.page(request, "access_log.html", reference=reference, lines=lines, limit=SHOWN)

    return router


def may_see_readings(parts: WebParts, request: Request, incident: UUID) -> bool:
    """Whether the caller is told who read that incident."""
    if isinstance(caller_of(request), House):
        return True
    placings = parts.desk.organisation().placings.items()
    entity, holder = parts.desk.history.entity_of(incident), parts.desk.holder
    return any(place.entity == entity and place.role in ANSWERABLE and holder in placing.ids for place, placing in placings)


def _lines(parts: WebParts, incident: UUID | None, language: Language) -> list[Line]:
    found = parts.access_log.readings(incident=incident, limit=SHOWN)
    name_of = parts.desk.history.reference_of
    return [Line(one, tuple(sorted(name_of(i) or str(i) for i in one.incidents)), WAYS[one.way].to(language)) for one in found]
