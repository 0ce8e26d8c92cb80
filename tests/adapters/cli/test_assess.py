"""`sporlog incident assess` where the question guide is asked, in a real pseudo-terminal."""

import sys

import pytest

from tests.adapters.cli.conftest import Sporlog
from tests.adapters.cli.terminal import in_terminal

QUICK = [
    *("q1.event_kind=incident", "q1.cia=availability", "q1.critical_service=no", "q1.disruption_now=none"),
    *("q1.disruption_worst=none", "q1.data=no", "q1.malicious=no", "q1.spread=none", "q1.economy=no", "q1.others=no"),
    *("q1.supplier=no", "q1.time_detected=unknown", "q1.time_certain=unknown"),
]
GIVEN = [part for answer in QUICK for part in ("--answers", answer)] + ["--explanations", "q1.threat_context=Intet kendt"]
CTRL_C = "\x03"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_guide_is_asked_in_a_terminal_and_a_person_decides(sporlog: Sporlog) -> None:
    ref = sporlog.report("Omsorgssystemet svarer ikke")
    replies = [
        ("5 af 13", "?\n"),
        ("Skade på andre: NIS 2-loven", "j: Alarmkald\n"),
        ("Er hændelsen væsentlig?", "j\n"),
        ("Begrundelse (Enter: ingen)", "\n"),
        ("Registrér vurderingen?", "j\n"),
    ]
    code, shown = in_terminal(sporlog, "incident", "assess", ref, *GIVEN, replies=replies)
    assert code == 0, shown
    assert "Anbefaling: væsentlig hændelse (kategori: høj)" in shown
    assert "Væsentlighed vurderet (nr. 2)" in shown
    one = sporlog("incident", "show", ref, "--json").json
    judged = one["tracks"]["B"]["judgement"]
    assert (judged["significant"], judged["recommendation"], judged["departs"]) == (True, "significant_recommended", False)
    assert judged["because"] == [{"question": "q1.safety", "answer": "yes"}]
    assert one["timeline"][1]["data"]["explanations"] == {"q1.safety": "Alarmkald", "q1.threat_context": "Intet kendt"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_ctrl_c_records_nothing_and_says_so(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    code, shown = in_terminal(sporlog, "incident", "assess", ref, replies=[("1 af 13", CTRL_C)])
    assert code == 130, shown
    assert "Stoppet. Intet er registreret." in shown
    assert sporlog("incident", "show", ref, "--json").json["version"] == 1


def test_without_a_terminal_what_is_missing_is_named(sporlog: Sporlog) -> None:
    ref = sporlog.report()
    said = sporlog("incident", "assess", ref)
    assert said.code == 2
    assert "--significant/--not-significant og --nis2-category low|medium|high mangler" in said.err
    said = sporlog("incident", "assess", ref, "--significant")
    assert said.code == 2
    assert "assess: --nis2-category low|medium|high mangler" in said.err
    assert sporlog("incident", "show", ref, "--json").json["version"] == 1
