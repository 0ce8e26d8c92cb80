"""Other registers as recorded, on loopback: they sign in, page, count, refuse and fail as the real ones do."""

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ORGANISATION = "3dc52c64-3706-40f4-bf58-45035bb376da"
USER, PASSWORD = "sporlog@laerkeborg.dk", "hemmelig~hemmelig"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
JSON = dict[str, Any]
Answer = Callable[["RegisterServer", str, Mapping[str, str]], tuple[object, Mapping[str, str]]]


class Handler(BaseHTTPRequestHandler):
    def __init__(self, outer: "RegisterServer", *socket: Any) -> None:  # noqa: ANN401 - the server's own
        self.outer = outer
        super().__init__(*socket)

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.wait()
        if self.path != "/api/authorize/gettoken" or told != {"email": USER, "password": PASSWORD}:
            self.answer(401, {"msg": f"wrong: {told}"}, {})
            return
        self.outer.tokens += 1
        token = {"token": f"token-{self.outer.tokens}", "expires": "2026-11-30T00:00:00Z"}
        self.answer(200, {"response": token}, {})

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(at.query).items()}
        self.outer.asked.append((at.path, query))
        self.wait()
        if not self.outer.is_signed(dict(self.headers)):
            self.answer(401, {"error": f"{self.headers.get('Authorization')} is unknown"}, {})
        elif self.outer.faults:
            status, headers, body = self.outer.faults.pop(0)
            self.send(status, body, headers)
        else:
            self.answer(200, *self.outer.make(self.outer, at.path, query))

    def wait(self) -> None:
        if self.outer.hold is not None:
            self.outer.hold.wait(60)

    def answer(self, status: int, told: object, headers: Mapping[str, str]) -> None:
        self.send(status, json.dumps(told).encode(), headers)

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class RegisterServer:
    """`faults` are answered first: status, headers, and a body that replaces the answer's. `asked` are path and query."""

    def __init__(self, answer: Answer) -> None:
        self.faults: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.rows: dict[str, list[JSON]] = {}
        self.tokens = 0
        self.hold: threading.Event | None = None
        """While there is one, answers wait for it."""
        self.make = answer
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def is_signed(self, headers: Mapping[str, str]) -> bool:
        """Any of the three ways; of OS2kitos' tokens only the newest is good."""
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        good = {basic} | ({f"Bearer token-{self.tokens}"} if self.tokens else set())
        return headers.get("Authorization") in good or headers.get("Apikey", headers.get("ApiKey")) == PASSWORD

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self.hold is not None:
            self.hold.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def kitos_server() -> Iterator[RegisterServer]:
    with _running(_kitos) as server:
        server.rows = {"it-system-usages": [], "it-contracts": [], "deleted": []}
        yield server


@contextmanager
def servicenow_server() -> Iterator[RegisterServer]:
    with _running(_servicenow) as server:
        yield server


@contextmanager
def compliance_server() -> Iterator[RegisterServer]:
    with _running(_compliance) as server:
        server.rows = {"assets": []}
        yield server


@contextmanager
def _running(answer: Answer) -> Iterator[RegisterServer]:
    server = RegisterServer(answer)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _page(rows: list[JSON], page: int, size: int) -> list[JSON]:
    return rows[page * size : (page + 1) * size]


def _kitos(server: RegisterServer, path: str, query: Mapping[str, str]) -> tuple[object, Mapping[str, str]]:
    what = path.removeprefix("/api/v2/")
    page, size = int(query["page"]), int(query["pageSize"])
    if what == "delta-feed/deleted-entities":
        since, kind = query["deletedSinceUTC"], query["entityType"]
        rows = [one for one in server.rows["deleted"] if one["entityType"] == kind and one["occurredAtUtc"] >= since]
        return _page(rows, page, size), {}
    assert query["organizationUuid"] == ORGANISATION
    since = query.get("changedSinceGtEq", "")
    changed = [one for one in server.rows[what] if str(one.get("lastModified", "9")) >= since]
    return _page(sorted(changed, key=lambda one: str(one.get("lastModified", ""))), page, size), {}


