"""The real command on a store of the test's own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.cli.worker import Call, Worker

COMMAND = (sys.executable, "-c", "from adapters.cli.app import main; main()")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        return json.loads(self.out)


@dataclass(frozen=True)
class Sporlog:
    """`sporlog ...` on the data directory `data`."""

    data: Path
    worker: Worker
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SPORLOG_")}
        own = {"SPORLOG_DATA": str(self.data), "SPORLOG_ENTITY": "laerkeborg", "COLUMNS": "200", "NO_COLOR": "1"}
        return clean | own | dict(self.more)

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Said:
        answer = self.worker(Call([str(one) for one in arguments], self.environment, stdin))
        return Said(answer.code, answer.out.decode(), answer.err.decode())

    def alone(self, *arguments: object, **more: str) -> Said:
        """In a fresh process, as people start it."""
        command = [*COMMAND, *map(str, arguments)]
        environment = self.environment | more
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60, check=False)
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def report(self, title: str = "Sagssystemet svarer ikke", **options: object) -> str:
        """Report an incident; its reference."""
        told = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
        said = self("incident", "report", "--title", title, "--severity", "high", "--json", *told)
        assert said.code == 0, said.err
        return str(said.json["ref"])


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    started = Worker()
    yield started
    started.stop()


@pytest.fixture
def sporlog(tmp_path: Path, worker: Worker) -> Sporlog:
    return Sporlog(tmp_path / "data", worker)
