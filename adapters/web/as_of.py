"""`?at=` and `?position=` of an address: what the log knew then."""

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query

from adapters.web.parts import LAST_POSITION, WebParts
from domain.errors import InvalidInputError
from domain.time import parse_time

At = Annotated[str | None, Query(description="As known then: RFC 3339, or Copenhagen's clock without a zone", max_length=40)]
Position = Annotated[int | None, Query(ge=0, le=LAST_POSITION, description="As of this position of the log")]

_LOST_PLUS = re.compile(r"(:\d\d(?:\.\d+)?) (\d\d:?\d\d)$")


def instant_asked(at: str | None) -> datetime | None:
    """The time asked for, None when none was. A `+` of a zone that was not escaped arrives as a space. See `parse_time`."""
    return parse_time(_LOST_PLUS.sub(r"\1+\2", at)) if at else None


def as_asked(parts: WebParts, at: str | None, position: int | None) -> WebParts:
    """The parts as of what was asked for, as they are when nothing was. Reads the log: call it beside the event loop.

    A position that the log has not reached is as of now. Raises `InvalidInputError` for both at once, or no time.
    """
    history, instant = parts.desk.history, instant_asked(at)
    if instant is not None and position is not None:
        msg = "at and position: ask for one of them"
        raise InvalidInputError(msg)
    if instant is not None:
        return parts.as_of(history.position_at(instant), instant)
    if position is None:
        return parts
    last = history.rows(max(min(position, history.head()) - 1, 0), 1)
    then = datetime.fromtimestamp(last[0].recorded_at_us / 1_000_000, UTC) if last else parts.clock()
    return parts.as_of(position, then)
