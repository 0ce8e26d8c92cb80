"""The other copy of the log, the stream EVENTS: went another way, and is read message by message."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from nats.aio.client import Client

from adapters.bus.cloudevents import decode
from adapters.bus.connection import connect
from adapters.bus.errors import MalformedEventError
from adapters.bus.reading import read_stream
from adapters.bus.streams import EVENTS
from domain.events import StoredRow
from handlers.audit import Report
from handlers.audit_findings import EVENT_COLUMNS, DifferenceFoundError, Kind, differs
from handlers.event_log import EventLog

READ = 1000


def compare_bus(url: str, log: EventLog, report: Report) -> Report:
    """The report, with how many messages of the stream are the events it covers, or the first that is not.

    Raises `BusUnavailableError`.
    """
    try:
        return report._replace(on_bus=asyncio.run(_compare(url, log, report.events)))
    except DifferenceFoundError as found:
        return report._replace(difference=found.difference)


def copy_on_bus(url: str, position: int) -> StoredRow | None:
    """The event at this position as the stream has it; None where it lacks it. Raises `BusUnavailableError`."""

    async def look() -> StoredRow | None:
        nc = await connect(url, "sporlog-audit")
        try:
            async for rows in _pages(nc):
                for row in rows:
                    if row.position == position:
                        return row
        finally:
            await nc.close()
        return None

    return asyncio.run(look())


async def _compare(url: str, log: EventLog, upto: int) -> int:
    nc, count = await connect(url, "sporlog-audit"), 0
    try:
        async for rows in _pages(nc):
            wanted = [row for row in rows if row.position <= upto]
            if not wanted:
                continue
            first, last = min(row.position for row in wanted), max(row.position for row in wanted)
            stored = {row.position: row for row in log.rows(first - 1, last - first + 1, upto=last)}
            for row in wanted:
                if (there := stored.get(row.position)) != row:
                    raise _difference(row, there)
            count += len(wanted)
    finally:
        await nc.close()
    return count


async def _pages(nc: Client) -> AsyncIterator[Sequence[StoredRow]]:
    page = list[StoredRow]()
    async for message in read_stream(nc, EVENTS):
        try:
            page.append(decode(message))
        except MalformedEventError as error:
            raise differs(Kind.INSERTED, EVENTS, message.sequence, actual=error) from error
        if len(page) == READ:
            yield page
            page = []
    yield page


def _difference(brought: StoredRow, stored: StoredRow | None) -> Exception:
    position = brought.position
    if stored is None:
        return differs(Kind.INSERTED, EVENTS, position, position=position)
    columns = zip(EVENT_COLUMNS, stored, brought, strict=True)
    name, was, now = next((name, was, now) for name, was, now in columns if was != now)
    return differs(Kind.CHANGED, EVENTS, position, position=position, column=name, expected=was, actual=now)
