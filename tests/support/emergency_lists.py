"""Emergency lists for tests: what is declared of them, and real files in a folder with real times and permissions."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.emergency_lists import events as e
from domain.emergency_lists.expected import Expected
from domain.emergency_lists.seen import Problem
from tests.support.incidents import at, meta

NAME, SYSTEM = "Kørelister", "Omsorgsjournal"
WHY = "Borgerne skal have hjælp, også når systemet er nede"


def expected(**more: Any) -> Expected:  # noqa: ANN401 - as the fields of Expected
    return Expected.model_validate({"system": SYSTEM, "owner": "digitalisering", "pattern": "*.pdf"} | more)


def declared(folder: Path | str = "/drev/noed", hours: float = 0, *, name: str = NAME, **more: Any) -> e.ListDeclared:  # noqa: ANN401 - as above
    return e.ListDeclared(meta=meta(hours), list_name=name, expected=expected(**more), folder=str(folder))


def checked(hours: float, *problems: Problem, sha256: str | None = "a" * 64, **more: Any) -> e.ListChecked:  # noqa: ANN401 - as above
    told: dict[str, Any] = {"list_name": NAME, "problems": problems, "sha256": sha256} | more
    return e.ListChecked(meta=meta(hours), **told)


def released(hours: float = 0, **more: Any) -> e.ListReleased:  # noqa: ANN401 - as above
    told: dict[str, Any] = {
        "list_name": NAME,
        "sha256": "a" * 64,
        "written_at": at(-2),
        "to": "Plejecenter Åbo",
        "reason": WHY,
    } | more
    return e.ListReleased(meta=meta(hours), **told)


def write(folder: Path, name: str, when: datetime, content: bytes = b"Borger 1\nBorger 2\n", mode: int = 0o640) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    file.chmod(mode)
    os.utime(file, (when.timestamp(), when.timestamp()))
    return file
