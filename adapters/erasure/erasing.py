"""The worker that makes recorded erasures true, wherever the text or a trace of it lies. It runs in every process.

The event is the decision and is durable before anything is destroyed; what is still to be done stands in the table `erasures`,
written with the event. Each part can be repeated, so a crash anywhere leaves an erasure to be done again from the beginning.
"""

import asyncio
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

import structlog

from adapters.erasure import register as erasure_register
from adapters.event_store import unmaking
from adapters.event_store.application import EventStore
from adapters.event_store.outbox import OutboxTables
from domain.events import StoredRow
from domain.incident.events import Disposed
from handlers.evidence_store import EvidenceStore
from handlers.projector import Projector

log = structlog.get_logger(__name__)


class Eraser:
    """`data` is where the register of erasures is kept. Safe to run in several processes at once."""

    def __init__(
        self,
        store: EventStore,
        projectors: Collection[Projector],
        outbox: OutboxTables,
        data: Path,
        evidence: EvidenceStore,
    ) -> None:
        self._store, self._projectors, self._outbox = store, projectors, outbox
        self._evidence = evidence
        self._register = data / erasure_register.NAME
        self._destroyed = set[int]()
        """Positions of what this process has destroyed; only files that somebody reads are left of it."""

    async def look(self) -> None:
        """Do what is to be done, beside the event loop, and let go of what another process destroyed the keys of."""
        await asyncio.to_thread(self.work)
        self._store.forget_erased()

    def work(self) -> int:
        """Finish every pending erasure; how many are left because somebody still reads an old page: call it again."""
        left = unmaking.pending(self._store)
        return sum(not self._finish(row) for row in left)

    def _finish(self, row: StoredRow) -> bool:
        if row.position not in self._destroyed:
            unmaking.destroy(self._store, row)
            # Keys are gone from here on. On disk before it counts as done: an older backup is never restored without it.
            erasure_register.add(self._register, [erasure_register.erasure_of(row)])
            if row.topic == Disposed.TOPIC:
                self._forget(row.aggregate_id)
            self._destroyed.add(row.position)
        if not (unmaking.scrub(self._store) and all(one.database.scrub() for one in self._projectors)):
            return False
        unmaking.mark_done(self._store, row)
        log.info("erased", position=row.position, topic=row.topic)
        return True

    def _forget(self, incident: UUID) -> None:
        for projector in self._projectors:
            projector.catch_up()
        self._outbox.forget(incident)
        self._evidence.delete_all(incident)
