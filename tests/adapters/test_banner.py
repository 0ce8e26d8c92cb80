import stat
from pathlib import Path

import pytest

from adapters.banner import as_called

COMMAND = "sporlog doctor --data /var/lib/sporlog"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "mit miljø" / "sporlog"
    path.parent.mkdir()
    path.touch(stat.S_IRWXU)
    return path


def test_a_command_is_printed_with_the_path_that_works_when_the_shell_finds_no_sporlog(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert as_called(COMMAND, str(program)) == f"'{program}' doctor --data /var/lib/sporlog"


def test_a_command_is_printed_with_its_path_when_the_shell_finds_another_sporlog(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sporlog").touch(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert as_called(COMMAND, str(program)).startswith(f"'{program}' ")


def test_a_command_is_printed_as_it_is_when_the_shell_finds_this_sporlog(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(program.parent))
    assert as_called(COMMAND, str(program)) == COMMAND


def test_what_is_no_sporlog_command_is_printed_as_it_is(program: Path) -> None:
    assert as_called("curl -sS http://127.0.0.1:8640", str(program)) == "curl -sS http://127.0.0.1:8640"
