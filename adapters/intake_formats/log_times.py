"""Times as logs write them: since 1970, `Mar  1 2026 02:11:09`, ISO 8601, and whatever a Java pattern says.

Read without the machine's language and without its zone. A time without a year is the latest one that is not to come.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from adapters.intake_formats.common import read_epoch, read_time
from adapters.intake_formats.contract import Request

MAX_LENGTH = 64
"""Characters of a time, and of a pattern."""
A_CLOCK_AHEAD = timedelta(days=1)

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_ENGLISH, start=1)} | {"maj": 5, "okt": 10}
_HOURS_EAST = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
_ZONE = r"(?P<zone>[A-Za-z]{0,5}[+-]\d{1,2}(?::?\d\d)?|[A-Za-z]{1,5})"
_OFFSET = re.compile(r"[A-Za-z]*([+-])(\d{1,2}?):?(\d\d)?")
_COMMON = re.compile(
    r"(?P<month_name>[A-Za-z]{3})\.? {1,2}(?P<day>\d{1,2})(?: (?P<year>\d{4}))? "
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,](?P<fraction>\d{{1,9}}))?(?: {_ZONE})?",
    re.ASCII,
)
_OF_LETTER = {
    "d": r"(?P<day>\d{1,2})",
    "H": r"(?P<hour>\d{1,2})",
    "k": r"(?P<hour>\d{1,2})",
    "h": r"(?P<hour>\d{1,2})",
    "K": r"(?P<hour>\d{1,2})",
    "m": r"(?P<minute>\d{1,2})",
    "s": r"(?P<second>\d{1,2})",
    "S": r"(?P<fraction>\d{1,9})",
    "a": r"(?P<half>[AaPp])\.?[Mm]\.?",
    "z": _ZONE,
    "Z": _ZONE,
    "X": _ZONE,
    "E": r"[^\s\d]{2,10}",
}
_PIECE = re.compile(r"'([^']*)'|([A-Za-z])\2*|(.)", re.DOTALL)


def read_log_time(text: str, request: Request, flags: list[str], pattern: str = "") -> datetime | None:
    """Read a time, by its Java pattern (SimpleDateFormat) if there is one, in UTC. None when it cannot be read.

    Without a zone it is the request's; a zone's name that is not known is flagged, and it is the request's too.
    """
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return None
    compiled = _compiled(pattern) if 0 < len(pattern) <= MAX_LENGTH else None
    if found := (compiled and compiled.fullmatch(text)) or _COMMON.fullmatch(text):
        return _moment(found.groupdict(), request, flags)
    return read_epoch(text) if text.isdecimal() else read_time(text, request.zone)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Make an expression of a Java pattern; None for letters that tell no moment, or one thing twice."""
    expression = ""
    for piece in _PIECE.finditer(pattern):
        quoted, letter, other = piece.groups()
        if letter:
            part = _field(letter, len(piece[0]))
            if not part:
                return None
            expression += part
        else:
            expression += re.escape((quoted or "'") if other is None else other)
    try:
        return re.compile(expression, re.ASCII)
    except re.error:  # the same group twice
        return None


def _field(letter: str, length: int) -> str:
    if letter in "yu":
        return r"(?P<short_year>\d\d)" if length == len("yy") else r"(?P<year>\d{4})"
    if letter in "ML":
        return r"(?P<month>\d{1,2})" if length < len("MMM") else r"(?P<month_name>[A-Za-z]{3,9})\.?"
    return _OF_LETTER.get(letter, "")


def _moment(parts: Mapping[str, str | None], request: Request, flags: list[str]) -> datetime | None:
    month = _MONTHS.get((parts.get("month_name") or "")[:3].lower()) or int(parts.get("month") or 0)
    hour = int(parts.get("hour") or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "Pp" else 0)
    year = int(parts.get("year") or 0) or (2000 + int(short) if (short := parts.get("short_year")) else 0)
    zone = _zone(parts.get("zone") or "", request.zone, flags)
    # Without a year the next one is possible too: the tool's clock may have passed midnight at New Year before ours.
    here = request.arrived_at.year
    for guess in (year,) if year else (here + 1, here, here - 1):
        try:
            time = datetime(
                guess,
                month,
                int(parts.get("day") or 0),
                0 if hour == 24 else hour,  # noqa: PLR2004 - Java's letter k counts from 1
                int(parts.get("minute") or 0),
                min(int(parts.get("second") or 0), 59),
                int((parts.get("fraction") or "").ljust(6, "0")[:6]),
                tzinfo=zone,
            ).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if year or time <= request.arrived_at + A_CLOCK_AHEAD:
            return time
    return None


def _zone(text: str, otherwise: tzinfo, flags: list[str]) -> tzinfo:
    if not text:
        return otherwise
    if offset := _OFFSET.fullmatch(text):
        sign, hours, minutes = offset.groups()
        east = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if east < timedelta(days=1):
            return timezone(-east if sign == "-" else east)
    elif (hours_east := _HOURS_EAST.get(text.upper())) is not None:
        return timezone(timedelta(hours=hours_east))
    flags.append("unknown-zone")
    return otherwise
