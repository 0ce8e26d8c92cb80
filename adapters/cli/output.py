"""Printing: JSON for machines, tables for people, one line on standard error for what went wrong."""

import json
import sys
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from adapters.cli.language import say


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Indented, UTF-8."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """One line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def console() -> Console:
    """Standard output as it is now: tests and pipes exchange it. What people wrote is never read as markup."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False)


def notices() -> Console:
    """Standard error: progress and remarks, so that standard output stays pure."""
    return Console(file=sys.stderr, markup=False, highlight=False, emoji=False)


def table(*columns: str, title: str | None = None) -> Table:
    """An empty table in the house's look."""
    made = Table(title=title, title_justify="left", header_style="bold", show_lines=False, pad_edge=False, box=None)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def fail(message: str) -> None:
    """One line on standard error."""
    typer.echo(say("fejl: ", "error: ") + " ".join(message.split()), err=True)
