"""A report that is made, with what it is told with."""

from typing import NamedTuple

from domain.management.report import Report


class Made(NamedTuple):
    """A report with what its origin is told by. `root` is the ledger's at its position, hex; None: not known yet."""

    report: Report
    administration: str | None
    treatments: tuple["Treated", ...]
    root: str | None
    version: str
    entity: str
    demo: bool
    administrations: tuple[str, ...] = ()
    """Those that there are, to choose from."""


class Treated(NamedTuple):
    """A report that the executive board treated. `decisions` is None where nothing was told, or it was erased."""

    period: str
    administration: str | None
    position: int
    treated_on: str
    case_number: str | None
    decisions: str | None
