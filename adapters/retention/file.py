"""The periods as one TOML file: read with every mistake named by its key, written with Danish comments.

What is written and read again are the same periods. Why they change is no part of them: it is told when they are set.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

from pydantic import ValidationError

from adapters.retention.texts import ENDED_BY, KINDS
from adapters.toml_values import pair
from domain.errors import InvalidInputError
from domain.events import Frozen
from domain.retention.periods import ENDS, Periods

HEAD = """\
# Hvor længe Sporlog gemmer hvad. Ret filen, og indlæs den med: sporlog retention set FIL --reason "..."
# Ingen lov fastsætter fristerne: de er kommunens eget valg, og valget skal kunne begrundes ved tilsyn.
# Skriv et tal og days, months eller years, for eksempel "90 days", "18 months" eller "5 years".
# Fra hvilken dag de gælder (dansk tid); uden linjen fra i dag.
"""


class WantedPeriods(Frozen):
    """What the file says; without a day they hold from today on."""

    effective_from: date | None = None
    periods: Periods


class UnreadablePeriodsError(InvalidInputError):
    """The file is no TOML, or holds periods that mean nothing; the message names file and key."""

    code: ClassVar[str] = "unreadable-periods"


def read_periods(path: Path) -> WantedPeriods:
    """Read the file, all of it or nothing. Raises `UnreadablePeriodsError` naming each mistake."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is no TOML file in UTF-8: {error}"
        raise UnreadablePeriodsError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise UnreadablePeriodsError(msg) from error
    written = told.get("periods")
    if isinstance(written, dict) and (missing := [kind for kind in Periods.model_fields if kind not in written]):
        msg = f"{path}: periods: {', '.join(missing)} is missing: write all of them, so that none changes unseen"
        raise UnreadablePeriodsError(msg)
    try:
        return WantedPeriods.model_validate_json(json.dumps(told, default=str), strict=True)
    except ValidationError as error:
        wrong = "; ".join(_told(one["loc"], one["type"], one["msg"]) for one in error.errors(include_url=False))
        msg = f"{path}: {wrong}"
        raise UnreadablePeriodsError(msg) from error


def write_periods(periods: Periods, effective_from: date | None) -> str:
    """The file's text."""
    return HEAD + "\n".join(_lines(periods, effective_from)) + "\n"


def _lines(periods: Periods, effective_from: date | None) -> Iterator[str]:
    yield f"effective_from = {effective_from}" if effective_from else "# effective_from = 2027-01-01"
    yield "\n[periods]"
    for kind, words in KINDS.items():
        yield f"# {words.da}. {ENDED_BY[ENDS[kind]].da}."
        yield pair(kind, getattr(periods, kind))


def _told(place: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(map(str, place)) or "the file"
    if kind == "extra_forbidden":
        possible = Periods.model_fields if place[0] == "periods" else WantedPeriods.model_fields
        message = f"there is no such key, possible are {', '.join(possible)}"
    return f"{key}: {message.removeprefix('Value error, ')}"
