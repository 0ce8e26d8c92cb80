"""`sporlog retention`: shown in words, changed by a file with a reason, and what is due is listed and not touched."""

from pathlib import Path

from tests.adapters.cli.conftest import Sporlog


def exported(sporlog: Sporlog, tmp_path: Path, before: str, after: str) -> Path:
    text = sporlog("retention", "export").out
    assert before in text
    file = tmp_path / "frister.toml"
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file


def test_periods_are_shown_in_words_with_who_ends_each(sporlog: Sporlog) -> None:
    out = sporlog("retention", "show").out
    assert "Væsentlige hændelser (§ 12), fra de blev lukket" in out
    assert "10 år" in out
    assert "Et menneske beslutter" in out


def test_they_are_changed_by_a_file_with_a_reason_and_once(sporlog: Sporlog, tmp_path: Path) -> None:
    file = exported(sporlog, tmp_path, 'logs = "90 days"', 'logs = "30 days"')
    refused = sporlog("retention", "set", file)
    assert (refused.code, "reason: say why the periods change" in refused.err) == (2, True)
    assert "Frister nr. 1 gælder fra" in sporlog("retention", "set", file, "--reason", "Vedtaget").out
    assert sporlog("retention", "show", "--json").json["periods"]["logs"] == "30 days"
    assert "Intet at ændre" in sporlog("retention", "set", file, "--reason", "Vedtaget").out


def test_periods_to_come_are_shown_apart_and_do_not_hold_yet(sporlog: Sporlog, tmp_path: Path) -> None:
    file = exported(sporlog, tmp_path, "# effective_from = 2027-01-01", "effective_from = 2090-01-01")
    file.write_text(file.read_text(encoding="utf-8").replace('"5 years"', '"6 years"'), encoding="utf-8")
    assert sporlog("retention", "set", file, "--reason", "Ny plan").code == 0
    shown = sporlog("retention", "show", "--json").json
    assert (shown["number"], shown["periods"]["incident_files"]) == (0, "5 years")
    assert [(one["number"], one["effective_from"]) for one in shown["to_come"]] == [(1, "2090-01-01")]
    assert "effective_from = 2090-01-01" in sporlog("retention", "export").out


def test_a_day_that_is_over_is_refused(sporlog: Sporlog, tmp_path: Path) -> None:
    file = exported(sporlog, tmp_path, "# effective_from = 2027-01-01", "effective_from = 2020-01-01")
    file.write_text(file.read_text(encoding="utf-8").replace('"5 years"', '"6 years"'), encoding="utf-8")
    said = sporlog("retention", "set", file, "--reason", "Ny plan")
    assert (said.code, "Frister kan ikke gælde fra en dag, der er gået" in said.err) == (2, True)


def test_incidents_that_have_passed_their_period_are_candidates_and_what_is_held_says_so(sporlog: Sporlog) -> None:
    long_ago = {"occurred_at": "2019-01-10 08:00", "detected_at": "2019-01-10 08:00"}
    refs = [sporlog.report(f"Gammel {number}", **long_ago) for number in range(2)]
    for ref in refs:
        closing = ("incident", "close", ref, "--reason", "not_an_incident", "--occurred-at", "2019-02-01 08:00")
        assert sporlog(*closing).code == 0
    sporlog.report("Ny")
    assert sporlog("incident", "place-hold", refs[1], "--reason", "Tilsynet").code == 0
    found = sporlog("retention", "due", "--json").json
    assert [(one["ref"], one["closed_on"], one["due_on"], one["held"]) for one in found["incidents"]] == [
        (refs[0], "2019-02-01", "2024-02-01", False),
        (refs[1], "2019-02-01", "2024-02-01", True),
    ]
    assert found["dead_letters"] is None, "NATS was never started"
    out = sporlog("retention", "due").out
    assert "BEVARES" in out
    assert "NATS svarer ikke" in out
    assert sporlog("incident", "show", refs[0]).code == 0, "nothing was touched"
