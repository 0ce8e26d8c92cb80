"""The ledger's part of a running Sporlog: kept at the head of the log and signed, also while NATS is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog

from adapters.process import background, every
from handlers.checkpoints import Checkpoints
from handlers.ledger_keeper import LedgerDiffersError

log = structlog.get_logger(__name__)


@asynccontextmanager
async def keeping_ledger(checkpoints: Checkpoints, seconds: int) -> AsyncIterator[Checkpoints]:
    """Sign what came, at most so often, until the block is left; what the bus brings is entered by its own consumer."""

    async def look() -> None:
        try:
            made = await asyncio.to_thread(checkpoints.make)
        except LedgerDiffersError as error:
            # It is on record and shown; a person must look, and until then each look says so again.
            log.error(  # noqa: TRY400 - where it was found is told, not where it was raised
                "the ledger stands still", reason=str(error)
            )
            return
        if made is not None and made.new:
            log.info("checkpoint", size=made.signed.size)

    async with background("checkpoints", partial(every, seconds, look)):
        yield checkpoints
