import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from adapters.cli.app import COMMANDS, app
from tests.adapters.cli.conftest import COMMAND, Sporlog

RUNNER = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1", "TERM": "dumb"})


def commands(name: str, command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - typer's own classes
    if isinstance(command, TyperGroup):
        for inner in command.commands.values():
            yield (name, str(inner.name)), inner
    else:
        yield (name,), command


EVERY = [
    found
    for name, entry in COMMANDS.items()
    for found in commands(name, typer.main.get_command(import_module(f"adapters.cli.{entry.module}").app))
]


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_help_lists_every_option(path: tuple[str, ...], command: Any) -> None:  # noqa: ANN401 - typer's own classes
    shown = RUNNER.invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    options = [name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)]
    missing = [name for name in options if name.startswith("--") and not re.search(rf"{name}\b", shown.stdout)]
    assert missing == []
    assert all(getattr(parameter, "help", None) for parameter in command.params if parameter.name != "help")


def test_every_command_is_listed_without_being_imported(sporlog: Sporlog) -> None:
    said = sporlog.alone("--help")
    assert said.code == 0
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", said.out)] == []


def test_the_version_is_told(sporlog: Sporlog) -> None:
    assert sporlog("--version").out == f"sporlog {version('sporlog')}\n"


def test_without_a_command_the_help_is_shown(sporlog: Sporlog) -> None:
    assert "incident" in sporlog().out


def test_an_unknown_command_is_wrong_usage(sporlog: Sporlog) -> None:
    said = sporlog("incidents")
    assert said.code == 2
    assert "incidents" in said.err


def test_help_is_danish_and_english_when_asked(sporlog: Sporlog) -> None:
    assert "Beregn lovens frister" in sporlog("--help").out
    assert "The legal calculator" in sporlog.alone("--help", SPORLOG_LANG="en").out


def test_a_setting_that_cannot_be_used_is_named_in_one_line(sporlog: Sporlog) -> None:
    said = replace(sporlog, more={"SPORLOG_HTTP": "overalt"})("incident", "list")
    assert said.code == 2
    assert said.err == "fejl: HTTP-adressen 'overalt' kan ikke bruges: skriv VÆRT:PORT, for eksempel 127.0.0.1:8640\n"
    english = sporlog.alone("incident", "list", SPORLOG_HTTP="overalt", SPORLOG_LANG="en")
    assert english.err == "error: the HTTP address 'overalt' cannot be used: write HOST:PORT, as 127.0.0.1:8640\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("incident", "show", "H-2026-9999"), 1, "Det findes ikke her."),
        (("incident", "show", "42"), 2, "Det er ikke en reference."),
        (("deadlines", "--aware", "i går"), 2, "Tidspunktet kan ikke læses."),
        (("lists", "nye"), 1, "Det findes ikke her."),
        (("lists", "todos", "--from", "2026-12-01", "--to", "2026-01-01"), 2, "Perioden slutter"),
    ],
)
def test_what_people_wrote_wrong_is_told_in_one_danish_line(
    sporlog: Sporlog, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = sporlog(*arguments)
    assert (said.code, said.err.count("\n")) == (code, 1)
    assert said.err.startswith(f"fejl: {words}")


def test_a_data_directory_that_is_a_file_gives_one_line_and_no_traceback(sporlog: Sporlog) -> None:
    sporlog.data.write_text("her ligger noget andet")
    said = sporlog.alone("incident", "list")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_a_store_that_is_no_database_gives_one_line_and_no_traceback(sporlog: Sporlog) -> None:
    sporlog.data.mkdir()
    (sporlog.data / "events.db").write_bytes(b"dette er ikke en database " * 100)
    said = sporlog.alone("incident", "list")
    assert said.code == 1
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1


def test_the_calculator_needs_neither_a_store_nor_its_libraries(sporlog: Sporlog) -> None:
    code = (
        "import sys\nfrom adapters.cli.app import main\n"
        "sys.argv = ['sporlog', 'deadlines', '--aware', '2026-11-20 15:20', '--json']\n"
        "try:\n    main()\nfinally:\n    print(sorted({'sqlalchemy', 'sqlite3', 'nats', 'eventsourcing'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=sporlog.environment, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("\n[]")
    assert not sporlog.data.exists()


def test_help_comes_at_once(sporlog: Sporlog) -> None:
    began = time.monotonic()
    sporlog.alone("--help")
    assert time.monotonic() - began < 2, "imports are no longer lazy"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_quietly(sporlog: Sporlog) -> None:
    command = [*COMMAND, "intake", "wazuh"]
    with subprocess.Popen(command, env=sporlog.environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        # More than a pipe holds: once it is written, the command is reading.
        process.stdin.write(b" " * 300_000)
        process.stdin.flush()
        time.sleep(0.5)  # until it waits for more: Python notes a signal between two reads, and acts on one within a read
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""
