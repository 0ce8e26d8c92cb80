"""`sporlog signal`: what waits, and each decision with its way back."""

from pathlib import Path

from tests.adapters.cli.conftest import Sporlog

MAIL = "Message-ID: <1@x.example>\nReceived: from a by b; Fri, 20 Nov 2026 14:05:00 +0100\nSubject: Brud\n\nHej\n"


def mailed(sporlog: Sporlog, tmp_path: Path) -> str:
    file = tmp_path / "brev.eml"
    file.write_text(MAIL)
    (taken,) = sporlog("intake", "email", str(file), "--json").json
    return str(taken["source_event_id"])


def test_what_waits_is_listed_shown_dismissed_and_let_wait_again(sporlog: Sporlog, tmp_path: Path) -> None:
    assert sporlog("signal", "list").out == "Intet venter.\n"
    event_id = mailed(sporlog, tmp_path)
    assert "Brud" in sporlog("signal", "list").out
    assert sporlog("signal", "show", "email", event_id, "--json").json["title"] == "Brud"
    sporlog("signal", "dismiss", "email", event_id, "--reason", "Reklame")
    assert sporlog("signal", "list", "--json").json == []
    sporlog("signal", "reopen", "email", event_id)
    assert [one["id"] for one in sporlog("signal", "list", "--json").json] == [event_id]


def test_what_waited_is_told_as_the_log_stood(sporlog: Sporlog, tmp_path: Path) -> None:
    event_id = mailed(sporlog, tmp_path)
    sporlog("signal", "dismiss", "email", event_id, "--reason", "Reklame")
    assert sporlog("signal", "list").out == "Intet venter.\n"
    assert "Brud" in sporlog("signal", "list", "--position", "1").out
    assert sporlog("signal", "list", "--position", "0").out == "Intet venter.\n"
    both = sporlog("signal", "list", "--position", "1", "--at", "2026-11-22")
    assert (both.code, "ikke begge" in both.err) == (2, True)


def test_an_incident_is_opened_from_it_and_it_is_taken_out_and_put_back(sporlog: Sporlog, tmp_path: Path) -> None:
    event_id = mailed(sporlog, tmp_path)
    reference = sporlog("signal", "open", "email", event_id, "--title", "Brud hos Drift").out.strip()
    assert sporlog("incident", "show", reference, "--json").json["title"] == "Brud hos Drift"
    assert sporlog("signal", "detach", "email", event_id, "--from", reference).out.strip() == reference
    assert sporlog("signal", "attach", "email", event_id, "--to", reference, "--json").json["ref"] == reference


def test_what_cannot_be_meant_is_one_line(sporlog: Sporlog, tmp_path: Path) -> None:
    event_id = mailed(sporlog, tmp_path)
    for arguments, code, told in (
        (("dismiss", "email", "ukendt"), 1, "never sent"),
        (("attach", "email", event_id, "--to", "H-2026-0009"), 1, "H-2026-0009"),
        (("open", "email", event_id, "--severity", "slem"), 2, "severity"),
    ):
        said = sporlog("signal", *arguments)
        assert said.code == code, said.err
        assert told in said.err
        assert said.err.count("\n") == 1
