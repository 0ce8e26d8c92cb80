"""The running look at the sources: when each was heard, and who has fallen silent."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from adapters.event_store.application import EventStore
from adapters.main import utc_now
from handlers.projector import Projector
from handlers.source_watch import SourceWatch, expecting, silent_sources
from handlers.unit_of_work import Committer
from projections.signals import sources

SILENCE_S = 30.0
"""How often the sources' rhythms, which are minutes, are held against the clock."""


def source_watch(store: EventStore, signals: Projector, committer: Committer) -> SourceWatch:
    """What notes silences in the log."""
    return SourceWatch(store.intake_setup, partial(_heard, signals), committer, utc_now)


def silent_now(store: EventStore, signals: Projector) -> dict[str, datetime]:
    """Each source that is silent, and since when. Blocks: it catches the read model up."""
    setup = store.intake_setup()
    return silent_sources(setup, _heard(signals), utc_now()) if expecting(setup) else {}


def _heard(signals: Projector) -> Mapping[str, datetime]:
    # Caught up from the store first: a bus that is away must not make every source look silent.
    signals.catch_up()
    with signals.database.snapshot() as connection:
        return {name: row["last_at"] for name, row in sources(connection).items()}
