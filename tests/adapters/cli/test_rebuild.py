import sqlite3
from contextlib import closing

from tests.adapters.cli.conftest import Sporlog


def spoil(sporlog: Sporlog) -> None:
    with closing(sqlite3.connect(sporlog.data / "read" / "register.db")) as register:
        register.execute("UPDATE incidents SET severity = 'low'")
        register.commit()


def test_live_tables_equal_their_rebuild(sporlog: Sporlog) -> None:
    sporlog.report()
    said = sporlog("rebuild", "--verify")
    assert said.code == 0
    assert [line.split(":")[0] for line in said.out.splitlines()] == [
        "register",
        "deadlines",
        "reporting",
        "casework",
        "signals",
        "catalogue",
    ]
    assert "til plads 1" in said.out


def test_a_difference_is_named_and_mended_by_a_rebuild(sporlog: Sporlog) -> None:
    sporlog.report()
    sporlog("incident", "list")
    spoil(sporlog)
    said = sporlog("rebuild", "--verify")
    assert said.code == 1
    assert "register: incidents: severity: live low, rebuilt high" in said.err
    assert sporlog("rebuild", "register").code == 0
    assert sporlog("incident", "list", "--json").json[0]["severity"] == "high"
    assert sporlog("rebuild", "--verify").code == 0


def test_json_tells_the_same(sporlog: Sporlog) -> None:
    sporlog.report()
    sporlog("incident", "list")
    spoil(sporlog)
    said = sporlog("rebuild", "register", "--verify", "--json")
    (one,) = said.json
    assert said.code == 1
    assert (one["projection"], one["position"]) == ("register", 1)
    assert "severity" in one["difference"]


def test_an_unknown_projection_is_wrong_usage(sporlog: Sporlog) -> None:
    said = sporlog("rebuild", "regnskab")
    assert said.code == 2
    assert "register, deadlines, reporting, casework, signals" in said.err