def _servicenow(server: RegisterServer, path: str, query: Mapping[str, str]) -> tuple[object, Mapping[str, str]]:
    rows = server.rows.get(path.removeprefix("/api/now/table/"), [])
    offset, limit = int(query["sysparm_offset"]), int(query["sysparm_limit"])
    shown = [one for one in rows[offset : offset + limit] if not one.get("hidden")]
    return {"result": shown}, {"X-Total-Count": str(len(rows))}


def _compliance(server: RegisterServer, path: str, query: Mapping[str, str]) -> tuple[object, Mapping[str, str]]:
    assert path == "/api/v1/assets"
    rows, page, size = server.rows["assets"], int(query["page"]), int(query["pageSize"])
    shown = _page(rows, page, size)
    pages = -(-len(rows) // size)
    return {"totalPages": pages, "page": page, "totalCount": len(rows), "count": len(shown), "content": shown}, {}


def usage(uuid: str, name: str, **more: Any) -> JSON:  # noqa: ANN401 - JSON values
    """A system in use, as today's API v2 tells it."""
    return {
        "uuid": uuid,
        "lastModified": "2026-11-20T08:00:00.1234567Z",
        "systemContext": {"uuid": f"s-{uuid}", "name": name, "deactivated": False},
        "organizationContext": {"cvr": "11111118", "uuid": ORGANISATION, "name": "Lærkeborg Kommune"},
        "general": {
            "localCallName": None,
            "validity": {"valid": True, "lifeCycleStatus": "Operational"},
            "isBusinessCritical": "Yes",
            "isSociallyCritical": None,
            "hostedAt": "External",
        },
        "roles": [
            {"user": {"uuid": f"u-{uuid}", "name": "Ole Olsen"}, "role": {"uuid": "r-1", "name": "Systemejer"}},
        ],
        "organizationUsage": {"responsibleOrganizationUnit": {"uuid": "o-1", "name": "Sundhed"}},
        "gdpr": {"dataSensitivityLevels": ["PersonData"]},
        "outgoingSystemRelations": [],
    } | more


def contract(uuid: str, name: str, *systems: str, **more: Any) -> JSON:  # noqa: ANN401 - JSON values
    return {
        "uuid": uuid,
        "name": name,
        "lastModified": "2026-11-20T09:00:00Z",
        "general": {"contractId": "K-7", "validity": {"validFrom": None, "validTo": "2027-12-31T00:00:00Z"}},
        "supplier": {"organization": {"uuid": "l-1", "name": "Leverandør A/S", "cvr": "22222226"}, "signed": True},
        "systemUsages": [{"uuid": system, "name": "…"} for system in systems],
    } | more


def ci(sys_id: str, name: str, sort: str = "cmdb_ci_server", **more: Any) -> JSON:  # noqa: ANN401 - JSON values
    """A configuration item with all its values twice, as sysparm_display_value=all has it."""
    fields = {"sys_id": sys_id, "name": name, "sys_class_name": sort, "fqdn": "", "department": "", "owned_by": ""}
    return {name: {"display_value": value, "value": value} for name, value in (fields | more).items()}


def relation(parent: str, child: str, said: str) -> JSON:
    return {
        "sys_id": {"display_value": f"{parent}-{child}", "value": f"{parent}-{child}"},
        "parent": {"display_value": "…", "value": parent},
        "child": {"display_value": "…", "value": child},
        "type": {"display_value": said, "value": "1a9cb166f1571100a92eb60da2bce5c5"},
    }


def asset(number: int, name: str, **more: Any) -> JSON:  # noqa: ANN401 - JSON values
    return {
        "id": number,
        "version": 3,
        "name": name,
        "description": "Ring til Ole Olsen på 12 34 56 78",
        "systemOwners": [{"uuid": f"u-{number}", "name": "Ole Olsen"}],
        "dataProcessingAgreementStatus": "YES",
        "criticality": "CRITICAL",
        "sociallyCritical": False,
        "supplier": {"id": 9, "name": "Leverandør A/S"},
    } | more
