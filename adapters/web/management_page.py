"""/ledelse: the management report as page and files, what each figure rests on, who got it, and that the board treated it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.management.document import document_of
from adapters.management.formats import ReportFormat
from adapters.management.json import report_sha256
from adapters.management.made import Made
from adapters.management.showing import management_body
from adapters.web.acting import page_origin
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.cpr import check_cpr, without_anyway
from adapters.web.form_errors import wrong_in
from adapters.web.forms import FormField, Widget, Wrong
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.management import figure_named, file_answer, part_of, read_report
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.sent_form import read_form
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.errors import InvalidInputError, NotFoundError, SporlogError
from domain.management.figures import FIGURE
from domain.management.period import Period, UnreadablePeriodError, month_of, parse_period, quarter_of
from handlers.management import NoEventsError, Wanted
from handlers.management_treated import TreatedRequest, check_seen, parse_treated, record_treated
from handlers.report_sending import sendings_of

PAGE = "/ledelse"
SHOWN = 500
"""Events that a figure's page lists; the API has all of them."""
SENT = 12
"""Reports that the page lists as sent, the last ones; the API has all of them."""


class Asked(NamedTuple):
    """What the address asks for, as it was written."""

    period: str
    administration: str | None
    position: int | None

    @property
    def wanted(self) -> Wanted:
        """Raises `UnreadablePeriodError`."""
        return Wanted(parse_period(self.period), self.administration, self.position)

    def query(self, position: int | None) -> str:
        """The same as of that position, as an address has it."""
        told = {"period": self.period, "administration": self.administration, "position": position}
        return urlencode({name: value for name, value in told.items() if value})


def management_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """For people; nothing here needs JavaScript."""
    router = obeying(prefix=PAGE, include_in_schema=False)

    async def page(request: Request, asked: Asked, sent: Mapping[str, str], error: SporlogError | None = None) -> Response:
        language, now = language_of(request), parts.clock()
        shown: dict[str, Any] = {"asked": asked, "quick": _quick(now), "saved": "gemt" in request.query_params, "made": None}
        shown |= {"formats": [one.value for one in ReportFormat], "wrong_period": False, "view": None}
        shown |= {"sendings": (await reading(sendings_of, parts.of(request).desk.history))[:SENT]}
        try:
            report = await read_report(parts.of(request), asked.wanted)
        except UnreadablePeriodError:
            return pages.page(request, "management.html", 422, **{**shown, "wrong_period": True})
        except NoEventsError:
            return pages.page(request, "management.html", **shown)
        view = await reading(_view, report, asked, sent, error, language)
        return pages.page(request, "management.html", error.status if error else 200, **{**shown, "view": view})

    @router.get("")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        return await page(request, _asked(request.query_params, parts), {})

    @router.get("/rapport.{format_}")
    @tells(Tells.WHOLE)
    async def download(request: Request, format_: ReportFormat) -> Response:
        report = await read_report(parts.of(request), _asked(request.query_params, parts).wanted)
        return await reading(file_answer, report, format_, request)

    @router.get("/tal/{key}")
    @tells(Tells.WHOLE)
    async def show_figure(request: Request, key: str) -> Response:
        asked, language = _asked(request.query_params, parts), language_of(request)
        figure = FIGURE[figure_named(key)]
        report = await read_report(parts.of(request), asked.wanted)
        part = part_of(report, _service(request.query_params.get("service")))
        behind = part.now[key].behind
        name, definition = (figure.name_en, figure.definition_en) if language == "en" else (figure.name, figure.definition)
        return pages.page(
            request,
            "management_figure.html",
            heading=f"{name}{f', {part.service.name}' if part.service else ''}",
            period=asked.period,
            definition=definition,
            behind=behind[:SHOWN],
            count=len(behind),
            back=f"{PAGE}?{asked.query(report.report.facts.position)}",
        )

    @router.post("")
    @tells(Tells.WHOLE)
    async def treat(request: Request) -> Response:
        own, sent = parts.of(request), await read_form(request)
        asked = Asked(sent.get("period", ""), sent.get("administration"), _number(sent.get("report_position")))
        try:
            check_cpr(sent, parts.clock())
            told = parse_treated(without_anyway(sent))
            check_seen(told, report_sha256(await read_report(own, told.wanted)))
            _, position = await record_treated(own.desk, told, page_origin(parts, request))
        except SporlogError as error:
            return await page(request, asked, sent, error)
        await caught_up(parts, position)
        return RedirectResponse(f"{PAGE}?{asked._replace(position=None).query(None)}&gemt=ja", 303)

    return router


class View(NamedTuple):
    """The report on its page, in one language."""

    title: str
    lead: str
    body: str
    query: str
    """The address of the same report, for its files."""
    position: int
    sha256: str
    administrations: tuple[str, ...]
    fields: tuple[FormField, ...]
    wrong: Wrong | None


def _view(report: Made, asked: Asked, sent: Mapping[str, str], error: SporlogError | None, language: Language) -> View:
    document, position = document_of(report, language), report.report.facts.position
    query = asked.query(position)
    wrong = wrong_in(error, TreatedRequest, sent, language) if error else None
    return View(
        document.title,
        document.lead,
        management_body(document, query),
        query,
        position,
        report_sha256(report),
        report.administrations,
        _fields(sent, wrong, language),
        wrong,
    )


def _fields(sent: Mapping[str, str], wrong: Wrong | None, language: Language) -> tuple[FormField, ...]:
    errors = wrong.fields if wrong else {}

    def field(name: str, widget: Widget, *, required: bool) -> FormField:
        label, value = text(language, f"board.field.{name}"), sent.get(name, "")
        return FormField(name, label, None, widget, required, (), value, errors.get(name))

    return (
        field("treated_on", "date", required=True),
        field("decisions", "area", required=False),
        field("case_number", "line", required=False),
    )


def _asked(query: Mapping[str, str], parts: WebParts) -> Asked:
    period = query.get("period", "").strip() or quarter_of(parts.clock()).name
    return Asked(period, query.get("administration") or None, _number(query.get("position")))


def _number(written: str | None) -> int | None:
    if not written:
        return None
    if not written.isdecimal() or len(written) > 18:  # noqa: PLR2004 - digits that a position may have
        msg = f"position: {written!r} is no position of the log: leave it out for the log as it is now"
        raise InvalidInputError(msg)
    return int(written)


def _service(written: str | None) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError as error:
        msg = f"service: {written!r} is no service's id"
        raise NotFoundError(msg) from error


def _quick(now: datetime) -> tuple[Period, ...]:
    quarter, month = quarter_of(now), month_of(now)
    return (quarter, quarter.before, month, month.before, parse_period(f"{quarter.first.year}"))
