"""GET /api/v1/lists/{name}: what a supervisor, a DPO and a coordinator ask for, as JSON or CSV."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.lists.kinds import Asked, CaseList, json_rows
from adapters.lists.table import LISTS, list_named
from adapters.web.answers import csv_answer, json_answer, reading
from adapters.web.as_of import At, Position, as_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from projections.casework_queries import Span
from projections.rows import Row

_DAY = "A day of Copenhagen's, 2026-11-20, or a time"
Start = Annotated[str | None, Query(alias="from", description=_DAY, max_length=40)]
End = Annotated[str | None, Query(alias="to", description=f"{_DAY}; a day is in it to its end", max_length=40)]


def lists_router(parts: WebParts) -> APIRouter:
    """Reading only. An exercise is left out unless it is asked for."""
    router = obeying(prefix="/api/v1/lists", tags=["lists"])

    @router.get("", summary="Which lists there are")
    @tells(Tells.COMMON)
    async def which() -> Response:
        return json_answer(
            [
                {"name": one.name, "danish": one.heading.da, "english": one.heading.en, "belongs": one.belongs.en}
                for one in LISTS.values()
            ]
        )

    @router.get("/{name}", summary="One list over a period")
    @tells(Tells.OWN)
    async def show(
        *,
        request: Request,
        name: Annotated[str, Path(description="As GET /api/v1/lists names it", max_length=40)],
        start: Start = None,
        end: End = None,
        format_: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
        exercises: Annotated[bool, Query(description="Exercises too")] = False,
        at: At = None,
        position: Position = None,
    ) -> Response:
        wanted, seen = list_named(name), parts.of(request)

        def read() -> list[Row]:
            then = as_asked(seen, at, position)
            return rows_of(then, wanted, wanted.span(start, end, then.clock(), exercises=exercises))

        rows = json_rows(await reading(read))
        return csv_answer(wanted.keys, rows, name) if format_ == "csv" else json_answer(rows)

    return router


def rows_of(parts: WebParts, wanted: CaseList, span: Span) -> list[Row]:
    """The rows of a list that may be seen; call it beside the event loop. Raises `UnavailableError`."""
    seen = span._replace(scope=parts.desk.scope)
    with parts.casework() as connection:
        return wanted.rows(Asked(connection, seen, parts.clock(), parts.desk.history.unseal))
