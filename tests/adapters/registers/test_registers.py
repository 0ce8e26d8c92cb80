"""What holds for every register: all pages or an error, waiting when asked to, no password repeated, no person's name told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import pytest

from adapters.register_settings import RegisterSettings, read_registers
from adapters.registers import http, os2compliance, os2kitos, servicenow
from adapters.registers.os2compliance import OS2Compliance
from adapters.registers.os2kitos import OS2Kitos
from adapters.registers.servicenow import ServiceNow
from adapters.setting_error import SettingError
from handlers.registers import Register, RegisterFailedError
from tests.support.registers import (
    NOW,
    ORGANISATION,
    PASSWORD,
    USER,
    RegisterServer,
    asset,
    ci,
    compliance_server,
    kitos_server,
    servicenow_server,
    usage,
)

Sleep = Callable[[float], None]


class Kind(NamedTuple):
    """A register's server, its client, and one of its objects, named `System <number>`."""

    serve: Callable[[], AbstractContextManager[RegisterServer]]
    make: Callable[[str, str, Sleep], Register]
    rows: str
    one: Callable[[int], dict[str, Any]]


def kitos(url: str, password: str, sleep: Sleep) -> Register:
    return OS2Kitos(RegisterSettings(url, USER, password, ORGANISATION), lambda: NOW, sleep)


def service_now(url: str, password: str, sleep: Sleep) -> Register:
    return ServiceNow(RegisterSettings(url, USER, password, "cmdb_ci_server"), sleep)


def compliance(url: str, password: str, sleep: Sleep) -> Register:
    return OS2Compliance(RegisterSettings(url, "", password), sleep)


def owned(number: int) -> dict[str, Any]:
    return ci(f"c{number}", f"System {number}") | {"owned_by": {"display_value": "Ole Olsen", "value": f"p{number}"}}


KINDS = {
    "os2kitos": Kind(kitos_server, kitos, "it-system-usages", lambda number: usage(f"u{number}", f"System {number}")),
    "servicenow": Kind(servicenow_server, service_now, "cmdb_ci_server", owned),
    "os2compliance": Kind(compliance_server, compliance, "assets", lambda number: asset(number, f"System {number}")),
}


class Met:
    """A register of one kind, and the server that it asks."""

    def __init__(self, kind: Kind, server: RegisterServer) -> None:
        self.kind, self.server = kind, server
        self.waited: list[float] = []

    def fill(self, count: int) -> None:
        self.server.rows[self.kind.rows] = [self.kind.one(number) for number in range(count)]

    def names(self, password: str = PASSWORD) -> list[str]:
        pulled = self.kind.make(self.server.url, password, self.waited.append).pull("")
        assert pulled.whole
        return [one.facts["name"] for one in pulled.objects if not one.lent]


@pytest.fixture(params=KINDS)
def met(request: pytest.FixtureRequest) -> Iterator[Met]:
    kind = KINDS[request.param]
    with kind.serve() as server:
        yield Met(kind, server)


def test_every_page_is_read_once(met: Met) -> None:
    met.fill(1_001)
    assert sorted(met.names()) == sorted(f"System {number}" for number in range(1_001))


def test_it_waits_as_long_as_it_is_asked_to_and_goes_on(met: Met) -> None:
    met.fill(3)
    met.server.faults = [(429, {"Retry-After": "7"}, b""), (503, {}, b"")]
    assert len(met.names()) == 3
    assert met.waited == [7.0, 2.0]


def test_who_asks_to_be_left_alone_for_long_is(met: Met) -> None:
    met.server.faults = [(429, {"Retry-After": "3600"}, b"")]
    with pytest.raises(RegisterFailedError, match="left alone for 3600 seconds"):
        met.names()
    assert met.waited == []


def test_who_is_busy_for_good_is_asked_no_more(met: Met) -> None:
    met.server.faults = [(503, {}, b"")] * 9
    with pytest.raises(RegisterFailedError, match="503"):
        met.names()
    assert len(met.server.faults) == 9 - http.TRIES


