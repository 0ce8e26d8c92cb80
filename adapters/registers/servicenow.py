"""ServiceNow's CMDB, by the Table API.

    GET /api/now/table/cmdb_ci_server?sysparm_limit=500&sysparm_offset=0&sysparm_display_value=all      X-Total-Count: 1200
    {"result": [{"sys_id": "...", "name": {"display_value": "srv-1", "value": "srv-1"}, ...}, ...]}
    GET /api/now/table/cmdb_rel_ci                                       parent, child, type

https://developer.servicenow.com/dev.do#!/reference/api/latest/rest/c_TableAPI. A field is a text or an object of display_value
and value, as the instance is set up. What was deleted leaves no trace, so all is read each time.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from adapters.register_settings import RegisterSettings
from adapters.registers.http import MAX_PAGES, TIMEOUT_S, Caller
from adapters.registers.words import inside, text, told
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie
from handlers.registers import Pulled, RegisterFailedError, RegisterObject, RegisterTie

PAGE = 500
_FIELDS = "sys_id,name,fqdn,sys_class_name,department,owned_by,managed_by,install_status,operational_status"
_SYSTEMS = ("cmdb_ci_appl", "cmdb_ci_business_app")
_GONE = frozenset({"7", "8", "retired", "absent"})
"""install_status: retired, absent."""
_FORWARD = {"depends on": Need.OTHER, "runs on": Need.HOSTING, "hosted on": Need.HOSTING, "uses": Need.OTHER} | {
    "connects to": Need.NETWORK,
    "virtualized by": Need.HOSTING,
}
_BACKWARD = {"used by": Need.OTHER, "runs": Need.HOSTING, "hosts": Need.HOSTING, "virtualizes": Need.HOSTING}
"""What stands before :: in a relation's name is said of the parent."""
_STANDS = frozenset({Kind.SERVICE, Kind.SYSTEM, Kind.COMPONENT})


class ServiceNow:
    """See `handlers.registers.Register`."""

    name = "servicenow"

    def __init__(self, settings: RegisterSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._sleep = settings, sleep
        self.where = settings.url

    def pull(self, cursor: str) -> Pulled:  # noqa: ARG002 - see the contract; here all is read each time
        """All that is in the configured tables, and the relations between it."""
        at = self._settings
        objects: dict[str, RegisterObject] = {}
        with httpx.Client(timeout=TIMEOUT_S, auth=(at.user, at.password)) as http:
            ask = Caller("ServiceNow", http, dict, self._sleep)
            for table in filter(None, map(str.strip, at.option.split(","))):
                for row in self._rows(ask, table, _FIELDS):
                    made = _object(row, table)
                    if made is not None:
                        objects.setdefault(made.key, made)
            for row in self._rows(ask, "cmdb_rel_ci", "sys_id,parent,child,type"):
                tie = _tie(row)
                if tie is not None and {tie.source, tie.to} <= objects.keys() and tie.source != tie.to:
                    known = objects[tie.source]
                    objects[tie.source] = known.model_copy(update={"ties": (*known.ties, tie)})
        return Pulled(tuple(objects.values()), "")

    def _rows(self, ask: Caller, table: str, fields: str) -> Iterator[Mapping[str, Any]]:
        seen = 0
        for page in range(MAX_PAGES):
            params = {
                "sysparm_query": "ORDERBYsys_id",
                "sysparm_fields": fields,
                "sysparm_display_value": "all",
                "sysparm_exclude_reference_link": "true",
                "sysparm_limit": str(PAGE),
                "sysparm_offset": str(page * PAGE),
            }
            answer, headers = ask.get(f"{self._settings.url}/api/now/table/{table}", params)
            rows = inside(answer, "result")
            if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
                raise RegisterFailedError(f"ServiceNow sent no result for {table}")
            yield from rows
            seen += len(rows)
            total = headers.get("X-Total-Count", "")
            # Rows that the user may not read are counted and left out: a short page need not be the last one.
            if (page + 1) * PAGE >= int(total) if total.isdecimal() else len(rows) < PAGE:
                if total.isdecimal() and seen < int(total):
                    missing = f"ServiceNow counts {total} rows in {table} and shows {seen}"
                    raise RegisterFailedError(f"{missing}: give its user the right to read them, or else they look deleted")
                return
        raise RegisterFailedError(f"ServiceNow has more than {MAX_PAGES} pages of {table}")


def _value(row: Mapping[str, Any], name: str) -> str | None:
    field = row.get(name)
    return text(inside(field, "value")) if isinstance(field, Mapping) else text(field)


def _shown(row: Mapping[str, Any], name: str) -> str | None:
    field = row.get(name)
    return text(inside(field, "display_value")) if isinstance(field, Mapping) else text(field)


def _object(row: Mapping[str, Any], table: str) -> RegisterObject | None:
    key, name = _value(row, "sys_id"), _value(row, "name")
    if key is None or name is None:
        return None  # a CI without a name cannot be spoken of
    status = {(_value(row, "install_status") or "").lower(), (_shown(row, "install_status") or "").lower()}
    if status & _GONE:
        return None
    sort = _value(row, "sys_class_name") or table
    kind = Kind.SERVICE if "service" in sort else Kind.SYSTEM if sort.startswith(_SYSTEMS) else Kind.COMPONENT
    dns = _value(row, "fqdn")
    facts = told(
        name=name,
        aliases=[dns] if dns and dns != name else None,
        administration=_shown(row, "department") if isinstance(row.get("department"), Mapping) else None,
        owner=_id(row, "owned_by"),
        sort=(sort.removeprefix("cmdb_ci_") or None) if kind is Kind.COMPONENT else None,
        manager=_id(row, "managed_by") if kind is Kind.SYSTEM else None,
    )
    return RegisterObject(kind=kind, key=key, facts=facts, tells=frozenset({Tie.DEPENDS_ON}))


def _id(row: Mapping[str, Any], name: str) -> str | None:
    """Who it is, by the id alone: names of people stay in ServiceNow."""
    found = _value(row, name)
    return found and f"servicenow:{found}"


def _tie(row: Mapping[str, Any]) -> RegisterTie | None:
    parent, child = _value(row, "parent"), _value(row, "child")
    said = (_shown(row, "type") or "").partition("::")[0].strip().lower()
    if parent is None or child is None:
        return None
    if said in _FORWARD:
        return RegisterTie(tie=Tie.DEPENDS_ON, source=parent, to=child, need=_FORWARD[said])
    if said in _BACKWARD:
        return RegisterTie(tie=Tie.DEPENDS_ON, source=child, to=parent, need=_BACKWARD[said])
    return None
