"""Access of one's own on the command line: given with its token once, listed without it, withdrawn for good."""

import getpass
import re
import sqlite3
from contextlib import closing
from hashlib import sha256

from tests.adapters.cli.conftest import Sporlog


def test_the_token_is_shown_once_with_the_address_to_open_and_the_log_has_its_hash_only(sporlog: Sporlog) -> None:
    said = sporlog("access", "add", "u-51", "--entity", "laerkeborg", "--reason", "Vagt på vandværket")
    assert (said.code, said.err) == (0, "")
    assert "u-51 har nu adgang til laerkeborg." in said.out
    (token,) = re.findall(r"http://127\.0\.0\.1:8640/\?token=(\S{43})\n", said.out)
    listed = sporlog("access", "list")
    assert "Vagt på vandværket" in listed.out
    assert token not in listed.out
    assert token.encode() not in b"".join(file.read_bytes() for file in sporlog.data.rglob("*") if file.is_file())
    (event,) = _events(sporlog)
    assert sha256(token.encode()).hexdigest() in event


def _events(sporlog: Sporlog) -> list[str]:
    """What the store holds of the organisation, as stored."""
    with sqlite3.connect(sporlog.data / "events.db") as connection:
        return [bytes(state).decode() for (state,) in connection.execute("SELECT state FROM events")]


def test_as_json_for_machines(sporlog: Sporlog) -> None:
    given = sporlog("access", "add", "u-1", "--reason", "Ledelsen", "--json").json
    assert given["url"] == f"http://127.0.0.1:8640/?token={given['token']}"
    assert (given["holder"], given["entities"]) == ("u-1", [])
    (one,) = sporlog("access", "list", "--json").json
    assert one.keys() == {"holder", "entities", "since", "reason"}
    withdrawn = sporlog("access", "withdraw", "u-1", "--reason", "Fratrådt", "--json").json
    assert [event["danish"] for event in withdrawn["events"]] == ["Adgang inddraget: u-1"]
    assert sporlog("access", "list").out == "Ingen har egen adgang.\n"


def test_the_address_is_the_one_that_people_reach_the_page_at(sporlog: Sporlog) -> None:
    told = {"SPORLOG_PUBLIC_URL": "https://log.laerkeborg.dk/", "SPORLOG_LANG": "en"}
    said = sporlog.alone("access", "add", "u-1", "--reason", "x", **told)
    assert "u-1 now has access to every entity." in said.out
    assert "  https://log.laerkeborg.dk/?token=" in said.out


def test_what_cannot_be_is_one_line_that_says_what_to_do(sporlog: Sporlog) -> None:
    sporlog("access", "add", "u-51", "--reason", "Vagt")
    for code, arguments, says in (
        (2, ("add", "u-52", "--entity", "naboby", "--reason", "x"), "no entity 'naboby' on record (known: laerkeborg)"),
        (1, ("add", "u-51", "--reason", "x"), "'u-51' has access already, to every entity: withdraw it first"),
        (2, ("withdraw", "u-9", "--reason", "x"), "'u-9' has no access (known: u-51)"),
        (2, ("add", "Bo Hansen", "--reason", "x"), "holder: String should match"),
        (2, ("add", "u-52", "--reason", " "), "`reason` is empty"),
    ):
        said = sporlog("access", *arguments)
        assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)
        assert said.err.startswith("fejl: ")
        assert says in said.err
    assert [one["holder"] for one in sporlog("access", "list", "--json").json] == ["u-51"]


def test_an_auditor_gets_single_incidents_for_a_time(sporlog: Sporlog) -> None:
    refs = [sporlog("incident", "report", "--title", "Journalen svarer ikke", "--json").json["ref"] for _ in range(2)]
    told = ("access", "add", "--auditor", "u-9", "--incident", refs[0], "--incident", refs[1], "--reason", "Tilsyn, § 21")
    given = sporlog(*told, "--from", "2026-11-20 08:00", "--until", "2026-12-24 12:00", "--json").json
    assert (given["holder"], given["entities"], given["incidents"]) == ("u-9", ["laerkeborg"], refs)
    assert (given["from"], given["until"]) == ("2026-11-20T07:00:00Z", "2026-12-24T11:00:00Z")
    (one,) = sporlog("access", "list", "--json").json
    assert (one["incidents"], one["from"], one["until"]) == (refs, given["from"], given["until"])
    assert refs[1] in sporlog("access", "list").out
    withdrawn = sporlog("access", "withdraw", "u-9", "--reason", "Afsluttet", "--json").json
    assert len(withdrawn["events"]) == 1
    said = sporlog(*told, "--until", "2027-01-01 12:00").out
    assert f"u-9 kan læse {refs[0]}, {refs[1]} fra " in said
    assert "og ændre intet" in said
    again = sporlog(*told, "--until", "2099-12-31 12:00")
    assert (again.code, "'u-9' has access already, as an auditor: withdraw it first" in again.err) == (1, True)


