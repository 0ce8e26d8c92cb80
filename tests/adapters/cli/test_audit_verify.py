"""`sporlog audit verify` as an auditor runs it: what it says, and its exit code."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters import main
from adapters.settings import read_settings
from handlers.ledger_keeper import LedgerKeeper
from tests.adapters.cli.conftest import Sporlog


def enter(sporlog: Sporlog) -> None:
    """Bring the ledger to the head of the log, as a running Sporlog does."""
    settings = read_settings({"SPORLOG_ENTITY": "laerkeborg"}, data=sporlog.data)
    with main.open_office(settings) as office, closing(main.open_ledger(settings)) as tables:
        LedgerKeeper(tables, office.store, main.utc_now).catch_up()


def tamper(sporlog: Sporlog, sql: str) -> None:
    with closing(sqlite3.connect(sporlog.data / "events.db")) as store:
        store.execute(sql)
        store.commit()


@pytest.fixture
def log(sporlog: Sporlog) -> Sporlog:
    for number in range(3):
        sporlog.report(f"Hændelse {number}")
    enter(sporlog)
    return sporlog


def test_a_log_that_nobody_changed(log: Sporlog) -> None:
    said = log("audit", "verify")
    assert (said.code, said.err) == (0, "")
    assert "3 begivenheder er, som de blev ført ind" in said.out
    assert "Intet er forankret uden for huset" in said.out
    log.report("En til")
    assert "Begivenhed 4 er ikke ført ind i regnskabet endnu" in log("audit", "verify").out
    log.report("Og en")
    assert "Begivenhed 4–5 er ikke ført ind i regnskabet endnu" in log("audit", "verify").out
    english = log.alone("audit", "verify", SPORLOG_LANG="en").out
    assert "Events 4–5 are not entered in the ledger yet." in english
    assert "3 begivenheder er, som de blev ført ind" in log("audit", "verify").out
    assert "1 begivenhed er, som den blev ført ind" in log("audit", "verify", "--from", 3).out


def test_an_empty_log_says_so(sporlog: Sporlog) -> None:
    said = sporlog("audit", "verify")
    assert (said.code, said.out) == (0, "Loggen er tom: der er intet at undersøge endnu.\n")


def test_what_differs_is_named_and_the_exit_code_is_1(log: Sporlog) -> None:
    tamper(log, "UPDATE events SET topic = 'incident.closed.1' WHERE position = 2")
    said = log("audit", "verify")
    assert said.code == 1
    assert said.err == "fejl: begivenhed 2, topic, er ændret: var incident.reported.1, er nu incident.closed.1\n"
    assert "Begivenhed 1 passer med regnskabet." in said.out


def test_json_tells_the_same(log: Sporlog) -> None:
    assert log("audit", "verify", "--json").json["verified"] is True
    tamper(log, "DELETE FROM events WHERE position = 3")
    said = log("audit", "verify", "--json")
    assert said.code == 1
    assert said.json["difference"]["kind"] == "cut"
    assert (said.json["events"], said.json["head"], said.json["ledger"]) == (2, 2, 3)


def test_a_part_of_the_log_is_checked_from_a_position_on(log: Sporlog) -> None:
    said = log("audit", "verify", "--from", "3", "--json")
    assert (said.code, said.json["events"]) == (0, 3)


def test_a_checkpoint_that_was_kept_elsewhere_is_given_back(log: Sporlog, tmp_path: Path) -> None:
    kept = tmp_path / "3.checkpoint"
    kept.write_text(log("audit", "checkpoint").out)
    said = log("audit", "verify", "--anchor", kept)
    assert said.code == 0, said.err
    assert f"begivenhed 1–3: medbragt fil ({kept})" in said.out
    assert "Intet er forankret" not in said.out
    log.report("En til")
    assert "Ikke forankret siden" in log("audit", "verify", "--anchor", kept).out
    tamper(log, "DELETE FROM events WHERE position > 2")
    said = log("audit", "verify", "--anchor", kept, "--json")
    assert said.code == 1
    assert said.json["difference"]["kind"] == "cut"


def test_another_key_for_the_same_log_is_noticed_by_what_was_signed(log: Sporlog, tmp_path: Path) -> None:
    kept = tmp_path / "3.checkpoint"
    kept.write_text(log("audit", "checkpoint").out)
    for path in (log.data / "keyring" / "checkpoint.key", log.data / "ledger.db", *(log.data / "checkpoints").iterdir()):
        path.unlink()
    assert log("audit", "checkpoint").code == 0
    assert log("audit", "verify").code == 0
    said = log("audit", "verify", "--anchor", kept)
    assert said.code == 1
    assert f"{kept} er ikke underskrevet med loggens nøgle" in said.err


def test_english(log: Sporlog) -> None:
    tamper(log, "DELETE FROM events WHERE position = 2")
    said = log.alone("audit", "verify", SPORLOG_LANG="en")
    assert (said.code, said.err) == (1, "error: event 2 is missing\n")


def test_what_cannot_be_checked_has_exit_code_2(sporlog: Sporlog, tmp_path: Path) -> None:
    sporlog.report()
    said = sporlog("audit", "verify")
    assert said.code == 2
    assert "1 events are in the log and none in the ledger" in said.err
    enter(sporlog)
    said = sporlog("audit", "verify", "--anchor", tmp_path / "nothing.eml")
    assert said.code == 2
    assert "nothing.eml" in said.err
    (tmp_path / "letter.eml").write_bytes(b"Subject: Hej\r\n\r\nHej")
    assert sporlog("audit", "verify", "--anchor", tmp_path / "letter.eml").code == 2


def test_an_empty_log_is_as_it_was(sporlog: Sporlog) -> None:
    assert sporlog("audit", "verify").code == 0
