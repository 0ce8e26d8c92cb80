"""GET /organisation/opbevaring: how long what is kept, who ends it, and what Sporlog has let go of by itself."""

from datetime import date, datetime
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.retention.texts import ENDED_BY, KINDS, period_words
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.events import Recorded
from domain.retention.events import RETENTION, DeadLettersErased, PayloadsErased, PeriodsSet
from domain.retention.periods import ENDS
from domain.retention.state import InForce
from domain.time import local

SHOWN = 50


class PeriodLine(NamedTuple):
    """A kind of record, how long it is kept, and who ends it."""

    kind: str
    period: str
    ended_by: str


class PeriodsShown(NamedTuple):
    """Periods with the day they hold from; None: from the beginning."""

    number: int
    effective_from: date | None
    lines: tuple[PeriodLine, ...]


class Act(NamedTuple):
    """A change of the periods or something that was let go, as one sentence."""

    at: datetime
    sentence: str


def retention_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading only: the periods are changed through the file. The same for everybody, it knows no incident."""
    router = obeying(include_in_schema=False)

    @router.get("/organisation/opbevaring")
    @tells(Tells.COMMON)
    async def show(request: Request) -> Response:
        language, history = language_of(request), parts.of(request).desk.history
        retention, today = await reading(history.retention), local(parts.clock()).date()
        acts = (await reading(history.read_stream, RETENTION))[-SHOWN:]
        return pages.page(
            request,
            "retention.html",
            now=_shown(retention.on(today), language),
            to_come=[_shown(one, language) for one in retention.after(today)],
            acts=[Act(one.recorded_at, _sentence(one, language)) for one in reversed(acts)],
        )

    return router


def _shown(one: InForce, language: Language) -> PeriodsShown:
    lines = (
        PeriodLine(words.to(language), period_words(getattr(one.periods, kind), language), ENDED_BY[ENDS[kind]].to(language))
        for kind, words in KINDS.items()
    )
    return PeriodsShown(one.number, one.effective_from, tuple(lines))


def _sentence(recorded: Recorded, language: Language) -> str:
    match recorded.event:
        case PeriodsSet(number=number, effective_from=day, reason=reason):
            return text(
                language, "retention.was-set", number=number, day=day, reason=reason or text(language, "retention.erased")
            )
        case PayloadsErased(month=month, what=what, rows=rows, number=number):
            return text(language, f"retention.let-go-{what}", month=month, rows=rows, number=number)
        case DeadLettersErased(letters=letters, before=before, number=number):
            return text(language, "retention.let-go-letters", letters=letters, before=before, number=number)
        case event:
            msg = f"{event.TOPIC} in the stream of retention is none of its events"
            raise ValueError(msg)
