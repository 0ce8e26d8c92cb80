"""Makes the message that a source has fallen silent: of what the log says of it, or of how it stands now."""

import hashlib
from datetime import datetime

from domain.events import Recorded
from domain.intake.events import INTAKE, SourceFellSilent
from domain.intake.state import IntakeSetup, Source, replay
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.outbox import SILENCE, Silence


def silence_noted(history: History, recorded: Recorded, event: SourceFellSilent, *, demo: bool) -> Silence:
    """As the source was set up when its silence was noted."""
    told = history.read_stream(INTAKE, upto=recorded.position)
    source = replay((each.event for each in told), IntakeSetup()).source(event.source)
    return silence_of(event.source, source, event.since, event.meta.occurred_at, demo=demo)


def silence_of(name: str, source: Source, since: datetime, noted_at: datetime, *, demo: bool) -> Silence:
    """The message about one silence. Times are UTC."""
    return Silence(
        id=silence_id(name, since),
        source=name,
        format=source.format,
        since=since,
        ever_heard=since != source.added_at,
        expected_minutes=source.expected_minutes,
        noted_at=noted_at,
        demo=demo,
    )


def silence_id(source: str, since: datetime) -> str:
    """32 hex digits of SHA-256 over the two and their kind."""
    return hashlib.sha256(f"{SILENCE}\n{source}\n{rfc3339_utc(since)}".encode()).hexdigest()[:32]
