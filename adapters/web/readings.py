"""An incident's two readings, what the log said and what was so: step by step, and side by side where they differ."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.incident.event_facts import NAMES
from adapters.incident.readings import CLOCK, Divergence, Order, divergence_object, divergences_of, step_object
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import At, instant_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.texts import text
from adapters.web.timeline import shown
from adapters.words.field_labels import short_label
from adapters.words.wording import Language

Ref = Annotated[str, Path(description="As people say it: H-2026-0042", max_length=40)]
By = Annotated[Order, Query(description="As recorded, or as it happened with what was entered later")]


class Line(NamedTuple):
    """A divergence as people read it."""

    since: datetime
    until: datetime | None
    field: str
    recorded: Any
    occurred: Any


def readings_router(parts: WebParts) -> APIRouter:
    """The API's side."""
    router = obeying(prefix="/api/v1/incidents", tags=["incidents"])

    @router.get("/{ref}/replay", summary="Its history with what each step changed, in either order")
    @tells(Tells.OWN)
    async def replay(request: Request, ref: Ref, at: At = None, by: By = Order.RECORDED) -> Response:
        desk, instant = parts.of(request).desk, instant_asked(at)

        def read() -> list[dict[str, Any]]:
            happened = by is Order.OCCURRED
            moments = desk.replay_as_it_happened(ref, until=instant) if happened else desk.replay(ref, at=instant)
            return [step_object(moments[: number + 1], desk.sees) for number in range(len(moments))]

        return json_answer(await reading(read))

    @router.get("/{ref}/readings", summary="Where what the log said differs from what was so")
    @tells(Tells.OWN)
    async def readings(request: Request, ref: Ref) -> Response:
        return json_answer(list(map(divergence_object, await reading(divergences_of, parts.of(request).desk, ref))))

    return router


def readings_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """The page's side."""
    router = obeying(prefix="/haendelser", include_in_schema=False)

    @router.get("/{reference}/laesninger")
    @tells(Tells.OWN)
    async def show(request: Request, reference: str) -> Response:
        found = await reading(divergences_of, parts.of(request).desk, reference)
        lines = [*_lines(found, language_of(request))]
        return pages.page(request, "readings.html", reference=reference, lines=lines)

    return router


def _lines(found: list[Divergence], language: Language) -> Iterator[Line]:
    for one in found:
        kind = one.field.removeprefix(CLOCK)
        if kind == one.field:
            label, values = short_label(kind, language), (one.recorded, one.occurred)
        else:
            label, values = text(language, "readings.clock", name=NAMES[language][kind]), (one.recorded, one.occurred)
        told = (shown(kind, _value(value), language) for value in values)
        yield Line(one.since, one.until, label, *told)


def _value(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Times as times, and several values as those they are."""
    match value:
        case str() if value.endswith("Z") and "T" in value:
            try:
                return datetime.fromisoformat(value)
            except ValueError:
                return value
        case list() | dict():
            return tuple(map(str, value))
        case _:
            return value
