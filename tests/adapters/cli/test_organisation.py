"""The organisation on the command line: in from a file, out again as it was, and what it lacks."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.organisation.file import read_organisation
from tests.adapters.cli.conftest import Sporlog
from tests.support.tree import ROOT

EXAMPLE = ROOT / "deploy" / "organisation.toml"
NAME = "Lærkeborg Kommune"


@pytest.fixture
def town(sporlog: Sporlog) -> Sporlog:
    """The log of the example's municipality."""
    return replace(sporlog, more={"SPORLOG_ENTITY": NAME})


def test_the_example_is_imported_once_and_exported_as_it_was(town: Sporlog, tmp_path: Path) -> None:
    first = town("organisation", "import", EXAMPLE)
    assert (first.code, first.err) == (0, "")
    assert f"Indberettende enhed registreret: {NAME}" in first.out
    assert town("organisation", "import", EXAMPLE).out == "Intet at ændre: det står sådan i forvejen.\n"

    exported = tmp_path / "ud.toml"
    exported.write_bytes(town("organisation", "export").out.encode())
    assert read_organisation(exported) == read_organisation(EXAMPLE).model_copy(
        update={"reason": None, "contacts": dict.fromkeys(read_organisation(exported).contacts, "")}
    )
    assert town("organisation", "import", exported, "--json").json["events"] == []


def test_every_difference_is_one_event_and_the_reason_can_be_told_with_the_command(town: Sporlog, tmp_path: Path) -> None:
    town("organisation", "import", EXAMPLE)
    changed = tmp_path / "ny.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('reason = "', '# "').replace('csirt = ""', 'csirt = "Ring 00 00 00 00"')
    changed.write_text(text.replace("# [policy]\n", "[policy]\nfour_eyes = false\n"), encoding="utf-8")

    refused = town("organisation", "import", changed)
    assert refused.code == 2
    assert "`reason` is empty" in refused.err
    assert "csirt" not in town("organisation", "show", "--json").json["contacts"]

    done = town("organisation", "import", changed, "--reason", "Vedtaget", "--json").json
    assert [event["type"] for event in done["events"]] == [
        "dk.sporlog.organisation.policy-set.v1", "dk.sporlog.organisation.contact-set.v1",
    ]  # fmt: skip
    shown = town("organisation", "show").out
    assert "Ring 00 00 00 00" in shown
    assert "Væsentlighedsvurderingsansvarlig" in shown
    assert town("organisation", "show", "--json").json["policy"]["four_eyes"] is False


def test_a_mistake_in_the_file_names_file_and_key(town: Sporlog, tmp_path: Path) -> None:
    wrong = tmp_path / "forkert.toml"
    wrong.write_text("[policy]\nfire_øjne = true", encoding="utf-8")
    said = town("organisation", "import", wrong)
    assert said.code == 2
    wrong.write_text('[policy]\n"fire øjne" = true', encoding="utf-8")
    said = town("organisation", "import", wrong)
    assert said.code == 2
    assert f"{wrong}: policy.fire øjne: there is no such key, possible are four_eyes" in said.err
    assert town("organisation", "import", tmp_path / "væk.toml").code == 1


def test_without_an_organisation_the_warnings_say_so(town: Sporlog) -> None:
    said = town("organisation", "warnings")
    assert said.code == 0
    assert "Organisationen er ikke registreret" in said.out
    assert town("organisation", "warnings", "--json").json[0]["key"] == "no-organisation"
    assert "alle andre enheder" in town("organisation", "show").out


def test_a_test_of_filing_ends_its_warning(town: Sporlog) -> None:
    town("organisation", "import", EXAMPLE)
    key = f"filing-not-tested/{NAME}"
    assert key in [one["key"] for one in town("organisation", "warnings", "--json").json]

    said = town("organisation", "test-filing", NAME, "u-202")
    assert said.out == f"Indsendelse afprøvet: {NAME}, u-202\n"
    assert key not in [one["key"] for one in town("organisation", "warnings", "--json").json]
    old = town("organisation", "test-filing", NAME, "u-201", "--at", "2020-06-01 10:00", "--json").json
    assert old["events"][0]["danish"] == f"Indsendelse afprøvet: {NAME}, u-201"


def test_a_test_in_the_future_or_by_somebody_unknown_is_refused(town: Sporlog) -> None:
    town("organisation", "import", EXAMPLE)
    for arguments, says in (
        ((NAME, "u-202", "--at", "2899-01-01 10:00"), "in the future"),
        ((NAME, "u-999"), "known: u-202, u-201"),
        (("Andetsted", "u-202"), f"known: {NAME}"),
        ((NAME, "Bo Hansen"), "who: String should match"),
    ):
        said = town("organisation", "test-filing", *arguments)
        assert said.code == 2
        assert says in said.err


def test_in_english_it_is_english(town: Sporlog) -> None:
    town("organisation", "import", EXAMPLE)
    said = town.alone("organisation", "show", SPORLOG_LANG="en")
    assert "Significance-assessment lead" in said.out
    assert "was never tested" in said.out
