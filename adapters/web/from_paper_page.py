"""/fra-papir: what was written by hand while nothing ran is entered in the paper's order, looked at, and then recorded."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import ANYWAY, CprWrittenError, check_cpr
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.words.error_texts import error_words
from domain.errors import InvalidInputError, SporlogError
from domain.signals import Severity
from handlers.from_paper import KINDS, PaperLine, read_lines, record_paper

REPORT = ("title", "place", "occurred_at", "detected_at", "services", "components", "description", "severity")
"""As the blank form asks."""


def from_paper_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Nothing is recorded before it was shown once. Nothing here needs JavaScript."""
    router = obeying(prefix="/fra-papir", include_in_schema=False)

    def page(
        request: Request, sent: Mapping[str, str], lines: list[PaperLine] | None = None, wrong: SporlogError | None = None
    ) -> Response:
        words = error_words(wrong.code, wrong.status).to(language_of(request)) if wrong else None
        return pages.page(
            request,
            "from_paper.html",
            wrong.status if wrong else 200,
            sent=sent,
            lines=lines,
            wrong=words,
            detail=str(wrong) if wrong else "",
            anyway=isinstance(wrong, CprWrittenError),
            severities=tuple(Severity),
            kinds=KINDS,
            shown=_digest(sent),
        )

    @router.get("")
    @tells(Tells.OWN)
    async def ask(request: Request) -> Response:
        reference = request.query_params.get("til", "")
        if reference:
            await reading(parts.of(request).desk.find, reference)
        return page(request, {"til": reference})

    @router.post("")
    @tells(Tells.OWN)
    async def take(request: Request) -> Response:
        desk, sent = parts.of(request).desk, await read_form(request)
        try:
            lines = _checked(sent, parts.clock())
            # What was changed after it was shown is shown once more; a CPR number was shown with its warning.
            if ANYWAY not in sent and not ("gem" in sent and sent.get("shown") == _digest(sent)):
                return page(request, sent, lines)
            report = {name: sent[name] for name in REPORT if name in sent}
            reference = sent.get("til")
            done = await record_paper(
                desk, lines, page_origin(parts, request), reference=reference, report=None if reference else report
            )
        except SporlogError as error:
            return page(request, sent, wrong=error)
        await caught_up(parts, done.position)
        return RedirectResponse(f"/haendelser/{done.incident.reference}", 303)

    return router


def _digest(sent: Mapping[str, str]) -> str:
    """Of all that is to be recorded."""
    told = [sent.get(name, "") for name in (*REPORT, "lines", "til")]
    return sha256("\0".join(told).encode()).hexdigest()


def _checked(sent: Mapping[str, str], now: datetime) -> list[PaperLine]:
    check_cpr(sent, now)
    lines = read_lines(sent.get("lines", ""))
    if not sent.get("til") and not sent.get("title"):
        raise InvalidInputError("title: write what has happened, as the paper says")
    return lines
