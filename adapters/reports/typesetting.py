"""One helper for every paper: a template and its data become an accessible PDF, the same bytes for the same data."""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from domain.time import show_da

TEMPLATES = Path(__file__).parent / "templates"

_UNPRINTABLE = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u024f\u0300-\u036f\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0400-\u045f"
    r"\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20c0\u2190-\u22ff\u2500-\u25ff\ufffd]"
)
"""What the typesetter's own fonts have no picture of, and what would turn the direction of the text around it."""


class Stamp(NamedTuple):
    """What every paper carries: from which point of the log it is, and that it is nothing real, where it is not."""

    entity: str
    position: int
    """The last event that it knows of."""
    as_of: datetime
    """When it was made. Aware."""
    demo: bool = False
    exercise: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """DEMO and ØVELSE, where they apply."""
        return tuple(word for word, holds in (("DEMO", self.demo), ("ØVELSE", self.exercise)) if holds)

    @property
    def origin(self) -> str:
        """The point of the log in words."""
        return f"Sporlog, position {self.position}, {show_da(self.as_of)}"

    @property
    def data(self) -> dict[str, object]:
        """As the templates take it."""
        return {"entity": self.entity, "origin": self.origin, "words": list(self.words)}


def date_of(stamp: Stamp) -> dict[str, int]:
    """The stamp's time as an archival file's date, UTC."""
    as_of = stamp.as_of.astimezone(UTC)
    return {name: getattr(as_of, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def typeset(template_name: str, data: Mapping[str, object], *, archival: bool = False) -> bytes:
    """Make a PDF/UA-1 file of `templates/<template_name>` and what JSON can hold; an archival one is PDF/A-2a as well.

    The data reaches the template as data: no text in it is ever read as markup. A character that cannot be printed is
    written as its code, `[U+1F600]`. No clock is read, so that the same data give the same bytes: an archival file
    must have a date, and gets the `date` of the data.
    """
    import typst  # noqa: PLC0415 - 80 MB on disk that only a PDF needs

    return typst.compile(
        TEMPLATES / template_name,
        root=TEMPLATES,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"] if archival else "ua-1",
        sys_inputs={"data": json.dumps(_printable(data))},
    )


def side_by_side(makes: Iterable[Callable[[], bytes]]) -> list[bytes]:
    """Make several papers at once, in the order given: the typesetter lets go of the interpreter while it works."""
    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="typesetting") as pool:
        return list(pool.map(lambda make: make(), makes))


def _printable(value: object) -> object:
    if isinstance(value, str):
        return _UNPRINTABLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", value.replace("\r\n", "\n"))
    if isinstance(value, Mapping):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, Sequence) else value
