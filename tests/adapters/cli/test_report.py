"""`sporlog report`: the management report from the command line, also while all else is down."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.support.papers import text_of
from tests.support.post import MailServer, mail_server

THIS_YEAR = ("--period", "2020-01-01..2099-12-31")


def test_a_report_is_written_to_a_file_and_the_same_position_gives_the_same_again(sporlog: Sporlog, tmp_path: Path) -> None:
    reference = sporlog.report()
    told = json.loads(sporlog("report", "management", *THIS_YEAR, "--format", "json").out)
    assert told["whole"]["figures"]["incidents"]["behind"][0]["reference"] == reference
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    asked = ("report", "management", *THIS_YEAR, "--position", told["position"], "--out")
    assert sporlog(*asked, first).code == 0
    sporlog.report("En til")
    assert sporlog(*asked, again).code == 0
    assert first.read_bytes() == again.read_bytes()
    assert "Hvad skal vi beslutte?" in text_of(first.read_bytes())


def test_the_csv_has_a_row_a_figure_for_a_danish_spreadsheet(sporlog: Sporlog) -> None:
    sporlog.report()
    lines = sporlog("report", "management", *THIS_YEAR, "--format", "csv").out.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("service;figure;value;unit;cases")
    assert ";incidents;1;count;1;" in lines[1]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [(("--period", "kvartal 3"), 2, "Perioden kan ikke læses"), (THIS_YEAR, 1, "Registrér en hændelse først")],
)
def test_what_cannot_be_reported_on_is_told_in_one_line(
    sporlog: Sporlog, options: tuple[str, str], code: int, words: str
) -> None:
    said = sporlog("report", "management", *options)
    assert (said.code, said.out, len(said.err.splitlines())) == (code, "", 1)
    assert words in said.err


def test_that_the_board_treated_it_is_on_record_and_in_the_next_report(sporlog: Sporlog) -> None:
    sporlog.report()
    told = json.loads(sporlog("report", "management", *THIS_YEAR, "--format", "json").out)
    options = ("--position", told["position"], "--on", "2026-11-25", "--decisions", "Vi øver i marts")
    done = sporlog("report", "treated", *THIS_YEAR, *options, "--json")
    assert (done.code, done.json["report_sha256"]) == (0, told["sha256"]), done.err
    assert "Vi øver i marts" in sporlog("report", "management", *THIS_YEAR, "--format", "html").out
    assert sporlog("report", "treated", *THIS_YEAR, "--position", told["position"], "--on", "i går").code == 2


def mailing(sporlog: Sporlog, mail: MailServer) -> Sporlog:
    told = {"MAIL_URL": f"smtp://127.0.0.1:{mail.port}", "MAIL_FROM": "sporlog@kommune.dk", "MAIL_TO": "vagt@kommune.dk"}
    told |= {"REPORT_TO": "direktion@kommune.dk; Sundhed: chef@kommune.dk"}
    return replace(sporlog, more={f"SPORLOG_{name}": value for name, value in told.items()})


def test_a_report_is_sent_now_and_who_got_it_is_listed(sporlog: Sporlog) -> None:
    sporlog.report()
    assert sporlog("report", "sent").out == "Ingen rapport er sendt endnu.\n"
    nobody = sporlog("report", "send", *THIS_YEAR)
    assert (nobody.code, "SPORLOG_REPORT_TO" in nobody.err) == (2, True)
    with mail_server() as mail:
        ours = mailing(sporlog, mail)
        done = ours("report", "send", *THIS_YEAR, "--json")
        assert (done.code, done.json["recipients"], done.json["waiting"]) == (0, ["direktion@kommune.dk"], 0), done.err
        assert ours("report", "send", *THIS_YEAR, "--administration", "Sundhed").out == "Sendt til chef@kommune.dk\n"
        assert [got["To"] for got in mail.mails] == ["direktion@kommune.dk", "chef@kommune.dk"]
        (chief, board) = sporlog("report", "sent", "--json").json
        assert (chief["administration"], board["report_sha256"]) == ("Sundhed", done.json["report_sha256"])
        assert "chef@kommune.dk" in sporlog("report", "sent").out


def test_what_the_mail_server_did_not_take_waits_and_is_said_to(sporlog: Sporlog) -> None:
    sporlog.report()
    with mail_server() as mail:
        mail.answer = "451 try later"
        ours = mailing(sporlog, mail)
        said = ours("report", "send", *THIS_YEAR)
        assert (said.code, "1 venter" in said.out) == (1, True)
        finding = next(one for one in ours("doctor", "--json").json if one["check"] == "reports")
    assert (finding["level"], "direktion@kommune.dk: 1 ikke sendt" in finding["detail"]) == ("warning", True)
    assert "451" in finding["detail"]
