"""Buckets show the latest value of each key, and learn of everything, whoever kept the tables up."""

import pytest

from adapters.event_store.application import EventStore
from handlers.bucket_feed import BucketFeed, Pending
from handlers.projector import Projector
from handlers.rebuild import rebuild
from projections.register import Register
from tests.support import incidents as tell
from tests.support.logs import incident_id, projector, record
from tests.support.read_databases import OpenDatabase

BORN, BORN_AGAIN = "2026-11-20T14:00:00Z", "2026-11-21T08:00:00Z"


class Kept:
    def __init__(self, store: EventStore, open_read_database: OpenDatabase) -> None:
        self.store = store
        self.projector: Projector = projector(Register(), open_read_database("register"), store)
        self.feed = BucketFeed(Register(), Register().buckets[0], self.projector.database)

    def tell(self, number: int) -> None:
        record(self.store, [(incident_id(number), tell.reported(reference=f"H-2026-000{number}"))])
        self.projector.catch_up()

    def write(self, created: str = BORN) -> Pending:
        pending = self.feed.pending(created)
        self.feed.written(created, pending.position)
        return pending


@pytest.fixture
def kept(log_store: EventStore, open_read_database: OpenDatabase) -> Kept:
    return Kept(log_store, open_read_database)


def test_only_what_changed_since_the_last_writing_is_pending(kept: Kept) -> None:
    kept.tell(1)
    kept.tell(2)
    first = kept.write()
    assert (first.position, set(first.documents)) == (2, {"H-2026-0001", "H-2026-0002"})
    assert kept.feed.pending(BORN) == (2, {})
    kept.tell(3)
    assert set(kept.feed.pending(BORN).documents) == {"H-2026-0003"}


def test_what_was_not_confirmed_is_pending_again(kept: Kept) -> None:
    kept.tell(1)
    assert kept.feed.pending(BORN) == kept.feed.pending(BORN)
    assert set(kept.feed.pending(BORN).documents) == {"H-2026-0001"}


def test_what_another_process_took_into_the_tables_is_pending_too(kept: Kept, open_read_database: OpenDatabase) -> None:
    kept.write()
    other = Kept(kept.store, open_read_database)
    other.tell(1)
    assert kept.projector.apply(kept.store.recorder.rows(0, 10)).position == 1
    assert set(kept.feed.pending(BORN).documents) == {"H-2026-0001"}


def test_a_bucket_that_was_made_anew_gets_everything(kept: Kept) -> None:
    kept.tell(1)
    kept.write()
    assert set(kept.feed.pending(BORN_AGAIN).documents) == {"H-2026-0001"}


def test_after_a_rebuild_everything_is_pending(kept: Kept) -> None:
    kept.tell(1)
    kept.write()
    rebuild(Register(), kept.projector.database, kept.store.recorder, kept.store.mapper.record)
    assert set(kept.feed.pending(BORN).documents) == {"H-2026-0001"}
