"""/api/v1/reports/management: the report of a period, what each figure rests on, who got it, and that the board treated it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.management.files import report_file
from adapters.management.formats import ReportFormat
from adapters.management.json import figure_object, report_sha256, sending_object
from adapters.management.made import Made
from adapters.management.making import House, made
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import Position
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from domain.errors import NotFoundError
from domain.management.figures import FIGURE
from domain.management.period import parse_period
from domain.management.report import Part
from handlers.management import Tables, Wanted
from handlers.management_treated import TreatedRequest, check_seen, record_treated
from handlers.report_sending import sendings_of

PeriodAsked = Annotated[str, Query(description="2026-Q3, 2026-10, 2026 or 2026-07-01..2026-09-30", max_length=40)]
Administration = Annotated[str | None, Query(description="That administration only", max_length=253)]
Service = Annotated[UUID | None, Query(description="Of that critical service; else of the whole")]


def management_router(parts: WebParts) -> APIRouter:
    """The same period, administration and position give the same bytes for ever."""
    router = obeying(prefix="/api/v1/reports/management", tags=["reports"])

    @router.get("", summary="The management report of a period; `sha256` names what was measured")
    @tells(Tells.WHOLE)
    async def show(
        request: Request,
        period: PeriodAsked,
        administration: Administration = None,
        position: Position = None,
        format_: Annotated[ReportFormat, Query(alias="format")] = ReportFormat.JSON,
    ) -> Response:
        report = await read_report(parts.of(request), Wanted(parse_period(period), administration, position))
        return await reading(file_answer, report, format_, request)

    @router.get("/sent", summary="Which reports went out by mail, when and to whom; the last one first")
    @tells(Tells.WHOLE)
    async def show_sent(request: Request) -> Response:
        return json_answer([sending_object(one) for one in await reading(sendings_of, parts.of(request).desk.history)])

    @router.get("/figures/{key}", summary="One figure with every event that it rests on")
    @tells(Tells.WHOLE)
    async def show_figure(  # noqa: PLR0917 - what may be asked for
        request: Request,
        key: Annotated[str, Path(description="As the report names it", max_length=40)],
        period: PeriodAsked,
        administration: Administration = None,
        service: Service = None,
        position: Position = None,
    ) -> Response:
        report = await read_report(parts.of(request), Wanted(parse_period(period), administration, position))
        return json_answer(figure_object(report, figure_named(key), part_of(report, service)))

    @router.post("/treated", status_code=201, summary="Record that the executive board treated a report")
    @tells(Tells.HOUSE)
    async def treat(request: Request, body: TreatedRequest) -> Response:
        own = parts.of(request)
        check_seen(body, report_sha256(await read_report(own, body.wanted)))
        event, position = await record_treated(own.desk, body, own.origin("api", correlation_id(request)))
        await caught_up(own, position)
        return json_answer({"position": position, "report_sha256": event.report_sha256}, 201)

    return router


async def read_report(parts: WebParts, wanted: Wanted) -> Made:
    """The report, of tables that show everything that was committed before."""
    await caught_up(parts, parts.desk.history.head())
    return await reading(made, house_of(parts), wanted)


def house_of(parts: WebParts) -> House:
    """What reports are made from."""
    tables = Tables(parts.desk.history, parts.reporting, parts.catalogue, parts.past)
    return House(tables, parts.ledger, parts.desk.entity, parts.desk.demo, parts.version)


def file_answer(report: Made, format_: ReportFormat, request: Request) -> Response:
    """The report as a file; what a browser shows is shown."""
    file = report_file(report, format_, language_of(request))
    how = "inline" if format_ in {ReportFormat.PDF, ReportFormat.JSON} else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{file.name}"'}
    return Response(file.content, headers=headers, media_type=file.media_type)


def figure_named(key: str) -> str:
    """Raises `NotFoundError` that says which there are."""
    if key not in FIGURE:
        msg = f"there is no figure {key!r}: use one of {', '.join(FIGURE)}"
        raise NotFoundError(msg)
    return key


def part_of(report: Made, service: UUID | None) -> Part:
    """The whole, or one service. Raises `NotFoundError`."""
    if service is None:
        return report.report.whole
    for part in report.report.services:
        if part.service is not None and part.service.id == service:
            return part
    msg = f"{service} was no critical service at the end of the period: look in the report which there were"
    raise NotFoundError(msg)
