"""The register of erasures: a file beside the store that no restore of an older backup takes back.

    DATA/erasures.jsonl       one line an erasure, appended before the erasure counts as done
    BACKUPS/erasures.jsonl    the same beside the backups, brought up to date by each `sporlog backup`

A line is `{"format":"sporlog/erasure/v1","id":"<incident>/<number>","recorded_at":"...","topic":"...","state":{...}}`: the
clear part of the event, so that whoever holds it can read nothing that was erased.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.errors import InvalidInputError
from domain.events import StoredRow
from domain.time import rfc3339_utc

NAME = "erasures.jsonl"


class RegisterError(InvalidInputError):
    """A register of erasures cannot be read: nothing is restored past it."""

    code: ClassVar[str] = "erasure-register"


class Erasure(BaseModel):
    """One line. `id` is the event that recorded it; a state's times are RFC 3339."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["sporlog/erasure/v1"] = "sporlog/erasure/v1"
    id: str
    recorded_at: str
    topic: Literal["incident.redacted.1", "incident.disposed.1"]
    state: dict[str, Any]


def erasure_of(row: StoredRow) -> Erasure:
    """The line of a stored erasure."""
    state = {name: value for name, value in orjson.loads(row.state).items() if name != "sealed"}
    at = rfc3339_utc(datetime.fromtimestamp(row.recorded_at_us / 1_000_000, UTC))
    told = {"id": f"{row.aggregate_id}/{row.version}", "recorded_at": at, "topic": row.topic, "state": state}
    return Erasure.model_validate(told)


def read(path: Path) -> list[Erasure]:
    """Every erasure; none where there is no file. A last line that a crash cut off never counted. Raises `RegisterError`."""
    return list(_read(path)) if path.exists() else []


def _read(path: Path) -> Iterator[Erasure]:
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            if line:
                yield Erasure.model_validate_json(line)
        except ValidationError as error:
            if number == len(lines):
                return
            raise RegisterError(f"{path}, line {number}, is no erasure: find an undamaged copy of the register") from error


def add(path: Path, erasures: Iterable[Erasure]) -> None:
    """Add those that are not there yet. On disk when it returns."""
    # Told apart by all that a line says: a restored log goes on from an older number, and gives the numbers since again.
    known = dict.fromkeys(map(_line, read(path)))
    lines = known | dict.fromkeys(map(_line, erasures))
    if len(lines) == len(known):
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _line(erasure: Erasure) -> bytes:
    return orjson.dumps(erasure.model_dump(), option=orjson.OPT_SORT_KEYS) + b"\n"
