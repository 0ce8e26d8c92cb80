"""A CPR number on the command line is warned of before it is recorded."""

import sys

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.adapters.cli.terminal import in_terminal

NUMBER = "010190-1234"


def notes(sporlog: Sporlog, ref: str) -> list[str]:
    timeline = sporlog("incident", "show", ref, "--json").json["timeline"]
    return [event["data"]["text"] for event in timeline if event["step"] == "note"]


def test_a_script_is_told_where_it_is_and_what_to_do_and_nothing_is_recorded(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    said = sporlog("incident", "note", ref, "--text", f"Borgeren {NUMBER} ringede")
    assert (said.code, said.out) == (2, "")
    assert said.err == "fejl: --text: ligner et CPR-nummer, intet er registreret: fjern det, eller brug --cpr-ok\n"
    assert notes(sporlog, ref) == []
    assert sporlog("incident", "note", ref, "--text", f"Borgeren {NUMBER} ringede", "--cpr-ok").code == 0
    assert notes(sporlog, ref) == [f"Borgeren {NUMBER} ringede"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("reply", "code", "recorded"), [("n\n", 1, []), ("y\n", 0, [NUMBER])])
def test_a_person_is_asked(sporlog: Sporlog, reply: str, code: int, recorded: list[str]) -> None:
    ref = sporlog.report()
    left, shown = in_terminal(sporlog, "incident", "note", ref, "--text", NUMBER, replies=[("alligevel?", reply)])
    assert (left, "--text: ligner et CPR-nummer." in shown) == (code, True)
    assert notes(sporlog, ref) == recorded
