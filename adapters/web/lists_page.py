"""GET /lister: every list with what belongs in it, and one list over a period, as a page and as a file for a spreadsheet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.lists.kinds import NOTHING, CaseList, Column, in_words
from adapters.lists.table import LISTS, list_named
from adapters.web.answers import reading, spreadsheet_answer
from adapters.web.as_of import as_asked
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.lists import rows_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.words.wording import Language
from domain.errors import InvalidInputError
from projections.casework_queries import Span
from projections.rows import Row


class Wanted(NamedTuple):
    """What the reader asked for, as they wrote it."""

    start: str
    end: str
    exercises: bool
    at: str

    def span(self, wanted: CaseList, parts: WebParts) -> Span:
        """See `CaseList.span`."""
        return wanted.span(self.start, self.end, parts.clock(), exercises=self.exercises)


class Tab(NamedTuple):
    """A list among the others, and how many rows it has in its own period."""

    name: str
    heading: str
    belongs: str
    rows: int


def lists_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading only; nothing here needs JavaScript."""
    router = obeying(prefix="/lister", include_in_schema=False)

    def tabs(seen: WebParts, language: Language) -> list[Tab]:
        def count(one: CaseList) -> int:
            return len(rows_of(seen, one, one.span(None, None, parts.clock())))

        return [Tab(one.name, one.heading.to(language), one.belongs.to(language), count(one)) for one in LISTS.values()]

    @router.get("")
    @tells(Tells.OWN)
    async def show_all(request: Request) -> Response:
        return pages.page(request, "lists.html", tabs=await reading(tabs, parts.of(request), language_of(request)))

    @router.get("/{name}.csv")
    @tells(Tells.OWN)
    async def download(request: Request, name: str) -> Response:
        wanted, language = list_named(name), language_of(request)
        rows = await reading(_rows, parts.of(request), wanted, _wanted(request))
        headings = [column.words.to(language) for column in wanted.columns]
        return spreadsheet_answer(headings, (_in_words(row, wanted.columns, language) for row in rows), name, language)

    @router.get("/{name}")
    @tells(Tells.OWN)
    async def show(request: Request, name: str) -> Response:
        wanted, asked, seen, wrong = list_named(name), _wanted(request), parts.of(request), False
        try:
            rows = await reading(_rows, seen, wanted, asked)
        except InvalidInputError:
            wrong, rows = True, await reading(_rows, seen, wanted, Wanted("", "", exercises=False, at=""))
        others = [(one.name, one.heading.to(language_of(request))) for one in LISTS.values()]
        shown: dict[str, Any] = {"list": wanted, "rows": rows, "asked": asked, "wrong": wrong, "others": others}
        said = {"in_words": in_words, "nothing": NOTHING, "query": request.url.query}
        return pages.page(request, "list.html", 422 if wrong else 200, **shown, **said)

    return router


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    return Wanted(query.get("from", ""), query.get("to", ""), "exercises" in query, query.get("at", ""))


def _rows(parts: WebParts, wanted: CaseList, asked: Wanted) -> list[Row]:
    then = as_asked(parts, asked.at, None)
    return rows_of(then, wanted, asked.span(wanted, then))


def _in_words(row: Row, columns: Sequence[Column], language: Language) -> dict[str, str]:
    return {column.words.to(language): in_words(row, column, language) for column in columns}
