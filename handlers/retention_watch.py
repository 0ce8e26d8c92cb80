"""Lets go of what has passed its period and may go without a person: payloads by month, dead letters. Never an incident.

Decided first, done after: the event is durable before the first byte goes. What was decided and is not done, because the
process ended in between or an old keyring was restored, is done by the first look.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import structlog

from domain.errors import UnavailableError
from domain.events import Meta
from domain.retention.events import What
from domain.retention.state import Retention
from domain.time import local
from handlers.retention import (
    Changed,
    LetterKeeper,
    PayloadKeeper,
    begin_of,
    change,
    let_go,
    letters_erased,
    months_due,
    payloads_erased,
)
from handlers.retention_due import begin_of_kept
from handlers.unit_of_work import Committer

log = structlog.get_logger(__name__)

PAUSE_S = 0.01
"""Between two steps of deleting: intake comes first."""


class RetentionWatch:
    """Holds the periods against the clock. The domain lets each month go only once; the first look finishes what was begun."""

    def __init__(
        self, keeper: PayloadKeeper, letters: LetterKeeper, committer: Committer, clock: Callable[[], datetime]
    ) -> None:
        self._keeper, self._letters, self._committer, self._clock = keeper, letters, committer, clock
        self._is_first = True

    async def look(self) -> int:
        """Let go of what is due today; how many events that made.

        Raises `UnavailableError` of the store: what was not done then is done by the next look. Without NATS the dead letters
        wait.
        """
        now = self._clock()
        today = local(now).date()
        retention = await asyncio.to_thread(self._keeper.retention)
        months = await asyncio.to_thread(self._keeper.payload_months)
        fresh = [
            (month, what)
            for month, what, _ in months_due(retention, months, today)
            if await self._let_go(month, what, retention.on(today).number, now)
        ]
        await self._finish(await asyncio.to_thread(self._keeper.retention), fresh)
        done = len(fresh)
        try:
            done += await self._letters_due(retention, today, now)
        except UnavailableError as error:
            log.info("dead letters wait for NATS", reason=str(error))
        return done

    async def _let_go(self, month: str, what: What, number: int, now: datetime) -> bool:
        incidents = await asyncio.to_thread(self._keeper.payload_incidents, month)
        rows = await asyncio.to_thread(self._keeper.payload_count, month, what)
        proposed = payloads_erased(month, what, rows, number, _meta(now, f"retention-{what}-{month}"))
        done = await self._committer.submit(partial(let_go, proposed=proposed, incidents=incidents))
        if isinstance(done, Changed):
            return bool(done.events)
        log.info("payloads are kept past their period", month=month, incidents=done.references)
        return False

    async def _finish(self, retention: Retention, fresh: Sequence[tuple[str, What]]) -> None:
        # From here on the text is unreadable, whatever happens to the rows.
        await asyncio.to_thread(self._keeper.destroy_keys, sorted(retention.keys))
        whole = {month for month, what in retention.erased if what == "payloads"}
        begun = sorted(one for one in retention.erased if one[1] == "payloads" or one[0] not in whole)
        for month, what in begun if self._is_first else fresh:
            await asyncio.to_thread(self._delete_payloads, month, what)
        self._is_first = False

    def _delete_payloads(self, month: str, what: What) -> None:
        for _ in self._keeper.delete_payloads(month, what):
            time.sleep(PAUSE_S)

    async def _letters_due(self, retention: Retention, today: date, now: datetime) -> int:
        before = begin_of_kept(today, retention.on(today).periods.dead_letters)
        due = await self._letters.put_aside_before(begin_of(before))
        fresh = [number for number in due if number > retention.letters_upto]
        done = 0
        if fresh:
            meta = _meta(now, f"retention-letters-{before}")
            proposed = letters_erased(before, fresh, retention.on(today).number, meta)
            done = len((await self._committer.submit(partial(change, proposed=proposed))).events)
        await self._delete(due)
        return done

    async def _delete(self, due: Sequence[int]) -> None:
        if due:
            await self._letters.delete(due)


def _meta(now: datetime, correlation_id: str) -> Meta:
    return Meta(actor="system:retention", channel="system", occurred_at=now, correlation_id=correlation_id)
