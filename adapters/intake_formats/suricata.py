"""Suricata's EVE log: one event, a list, lines of eve.json, or what Filebeat made of such a line.

    {"timestamp": "2026-03-01T02:11:09.712927+0100", "flow_id": 520221496542071, "event_type": "alert",
     "src_ip": "198.51.100.7", "dest_ip": "10.0.4.4", "proto": "TCP",
     "alert": {"action": "allowed", "gid": 1, "signature_id": 2221014, "signature": "...", "category": "...", "severity": 3}}

https://docs.suricata.io/en/latest/output/eve/eve-json-format.html. Only `alert` is for Sporlog: statistics, flows and the like
are neither signals nor errors. Filebeat puts the line, as text, into `message`.

An alert has no id: it is known by the SHA-256 of flow_id, gid, signature_id, timestamp, src_ip and dest_ip as they were
written, in that order, as a JSON list of texts. `case:<signature_id>/<src_ip>/<dest_ip>` among its references is what
belongs together. It never says that it is over. The raw bytes are the body when it is one event, its line, else its own
canonical JSON.
"""

from collections.abc import Mapping
from hashlib import sha256

from adapters.intake_formats.common import as_id, as_mapping, as_text, as_texts, build_signal, first_text, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.home_side import home_of
from adapters.intake_formats.json_body import canonical, read_object
from adapters.intake_formats.json_items import Item, read_inner, take_body
from domain.signals import Severity, Signal, SignalStatus

_BY_NUMBER = {"1": Severity.HIGH, "2": Severity.MEDIUM, "3": Severity.LOW}
"""1 is the most severe; from 4 on it is info, to 255."""
_BY_WORD = {
    "critical": Severity.CRITICAL,
    "major": Severity.HIGH,
    "minor": Severity.LOW,
    "informational": Severity.INFO,
}
"""Of `signature_severity`, as the rule sets write it; the worst one first."""


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert of a body on its own."""
    return take_body(body, lambda item: _signal(item, request))


def _signal(item: Item, request: Request) -> Signal | None:
    event = read_object(item.value, "the event")
    if "event_type" not in event and isinstance(event.get("message"), str):
        event = read_object(read_inner(event["message"]), "message")
    kind = event.get("event_type")
    if not isinstance(kind, str) or not kind:
        raise UnreadableError("event_type: missing: this is not an event of Suricata's EVE log")
    if kind != "alert":
        return None
    alert = read_object(event.get("alert"), "alert")
    flags: list[str] = []
    source, target = first_text(event, "src_ip"), first_text(event, "dest_ip")
    signature_id = as_id(alert.get("signature_id"))
    return build_signal(
        request,
        item.raw,
        event_id=_event_id(event, alert, item.raw, flags),
        title=first_text(alert, "signature"),
        description=_description(event, alert),
        severity=_severity(alert, flags),
        # `blocked` too: that one packet was stopped does not tell that it was the only one.
        status=SignalStatus.FIRING,
        detected_at=read_time(event.get("timestamp"), request.zone),
        components=_components(event, alert, flags),
        signal_category=first_text(alert, "category"),
        references=(
            f"signature:{as_id(alert.get('gid')) or '1'}:{signature_id}" if signature_id else "",
            f"case:{signature_id}/{source}/{target}" if signature_id and source and target else "",
            *as_texts(alert.get("references")),
        ),
        flags=flags,
    )


def _event_id(event: Mapping[str, object], alert: Mapping[str, object], raw: bytes, flags: list[str]) -> str:
    rule = (as_id(alert.get("gid")), as_id(alert.get("signature_id")))
    names = [as_id(event.get("flow_id")), *rule, *(first_text(event, name) for name in ("timestamp", "src_ip", "dest_ip"))]
    if isinstance(event.get("flow_id"), float):
        flags.append("flow-id-cut")
    if not rule[1] or not first_text(event, "timestamp"):
        # The rest alone would make one signal of many alerts.
        flags.append("no-id")
        return "sha256:" + sha256(raw).hexdigest()
    return "sha256:" + sha256(canonical(names)).hexdigest()


def _severity(alert: Mapping[str, object], flags: list[str]) -> Severity:
    """Read `severity`, which the rule's own `signature_severity` refines."""
    words = [word.strip().casefold() for word in as_texts(as_mapping(alert.get("metadata")).get("signature_severity"))]
    for word, severity in _BY_WORD.items():
        if word in words:
            return severity
    number = as_text(alert.get("severity"))
    if number.isascii() and number.isdecimal() and 0 < len(number) <= len("255") and int(number):
        return _BY_NUMBER.get(number, Severity.INFO)
    flags.append("unknown-severity" if number or words else "no-severity")
    return Severity.MEDIUM


def _components(event: Mapping[str, object], alert: Mapping[str, object], flags: list[str]) -> list[str]:
    """Name the home side, the attacked machine first; both sides when both are at home, as when one attacks another."""
    source, dest = first_text(event, "src_ip"), first_text(event, "dest_ip")
    attacked = first_text(as_mapping(alert.get("target")), "ip") or _attacked(event, alert)
    if home := home_of((dest, source)):
        return sorted(home, key=lambda address: address != attacked)
    if not attacked and (dest or source):
        flags.append("unclear-home-side")
    return [attacked or dest or source]


def _attacked(event: Mapping[str, object], alert: Mapping[str, object]) -> str:
    """Give the address that `attack_target` means: it tells client or server, and the flow or the direction who is which."""
    words = " ".join(as_texts(as_mapping(alert.get("metadata")).get("attack_target"))).casefold()
    if ("client" in words) == ("server" in words):
        return ""
    flow = as_mapping(event.get("flow"))
    ends = (first_text(flow, "src_ip"), first_text(flow, "dest_ip"))
    if not all(ends):
        ends = (first_text(event, "src_ip"), first_text(event, "dest_ip"))
        direction = first_text(event, "direction")
        if direction not in ("to_server", "to_client"):
            return ""
        ends = ends if direction == "to_server" else (ends[1], ends[0])
    return ends[0] if "client" in words else ends[1]


def _description(event: Mapping[str, object], alert: Mapping[str, object]) -> str:
    """Write `TCP 198.51.100.7:44244 -> 10.0.4.4:2375 (allowed)`, as far as it is told."""
    ends = [
        ":".join(filter(None, (first_text(event, f"{side}_ip"), first_text(event, f"{side}_port")))) for side in ("src", "dest")
    ]
    action = first_text(alert, "action")
    return " ".join(
        filter(None, (first_text(event, "proto"), " -> ".join(filter(None, ends)), f"({action})" if action else ""))
    )
