"""The README says what is so: what it names exists, what exists it names, and what it shows is what one gets."""

import re
import shlex
import struct
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.cli.app import COMMANDS, app
from adapters.settings import SETTINGS
from adapters.up.running import PARTS
from domain.deadline_rules import RULES
from projections import views
from tests.support.demo import running_demo
from tests.support.readme import TEXT, blocks, program
from tests.support.tree import ROOMS, ROOT

START = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/sporlog up --demo"
TESTS = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
ROWS = [tuple(cell.strip() for cell in row.split("|")) for row in re.findall(r"^\|(.+)\|$", TEXT, flags=re.MULTILINE)]
COMMAND_LINES = sorted(
    {line for block in blocks("sh") for line in block.splitlines() if line.startswith("sporlog ")}
    | set(re.findall(r"`(sporlog [^`]*)`", TEXT))
)


GROUPS = {
    *("incident", "deadletter", "organisation", "access", "source", "signal", "rules", "maintenance", "retention", "privacy"),
    *("audit", "erase", "evidence", "records", "catalogue", "pack", "primary", "emergency-lists"),
    "report",
}


def test_two_commands_are_enough_to_see_it_and_to_test_it() -> None:
    assert blocks("sh")[:2] == [f"{START}\n", f"{TESTS}\n"]


def test_what_decides_on_a_change_runs_the_readmes_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    environment, install, tests = TESTS.split(" && ")
    assert environment in lines
    assert any(line.startswith(install.partition(" -e ")[0]) and "--editable '.[test]'" in line for line in lines)
    assert lines[-1] == tests


def test_the_settings_table_is_the_settings() -> None:
    assert [row for row in ROWS if row[0].startswith("`SPORLOG_")] == [(f"`{name}`", *rest) for name, *rest in SETTINGS]


def test_every_variable_that_is_named_exists() -> None:
    assert set(re.findall(r"SPORLOG_[A-Z_]+", TEXT)) == {setting.variable for setting in SETTINGS}


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_every_command_and_option_that_is_named_exists(line: str) -> None:
    words = shlex.split(line)
    group = words[1] in GROUPS
    told = CliRunner().invoke(app, [*words[1 : 3 if group else 2], "--help"], env={"COLUMNS": "200"})
    assert told.exit_code == 0, told.output
    assert [word for word in words if word.startswith("--") and word not in told.output] == []


def test_every_command_is_named() -> None:
    assert {line.split()[1] for line in COMMAND_LINES} - {"--help"} == set(COMMANDS)


def test_every_part_is_named() -> None:
    assert f"The parts are {', '.join(PARTS[:-1])} and {PARTS[-1]}." in TEXT


def test_every_view_is_named() -> None:
    assert set(re.findall(r"`(sporlog_\w+)`", TEXT)) == {
        view.name for view in vars(views).values() if isinstance(view, views.View)
    }


def test_every_file_and_folder_that_is_named_exists() -> None:
    tops = "|".join(map(re.escape, [*ROOMS, "deploy", "tests", ".ci", ".readme"]))
    named = set(re.findall(rf"[`(]((?:{tops})/[\w./-]*)[`)]", TEXT))
    assert len(named) > 40
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_duty_of_the_law_is_in_the_word_list() -> None:
    assert {(rule.name, rule.name_en) for rule in RULES} <= {row[:2] for row in ROWS}


def test_the_subscribers_are_short() -> None:
    for name in ("subscriber.py", "subscriber.mjs"):
        assert len([line for line in program(name).splitlines() if line.strip(" {}")]) <= 30


def test_the_picture_is_small() -> None:
    picture = (ROOT / ".readme" / "overview.png").read_bytes()
    assert len(picture) < 150_000
    assert struct.unpack(">II", picture[16:24]) == (1120, 900)


async def test_the_demo_prints_what_is_shown(tmp_path: Path) -> None:
    (shown,) = blocks("text")
    async with running_demo(tmp_path) as demo:
        printed = demo.printed.replace(demo.url, "http://127.0.0.1:8640")
    # The year and, around New Year, the number are those of the day.
    printed, shown = (re.sub(r"H-\d{4}-\d{4}", "H-2026-0042", text) for text in (printed, shown))
    pattern = ".*".join(map(re.escape, shown.strip().split("…")))
    assert re.fullmatch(pattern, printed.strip()), f"the README shows\n{shown}\nbut this was printed\n{printed}"
