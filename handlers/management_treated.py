"""Recording that the executive board (direktionen) treated a management report, and what it decided."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import PositiveInt, ValidationError

from domain.errors import ConflictError
from domain.incident.events import Name, Sha256, Text
from domain.management.events import MANAGEMENT, PeriodName, ReportTreated
from domain.management.period import parse_period
from handlers.desk import Desk
from handlers.management import Wanted
from handlers.requests import COMMON, InvalidFieldsError, Origin, StepRequest, meta_of
from handlers.unit_of_work import UnitOfWork


class ReportChangedError(ConflictError):
    """The report at that position is not the one that was seen."""

    code: ClassVar[str] = "report-changed"


class TreatedRequest(StepRequest):
    """What people tell: which report it was, when the board met, and what it decided."""

    period: PeriodName
    administration: Name | None = None
    report_position: PositiveInt
    report_sha256: Sha256
    treated_on: date
    case_number: Name | None = None
    decisions: Text | None = None

    @property
    def wanted(self) -> Wanted:
        """The report that was treated. Raises `UnreadablePeriodError`."""
        return Wanted(parse_period(self.period), self.administration, self.report_position)


def parse_treated(fields: Mapping[str, Any]) -> TreatedRequest:
    """Read it; empty strings, as forms send them, count as left out. Raises `InvalidFieldsError` naming each field."""
    told = {name: value for name, value in fields.items() if value not in ("", None)}
    try:
        return TreatedRequest.model_validate(told)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def check_seen(request: TreatedRequest, sha256: str) -> None:
    """Whether the report, made again, is what was seen. Raises `ReportChangedError`."""
    if request.report_sha256 != sha256:
        msg = f"the report {request.period} at position {request.report_position} is not the one that was seen: open it again"
        raise ReportChangedError(msg)


async def record_treated(desk: Desk, request: TreatedRequest, origin: Origin) -> tuple[ReportTreated, int]:
    """Record it; the event and its position. Durable on return. Told twice with the same words, it is recorded once.

    Raises `OtherActorError`, `UnavailableError`.
    """
    desk.check_actor(request.actor)
    told = request.model_dump(exclude=set(COMMON))
    event = ReportTreated(meta=meta_of(request, origin), **told)
    return await desk.committer.submit(lambda uow: _record(uow, event))


def _record(uow: UnitOfWork, event: ReportTreated) -> tuple[ReportTreated, int]:
    known = uow.history(MANAGEMENT)
    for one in known:
        if isinstance(one.event, ReportTreated) and _told(one.event) == _told(event):
            return one.event, one.position
    return event, uow.append(MANAGEMENT, [event], expected=len(known))


def _told(event: ReportTreated) -> dict[str, Any]:
    return event.model_dump(exclude={"meta", "sealed"})
