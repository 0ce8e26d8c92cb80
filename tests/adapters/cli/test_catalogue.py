"""The catalogue on the command line: what is told, by whom, why, and what the executive board approved."""

import json
from pathlib import Path

import pytest

from tests.adapters.cli.conftest import Said, Sporlog

CARE, RECORD = "Hjemmepleje", "Omsorgsjournal"


def kept(sporlog: Sporlog) -> Sporlog:
    for arguments in (
        ("register", "service", CARE, "--criteria", "life_and_health", "--restoration-order", 1, "--administration", "Sundhed"),
        ("register", "system", RECORD, "--hosting", "supplier", "--contact", "Ring til vagten", "--personal-data"),
        ("tie", CARE, "depends_on", "omsorgsJOURNAL", "--need", "work", "--weight", "degrades"),
        ("propose-class", CARE, "society_critical", "--reason", "Liv og helbred"),
        ("approve-class", CARE, "--actor", "u-2"),
    ):
        said = sporlog("catalogue", *arguments)
        assert (said.code, said.err) == (0, ""), said.err
    return sporlog


def refused(said: Said, code: int, *says: str) -> None:
    assert said.code == code, said.out
    assert said.err.count("\n") == 1
    assert [one for one in says if one not in said.err] == []


def test_an_object_is_shown_with_class_reason_ties_both_ways_and_history(sporlog: Sporlog) -> None:
    kept(sporlog)
    shown = sporlog("catalogue", "show", CARE).out
    for told in (
        "Hjemmepleje · Ydelse",
        "Liv og helbred",
        "Samfundskritisk: Liv og helbred",
        "u-2 (nr. 4)",
        "afhænger af  Omsorgsjournal (System): arbejdet, virker dårligere uden",
        "Klasse foreslået",
    ):
        assert told in shown
    other = sporlog("catalogue", "show", RECORD).out
    assert "bruges af  Hjemmepleje (Ydelse)" in other
    assert "Ring til vagten" in other
    told = sporlog("catalogue", "show", CARE, "--json").json
    assert (told["service_class"], told["class_reason"], told["class_approved_by"]) == (
        "society_critical",
        "Liv og helbred",
        "u-2",
    )
    assert [(tie["tie"], tie["to"]["name"]) for tie in told["ties"]] == [("depends_on", RECORD)]


def test_what_is_changed_keeps_all_else_and_the_history_says_who_and_why(sporlog: Sporlog) -> None:
    kept(sporlog)
    position = sporlog("catalogue", "history", RECORD, "--json").json[-1]["position"]
    changed = ("--name", "Cura", "--aliases", "ehr, journal", "--reason", "Nyt navn", "--actor", "u-9")
    done = sporlog("catalogue", "change", RECORD, *changed, "--json").json
    assert (done["name"], done["version"], [event["danish"] for event in done["events"]]) == ("Cura", 2, ["Ændret"])
    told = sporlog("catalogue", "show", "EHR", "--json").json
    assert (told["hosting"], told["personal_data"], told["contact"]) == ("supplier", True, "Ring til vagten")
    last = sporlog("catalogue", "history", "cura", "--json").json[-1]
    assert (last["actor"], last["reason"], last["number"]) == ("u-9", "Nyt navn", 2)
    assert "Navn: Omsorgsjournal → Cura" in last["danish"]
    assert "Andre navne: – → ehr, journal" in sporlog("catalogue", "history", "cura").out
    # Nothing differs, and an empty text takes a value away.
    same = sporlog("catalogue", "change", "cura", "--aliases", "ehr,journal", "--reason", "x")
    assert same.out == "Intet at ændre: det står sådan i forvejen.\n"
    sporlog("catalogue", "change", "cura", "--hosting", "", "--contact", "", "--not-personal-data", "--reason", "Ukendt")
    told = sporlog("catalogue", "show", "cura", "--json").json
    assert (told["hosting"], told["personal_data"], told["contact"]) == (None, False, None)
    # As it stood then it goes by its old name.
    then = sporlog("catalogue", "show", RECORD, "--position", position, "--json").json
    assert (then["name"], then["version"], then["hosting"]) == (RECORD, 1, "supplier")
    refused(sporlog("catalogue", "show", "cura", "--position", position), 1, "Det findes ikke i kataloget")


def test_four_eyes_decide_on_a_class(sporlog: Sporlog) -> None:
    kept(sporlog)
    sporlog("catalogue", "propose-class", CARE, "critical", "--reason", "Kan klares på papir", "--actor", "u-1")
    refused(sporlog("catalogue", "approve-class", CARE, "--actor", "u-1"), 1, "en anden skal godkende den", "--actor")
    refused(sporlog("catalogue", "reject-class", CARE), 2, "reason")
    assert sporlog("catalogue", "reject-class", CARE, "--reason", "Nej", "--actor", "u-2").code == 0
    refused(sporlog("catalogue", "approve-class", CARE), 1, "venter")
    assert sporlog("catalogue", "show", CARE, "--json").json["service_class"] == "society_critical"


