"""Reading `?at=` of an address."""

import re
from datetime import datetime

from domain.time import parse_time

_LOST_PLUS = re.compile(r"(:\d\d(?:\.\d+)?) (\d\d:?\d\d)$")


def instant_asked(at: str | None) -> datetime | None:
    """The time asked for, None when none was. A `+` of a zone that was not escaped arrives as a space. See `parse_time`."""
    return parse_time(_LOST_PLUS.sub(r"\1+\2", at)) if at else None
