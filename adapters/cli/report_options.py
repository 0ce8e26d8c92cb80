"""What every command of `sporlog report` asks for, and what it makes reports from."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.language import ENGLISH, say

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.management.making import House

PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        metavar=say("PERIODE", "PERIOD"),
        help=say("2026-Q3, 2026-10, 2026 eller 2026-07-01..2026-09-30", "2026-Q3, 2026-10, 2026 or 2026-07-01..2026-09-30"),
    ),
]
Administration = Annotated[
    str | None,
    typer.Option(
        "--administration", metavar="NAVN" if not ENGLISH else "NAME", help=say("Kun den forvaltning", "That one only")
    ),
]


@contextmanager
def house_of(opened: "Office") -> "Iterator[House]":
    """What reports are made from, caught up with the store."""
    from adapters import main

    with (
        main.open_projectors(opened.settings, opened.store) as projectors,
        closing(main.open_ledger(opened.settings)) as ledger,
    ):
        for name in ("reporting", "catalogue"):
            projectors[name].catch_up()
        yield main.report_house(opened.store, projectors, main.make_checkpoints(opened.settings, opened.store, ledger))
