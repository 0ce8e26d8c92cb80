"""The store opened in this process: what every command that touches it shares."""

import getpass
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from adapters.cli.language import say
from adapters.settings import Settings, read_settings
from domain.errors import UnavailableError

if TYPE_CHECKING:
    from uuid import UUID

    from adapters.incident.tracks import NameOf
    from adapters.main import Office
    from handlers.projector import Projector
    from handlers.requests import Origin

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help=say("Datamappe i stedet for SPORLOG_DATA", "Data directory, not SPORLOG_DATA")),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help=say("PostgreSQL i stedet for SQLite", "PostgreSQL instead of SQLite")),
]
AsJson = Annotated[bool, typer.Option("--json", help=say("Som JSON", "As JSON"))]
Reference = Annotated[str, typer.Argument(metavar="REF", help=say("Hændelsens reference, som H-2026-0042", "As H-2026-0042"))]


def new_app() -> typer.Typer:
    """A command group; completion and help come from the root."""
    return typer.Typer(add_completion=False, no_args_is_help=False)


@contextmanager
def office(data: Path | None, database: str | None) -> "Iterator[Office]":
    """Open the store."""
    from adapters import logging, main
    from handlers.access_log import Opened

    settings: Settings = read_settings(data=data, database=database)
    logging.configure("error", logging.StandardError())
    with main.open_office(settings) as opened:
        read = Opened()
        yield replace(opened, desk=opened.desk.witnessed(read.note))
        # Commands print what they read when they have left this block: by then it is written down that they did.
        if incidents := read.take():
            _log_reading(settings, incidents)


def _command() -> str:
    # The command's own words and nothing that was asked with them: those have a digit, a capital or a space, or begin with -.
    return " ".join(("sporlog", *takewhile(re.compile("[a-z][a-z-]*").fullmatch, sys.argv[1:3])))


def _log_reading(settings: Settings, incidents: "frozenset[UUID]") -> None:
    from adapters import main
    from domain.errors import UnavailableError
    from handlers.access_log import Reading, ReadingNotLoggedError

    now, command = origin(), _command()
    try:
        access_log = main.open_access_log(settings)
        try:
            access_log.record([Reading(now.now, now.actor, False, now.os_user, "cli", command, now.correlation_id, incidents)])
        finally:
            access_log.close()
    except UnavailableError as error:
        told = say("det kunne ikke noteres, at du læser her, så intet vises", "that you read here could not be written down")
        raise ReadingNotLoggedError(f"{told}: {error}") from error


@contextmanager
def read_model(opened: "Office", name: str) -> "Iterator[Projector]":
    """A projection caught up with the store: on entry it shows everything that was committed before."""
    from adapters import main

    with main.open_projectors(opened.settings, opened.store) as projectors:
        projectors[name].catch_up()
        yield projectors[name]


def names(opened: "Office") -> "NameOf":
    """How other incidents are named: by their references."""

    def name_of(incident: "UUID") -> str:
        return opened.store.reference_of(incident) or str(incident)

    return name_of


def os_user() -> str:
    """The operating system's name of whoever runs this: file access to the store equals operator trust."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def origin() -> "Origin":
    """What the command line knows about whoever asks."""
    from handlers.requests import Origin

    user = os_user()
    return Origin(f"os:{user}", "cli", f"cli-{uuid4()}", datetime.now(UTC), user)


def nats_url(settings: Settings) -> str:
    """Where NATS is. Raises `UnavailableError` when it never was started."""
    from adapters.bus_check import own_url

    url = settings.nats or own_url(settings.data / "nats")
    if url is None:
        raise UnavailableError(
            say("NATS er ikke startet: sporlog up starter det", "NATS has not started: sporlog up starts it")
        )
    return url
