"""What every format shares: the words of tools, their times, and the one place where a signal gets its bounds and its hash."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from hashlib import sha256

import orjson

from adapters.intake_formats.contract import Request
from domain.signals import Severity, Signal, SignalKind, SignalStatus

MAX_ID = 256
MAX_NAME = 253
"""Characters in a component's name: that of a DNS name (RFC 1035)."""
MAX_TITLE = 300
MAX_DESCRIPTION = 20_000
MAX_REFERENCE = 2_048
MAX_ENTRIES = 32
"""Components, and references, of one signal."""

NO_TITLE = "Uden titel (no title)"

_SEVERITIES = {
    word: severity
    for severity, words in {
        Severity.CRITICAL: "critical crit page disaster emergency fatal",
        Severity.HIGH: "high error err major",
        Severity.MEDIUM: "medium moderate warning warn ticket",
        Severity.LOW: "low minor",
        Severity.INFO: "info informational information notice none debug",
    }.items()
    for word in words.split()
}
SEVERE_WORD = re.compile(
    b'"(%b)"' % "|".join(word for word, level in _SEVERITIES.items() if level in {Severity.CRITICAL, Severity.HIGH}).encode()
)
"""A JSON string, lower-cased, that `read_severity` takes for high or critical. One with blanks or escapes is not found."""
_STATUSES = {
    word: status
    for status, words in {
        SignalStatus.FIRING: "firing alerting active open new problem",
        SignalStatus.RESOLVED: "resolved ok closed recovered inactive",
        SignalStatus.ACKNOWLEDGED: "acknowledged ack",
    }.items()
    for word in words.split()
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAP_SECOND = re.compile(r"(\d\d:\d\d):60")


def as_text(value: object) -> str:
    """Give a string, or a number written as one; empty for everything else (objects, lists, booleans, null)."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_id(value: object) -> str:
    """Give an id as text: a string, or an integer written as one. Empty for everything else: a float has lost digits."""
    return "" if isinstance(value, float) else as_text(value)


def first_text(fields: Mapping[str, object], *names: str) -> str:
    """Give the first non-empty text among `names`, empty when there is none."""
    for name in names:
        value = fields.get(name)
        # Nearly all are texts or missing, and this is asked a dozen times an alert.
        if value is not None and (text := value if isinstance(value, str) else as_text(value)):
            return text
    return ""


def as_mapping(value: object) -> Mapping[str, object]:
    """Give a JSON object, an empty one for everything else: for parts that a tool may leave out."""
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[Mapping[str, object]]:
    """Give the JSON objects of a list; nothing for everything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def as_texts(value: object) -> list[str]:
    """Give the texts of a list, or of a single value; nothing for everything else."""
    return [text for each in (value if isinstance(value, list) else [value]) if (text := as_text(each))]


def read_time(value: object, zone: tzinfo = UTC) -> datetime | None:
    """Read a time as tools write it (ISO 8601 and RFC 3339, 0 to 9 fraction digits, `Z`, `+01:00`, `+0100`), in UTC.

    Without a zone it is `zone`'s. Cut to microseconds; a leap second becomes the second before. None when it cannot be read
    and for year 1, Go's zero time.
    """
    if not isinstance(value, str):
        return None
    text = value.strip().upper()
    if ":60" in text:
        text = _LEAP_SECOND.sub(r"\1:59", text)
    try:
        time = datetime.fromisoformat(text)
        time = (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return time if time.year > 1 else None


def read_epoch(value: object) -> datetime | None:
    """Read the time since 1970 as a number, or a number written as text: seconds, or from 1e11 on milliseconds, from 1e14 on
    microseconds, from 1e17 on nanoseconds. None when it is none of these.
    """  # noqa: D205 - one sentence
    try:
        number = Decimal(as_text(value))
        if number <= 0:  # as with NaN, which raises
            return None
        places = next(places for places, below in ((0, 11), (3, 14), (6, 17), (9, 20)) if number < 10**below)
        return _EPOCH + timedelta(microseconds=int(number.scaleb(6 - places)))
    except (ArithmeticError, StopIteration, OverflowError):
        return None


def rfc3339(time: datetime) -> str:
    """Write a UTC time as RFC 3339 with `Z`."""
    return orjson.dumps(time, option=orjson.OPT_UTC_Z)[1:-1].decode()  # a quarter of what `isoformat` takes


def read_severity(word: str, flags: list[str]) -> Severity:
    """Read a tool's word. None at all, or an unknown one, is medium and flagged; the word itself stays in the raw bytes."""
    severity = _SEVERITIES.get(word) or _SEVERITIES.get(word.strip().casefold())
    if severity is None:
        flags.append("unknown-severity" if word.strip() else "no-severity")
        return Severity.MEDIUM
    return severity


def read_status(word: str, flags: list[str]) -> SignalStatus:
    """Read a tool's word. Nothing said means firing; an unknown word too, and is flagged: a doubt never ends an alarm."""
    status = _STATUSES.get(word) or _STATUSES.get(word.strip().casefold())
    if status is None:
        if word.strip():
            flags.append("unknown-status")
        return SignalStatus.FIRING
    return status


def build_signal(
    request: Request,
    raw: bytes,
    *,
    event_id: str,
    title: str,
    description: str,
    severity: Severity,
    status: SignalStatus,
    detected_at: datetime | None,
    components: Iterable[str],
    signal_category: str,
    references: Iterable[str],
    flags: list[str],
    kind: SignalKind = SignalKind.ALERT,
    services: Iterable[str] = (),
    episode: str = "",
    same_as: Iterable[str] = (),
    told_at: datetime | None = None,
    content: str = "",
) -> Signal:
    """Bound and clean every text, hash the bytes, flag what was doubtful. Nothing is refused here.

    Control characters (terminal escapes; NUL, which PostgreSQL cannot hold) become U+FFFD. An id that is too long or holds any
    is replaced by its SHA-256, so that the same id stays the same and two ids stay two. Without a time the arrival counts.
    """
    event_id = _id(event_id, flags)
    if detected_at is None:
        flags.append("no-time")
    if not (title := _one_line(title)):
        flags.append("no-title")
    names = _entries(components, MAX_NAME, "components-cut", flags)
    if not names:
        flags.append("no-component")
    return Signal(
        request.source,
        event_id,
        _cut(title or NO_TITLE, MAX_TITLE, "title-cut", flags),
        _cut(description, MAX_DESCRIPTION, "description-cut", flags),
        severity,
        status,
        detected_at or request.arrived_at,
        names,
        _cut(_one_line(signal_category), MAX_NAME, "category-cut", flags),
        _entries(references, MAX_REFERENCE, "references-cut", flags),
        sha256(raw).hexdigest(),
        raw,
        tuple(dict.fromkeys(flags)) if flags else (),
        kind,
        _entries(services, MAX_NAME, "services-cut", flags) if services else (),
        _id(episode, flags) if episode else "",
        tuple([_id(name, flags) for name in same_as]) if same_as else (),
        told_at,
        content=content,
    )


def _id(text: str, flags: list[str]) -> str:
    # Nothing that is printable is a control character, and looking costs less than searching.
    if len(text) <= MAX_ID and (text.isprintable() or not _CONTROL.search(text)):
        return text
    flags.append("hashed-id")
    return "sha256:" + sha256(text.encode()).hexdigest()


def _one_line(text: str) -> str:
    # No line break is printable, and most texts are printable: looking costs less than splitting.
    return text.strip() if text.isprintable() else " ".join(text.splitlines()).strip()


def _cut(text: str, limit: int, flag: str, flags: list[str]) -> str:
    if not text.isprintable():
        text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))
    if len(text) <= limit:
        return text
    flags.append(flag)
    return text[: limit - 1] + "…"


def _entries(texts: Iterable[str], limit: int, flag: str, flags: list[str]) -> tuple[str, ...]:
    distinct = [line for line in dict.fromkeys([_one_line(text) for text in texts if text]) if line]
    if len(distinct) > MAX_ENTRIES:
        flags.append(flag)
    return tuple([_cut(line, limit, flag, flags) for line in distinct[:MAX_ENTRIES]])
