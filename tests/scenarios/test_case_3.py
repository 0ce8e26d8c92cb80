"""KL's case 3, Aarhus: business and technicians read one picture of a service: systems, suppliers, processes, people."""

from pathlib import Path

from tests.adapters.cli.conftest import Sporlog
from tests.scenarios.catalogue import CARE, MAILBOX, RECORD, SERVER, SUPPLIER, WORK, classed, does, drawn


def test_the_map_of_a_service_shows_all_that_it_stands_on_and_what_is_hit_now(sporlog: Sporlog, tmp_path: Path) -> None:
    drawn(sporlog)
    classed(sporlog)
    calm = does(sporlog, "catalogue", "map", CARE).out
    for name in (CARE, WORK, RECORD, SERVER, SUPPLIER):
        assert name in calm, name

    # The server fails: the same picture marks the way from it up to the citizen's service.
    ref = sporlog.report("Serveren svarer ikke", components=SERVER)
    hit = does(sporlog, "catalogue", "map", CARE).out
    assert ref in hit
    assert ref not in calm

    # On paper too, for a meeting without a network.
    paper = tmp_path / "kort.pdf"
    does(sporlog, "catalogue", "map", CARE, "--out", str(paper))
    assert paper.read_bytes().startswith(b"%PDF-")

    # Whom to call stands with the system, and what is wrong or missing is listed.
    shown = does(sporlog, "catalogue", "show", RECORD, "--json").json
    assert {(one["tie"], one["to"]["name"]) for one in shown["ties"]} >= {("supplied_by", SUPPLIER), ("reached_at", MAILBOX)}
    contact = does(sporlog, "catalogue", "show", MAILBOX, "--json").json["contact"]
    assert contact == "Ring 00 00 00 21"


def test_the_shortest_way_from_the_server_to_the_service_is_the_explanation(sporlog: Sporlog) -> None:
    drawn(sporlog)
    classed(sporlog)
    ref = sporlog.report("Serveren svarer ikke", components=SERVER)
    shown = does(sporlog, "incident", "show", ref).out
    assert CARE in shown
    assert RECORD in shown