def test_an_auditors_options_that_do_not_go_together_are_refused_and_nothing_is_given(sporlog: Sporlog) -> None:
    ref = sporlog("incident", "report", "--title", "Journalen svarer ikke", "--json").json["ref"]
    end = ("--until", "2027-01-01 12:00")
    for code, arguments, says in (
        (2, (), "giv enten HVEM eller --auditor HVEM"),
        (2, ("u-1", "--auditor", "u-9", "--incident", ref, *end), "giv enten HVEM eller --auditor HVEM"),
        (2, ("u-1", *end), "hører til --auditor"),
        (2, ("--auditor", "u-9", *end), "--auditor kræver --incident REF"),
        (2, ("--auditor", "u-9", "--incident", ref, "--entity", "laerkeborg", *end), "ingen --entity"),
        (2, ("--auditor", "u-9", "--incident", ref), "--auditor kræver --until TID"),
        (2, ("--auditor", "u-9", "--incident", ref, "--until", "snart"), "--until: "),
        (2, ("--auditor", "u-9", "--incident", ref, "--from", "2027-01-02 12:00", *end), "before it begins"),
        (1, ("--auditor", "u-9", "--incident", "H-2026-0999", *end), "there is no incident H-2026-0999"),
    ):
        said = sporlog("access", "add", *arguments, "--reason", "Tilsyn")
        assert (said.code, said.out, said.err.count("\n")) == (code, "", 1), said
        assert says in said.err
    assert sporlog("access", "list", "--json").json == []


def test_an_import_of_the_organisation_leaves_access_as_it_is(sporlog: Sporlog) -> None:
    sporlog("access", "add", "u-51", "--reason", "Vagt")
    exported = sporlog.data / "ud.toml"
    exported.write_bytes(sporlog("organisation", "export").out.encode())
    assert sporlog("organisation", "import", exported).out == "Intet at ændre: det står sådan i forvejen.\n"
    assert len(sporlog("access", "list", "--json").json) == 1


def test_what_the_command_line_shows_of_an_incident_is_logged_with_the_user_of_the_machine(sporlog: Sporlog) -> None:
    ref, other = sporlog.report("Journalen svarer ikke"), sporlog.report("Trykket falder")
    assert sporlog("access", "log").out == "Ingen har læst noget, som er noteret.\n"
    commands = (
        ("incident", "show", ref),
        ("replay", ref),
        ("incident", "sheet", ref, "early_warning"),
        ("incident", "brief", ref),
        ("incident", "list", "--json"),
    )
    for command in commands:
        assert "Journalen svarer ikke" in sporlog(*command).out
    told = sporlog("access", "log", "--json").json
    assert [one["where"].partition(" ")[2] for one in told] == [
        "incident list",
        "incident brief",
        "incident sheet",
        "replay",
        "incident show",
    ]
    assert [one["incidents"] for one in told] == [sorted([ref, other]), *[[ref]] * 4]
    me = getpass.getuser()
    assert {(one["who"], one["os_user"], one["way"], one["proved"]) for one in told} == {(f"os:{me}", me, "cli", False)}
    assert len({one["correlation_id"] for one in told}) == 5
    assert len(sporlog("access", "log", "--ref", other, "--json").json) == 1
    assert sporlog("access", "log", "--who", "u-1", "--json").json == []
    assert sporlog("access", "log", "--since", "2999-01-01 12:00", "--json").json == []
    assert f"{ref}, {other}" in sporlog("access", "log").out
    assert sporlog("access", "log", "--ref", "H-2026-0999").code == 1


def test_what_cannot_be_logged_is_not_shown(sporlog: Sporlog) -> None:
    ref = sporlog.report("Journalen svarer ikke")
    sporlog("incident", "show", ref)
    with closing(sqlite3.connect(sporlog.data / "access.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = sporlog("incident", "show", ref)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "det kunne ikke noteres, at du læser her, så intet vises" in said.err
