"""`sporlog intake reprocess`: bodies that no format could read are read once more, by the formats and mappings of today.

Each body is a unit of work of its own: what is in it is taken in and it waits no more, or neither. Killed between two of them,
those before are done and those after wait as before; the next run goes on, and one after that finds nothing to do.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import structlog

from domain.errors import NotFoundError
from domain.signals import Signal
from handlers.history import History
from handlers.intake import IntakeContext, Taken, take_in
from handlers.intake_door import Parse, Read
from handlers.intake_unread import PREFIX, Unread, headers_of, settle
from handlers.unit_of_work import Committer, SignalKey, UnitOfWork

log = structlog.get_logger(__name__)


class Left(NamedTuple):
    """A body that goes on waiting, and why: the reasons of its format, which quote nothing of it."""

    source: str
    sha256: str
    reason: str


class Reprocessed(NamedTuple):
    """What a run did with one body: nothing is `left` when it was settled."""

    taken: Sequence[Taken] = ()
    left: Left | None = None


class _Opened(NamedTuple):
    """A body with what is in it."""

    unread: Unread
    read: Read


async def reprocess(
    history: History, committer: Committer, parse: Parse, key: SignalKey, context: IntakeContext
) -> Reprocessed:
    """Read one waiting body again. Durable on return.

    Of a body that is still not wholly read, what can be read is taken where it was not before; the body goes on waiting.
    """
    opened = _open(history, parse, key)
    if isinstance(opened, Left):
        return Reprocessed(left=opened)
    unread, read = opened
    signals = [signal._replace(body_sha256=unread.sha256) for signal in read.signals]
    if read.rejected:
        taken = await committer.submit(partial(_take_new, signals=signals, context=context)) if signals else []
        reasons = "; ".join(f"item {one.item}: {one.reason}" for one in read.rejected)
        return Reprocessed(taken, Left(unread.source, unread.sha256, reasons))
    # What was taken out of this body when it came is no repeat now.
    fresh = [signal for signal in signals if not _came_in(history, signal)]
    return Reprocessed(await settle(committer, unread, fresh, context))


def readable(history: History, parse: Parse, source: str) -> tuple[int, int]:
    """How many of a source's waiting bodies can be wholly read now, and how many wait. Changes nothing."""
    keys = history.waiting(PREFIX, source)
    found = [_open(history, parse, key) for key in keys]
    return sum(isinstance(one, _Opened) and not one.read.rejected for one in found), len(keys)


def _open(history: History, parse: Parse, key: SignalKey) -> _Opened | Left:
    source, sha256 = key[0], key[1].removeprefix(PREFIX)
    remembered, payload = history.signal(*key), history.payload(sha256)
    if remembered is None or remembered.received is None or payload is None:
        return Left(source, sha256, "its bytes were erased, so nothing can be read")
    unread = Unread(source, sha256, payload.raw, headers_of(payload.references), remembered.received.detected_at)
    try:
        return _Opened(unread, parse(source, unread.raw, unread.headers, unread.arrived_at))
    except NotFoundError as error:
        return Left(source, sha256, str(error))
    except Exception as error:
        log.exception("a format failed", source=source)
        return Left(source, sha256, f"the format failed ({type(error).__name__}): this is a defect of Sporlog's")


def _came_in(history: History, signal: Signal) -> bool:
    known = history.signal(signal.source, signal.source_event_id)
    return known is not None and known.received is not None and known.received.body_sha256 == signal.body_sha256


def _take_new(uow: UnitOfWork, signals: Sequence[Signal], context: IntakeContext) -> list[Taken]:
    known = uow.known_signals([(signal.source, signal.source_event_id) for signal in signals])
    # A tool that numbers no episodes gives no id by which one could tell what was taken before: that waits with its body.
    fresh = [s for s in signals if (s.source, s.source_event_id) not in known and s.episode != s.source_event_id]
    return take_in(uow, fresh, context)
