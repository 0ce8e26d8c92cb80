"""ServiceNow incidents: the Table API, and what a business rule posts.

    {"result": [{"sys_id": "<32 hex>", "number": "INC0010001", "short_description": "...", "state": "2", "priority": "1",
      "category": "security", "cmdb_ci": "...", "opened_at": "2026-03-01 01:11:09", "sys_updated_on": "..."}]}
    with sysparm_display_value=all each field is {"display_value": "In Progress", "value": "2"}
    a business rule: the record itself, or {"table_name": "incident", "record": {...}}; also "current" and "incident"

https://developer.servicenow.com/dev.do#!/reference/api/latest/rest/c_TableAPI. An incident is known by `sys_id`; `number` is
for people. Records of other tables are left alone. Everything is text; times stand in UTC in `value`, and where there are no
pairs in the zone of the source. The raw bytes are the body when it is one record, else the record's own canonical JSON.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from adapters.intake_formats.common import as_id, as_text, build_signal, read_severity, read_status, read_time
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from domain.signals import Severity, Signal, SignalKind, SignalStatus

_PAGES = ("result", "records")
_WRAPPERS = ("record", "current", "incident")
_TABLES = {"incident", "hændelse"}
_PRIORITIES = {"1": "critical", "2": "high", "3": "medium", "4": "low", "5": "info", "planning": "info"}
_SEVERITIES = {"1": "high", "2": "medium", "3": "low"}
_STATES = {
    SignalStatus.FIRING: "1 new",
    SignalStatus.ACKNOWLEDGED: "2 3 4 5 in-progress on-hold",
    SignalStatus.RESOLVED: "6 7 8 resolved closed canceled cancelled",
}
_STATUS_OF = {word: status for status, words in _STATES.items() for word in words.split()}
_CANCELLED = {"8", "canceled", "cancelled"}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", re.ASCII | re.DOTALL)
_SYS_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MONTHS = 12


def parse(body: bytes, request: Request) -> Parsed:
    """Read every record of a body. A page may be empty: a poll has often nothing new."""
    value = read_json(body)
    if value == []:
        raise UnreadableError("the list is empty, there is nothing to take")
    if isinstance(value, dict):
        value = next((value[page] for page in _PAGES if page in value), value)
    if not isinstance(value, list):
        return take_each([value], lambda record: _read(record, body, request))
    records = read_list(value, "result")
    return take_each(records, lambda record: _read(record, body if len(records) == 1 else canonical(record), request))


def _read(item: object, raw: bytes, request: Request) -> Signal | None:
    told = read_object(item, "the record")
    record = next((each for name in _WRAPPERS if isinstance(each := told.get(name), dict)), told)
    named = (_value(told, "table_name"), _value(told, "table"), _value(record, "sys_class_name"), _value(record, "table_name"))
    if any(table.casefold() not in _TABLES for table in named if table):
        return None
    flags: list[str] = []
    sys_id, number = as_id(_told(record, "sys_id")), as_id(_told(record, "number"))
    if not sys_id and not number:
        raise UnreadableError("sys_id: neither sys_id nor number, so nothing tells which incident this is")
    if not sys_id:
        flags.append("no-sys-id")
    services = [name] if (name := _display(record, "business_service")) else []
    components = [each for each in (_display(record, "cmdb_ci"), *services) if each]
    if any(_SYS_ID.fullmatch(each) for each in components):
        flags.append("component-is-sys-id")
    return build_signal(
        request,
        raw,
        event_id=sys_id or number,
        title=_display(record, "short_description"),
        description=_display(record, "description"),
        severity=_severity(record, flags),
        status=_status(record, flags),
        detected_at=_first_time(record, request, flags, "opened_at", "sys_created_on"),
        components=components,
        signal_category=_value(record, "category"),
        references=[number],
        flags=flags,
        kind=SignalKind.TICKET,
        services=services,
        told_at=_first_time(record, request, flags, "sys_updated_on"),
    )


def _told(record: Mapping[str, object], name: str, *keys: str) -> object:
    """Give a field as it was told; of a pair the first of `keys` that is there, else `value`, else `display_value`."""
    field = record.get(name)
    if not isinstance(field, dict):
        return field
    return next((field[key] for key in (*keys, "value", "display_value") if as_text(field.get(key))), None)


def _value(record: Mapping[str, object], name: str) -> str:
    """What the table holds: the same in every language."""
    return as_text(_told(record, name)).strip()


def _display(record: Mapping[str, object], name: str) -> str:
    """What people see: a name where the table holds a sys_id."""
    return as_text(_told(record, name, "display_value")).strip()


def _severity(record: Mapping[str, object], flags: list[str]) -> Severity:
    """Read the priority, as `1` or `1 - Critical`. The field `severity` has another scale and counts only without one."""
    if told := _value(record, "priority"):
        word = told.partition(" ")[0].casefold()
        return read_severity(_PRIORITIES.get(word, told), flags)
    told = _value(record, "severity")
    return read_severity(_SEVERITIES.get(told.partition(" ")[0], told), flags)


def _status(record: Mapping[str, object], flags: list[str]) -> SignalStatus:
    told = _value(record, "state") or _value(record, "incident_state")
    word = told.casefold().replace(" ", "-")
    if word in _CANCELLED:
        flags.append("cancelled")
    return _STATUS_OF.get(word) or read_status(told, flags)


def _first_time(record: Mapping[str, object], request: Request, flags: list[str], *names: str) -> datetime | None:
    for name in names:
        field = record.get(name)
        zone = UTC if isinstance(field, dict) and as_text(field.get("value")) else request.zone
        if time := _time(_value(record, name), zone, flags):
            return time
    return None


def _time(text: str, zone: tzinfo, flags: list[str]) -> datetime | None:
    """Read a time; `03/01/2026` is the first of March where that is possible, as instances have been seen to write it."""
    if slashed := _SLASHED.fullmatch(text):
        first, second, year, rest = slashed.groups()
        month, day = (first, second) if int(first) <= _MONTHS else (second, first)
        if int(second) <= _MONTHS:
            flags.append("unclear-date")
        text = f"{year}-{month:0>2}-{day:0>2}{rest}"
    return read_time(text, zone)
