"""`--at` and `--position` of the lists: read models as they stood, made in memory for the one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from adapters.cli.deadlines import read_time
from adapters.cli.language import say
from adapters.cli.office import read_model
from adapters.cli.output import notices
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from adapters.main import Office

At = Annotated[
    str | None, typer.Option("--at", metavar=say("TID", "TIME"), help=say("Som loggen stod da", "As the log stood then"))
]
Position = Annotated[
    int | None, typer.Option("--position", min=0, metavar="N", help=say("Til og med denne plads", "Up to this position"))
]


class Standing(NamedTuple):
    """A read model's tables, and the time by which something is overdue in them, UTC."""

    connection: "Connection"
    now: datetime


@contextmanager
def read_model_as_of(opened: "Office", name: str, at: str | None, position: int | None) -> Iterator[Standing]:
    """A projection's tables as of a recorded time or a position, or as they are now. Raises `InvalidInputError` for both."""
    from adapters import main

    if at is not None and position is not None:
        raise InvalidInputError(say("brug --at eller --position, ikke begge", "use --at or --position, not both"))
    instant = read_time("--at", at)
    if instant is None and position is None:
        with read_model(opened, name) as projector, projector.database.snapshot() as connection:
            yield Standing(connection, datetime.now(UTC))
        return
    upto = opened.store.position_at(instant) if instant is not None else position or 0
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with (
        main.open_projectors(opened.settings, opened.store) as projectors,
        Progress(*columns, console=notices(), transient=True, disable=not notices().is_terminal) as progress,
    ):
        task = progress.add_task(say("ser tilbage", "looking back"), total=None)
        past = main.past_tables(projectors, opened.store)
        with past.open(name, upto, lambda reached, aim: progress.update(task, completed=reached, total=aim)) as connection:
            yield Standing(connection, instant or _recorded_at(opened, upto))
        past.close()


def _recorded_at(opened: "Office", position: int) -> datetime:
    last = opened.store.rows(max(min(position, opened.store.head()) - 1, 0), 1)
    return datetime.fromtimestamp(last[0].recorded_at_us / 1_000_000, UTC) if last else datetime.now(UTC)
