"""Microsoft Graph's login and its list of incidents as recorded, on loopback; it filters, pages and fails as the real one."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from adapters.ways_in.settings import GraphSettings

SECRET, TENANT = "hemmelig~hemmelig", "b1f5a7c0-0000-4000-8000-000000000001"


def incident(number: int, updated: str, **more: object) -> dict[str, object]:
    return {
        "@odata.type": "#microsoft.graph.security.incident",
        "id": str(number),
        "tenantId": TENANT,
        "displayName": f"Multi-stage incident {number}",
        "status": "active",
        "severity": "high",
        "createdDateTime": "2026-11-21T02:00:00.1234567Z",
        "lastUpdateDateTime": updated,
        "incidentWebUrl": f"https://security.microsoft.com/incidents/{number}",
        "alerts": [{"id": f"da{number}", "category": "Ransomware", "evidence": [{"deviceDnsName": "srv-omsorg-01"}]}],
        **more,
    }


class GraphServer:
    """`faults` are answered first: status and headers. `tokens` counts the logins; only the newest token is good."""

    def __init__(self) -> None:
        self.incidents: list[dict[str, object]] = []
        self.faults: list[tuple[int, dict[str, str]]] = []
        self.page_size = 50
        self.tokens = 0
        self.next_page_at = ""
        self.asked: list[dict[str, list[str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                if self.path != f"/{TENANT}/oauth2/v2.0/token" or form["client_secret"] != [SECRET]:
                    described = f"AADSTS7000215: Invalid client secret {form['client_secret'][0]} provided."
                    self.answer(401, {"error": "invalid_client", "error_description": described})
                    return
                outer.tokens += 1
                self.answer(200, {"token_type": "Bearer", "expires_in": 3599, "access_token": f"token-{outer.tokens}"})

            def do_GET(self) -> None:
                if self.headers["Authorization"] != f"Bearer token-{outer.tokens}":
                    self.answer(401, {"error": {"code": "InvalidAuthenticationToken", "message": "expired"}})
                elif outer.faults:
                    status, headers = outer.faults.pop(0)
                    self.answer(status, {"error": {"code": "TooManyRequests", "message": "…"}}, headers)
                else:
                    self.answer(200, outer.page(parse_qs(urlsplit(self.path).query)))

            def answer(self, status: int, told: object, headers: dict[str, str] | None = None) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        self.asked.append(query)
        assert query["$expand"] == ["alerts"]
        assert query["$orderby"] == ["lastUpdateDateTime"]
        since = re.fullmatch(r"lastUpdateDateTime gt (\S+Z)", query["$filter"][0])
        assert since is not None
        skip = int(query.get("$skip", ["0"])[0])
        newer = [one for one in self.incidents if str(one["lastUpdateDateTime"]) > since[1]]
        newer.sort(key=lambda one: str(one["lastUpdateDateTime"]))
        page: dict[str, Any] = {"value": newer[skip : skip + self.page_size]}
        if skip + self.page_size < len(newer):
            kept = f"$expand=alerts&$filter=lastUpdateDateTime%20gt%20{since[1]}&$orderby=lastUpdateDateTime"
            at = self.next_page_at or self.url
            page["@odata.nextLink"] = f"{at}/v1.0/security/incidents?{kept}&$skip={skip + self.page_size}"
        return page

    def settings(self, secret: str = SECRET) -> GraphSettings:
        return GraphSettings("graph.microsoft.com", TENANT, "client-1", secret, "defender", every_s=0)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def graph_server() -> Iterator[GraphServer]:
    server = GraphServer()
    server.start()
    yield server
    server.stop()
