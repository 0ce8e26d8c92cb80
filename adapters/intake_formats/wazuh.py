"""Wazuh 4.x alerts: one object (integratord), a JSON list, lines of alerts.json, a hit of the indexer or a search's answer.

    {"timestamp": "2026-03-01T02:11:09.123+0100", "id": "1772327469.104530", "manager": {"name": "wazuh-01"},
     "rule": {"id": "5763", "level": 10, "description": "...", "groups": ["sshd"]}, "agent": {"id": "014", "name": "fs01"}}

`id` is `<epoch>.<offset>` in one manager's file: text, never a number (a float loses digits), and unique only together with the
manager and, in a cluster, its node. An alert never says that it is over. 5.x has another schema and is refused.
"""

from collections.abc import Mapping
from hashlib import sha256

from adapters.intake_formats.common import as_mapping, as_text, as_texts, build_signal, first_text, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError
from adapters.intake_formats.json_body import read_object
from adapters.intake_formats.json_items import take_body
from domain.signals import Severity, Signal, SignalStatus

_LOWEST_LEVEL = ((15, Severity.CRITICAL), (12, Severity.HIGH), (7, Severity.MEDIUM), (4, Severity.LOW), (0, Severity.INFO))
_MANAGER_ITSELF = "000"


def parse(body: bytes, request: Request) -> Parsed:
    """Read every alert of a body on its own."""
    return take_body(body, lambda item: _signal(item.value, item.raw, request), ("hits", "hits"))


def _signal(item: object, raw: bytes, request: Request) -> Signal:
    alert = read_object(item, "the alert")
    alert = read_object(alert.get("_source", alert), "_source")
    rule, agent = as_mapping(alert.get("rule")), as_mapping(alert.get("agent"))
    if "level" not in rule and "description" not in rule:
        raise UnreadableError("rule: neither level nor description: this is not a Wazuh 4.x alert")
    flags: list[str] = []
    return build_signal(
        request,
        raw,
        event_id=_event_id(alert, raw, flags),
        title=first_text(rule, "description"),
        description=first_text(alert, "full_log", "previous_output"),
        severity=_severity(rule.get("level"), flags),
        status=SignalStatus.FIRING,
        detected_at=read_time(alert.get("timestamp"), request.zone) or read_time(alert.get("@timestamp")),
        components=(_component(alert, agent),),
        signal_category=",".join(as_texts(rule.get("groups"))),
        references=_references(alert, rule),
        flags=flags,
    )


def _event_id(alert: Mapping[str, object], raw: bytes, flags: list[str]) -> str:
    event_id = alert.get("id")
    if not isinstance(event_id, str) or not event_id:
        # A number has lost its digits already, and two alerts must not become one: the bytes themselves tell them apart.
        flags.append("no-id")
        return "sha256:" + sha256(raw).hexdigest()
    manager = first_text(as_mapping(alert.get("manager")), "name")
    if not manager:
        flags.append("no-manager")
    node = first_text(as_mapping(alert.get("cluster")), "node")
    return "/".join(filter(None, (manager, node, event_id)))


def _severity(level: object, flags: list[str]) -> Severity:
    """Read `rule.level`, 0 to 16: 0-3 info, 4-6 low, 7-11 medium, 12-14 high, 15 and 16 critical."""
    text = as_text(level)
    if not text.isdecimal() or len(text) > len("16"):
        flags.append("unknown-severity" if text else "no-severity")
        return Severity.MEDIUM
    return next(severity for lowest, severity in _LOWEST_LEVEL if int(text) >= lowest)


def _component(alert: Mapping[str, object], agent: Mapping[str, object]) -> str:
    """Name the agent; agent 000 is the manager itself and has no address."""
    if agent.get("id") == _MANAGER_ITSELF:
        return first_text(agent, "name") or first_text(as_mapping(alert.get("manager")), "name")
    return first_text(agent, "name", "ip") or first_text(as_mapping(alert.get("predecoder")), "hostname")


def _references(alert: Mapping[str, object], rule: Mapping[str, object]) -> list[str]:
    """List the rule, its MITRE ATT&CK techniques, its articles of the GDPR, and the permalinks somewhere below `data`."""
    techniques, articles = as_texts(as_mapping(rule.get("mitre")).get("id")), as_texts(rule.get("gdpr"))
    links = [first_text(as_mapping(part), "permalink") for part in as_mapping(alert.get("data")).values()]
    return [
        *(f"rule:{each}" for each in as_texts(rule.get("id"))),
        *(f"mitre:{each}" for each in techniques),
        *(f"gdpr:{each}" for each in articles),
        *links,
    ]