def test_what_cannot_be_meant_is_refused_in_one_line_and_nothing_is_written(sporlog: Sporlog) -> None:
    kept(sporlog)
    sporlog("catalogue", "register", "supplier", RECORD)
    head = sporlog("catalogue", "history", RECORD, "--json")
    refused(head, 2, "Flere i kataloget hedder sådan", "system", "supplier")
    for arguments, code, says in (
        (("show", "Ukendt"), 1, "Ukendt"),
        (("register", "service", "Vand", "--restoration-order", "først"), 2, "restoration_order: "),
        (("register", "service", "Vand", "--criteria", "penge"), 2, "criteria.0: "),
        (("register", "supplier", "Firma", "--cvr", "12"), 2, "cvr: "),
        (("register", "system", RECORD), 1, "Der er allerede"),
        (("change", CARE, "--hosting", "own", "--reason", "x"), 2, "--hosting: har 'Hjemmepleje' ikke"),
        (("change", CARE, "--restoration-order", 2), 2, "reason"),
        (("change", CARE, "--restoration-order", 2, "--reason", "x", "--expected-version", 1), 1, "you saw 1"),
        (("tie", CARE, "supplied_by", CARE), 2, "itself"),
        (("retire", CARE), 2, "reason"),
        (("register", "mailbox", "Vagt", "--contact", "Ring til 010190-1234"), 2, "--contact: ligner et CPR-nummer"),
        (("show", CARE, "--at", "2026-11-01", "--position", 1), 2, "--position"),
    ):
        said = sporlog("catalogue", *arguments)
        assert said.code == code, (arguments, said)
        assert says in said.err, arguments
    assert sporlog("catalogue", "show", CARE, "--json").json["version"] == 4
    assert [one["name"] for one in sporlog("catalogue", "list", "--json").json] == [CARE, RECORD, RECORD]


def test_a_tie_is_untied_and_an_object_goes_out_of_use_and_comes_back(sporlog: Sporlog) -> None:
    kept(sporlog)
    assert "Løst fra" in sporlog("catalogue", "untie", CARE, "depends_on", RECORD).out
    assert sporlog("catalogue", "show", CARE, "--json").json["ties"] == []
    sporlog("catalogue", "retire", RECORD, "--reason", "Afløst")
    assert [one["name"] for one in sporlog("catalogue", "list", "--json").json] == [CARE]
    refused(sporlog("catalogue", "change", RECORD, "--hosting", "own", "--reason", "x"), 1, "ude af brug")
    assert "(ude af brug)" in sporlog("catalogue", "show", RECORD).out
    sporlog("catalogue", "reinstate", RECORD, "--reason", "Ikke endnu")
    assert len(sporlog("catalogue", "list", "--json").json) == 2


def test_the_board_approves_the_list_and_later_sees_what_is_different(sporlog: Sporlog) -> None:
    assert "Ingen ydelse er samfundskritisk endnu" in sporlog("catalogue", "critical").out
    kept(sporlog)
    assert "ikke godkendt nogen liste endnu" in sporlog("catalogue", "critical").out
    seen = sporlog("catalogue", "critical", "--json").json
    assert (seen["approved"], seen["differs"], [one["name"] for one in seen["services"]]) == (None, True, [CARE])
    on = ("--on", "2026-11-20", "--case", "26/1")
    refused(sporlog("catalogue", "approve", *on), 2, "intet er godkendt")
    refused(sporlog("catalogue", "approve", "--on", "20.11.26", "--yes"), 2, "approved_on")
    refused(sporlog("catalogue", "approve", *on, "--yes", "--list-sha256", "0" * 64), 1, "Læs den igen")
    said = sporlog("catalogue", "approve", *on, "--yes")
    assert said.out.startswith("Nr.  Ydelse")
    assert said.out.endswith("Godkendt som nummer 1.\n")
    assert "Listen er den samme" in sporlog("catalogue", "critical").out
    sporlog("catalogue", "change", CARE, "--restoration-order", 3, "--reason", "Efter øvelsen")
    sporlog("catalogue", "register", "service", "Vand")
    for actor, act in (
        ("u-1", ("propose-class", "Vand", "society_critical", "--reason", "x")),
        ("u-2", ("approve-class", "Vand")),
    ):
        sporlog("catalogue", *act, "--actor", actor)
    shown = sporlog("catalogue", "critical").out
    assert "Senest godkendt den 20. nov. 2026 som nummer 1" in shown
    assert "~ Hjemmepleje: Genopretning, nummer i rækken 1 → 3" in shown
    assert "+ Vand: ny på listen" in shown
    seen = sporlog("catalogue", "critical", "--json").json
    assert [(one["name"], one["fields"]) for one in seen["differences"]] == [(CARE, ["restoration_order"]), ("Vand", [])]
    assert sporlog("catalogue", "approve", *on, "--yes", "--list-sha256", seen["list_sha256"], "--json").json["number"] == 2