def test_a_wrong_password_is_said_so_and_not_repeated(met: Met) -> None:
    with pytest.raises(RegisterFailedError, match="401: user, password or key is wrong") as refused:
        met.names("forkert~forkert")
    assert "forkert" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b'[{"uuid": "1", "na', "half of one"),
        (200, b"<html>log ind</html>", "no JSON"),
        (200, b'{"message": "hej"}', "sent no"),
        (200, b"[1, 2]", "sent no"),
        (403, b"", "403: its user may not read"),
        (404, b"", "404: there is no such address"),
        (500, b"Ole Olsen", "500$"),
    ],
)
def test_half_a_page_or_none_is_an_error_and_nothing_is_told(met: Met, status: int, body: bytes, reason: str) -> None:
    met.server.faults = [(status, {}, body)]
    with pytest.raises(RegisterFailedError, match=reason):
        met.names()


def test_a_connection_that_ends_within_a_page_is_an_error(met: Met) -> None:
    met.server.faults = [(200, {"Content-Length": "100000", "Connection": "close"}, b'{"result": [')]
    with pytest.raises(RegisterFailedError, match="could not be read: RemoteProtocolError"):
        met.names()


def test_one_that_does_not_answer_is_not_waited_for_for_ever(met: Met, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (os2compliance, os2kitos, servicenow):
        monkeypatch.setattr(module, "TIMEOUT_S", 0.2)
    met.server.hold = threading.Event()
    with pytest.raises(RegisterFailedError, match="did not answer within"):
        met.names()


def test_what_it_tells_holds_no_name_of_a_person(met: Met) -> None:
    met.fill(2)
    pulled = met.kind.make(met.server.url, PASSWORD, met.waited.append).pull("")
    told = json.dumps([one.model_dump(mode="json") for one in pulled.objects])
    assert "System 1" in told
    assert "Olsen" not in told


def test_a_page_that_is_too_large_is_refused(met: Met, monkeypatch: pytest.MonkeyPatch) -> None:
    met.fill(3)
    monkeypatch.setattr(http, "MAX_PAGE", 200)
    with pytest.raises(RegisterFailedError, match="a page of more than"):
        met.names()


def test_none_is_configured_until_its_address_is_given() -> None:
    assert read_registers({}) == (None, None, None)
    found = read_registers(
        {
            "SPORLOG_KITOS": f"https://sporlog%40k.dk:a%23b@kitos.dk?organisation={ORGANISATION}",
            "SPORLOG_SERVICENOW": "https://sporlog:x@laerkeborg.service-now.com:8443/",
            "SPORLOG_COMPLIANCE": "https://:noegle@compliance.laerkeborg.dk",
        }
    )
    assert found.os2kitos == RegisterSettings("https://kitos.dk", "sporlog@k.dk", "a#b", ORGANISATION)
    assert found.servicenow is not None
    assert found.servicenow.url == "https://laerkeborg.service-now.com:8443"
    assert found.servicenow.option == "cmdb_ci_service,cmdb_ci_appl,cmdb_ci_server"
    assert found.os2compliance == RegisterSettings("https://compliance.laerkeborg.dk", "", "noegle")


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("SPORLOG_KITOS", "https://u:hemmelig@kitos.dk", "organisation is the UUID"),
        ("SPORLOG_KITOS", f"http://u:hemmelig@kitos.dk?organisation={ORGANISATION}", "over http everybody"),
        ("SPORLOG_KITOS", f"https://u@kitos.dk?organisation={ORGANISATION}", "user or password is missing"),
        ("SPORLOG_SERVICENOW", "https://u:hemmelig@x?table=a", "the only option is tables"),
        ("SPORLOG_COMPLIANCE", "https://u:hemmelig@x?a=b", "it takes no options"),
        ("SPORLOG_COMPLIANCE", "compliance.dk", "it is no https address"),
        ("SPORLOG_COMPLIANCE", "https://:hemmelig@x:port", "it is no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(variable: str, value: str, reason: str) -> None:
    with pytest.raises(SettingError, match=f"{variable} cannot be used: {reason}") as refused:
        read_registers({variable: value})
    assert refused.value.danish.startswith(f"{variable} kan ikke bruges: ")
    assert "hemmelig" not in str(refused.value) + refused.value.danish
