"""GET and POST /hvem: who works at this browser, so that each act carries a name and its role can be looked up.

With the house's token it is a claim, as `--actor` is on the command line; who has a token of their own is known by it, and
cannot be anybody else. The page says so.
"""

from collections import defaultdict
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting_cookie import acting, remember_acting
from adapters.web.answers import reading
from adapters.web.auth import local_path
from adapters.web.caller import Person, Tells, caller_of, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.organisation.state import Organisation
from handlers.desk import OtherActorError
from handlers.requests import Origin


class Known(NamedTuple):
    """Somebody whom the organisation names, and as what."""

    id: str
    roles: str


def acting_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; machines name the actor in each request."""
    router = obeying(prefix="/hvem", include_in_schema=False)

    @router.get("")
    @tells(Tells.OWN)
    async def ask(request: Request) -> Response:
        fixed = isinstance(caller_of(request), Person)
        # Who cannot choose is not shown the others.
        organisation = Organisation() if fixed else await reading(parts.of(request).desk.organisation)
        known = known_people(organisation, language_of(request))
        to = local_path(request.query_params.get("til", "/"))
        return pages.page(request, "acting.html", known=known, to=to, fixed=fixed)

    @router.post("")
    @tells(Tells.OWN)
    async def tell(request: Request) -> Response:
        if isinstance(caller := caller_of(request), Person):
            raise OtherActorError(f"with this token you are {caller.holder!r}: sign out first, to work here as somebody else")
        sent = await read_form(request)
        response = RedirectResponse(local_path(sent.get("til", "/")), 303)
        remember_acting(response, sent.get("other") or sent.get("who") or "")
        return response

    return router


def page_origin(parts: WebParts, request: Request) -> Origin:
    """Where an act on a page comes from."""
    origin = parts.of(request).origin("web", correlation_id(request))
    who = acting(request)
    return origin if who is None else origin._replace(actor=who)


def known_people(organisation: Organisation, language: Language) -> list[Known]:
    """Everybody whom the organisation names as holder or deputy, by id, with their roles."""
    roles: dict[str, list[str]] = defaultdict(list)
    for place, placing in organisation.placings.items():
        for person in (placing.holder, *placing.deputies):
            name = value_label("Role", place.role, language)
            roles[person].append(f"{name} ({place.administration})" if place.administration else name)
    return [Known(person, ", ".join(dict.fromkeys(held))) for person, held in sorted(roles.items())]
