"""`sporlog catalogue impact` and `findings`, and what an incident hits where it is shown."""

from collections.abc import Iterable

import pytest

from adapters.main import open_office
from adapters.settings import read_settings
from domain.catalogue.kinds import Kind
from handlers.catalogue import Change, change_all
from tests.adapters.cli.conftest import Sporlog
from tests.support.catalogues import CARE, SERVER, SYSTEM, ident, new, small

ARCHIVE = "Arkivserver"


def fill(sporlog: Sporlog, changes: Iterable[Change]) -> None:
    told = list(changes)
    settings = read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=sporlog.data)
    with open_office(settings) as office:
        (outcome,) = office.store.commit([lambda uow: change_all(uow, told)])
    assert not isinstance(outcome, Exception)


@pytest.fixture
def filled(sporlog: Sporlog) -> Sporlog:
    fill(sporlog, [*small(), new(Kind.COMPONENT, ARCHIVE)])
    return sporlog


def test_what_if_tells_services_paths_and_what_has_hit_it(filled: Sporlog) -> None:
    ref = filled.report("Disk fuld", components=f"{SERVER}.laerkeborg.dk")
    filled.report("En anden sag", components=ARCHIVE)
    told = filled("catalogue", "impact", "omsorg-db", "--json").json
    (service,) = told["services"]
    assert (service["name"], service["service_class"], service["effect"], service["severity"]) == (
        CARE,
        "society_critical",
        "stopped",
        "critical",
    )
    assert [one["name"] for one in service["path"]] == [SERVER, SYSTEM, CARE]
    assert ([one["name"] for one in told["others"]], told["stands_on"]) == ([SYSTEM], [])
    assert (told["incident_count"], [one["ref"] for one in told["incidents"]]) == (1, [ref])
    shown = filled("catalogue", "impact", CARE).out
    assert ref in shown
    assert f"{SYSTEM}, {SERVER}, Leverandør A/S" in shown
    assert "Ingen ydelse." in shown


def test_what_if_of_an_unknown_name_is_one_line(filled: Sporlog) -> None:
    said = filled("catalogue", "impact", "srv-findes-ikke")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "Det findes ikke i kataloget" in said.err


def test_what_if_looks_back(filled: Sporlog) -> None:
    before = filled("catalogue", "impact", SERVER, "--json").json
    first = filled.report("Disk fuld", components=SERVER)
    last = filled("incident", "show", first, "--json").json["position"]
    assert filled("catalogue", "impact", SERVER, "--position", str(last - 1), "--json").json == before
    assert filled("catalogue", "impact", SERVER, "--json").json["incident_count"] == 1


def test_an_incident_is_shown_with_what_it_hits_and_the_recommended_severity(filled: Sporlog) -> None:
    ref = filled.report("Disk fuld", components=f"{SERVER},srv-ny")
    shown = filled("incident", "show", ref).out
    assert (
        "Anbefalet alvor: Kritisk. Hændelsen står som: Høj. Grunden: Hjemmepleje og medicin (samfundskritisk): stoppet."
        in shown
    )
    assert f"{CARE} afhænger af {SYSTEM}, som afhænger af {SERVER}" in shown
    assert "Kataloget kender ikke srv-ny." in shown
    impact = filled("incident", "show", ref, "--json").json["impact"]
    assert (impact["severity"], impact["recommended_severity"], impact["unknown_names"]) == ("high", "critical", ["srv-ny"])
    assert [one["id"] for one in impact["services"]] == [str(ident(Kind.SERVICE, CARE))]


def test_a_service_that_was_only_told_to_be_degraded_counts_so(filled: Sporlog) -> None:
    ref = filled.report("Omsorg er langsom")
    assert "Hændelsen nævner ingen ydelse eller komponent" in filled("incident", "show", ref).out
    assert filled("incident", "service-degraded", ref, "--service", CARE, "--degree", "degraded").code == 0
    impact = filled("incident", "show", ref, "--json").json["impact"]
    assert [(one["effect"], one["severity"]) for one in impact["services"]] == [("degraded", "high")]
    assert impact["recommended_severity"] == impact["severity"] == "high"
    assert "og det er den, der står" in filled("incident", "show", ref).out


def test_without_a_catalogue_nothing_is_claimed(sporlog: Sporlog) -> None:
    ref = sporlog.report(components="srv-1")
    assert "Kataloget er tomt, så det vides ikke" in sporlog("incident", "show", ref).out
    assert sporlog("incident", "show", ref, "--json").json["impact"]["catalogue_empty"] is True
    assert "Kataloget er tomt." in sporlog("catalogue", "findings").out
    assert sporlog("catalogue", "findings", "--json").json == []


def test_findings_tell_what_to_do(filled: Sporlog) -> None:
    told = filled("catalogue", "findings", "--json").json
    assert [(one["finding"], one["name"]) for one in told if one["kind"] == "component"] == [
        ("single_point", SERVER),
        ("unused", ARCHIVE),
    ]
    shown = filled("catalogue", "findings").out
    assert "Sårbare enkeltpunkter (2)" in shown
    assert f"{SERVER} alene kan stoppe {CARE}: der er intet, der tager over." in shown
    assert f"Intet bruger {ARCHIVE}." in shown
