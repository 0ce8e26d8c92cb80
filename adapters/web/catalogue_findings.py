"""/katalog/mangler: what is wrong or missing in the catalogue, the most pressing first, each with where it is mended."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.catalogue.finding_texts import HEADINGS, finding_sentence
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.words.wording import Language
from domain.catalogue.findings import Finding, FindingKind
from domain.catalogue.landscape import Landscape
from domain.time import local
from handlers.catalogue_findings import Found, find
from projections.catalogue import position

PAGE = "/katalog/mangler"
FIRST = 20
"""Of each kind, where all kinds are shown."""
PAGE_SIZE = 100
"""Where one is."""
MENDED: Mapping[FindingKind, str] = {
    FindingKind.NO_CLASS: "/trin/propose-class",
    FindingKind.NO_PLAN: "/trin/tie?tie=fra:covers",
    FindingKind.NO_OWNER: "/trin/change",
    FindingKind.PLAN_OVERDUE: "/fil/ny",
    FindingKind.PLAN_COVERS_NOTHING: "/trin/tie?tie=covers",
    FindingKind.CONTRACT_ENDED: "/trin/change",
    FindingKind.STANDS_ON_NOTHING: "/trin/tie?tie=depends_on",
    FindingKind.SAME_NAME: "/trin/change",
    FindingKind.UNUSED: "/trin/tie?tie=fra:depends_on",
}
"""What mends it; all others are looked at on the object's own page."""


class FindingLine(NamedTuple):
    """Something that was found: the object, the sentence, and where it is mended."""

    name: str
    sentence: str
    address: str
    mended: bool
    """There it is mended; else it is looked at, for people must think first."""


class Part(NamedTuple):
    """Findings of one kind: some of `total`."""

    kind: str
    heading: str
    total: int
    lines: tuple[FindingLine, ...]


class FindingsView(NamedTuple):
    """The page. With `chosen` only that kind is shown, a page at a time."""

    parts: tuple[Part, ...]
    chosen: bool
    page: int
    pages: int


class Kept:
    """What was found last, as long as catalogue and day are the same: looking costs seconds where there are thousands."""

    def __init__(self) -> None:
        self._known: tuple[tuple[int, date], Found] | None = None

    def found(self, parts: WebParts) -> Found:
        """As the tables show it now. Raises `UnavailableError`."""
        now = parts.clock()
        with parts.catalogue() as connection:
            key, known = (position(connection), local(now).date()), self._known
            if known is None or known[0] != key:
                # Two who look at once look twice; either answer is right.
                self._known = known = (key, find(connection, now))
        return known[1]


def catalogue_findings_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading only."""
    router, kept = obeying(prefix=PAGE, include_in_schema=False), Kept()

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        kind, page = request.query_params.get("slags", ""), request.query_params.get("side", "")
        chosen = FindingKind(kind) if kind in set(FindingKind) else None
        number = max(1, int(page)) if page.isdecimal() and len(page) <= len("99999") else 1
        seen, found = await reading(kept.found, parts.of(request))
        view = _view(seen, found, (chosen, number), language_of(request))
        return pages.page(request, "catalogue_findings.html", view=view)

    return router


def _view(seen: Landscape, found: list[Finding], asked: tuple[FindingKind | None, int], language: Language) -> FindingsView:
    chosen, page = asked
    by_kind: dict[FindingKind, list[Finding]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    if chosen is None:
        shown = [_part(kind, some, some[:FIRST], seen, language) for kind, some in by_kind.items()]
        return FindingsView(tuple(shown), chosen=False, page=1, pages=1)
    some = by_kind.get(chosen, [])
    pages = max(1, -(-len(some) // PAGE_SIZE))
    page = min(page, pages)
    wanted = some[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return FindingsView((_part(chosen, some, wanted, seen, language),), chosen=True, page=page, pages=pages)


def _part(kind: FindingKind, some: list[Finding], wanted: list[Finding], seen: Landscape, language: Language) -> Part:
    lines = (
        FindingLine(
            seen.nodes[one.about].name,
            finding_sentence(one, seen, language),
            f"/katalog/{one.about}{MENDED.get(kind, '')}",
            kind in MENDED,
        )
        for one in wanted
    )
    return Part(kind, HEADINGS[kind].to(language), len(some), tuple(lines))
