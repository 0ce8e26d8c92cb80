"""Bodies that could not be read, wholly or in part: kept byte for byte as a signal that waits for a person.

A format that fails or a tool that changed its own never loses an alert: `sporlog intake reprocess` reads what waits once more.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple, Protocol

from domain.events import Meta
from domain.signals import Disposition, Severity, Signal, SignalKind, SignalsDecided, SignalStatus, stream_of
from handlers.intake import IntakeContext, Taken, take_in
from handlers.unit_of_work import Body, Committer, SignalKey, UnitOfWork

PREFIX = "body:"
"""Of the ids of these signals, before the SHA-256 of the bytes: the same bytes are one."""
MAX_WAITING = 1000
"""Of one source: a tool that sends nothing but noise must not fill the disk. Beyond them only the sender is told."""
TITLE = "Kunne ikke læses (could not be read)"
REASONS = 20


class Rejection(Protocol):
    """One thing that was not taken: `item` counts from 1, 0 is the body as a whole."""

    @property
    def item(self) -> int:
        """Which."""

    @property
    def reason(self) -> str:
        """Why, without quoting the body."""


class Unread(NamedTuple):
    """One that waits, as it came."""

    source: str
    sha256: str
    raw: bytes
    headers: Mapping[str, str]
    arrived_at: datetime

    @property
    def key(self) -> SignalKey:
        """Of its signal."""
        return self.source, PREFIX + self.sha256


def body_of(raw: bytes, headers: Mapping[str, str]) -> Body:
    """What came, with the headers that tell how it is read: credentials are none of them."""
    telling = (name for name in sorted(headers) if name in {"content-type", "content-encoding"} or name.startswith("ce-"))
    return Body(sha256(raw).hexdigest(), raw, tuple(f"{name}: {headers[name]}" for name in telling))


def headers_of(lines: Sequence[str]) -> dict[str, str]:
    """The headers back from how they are kept."""
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def as_signal(source: str, body: Body, arrived_at: datetime, rejected: Sequence[Rejection]) -> Signal:
    """The signal that stands for a body until somebody reads it."""
    reasons = [f"{one.item}: {one.reason}" for one in rejected[:REASONS]]
    return Signal(
        source=source,
        source_event_id=PREFIX + body.sha256,
        title=TITLE,
        description="\n".join(reasons + ([f"+ {len(rejected) - REASONS}"] if len(rejected) > REASONS else [])),
        severity=Severity.MEDIUM,
        status=SignalStatus.FIRING,
        detected_at=arrived_at,
        components=(),
        signal_category="unread",
        references=body.headers,
        payload_sha256=body.sha256,
        raw=body.raw,
        kind=SignalKind.UNREAD,
    )


def keep(uow: UnitOfWork, signal: Signal, context: IntakeContext) -> bool:
    """Keep it, durable with the unit. False when too many of its source wait already; one that waits is counted again."""
    known = uow.known_signals([(signal.source, signal.source_event_id)])
    if not known and uow.count_waiting(signal.source, PREFIX, MAX_WAITING) >= MAX_WAITING:
        return False
    take_in(uow, [signal], context)
    return True


async def settle(committer: Committer, unread: Unread, signals: Sequence[Signal], context: IntakeContext) -> list[Taken]:
    """What could be read now is taken in, and the body waits no more: both or neither. Durable on return."""
    return await committer.submit(partial(_settle, unread=unread, signals=signals, context=context))


def _settle(uow: UnitOfWork, unread: Unread, signals: Sequence[Signal], context: IntakeContext) -> list[Taken]:
    known = uow.known_signals([unread.key])
    if known[unread.key].disposition is not Disposition.TO_PERSON:
        return []  # somebody else was faster: what it holds was taken in then
    taken = take_in(uow, signals, context)
    uow.assign_signals({unread.key: (Disposition.DISMISSED, None)})
    stream = stream_of(unread.source)
    meta = Meta(
        actor=f"source:{unread.source}", channel="intake", occurred_at=uow.recorded_at, correlation_id=context.correlation_id
    )
    read = SignalsDecided(meta=meta, source=unread.source, source_event_ids=(unread.key[1],), decision="read")
    uow.append(stream, [read], expected=uow.version(stream))
    return taken
