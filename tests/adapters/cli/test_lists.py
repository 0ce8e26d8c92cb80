from tests.adapters.cli.conftest import Sporlog


def a_case(sporlog: Sporlog) -> str:
    reference = sporlog.report("Sagssystemet svarer ikke")
    judged = ("--not-significant", "--nis2-category", "low", "--reason", "Ingen ydelser er ramt")
    said = sporlog("incident", "assess", reference, *judged)
    assert said.code == 0, said.err
    said = sporlog("incident", "plan-task", reference, "--owner", "u-drift", "--task", "Ring til leverandøren")
    assert said.code == 0, said.err
    return reference


def test_without_a_name_the_lists_are_listed_with_how_much_is_in_them(sporlog: Sporlog) -> None:
    a_case(sporlog)
    counts = {one["name"]: one["rows"] for one in sporlog("lists", "--json").json}
    assert (counts["not-significant"], counts["todos"], counts["breaches"]) == (1, 1, 0)
    assert "Vurderet som ikke væsentlige" in sporlog("lists").out


def test_json_gives_rows_and_people_read_words(sporlog: Sporlog) -> None:
    reference = a_case(sporlog)
    (row,) = sporlog("lists", "not-significant", "--json").json
    assert (row["ref"], row["reason"], row["nis2_category"]) == (reference, "Ingen ydelser er ramt", "low")
    shown = sporlog("lists", "todos").out
    assert "Ring til leverandøren" in shown
    assert "Opgave" in shown
    assert "–" not in shown.split("\n\n")[-1]


def test_a_period_is_kept(sporlog: Sporlog) -> None:
    a_case(sporlog)
    assert sporlog("lists", "todos", "--to", "2020-12-31", "--json").json == []
    assert "Der er ingen i perioden." in sporlog("lists", "todos", "--to", "2020-12-31").out


def test_an_unknown_list_and_a_wrong_period_are_told_in_one_line(sporlog: Sporlog) -> None:
    said = sporlog("lists", "alt")
    assert (said.code, said.out) == (1, "")
    assert "not-significant, judgements" in said.err
    assert sporlog("lists", "todos", "--from", "2026-12-31", "--to", "2026-01-01").code == 2
