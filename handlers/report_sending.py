"""Sends management reports by mail and puts on record who got them; by itself or because a person asks, it is the same way.

What is durable, step by step, and what a process finds that comes after one that was killed:

1. `post`: the report lies in the outbox, whole, for every recipient or for none. From here on it is not made again.
2. The mail server takes the mail (see handlers/sending.py). Killed before the outbox knows, the same mail goes out once more,
   with the same Message-ID; nothing is ever lost for it.
3. The outbox says sent: it is not sent again. Killed here, whoever looks next records it.
4. `ReportSent` is in the log. Killed here, whoever looks next finds it there, and adds nothing.
5. The outbox says noted, and nobody looks at it again.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from domain.events import Meta
from domain.management.events import MANAGEMENT, ReportSent
from domain.management.period import Period
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.outbox import MANAGEMENT_REPORT, BoardReport, Delivered, Outbox
from handlers.sending import Channel, Sender
from handlers.unit_of_work import Committer, UnitOfWork

PREFIX = "report "
"""Of the names of the channels that reports go out on; the mail address follows."""


class Mailed(NamedTuple):
    """A recipient's mail: when the server took it, UTC, and the address; None: it was erased."""

    at: datetime
    recipient: str | None


class Sending(NamedTuple):
    """A report that went out, and to whom; the earliest mail first."""

    period: str
    administration: str | None
    report_position: int
    report_sha256: str
    mails: tuple[Mailed, ...]


class ReportPost:
    """The way out for reports.

    `channels` are the recipients by administration, None for the whole entity; each has a name that begins with `PREFIX`.
    """

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str | None, Sequence[Channel]],
        committer: Committer,
        clock: Callable[[], datetime],
    ) -> None:
        self.outbox, self._channels, self._committer = outbox, channels, committer
        # Who gets several reports has one way.
        self._ways = {channel.name: channel for named in channels.values() for channel in named}
        self._sender = Sender(outbox, list(self._ways.values()), clock)

    @property
    def administrations(self) -> list[str | None]:
        """Whose reports somebody gets."""
        return list(self._channels)

    def start(self) -> None:
        """Who is no longer named gets nothing of what still waits."""
        self.outbox.drop(PREFIX, list(self._ways))

    def post(self, report: BoardReport) -> None:
        """To every recipient of that administration's reports, once. Durable on return."""
        self.outbox.post([channel.name for channel in self._channels[report.administration]], report)

    async def deliver(self) -> list[ReportSent]:
        """Send what is to be tried now, and record what went out; what was recorded. Raises `UnavailableError`."""
        await self._sender.send_due()
        return [await self._note(one) for one in await asyncio.to_thread(self.outbox.delivered, PREFIX)]

    async def _note(self, one: Delivered) -> ReportSent:
        event = _event_of(one)
        await self._committer.submit(partial(_record, event=event))
        await asyncio.to_thread(self.outbox.noted, one)
        return event


def report_id(period: Period, administration: str | None, asked: Meta | None = None) -> str:
    """32 hex digits: by schedule the same for a period wherever it is made; with `asked` one of that wish's own."""
    wish = f"{asked.correlation_id}\n{rfc3339_utc(asked.occurred_at)}" if asked else ""
    told = f"{MANAGEMENT_REPORT}\n{period.name}\n{administration or ''}\n{wish}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def reports_sent(history: History) -> list[ReportSent]:
    """Every mail that is on record, its address opened, in the log's order."""
    return [one.event for one in history.read_stream(MANAGEMENT) if isinstance(one.event, ReportSent)]


def sendings_of(history: History) -> list[Sending]:
    """The reports that went out, the one that was sent last first."""
    found: dict[tuple[str, str | None, int, str], list[Mailed]] = {}
    for one in reports_sent(history):
        key = (one.period, one.administration, one.report_position, one.report_sha256)
        found.setdefault(key, []).append(Mailed(one.meta.occurred_at, one.recipient))
    told = [Sending(*key, tuple(sorted(mails, key=lambda mail: mail.at))) for key, mails in found.items()]
    return sorted(told, key=lambda sending: sending.mails[-1].at, reverse=True)


def _event_of(one: Delivered) -> ReportSent:
    report = one.message
    assert isinstance(report, BoardReport), "nothing else is posted to these channels"  # noqa: S101 - a defect, not bad input
    return ReportSent(
        meta=report.meta.model_copy(update={"occurred_at": one.at}),
        period=report.period,
        administration=report.administration,
        report_position=report.report_position,
        report_sha256=report.report_sha256,
        recipient=one.channel.removeprefix(PREFIX),
    )


def _record(uow: UnitOfWork, event: ReportSent) -> None:
    known = uow.history(MANAGEMENT)
    if not any(isinstance(one.event, ReportSent) and _same(one.event, event) for one in known):
        uow.append(MANAGEMENT, [event], expected=len(known))


def _same(one: ReportSent, other: ReportSent) -> bool:
    """One mail: that report to that address at that instant, as the outbox has it."""
    told, again = (event.model_dump(exclude={"meta", "sealed"}) for event in (one, other))
    return told == again and one.meta.occurred_at == other.meta.occurred_at
