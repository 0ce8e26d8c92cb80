"""Has the report of each period made when its morning has come, once, and sees to it that it goes out."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import structlog

from domain.errors import SporlogError
from domain.events import Meta
from domain.management.period import Every, Period
from domain.management.schedule import newest_due, was_sent
from handlers.history import History
from handlers.outbox import BoardReport
from handlers.report_sending import ReportPost, report_id, reports_sent

log = structlog.get_logger(__name__)

AGAIN_AFTER = timedelta(minutes=15)
"""After a report that could not be made."""


class Owed(NamedTuple):
    """A report that should have gone out. `administration` None: of the whole entity."""

    period: Period
    administration: str | None


class Maker(Protocol):
    """Makes reports."""

    def __call__(self, period: Period, administration: str | None, identity: str, meta: Meta) -> BoardReport:
        """The report as the log stands now, ready to be sent. Blocks. Raises `SporlogError`, `OSError`."""


class ReportWatch:
    """Holds the periods against the clock. What is not sent is seen from the log: every process finds the same.

    A house whose log began after the period has nothing to tell of it.
    """

    def __init__(self, every: Every, make: Maker, post: ReportPost, history: History, clock: Callable[[], datetime]) -> None:
        self._every, self._make, self._post, self._history, self._clock = every, make, post, history, clock
        self._failed: dict[str | None, datetime] = {}

    async def look(self) -> int:
        """Post the reports that are due and were not sent, and send what lies there; how many mails were recorded.

        Raises `UnavailableError` of the store or the outbox.
        """
        now = self._clock()
        for one in await asyncio.to_thread(owed, self._every, self._post.administrations, self._history, now):
            failed_at = self._failed.get(one.administration)
            if failed_at is None or now - failed_at >= AGAIN_AFTER:
                await asyncio.to_thread(self._try, one, now)
        return len(await self._post.deliver())

    def _try(self, one: Owed, now: datetime) -> None:
        identity = report_id(*one)
        # Posted before, it is posted again as it is: who is new among the recipients gets what the others get.
        known = self._post.outbox.find(identity)
        try:
            report = known or self._make(*one, identity, _meta(now, one))
        except (SporlogError, OSError) as error:
            # That it is not sent is shown by doctor for as long as it is so.
            self._failed[one.administration] = now
            log.error(  # noqa: TRY400 - a sentence is enough
                "the report could not be made", period=one.period.name, reason=str(error)
            )
            return
        assert isinstance(report, BoardReport), "ids tell kinds apart"  # noqa: S101 - a defect, not bad input
        self._post.post(report)


def owed(every: Every, administrations: Iterable[str | None], history: History, now: datetime) -> list[Owed]:
    """The reports of the newest period that should have gone out and did not."""
    period = newest_due(every, now).period
    if history.position_before(period.end) == 0:
        return []
    sent = reports_sent(history)
    return [Owed(period, one) for one in administrations if not was_sent(period, one, sent)]


def _meta(now: datetime, one: Owed) -> Meta:
    return Meta(actor="system:reports", channel="system", occurred_at=now, correlation_id=f"report-{one.period.name}")
