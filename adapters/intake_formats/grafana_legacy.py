"""The webhook of Grafana 8 and older, before unified alerting: one rule, its state, and no time at all.

    {"ruleId": 7, "ruleName": "...", "ruleUrl": "https://grafana.example/d/x", "state": "alerting", "title": "...",
     "message": "...", "evalMatches": [{"value": 98.1, "metric": "cpu", "tags": {"instance": "fs01:9100"}}], "tags": {}}

https://grafana.com/docs/grafana/v8.5/alerting/old-alerting/notifications/#webhook. A rule is known by `<host of ruleUrl>/
<ruleId>` and numbers no episodes; the arrival is the time. The raw bytes are the body. `pending` and `paused` are neither an
alarm nor its end: nothing is taken.
"""

from collections.abc import Mapping

from adapters.intake_formats.alertmanager import HOST_LABELS, host_of
from adapters.intake_formats.common import as_id, as_mapping, as_objects, build_signal, first_text, read_severity, read_status
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from domain.signals import Severity, Signal

_NEITHER = ("pending", "paused")
_NO_DATA = "no_data"
_TEST = "Test notification"


def is_legacy(envelope: Mapping[str, object]) -> bool:
    """Whether a body is of this shape."""
    return "alerts" not in envelope and ("ruleId" in envelope or "ruleName" in envelope)


def read_legacy(envelope: Mapping[str, object], body: bytes, request: Request) -> Parsed:
    """Read the one rule of a body. Raises `UnreadableError` without its number."""
    if first_text(envelope, "state").casefold() in _NEITHER:
        return Parsed([], [])
    return take_each([envelope], lambda rule: _signal(rule, body, request))


def _signal(rule: Mapping[str, object], raw: bytes, request: Request) -> Signal:
    number = as_id(rule.get("ruleId"))
    if not number:
        raise UnreadableError("ruleId: missing or no whole number, so nothing tells which rule this is")
    flags: list[str] = []
    state, url = first_text(rule, "state"), first_text(rule, "ruleUrl")
    if is_test := first_text(rule, "ruleName") == _TEST:
        flags.append("test")
    if failed := state.casefold() == _NO_DATA:
        flags.append("monitoring-failure")
    tags = as_mapping(rule.get("tags"))
    matches = [as_mapping(match.get("tags")) for match in as_objects(rule.get("evalMatches"))]
    event_id = "/".join(filter(None, (host_of(url) if "://" in url else "", number)))
    return build_signal(
        request,
        raw,
        event_id=event_id,
        title=first_text(rule, "ruleName", "title"),
        description=first_text(rule, "message"),
        severity=Severity.INFO if is_test else read_severity(first_text(tags, "severity"), flags),
        status=read_status("" if failed else state, flags),
        detected_at=None,
        components=[host_of(first_text(match, *HOST_LABELS)) for match in matches],
        signal_category=first_text(tags, "category") or ("monitoring" if failed else "availability"),
        references=(url,),
        flags=flags,
        episode=event_id,
    )