def test_a_plans_file_goes_in_sealed_and_comes_out_as_it_was(sporlog: Sporlog, tmp_path: Path) -> None:
    kept(sporlog)
    sporlog("catalogue", "register", "plan", "Nødplan for hjemmepleje")
    sporlog("catalogue", "tie", "Nødplan for hjemmepleje", "covers", CARE)
    plan, out = tmp_path / "plan.md", tmp_path / "ud.md"
    plan.write_text("# Nødplan\nRing til 00 00 00 00", encoding="utf-8")
    attach = ("catalogue", "plan", "attach", "nødplan for hjemmepleje", plan, "--reason", "Ny")
    refused(sporlog(*attach, "--dated", "i går"), 2, "--dated i går")
    done = sporlog(*attach, "--dated", "2026-06-01", "--json").json
    assert [event["english"] for event in done["events"]] == ["Changed"]
    assert sporlog("catalogue", "plan", "fetch", "nødplan for hjemmepleje", "--out", out).code == 0
    assert out.read_bytes() == plan.read_bytes()
    assert sporlog("catalogue", "plan", "fetch", "nødplan for hjemmepleje", "--out", out).code == 1
    files = [path for path in (sporlog.data / "evidence").rglob("*") if path.is_file()]
    assert [b"00 00 00 00" in path.read_bytes() for path in files] == [False]
    assert sporlog("evidence", "verify").code == 0
    assert sporlog("evidence", "tidy", "--json").json == {"orphans": [], "litter": 0}
    refused(sporlog("catalogue", "plan", "attach", CARE, plan, "--dated", "2026-06-01", "--reason", "x"), 1, CARE)
    assert sporlog("catalogue", "show", CARE, "--json").json["tied_from"][0]["tie"] == "covers"
    files[0].unlink()
    refused(sporlog("catalogue", "plan", "fetch", "nødplan for hjemmepleje", "--out", tmp_path / "x"), 1, "backup")


@pytest.mark.parametrize("command", ["list", "show", "critical", "history"])
def test_in_english_it_is_english(sporlog: Sporlog, command: str) -> None:
    kept(sporlog)
    name = (CARE,) if command in {"show", "history"} else ()
    said = sporlog.alone("catalogue", command, *name, SPORLOG_LANG="en")
    assert {"list": "Critical to society", "show": "depends on", "critical": "no list yet", "history": "Class approved"}[
        command
    ] in said.out
    assert json.dumps(said.err) == '""'


def test_the_starter_is_edited_imported_and_exported_as_it_was(sporlog: Sporlog, tmp_path: Path) -> None:
    file = tmp_path / "katalog.toml"
    file.write_bytes(sporlog("catalogue", "starter").out.replace("Omsorgsjournal", "Cura").encode())
    dry = sporlog("catalogue", "import", file, "--dry-run")
    assert dry.out.endswith("intet er registreret.\n")
    assert sporlog("catalogue", "list", "--json").json == []
    said = sporlog("catalogue", "import", file)
    assert (said.code, said.err) == (0, "")
    assert "Registreret: Cura" in said.out
    assert "    afhænger af Cura" in said.out
    assert sporlog("catalogue", "import", file).out == "Intet at ændre: det står sådan i forvejen.\n"
    assert sporlog("catalogue", "approve-class", "Drikkevand", "--actor", "u-2").code == 0
    file.write_bytes(sporlog("catalogue", "export").out.encode())
    assert sporlog("catalogue", "import", file, "--json").json == {"recorded": True, "events": [], "missing": []}
    file.write_text('[[services]]\nname = "Vand"\n', encoding="utf-8")
    said = sporlog("catalogue", "import", file, "--dry-run")
    assert "Ikke i filen, og urørt:\n    Ydelse Hjemmepleje og medicin\n" in said.out
    file.write_text('[[services]]\nname = "Vand"\nrækkefølge = 1\n', encoding="utf-8")
    refused(sporlog("catalogue", "import", file), 2, "kan ikke læses", str(file))
    file.write_text('[[services]]\nname = "Vand"\nx = 1\n', encoding="utf-8")
    refused(sporlog("catalogue", "import", file), 2, "services 1 (Vand): x: ")
    refused(sporlog("catalogue", "import", tmp_path / "katalog.docx"), 2, ".toml")
    refused(sporlog("catalogue", "import", file, "--source", "kitos"), 2, "--source hører ikke til .toml")
    refused(sporlog("catalogue", "import", tmp_path / "katalog.csv"), 2, "--source skal med til .csv")
    assert sporlog("catalogue", "import", tmp_path / "væk.toml").code == 1
