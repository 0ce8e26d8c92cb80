import getpass
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.words.field_labels import FIELDS, SHORT
from domain.incident.state import Incident
from handlers.requests import REQUESTS
from tests.adapters.cli.conftest import Sporlog

LISTED = {
    "ref",
    "title",
    "status",
    "nis2_category",
    "severity",
    "occurred_at",
    "detected_at",
    "aware_at",
    "recorded_at",
    "next_deadline",
}


def test_every_field_of_every_step_is_explained() -> None:
    assert {name for model in REQUESTS.values() for name in model.model_fields} - set(FIELDS) == set()
    assert set(Incident.__dataclass_fields__) - {*FIELDS, *SHORT} == {"id", "version"}


def test_danish_text_comes_back_as_it_was_written(sporlog: Sporlog) -> None:
    title = "Æblet på øen – »ånd« [bold]ikke fed[/bold] 💥"
    reference = sporlog.report(title, description="-", components="db-1, Økonomi")
    assert sporlog("incident", "list", "--json").json[0]["title"] == title
    assert title in sporlog("incident", "list").out
    assert title in sporlog("incident", "show", reference).out
    assert sporlog("incident", "show", reference, "--json").json["components"] == ["db-1", "Økonomi"]


def test_a_listing_is_a_list_of_objects_with_the_agreed_keys(sporlog: Sporlog) -> None:
    assert sporlog("incident", "list", "--json").json == []
    sporlog.report()
    (one,) = sporlog("incident", "list", "--json").json
    assert set(one) >= LISTED
    assert one["status"] == "reported"
    assert one["next_deadline"]["kind"] == "internal_assessment"


def test_text_is_read_from_standard_input(sporlog: Sporlog) -> None:
    reference = sporlog.report()
    said = sporlog("incident", "note", reference, "--text", "-", stdin="Første linje\nanden linje: æøå\n".encode())
    assert said.code == 0
    timeline = sporlog("incident", "show", reference, "--json").json["timeline"]
    assert timeline[-1]["data"]["text"] == "Første linje\nanden linje: æøå"


def test_only_one_text_can_come_from_standard_input(sporlog: Sporlog) -> None:
    said = sporlog("incident", "report", "--title", "-", "--description", "-", "--severity", "low", stdin=b"x")
    assert said.code == 2
    assert "title, description" in said.err


def test_who_acts_and_the_operating_systems_user_are_recorded(sporlog: Sporlog) -> None:
    reference = sporlog.report()
    user = getpass.getuser()
    sporlog("incident", "note", reference, "--text", "x", "--actor", "u-7", "--role", "notifier", "--on-behalf-of", "u-9")
    first, last = sporlog("incident", "show", reference, "--json").json["timeline"]
    assert (first["actor"], first["os_user"], first["channel"]) == (f"os:{user}", user, "cli")
    assert (last["actor"], last["role"], last["on_behalf_of"], last["os_user"]) == ("u-7", "notifier", "u-9", user)


def test_the_whole_way_of_a_significant_incident(sporlog: Sporlog) -> None:
    told = "2026-11-20 14:00"
    ref = sporlog.report(occurred_at=told)
    steps: list[list[str]] = [
        [
            "assess",
            ref,
            "--significant",
            "--nis2-category",
            "high",
            "--answers",
            "q1.safety=yes",
            "--occurred-at",
            "2026-11-20 15:00",
        ],
        ["approve-assessment", ref, "--comment", "Enig", "--actor", "u-leder", "--occurred-at", "2026-11-20 15:10"],
        ["early-warning", ref, "--suspected-malicious", "unknown", "--cross-border", "no", "--occurred-at", "20-11-2026 16:00"],
        ["measure", ref, "--measure", "Isoleret", "--occurred-at", "2026-11-20 16:30"],
        ["draft-submission", ref, "--report", "incident_notification", "--values", "summary=Nede siden kl. 14"],
        ["approve-submission", ref, "--report", "incident_notification", "--actor", "u-leder"],
        ["incident-notification", ref, "--receipt", "K-1", "--occurred-at", "2026-11-21 09:00"],
        ["mitigate", ref, "--occurred-at", "2026-11-21 10:00"],
        ["csirt-reply", ref, "--reply", "Tak", "--occurred-at", "2026-11-21 11:00"],
        ["draft-submission", ref, "--report", "final_report", "--values", "summary=En disk gik i stykker"],
        ["approve-submission", ref, "--report", "final_report", "--actor", "u-leder"],
        ["final-report", ref, "--submission-channel", "alternative", "--occurred-at", "2026-11-22 09:00"],
        ["close", ref, "--reason", "resolved"],
    ]
    for step in steps:
        said = sporlog("incident", *step, "--json")
        assert said.code == 0, said.err
    shown = sporlog("incident", "show", ref, "--json").json
    assert (shown["status"], shown["nis2_category"], shown["next_deadline"]) == ("closed", "high", None)
    assert {one["kind"]: one["late"] for one in shown["deadlines"]} == {
        "internal_assessment": False,
        "early_warning": False,
        "csirt_reply": False,
        "incident_notification": False,
        "final_report": False,
    }
    assert sporlog("incident", "list", "--open", "--json").json == []
    assert [one["ref"] for one in sporlog("incident", "list", "--status", "closed", "--json").json] == [ref]


