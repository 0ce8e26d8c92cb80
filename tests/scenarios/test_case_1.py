"""KL's case 1, Aarhus: from an attack on a server up to the service that citizens depend on, and on to the board's report."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.time import local
from tests.adapters.cli.conftest import Sporlog
from tests.scenarios.catalogue import CARE, SERVER, classed, does, drawn

NOW = datetime.now(UTC).replace(microsecond=0)


def alert(level: int, number: int) -> bytes:
    """A line of Wazuh's about the server."""
    told = {
        "id": f"1795400000.{number}",
        "timestamp": (NOW - timedelta(hours=3, minutes=number)).isoformat(),
        "rule": {"level": level, "description": "Mange afviste login", "groups": ["authentication_failures"]},
        "agent": {"id": "007", "name": SERVER},
        "manager": {"name": "wazuh-1"},
    }
    return json.dumps(told).encode()


def test_an_alert_on_a_server_is_in_the_boards_report_of_the_service(sporlog: Sporlog, tmp_path: Path) -> None:
    drawn(sporlog)
    classed(sporlog)

    # Three attempts that came to nothing, and one that is severe: it opens an incident, which is traced up to the service.
    attempts = b"\n".join((alert(5, 1), alert(5, 2), alert(5, 3)))
    assert sporlog("intake", "wazuh", stdin=attempts).code == 0
    assert sporlog("intake", "wazuh", stdin=alert(15, 4)).code == 0
    (incident,) = does(sporlog, "incident", "list", "--json").json
    ref = incident["ref"]
    assert CARE in does(sporlog, "incident", "show", ref).out

    # The service was down for an hour.
    for step, ago, more in (("service-degraded", 2, ("--degree", "down")), ("service-restored", 1, ())):
        when = (NOW - timedelta(hours=ago)).isoformat()
        does(sporlog, "incident", step, ref, "--service", CARE, "--occurred-at", when, *more)

    # What the board reads: by service, each figure with the events behind it.
    today = local(NOW).date()
    period = f"{today - timedelta(days=1)}..{today + timedelta(days=1)}"
    first, again = tmp_path / "rapport.json", tmp_path / "igen.json"
    does(sporlog, "report", "management", "--period", period, "--format", "json", "--out", str(first))
    told = json.loads(first.read_bytes())
    (service,) = [one for one in told["services"] if one["service"]["name"] == CARE]
    figures = service["figures"]
    assert {name: figures[name]["value"] for name in ("incidents", "attempts", "down")} == {
        "incidents": 1,
        "attempts": 4,
        "down": 3600,
    }
    assert [one["reference"] for one in figures["incidents"]["behind"]] == [ref]
    assert service["breakdowns"]["severity"]["critical"] == 1
    assert "never_approved" in {one["code"] for one in told["decide"]}, "the board is asked for what it must decide"

    # Made again as of its position it is the same, byte for byte; on paper it is a PDF; and the board treated it.
    at = ("--position", told["position"])
    does(sporlog, "report", "management", "--period", period, "--format", "json", *at, "--out", str(again))
    assert again.read_bytes() == first.read_bytes()
    paper = tmp_path / "rapport.pdf"
    does(sporlog, "report", "management", "--period", period, *at, "--out", str(paper))
    assert paper.read_bytes().startswith(b"%PDF-")
    treated = ("--on", str(today), "--decisions", "Listen godkendes på næste møde", "--actor", "rolle:ledelse")
    assert (
        does(sporlog, "report", "treated", "--period", period, *at, *treated, "--json").json["report_sha256"] == told["sha256"]
    )
