"""Makes the report: gathers its facts, and says where they come from."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from adapters.management.made import Made, Treated
from domain.events import Sealed
from domain.management.report import make
from handlers.checkpoints import Checkpoints
from handlers.history import History
from handlers.ledger import BeyondLedgerError
from handlers.management import Gathered, Tables, Wanted, gather
from projections.rows import Row


class House(NamedTuple):
    """What reports are made from. `version` is Sporlog's."""

    tables: Tables
    ledger: Checkpoints
    entity: str
    demo: bool
    version: str


def made(house: House, wanted: Wanted) -> Made:
    """The report. Reads databases: call it beside an event loop. Raises `NoEventsError`, `UnavailableError`."""
    with collector_paused():
        return of_facts(house, gather(house.tables, wanted))


@contextmanager
def collector_paused() -> Iterator[None]:
    """A report is made of a million values that are all kept: to look through them for garbage takes a third of its time.

    Of the whole process, for the seconds that it takes. Whoever ends first ends it for others too.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def of_facts(house: House, found: Gathered) -> Made:
    """The report of facts that are gathered."""
    treatments = tuple(_treated(house.tables.history, row) for row in found.treatments)
    root = root_at(house.ledger, found.now.position)
    report = make(found.now, found.before)
    return Made(
        report, found.wanted.administration, treatments, root, house.version, house.entity, house.demo, found.administrations
    )


def root_at(ledger: Checkpoints, position: int) -> str:
    """The root of the ledger's tree over the log up to a position, hex: it stays the same for ever."""
    try:
        return ledger.ledger.root_at(position).hex()
    except BeyondLedgerError:
        # The ledger follows the log a moment behind.
        ledger.keeper.catch_up()
        return ledger.ledger.root_at(position).hex()


def _treated(history: History, row: Row) -> Treated:
    opened: dict[str, Any] | None = None
    if row["sealed"] is not None:
        opened = history.unseal(row["stream"], row["number"], Sealed.model_validate_json(row["sealed"]))
    return Treated(
        row["period"],
        row["administration"],
        row["report_position"],
        row["treated_on"],
        row["case_number"],
        (opened or {}).get("decisions"),
    )
