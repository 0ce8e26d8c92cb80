"""Uptime Kuma's webhook: JSON, or the same JSON in the field `data` of a form.

    {"heartbeat": {"monitorID": 89, "status": 0, "time": "2026-03-01 01:11:09.374", "msg": "timeout", "important": true,
                   "timezoneOffset": "+01:00", "localDateTime": "2026-03-01 02:11:09"},
     "monitor": {"id": 89, "name": "ESDH", "url": "https://esdh.example", "hostname": null}, "msg": "[ESDH] [Down] timeout"}

https://github.com/louislam/uptime-kuma/wiki/Notification-Methods. `time` is UTC and says nothing of it. Status 0 is down, 1 up;
2 (pending, it tries again) and 3 (maintenance) are neither an alarm nor its end. The key is the monitor's number; it numbers no
episodes, so an outage goes on until the monitor is up. A message without a heartbeat (a certificate that runs out, the button
Test) is known by the hash of its text. The tool tells no severity. The raw bytes are the whole body, without its secrets
(`uptime_kuma_secrets`).
"""

from collections.abc import Mapping
from hashlib import sha256

from adapters.intake_formats.alertmanager import host_of
from adapters.intake_formats.common import as_id, as_mapping, as_text, build_signal, first_text, read_severity, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import read_json, read_object
from adapters.intake_formats.uptime_kuma_form import json_of
from domain.signals import Severity, Signal, SignalStatus

_STATUSES = {"0": SignalStatus.FIRING, "1": SignalStatus.RESOLVED}
_NEITHER = ("2", "3")
_NO_ADDRESS = "https://"
"""What the field for an address holds while nobody has filled it in, as with a ping."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read the one message of a body."""
    if not body.strip():
        raise UnreadableError("the body is empty: choose the method POST in the webhook of Uptime Kuma")
    message = read_object(read_json(json_of(body, request.headers.get("content-type", ""))), "the body")
    heartbeat = message.get("heartbeat")
    if heartbeat is None:
        return take_each([message], lambda each: _without_heartbeat(each, body, request))
    if as_text(as_mapping(heartbeat).get("status")) in _NEITHER:
        return Parsed([], [])
    return take_each([message], lambda each: _signal(each, body, request))


def _signal(message: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    heartbeat, monitor = read_object(message.get("heartbeat"), "heartbeat"), as_mapping(message.get("monitor"))
    number = as_id(heartbeat.get("monitorID")) or as_id(heartbeat.get("monitor_id")) or as_id(monitor.get("id"))
    if not number:
        raise UnreadableError("heartbeat.monitorID: missing or no whole number, so nothing tells which monitor this is")
    flags: list[str] = []
    status = _STATUSES.get(first_text(heartbeat, "status"))
    if status is None:
        flags.append("unknown-status")
    at = read_time(heartbeat.get("time")) or read_time(
        first_text(heartbeat, "localDateTime") + first_text(heartbeat, "timezoneOffset")
    )
    return build_signal(
        request,
        raw,
        event_id=number,
        title=first_text(message, "msg") or first_text(monitor, "name"),
        description=first_text(heartbeat, "msg"),
        severity=read_severity("", flags),
        status=status or SignalStatus.FIRING,
        detected_at=at,
        components=_components(monitor),
        signal_category="availability",
        references=(_url(monitor),),
        flags=flags,
        episode=number,
        told_at=at,
    )


def _without_heartbeat(message: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    text, monitor = first_text(message, "msg"), as_mapping(message.get("monitor"))
    if not text:
        raise UnreadableError("heartbeat and msg: both are missing or empty, this is no message of Uptime Kuma's")
    flags = ["no-heartbeat"]
    if is_test := text.endswith("Testing"):
        flags.append("test")
    return build_signal(
        request,
        raw,
        event_id="message:" + sha256(text.encode()).hexdigest(),
        title=text,
        description="",
        severity=Severity.INFO if is_test else read_severity("", flags),
        status=SignalStatus.FIRING,
        detected_at=None,
        components=_components(monitor),
        signal_category="availability",
        references=(_url(monitor),),
        flags=flags,
    )


def _components(monitor: Mapping[str, object]) -> tuple[str, ...]:
    """Name what is watched, then what its watchers call it."""
    return (first_text(monitor, "hostname") or host_of(_url(monitor)), first_text(monitor, "name"))


def _url(monitor: Mapping[str, object]) -> str:
    url = first_text(monitor, "url")
    return "" if url == _NO_ADDRESS else url
