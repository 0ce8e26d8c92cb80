"""Icinga 2's event stream: one event, lines of them as they come, or a JSON list.

    {"type": "StateChange", "timestamp": 1772327469.12, "host": "fs01", "service": "disk", "state": 2.0, "state_type": 1.0,
     "downtime_depth": 0.0, "acknowledgement": false, "check_result": {"output": "DISK CRITICAL", "state": 2.0, ...}}

https://icinga.com/docs/icinga-2/latest/doc/12-icinga2-api/#event-streams. Taken are StateChange, Notification,
AcknowledgementSet and AcknowledgementCleared; the Downtime events are read in `icinga2_downtime`. Only a hard state tells
anything: a soft one is neither signal nor error. The key is Icinga's own name for the check, `<host>!<service>` or `<host>`; it
numbers no episodes, so an open one goes on until the check is OK. The raw bytes are the body, the line, or of a list the
event's own canonical JSON. A service is a check on one host (`disk`): no component, and no service that anyone would miss.
"""

from collections.abc import Mapping
from typing import NamedTuple

from adapters.intake_formats.common import as_mapping, build_signal, first_text, read_epoch
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.icinga2_downtime import DOWNTIMES, read_downtime
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import Item, take_body
from domain.signals import Severity, Signal, SignalStatus

_STATES = ("StateChange", "AcknowledgementSet", "AcknowledgementCleared")
_NOTIFICATION = "Notification"
_OTHERS = ("CheckResult", "CommentAdded", "CommentRemoved", "Flapping", "ObjectCreated", "ObjectDeleted", "ObjectModified")
_PROBLEM, _RECOVERY, _ACKNOWLEDGED = "PROBLEM", "RECOVERY", "ACKNOWLEDGEMENT"
"""What notifications tell of a state; others tell of flapping, downtime, or a greeting."""
_SOFT, _HARD = 0, 1
_SERVICE_STATES = {
    0: ("OK", Severity.INFO),
    1: ("WARNING", Severity.MEDIUM),
    2: ("CRITICAL", Severity.HIGH),
    3: ("UNKNOWN", Severity.LOW),
}
_HOST_STATES = {0: ("UP", Severity.INFO), 1: ("DOWN", Severity.CRITICAL)}


class _Event(NamedTuple):
    fields: Mapping[str, object]
    kind: str
    notified: str
    """Of a notification its type, else empty."""
    host: str
    service: str
    """Empty: it is the host that is told of."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read every event of a body."""
    return take_body(body, lambda item: _read(item, request))


def _read(item: Item, request: Request) -> Signal | None:
    fields = read_object(item.value, "the event")
    kind = first_text(fields, "type")
    if kind in DOWNTIMES:
        return read_downtime(fields, item.raw, request)
    if kind in _OTHERS:
        return None
    if kind != _NOTIFICATION and kind not in _STATES:
        raise UnreadableError("type: missing, or no event of Icinga 2's that is known: send those of the event stream")
    notified = first_text(fields, "notification_type").upper() if kind == _NOTIFICATION else ""
    event = _Event(fields, kind, notified, first_text(fields, "host"), first_text(fields, "service"))
    if not event.host:
        raise UnreadableError("host: missing or empty, so nothing tells which check this is")
    return _signal(event, item.raw, request) if _is_hard(event) else None


def _is_hard(event: _Event) -> bool:
    """Tell whether the state holds. Raises `UnreadableError` when the event does not say."""
    if event.kind == _NOTIFICATION:
        # Sent of hard states only.
        return event.notified in {_PROBLEM, _RECOVERY, _ACKNOWLEDGED}
    hardness = _whole(event.fields.get("state_type"))
    if hardness not in {_SOFT, _HARD}:
        raise UnreadableError("state_type: 0 (soft) or 1 (hard) is expected: only a hard state opens or ends anything")
    return hardness == _HARD


def _signal(event: _Event, raw: bytes, request: Request) -> Signal | None:
    result = as_mapping(event.fields.get("check_result"))
    state = _state(event, result)
    status = _status(event, state)
    if status is None:
        return None
    flags = _circumstances(event, result)
    word, severity = "", Severity.MEDIUM
    states = _SERVICE_STATES if event.service else _HOST_STATES
    if state in states:
        word, severity = states[state]
    else:
        flags.append("no-severity" if state is None else "unknown-severity")
    name = "!".join(filter(None, (event.host, event.service)))
    at = read_epoch(event.fields.get("timestamp"))
    return build_signal(
        request,
        raw,
        event_id=name,
        title=": ".join(filter(None, (name.replace("!", " "), word))),
        description=first_text(result, "output") or first_text(event.fields, "comment", "text"),
        severity=severity,
        status=status,
        detected_at=at,
        components=(event.host,),
        signal_category="availability",
        references=(),
        flags=flags,
        episode=name,
        told_at=at,
    )


def _state(event: _Event, result: Mapping[str, object]) -> int | None:
    """Give the state of the host or service. A check's result counts a host that is down as 2: of hosts it is not asked."""
    state = _whole(event.fields.get("state"))
    if state is not None or event.kind != _NOTIFICATION:
        return state
    if event.notified == _RECOVERY:
        return 0
    return _whole(result.get("state")) if event.service else 1


def _status(event: _Event, state: int | None) -> SignalStatus | None:
    """Give the status; None when an acknowledgement is cleared because nothing is wrong any more."""
    if event.kind == "AcknowledgementCleared":
        return None if state == 0 else SignalStatus.FIRING
    if state == 0 or event.notified == _RECOVERY:
        return SignalStatus.RESOLVED
    is_told = event.kind == "AcknowledgementSet" or event.notified == _ACKNOWLEDGED
    return SignalStatus.ACKNOWLEDGED if is_told or event.fields.get("acknowledgement") is True else SignalStatus.FIRING


def _circumstances(event: _Event, result: Mapping[str, object]) -> list[str]:
    """Say what takes the weight from a state: planned work, or something in front of it that is down."""
    flags = []
    if (_whole(event.fields.get("downtime_depth")) or 0) > 0:
        flags.append("in-downtime")
    if event.fields.get("reachable") is False or as_mapping(result.get("vars_after")).get("reachable") is False:
        flags.append("unreachable")
    if event.kind == "AcknowledgementCleared":
        flags.append("acknowledgement-cleared")
    return flags


def _whole(value: object) -> int | None:
    """Read a number that Icinga writes as a float (2.0); None for everything else."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
