"""The ledger's part of a running Sporlog: kept at the head of the log, also while NATS is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from adapters import main
from adapters.process import background, every
from handlers.event_log import EventLog
from handlers.ledger_keeper import LedgerKeeper
from handlers.ledger_tables import LedgerTables

LOOK_S = 10.0
"""How often the store is looked at by itself: what the bus brings is entered at once."""


@asynccontextmanager
async def keeping_ledger(tables: LedgerTables, log: EventLog) -> AsyncIterator[LedgerKeeper]:
    """Keep it until the block is left; what the bus brings is given to what is yielded."""
    keeper = LedgerKeeper(tables, log, main.utc_now)

    async def look() -> None:
        await asyncio.to_thread(keeper.catch_up)

    async with background("ledger", partial(every, LOOK_S, look)):
        yield keeper
