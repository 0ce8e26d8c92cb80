"""Another register on the command line: read, looked at, taken over, kept; and what the doctor says of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.support.registers import PASSWORD, RegisterServer, asset, compliance_server


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with compliance_server() as running:
        running.rows["assets"] = [asset(1, "Omsorg"), asset(2, "Løn", supplier=None)]
        yield running


@pytest.fixture
def reading(sporlog: Sporlog, server: RegisterServer) -> Sporlog:
    address = server.url.replace("http://", f"http://:{PASSWORD}@")
    return replace(sporlog, more={"SPORLOG_COMPLIANCE": address})


def test_a_register_is_read_looked_at_and_taken_over_as_a_person_chooses(reading: Sporlog) -> None:
    said = reading("catalogue", "sync", "os2compliance", "--dry-run", "--json")
    assert (said.code, said.json["objects"], len(said.json["differences"])) == (0, 3, 4)
    assert "er ikke læst endnu" in reading("catalogue", "drift", "os2compliance").out

    said = reading("catalogue", "sync", "os2compliance")
    assert (said.code, "Ny: 3" in said.out) == (0, True), said.err
    assert reading("catalogue", "list", "--json").json == [], "a sync changes nothing"
    said = reading("catalogue", "drift", "os2compliance", "--take-plain", "--reason", "Første indlæsning")
    assert "Import 1: 4 ændringer" in said.out, said.err
    assert reading("catalogue", "drift", "os2compliance", "--json").json["differences"] == []

    for name, owner in (("Omsorg", "it-drift"), ("Løn", "hr")):
        said = reading("catalogue", "change", name, "--owner", owner, "--reason", "Ny ansvarlig")
        assert said.code == 0, said.err
    found = reading("catalogue", "drift", "os2compliance", "--json").json["differences"]
    assert [(one["sort"], one["here"], one["source"]) for one in found] == [
        ("conflict", "it-drift", "os2compliance:u-1"),
        ("conflict", "hr", "os2compliance:u-2"),
    ]
    take, keep = (one["id"] for one in found)
    said = reading("catalogue", "drift", "os2compliance", "--take", take, "--keep", keep)
    assert "Beholdt: 1. Tilbage: 0." in said.out, said.err
    assert reading("catalogue", "drift", "os2compliance", "--json").json["differences"] == []
    said = reading("catalogue", "drift", "os2compliance", "--take", take)
    assert (said.code, "Forskellen er der ikke mere" in said.err) == (1, True)


def test_a_register_that_fails_is_said_so_by_command_and_doctor_without_its_key(
    reading: Sporlog, server: RegisterServer
) -> None:
    def row() -> tuple[str, str]:
        found = [one for one in reading("doctor", "--json").json if one["check"] == "registers"]
        return found[0]["level"], found[0]["detail"]

    assert row()[0] == "ok"
    assert "er ikke læst endnu" in row()[1]
    server.faults = [(403, {}, b"")]
    said = reading("catalogue", "sync", "os2compliance")
    assert (said.code, "Det andet register svarede ikke" in said.err, PASSWORD in said.err) == (1, True, False)
    assert row()[0] == "warning"
    assert "OS2compliance answered 403" in row()[1]
    assert PASSWORD not in row()[1]
    assert reading("catalogue", "sync", "os2compliance").code == 0
    assert row()[0] == "ok"


def test_a_register_that_is_not_set_up_is_named_so(sporlog: Sporlog) -> None:
    said = sporlog("catalogue", "sync", "servicenow")
    assert (said.code, "Der er ikke sat et register op med det navn." in said.err) == (1, True)
    assert [one for one in sporlog("doctor", "--json").json if one["check"] == "registers"] == []