def test_people_are_told_what_is_odd_about_a_fact_and_what_is_owed_next(sporlog: Sporlog) -> None:
    ref = sporlog.report(occurred_at="2026-11-01 14:00")
    sporlog("incident", "assess", ref, "--significant", "--nis2-category", "high", "--occurred-at", "2026-11-01 15:00")
    said = sporlog("incident", "early-warning", ref, "--suspected-malicious", "yes", "--cross-border", "no")
    assert said.code == 0
    assert "Bemærk: efter fristen" in said.out
    assert "Bemærk: uden godkendelse" in said.out
    assert "Næste pligt: Hændelsesunderretning, hurtigst muligt, senest" in said.out
    assert "OVERSKREDET med" in sporlog("incident", "show", ref).out


def test_a_refusal_is_one_line_that_says_what_is_missing(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    said = sporlog("incident", "close", ref, "--reason", "resolved")
    assert said.code == 1
    assert said.out == ""
    assert said.err.startswith("fejl: ")
    assert said.err.count("\n") == 1
    assert "assess" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "--severity", "high"],
        ["report", "--title", "x", "--severity", "slem"],
        ["report", "--title", " ", "--severity", "high"],
        ["report", "--title", "x", "--severity", "high", "--occurred-at", "i går"],
        ["note", "hændelsen", "--text", "x"],
        ["note"],
        ["findes-ikke"],
    ],
)
def test_bad_input_is_wrong_usage_and_nothing_is_stored(sporlog: Sporlog, arguments: list[str]) -> None:
    said = sporlog("incident", *arguments)
    assert said.code == 2
    assert "Traceback" not in said.err
    assert sporlog("incident", "list", "--json").json == []


def test_an_answer_needs_its_question(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    said = sporlog("incident", "assess", ref, "--significant", "--nis2-category", "high", "--answers", "ja")
    assert said.code == 2


def test_an_incident_that_does_not_exist_is_not_found(sporlog: Sporlog) -> None:
    assert sporlog("incident", "show", "H-2026-0099").code == 1


def test_a_version_that_was_overtaken_is_refused(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    sporlog("incident", "note", ref, "--text", "kom imellem")
    said = sporlog("incident", "note", ref, "--text", "for sent", "--expected-version", 1)
    assert said.code == 1
    assert "version 2" in said.err


def test_a_duplicate_is_named_by_its_reference(sporlog: Sporlog) -> None:
    first, second = sporlog.report("Den første"), sporlog.report("Den samme igen")
    assert sporlog("incident", "close", second, "--reason", "duplicate", "--duplicate-of", first).code == 0
    first_id = sporlog("incident", "show", first, "--json").json["id"]
    closed = sporlog("incident", "show", second, "--json").json["timeline"][-1]
    assert closed["data"] == {"reason": "duplicate", "duplicate_of": first_id}


def test_a_corrected_title_is_the_one_listed(sporlog: Sporlog) -> None:
    ref = sporlog.report("Fejl i stavningn")
    assert (
        sporlog("incident", "correct", ref, "--field", "title", "--new", "Fejl i stavningen", "--reason", "Tastefejl").code == 0
    )
    assert sporlog("incident", "list", "--json").json[0]["title"] == "Fejl i stavningen"


def test_references_are_read_as_people_write_them(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    year = ref.split("-")[1]
    assert sporlog("incident", "show", f"h {year} 1", "--json").json["ref"] == ref


def test_text_is_not_in_any_file_in_clear(sporlog: Sporlog) -> None:
    sporlog.report("Hemmeligheden 47110815")
    sporlog("incident", "list")
    files = [path for path in sporlog.data.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"47110815" in path.read_bytes()] == []
    assert {"events.db", "register.db", "keyring.db"} <= {path.name for path in files}


def test_it_works_on_postgresql(sporlog: Sporlog, postgres_url: str) -> None:
    on_postgres = replace(sporlog, more={"SPORLOG_DATABASE": postgres_url})
    ref = on_postgres.report("På PostgreSQL – æøå")
    assert on_postgres("incident", "note", ref, "--text", "x").code == 0
    (one,) = on_postgres("incident", "list", "--json").json
    assert (one["ref"], one["title"], one["version"]) == (ref, "På PostgreSQL – æøå", 2)
    assert on_postgres("rebuild", "--verify").code == 0
    assert not (sporlog.data / "events.db").exists()


def test_the_data_directory_can_be_named_at_the_command(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    assert sporlog("incident", "list", "--json", "--data", tmp_path / "anden").json == []


def test_the_register_as_it_stood(sporlog: Sporlog) -> None:
    first = sporlog.report("Den første")
    second = sporlog.report("Den anden")
    assert [one["ref"] for one in sporlog("incident", "list", "--position", 1, "--json").json] == [first]
    recorded = sporlog("incident", "list", "--json").json[0]["recorded_at"]
    assert len(sporlog("incident", "list", "--at", recorded, "--json").json) in {1, 2}
    assert sporlog("incident", "list", "--at", "2020-01-01 12:00", "--json").json == []
    assert second in sporlog("incident", "list", "--position", 99).out
    refused = sporlog("incident", "list", "--at", "2020-01-01 12:00", "--position", 1)
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert sporlog("lists", "todos", "--position", 1, "--json").json == []
