"""The store opened in this process: what every command that touches it shares."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from adapters.cli.language import say
from adapters.settings import Settings, read_settings
from domain.errors import UnavailableError

if TYPE_CHECKING:
    from uuid import UUID

    from adapters.incident_tracks import NameOf
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

    settings: Settings = read_settings(data=data, database=database)
    logging.configure("error", logging.StandardError())
    with main.open_office(settings) as opened:
        yield opened


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
        stream = opened.store.read_stream(incident)
        return str(getattr(stream[0].event, "reference", incident)) if stream else str(incident)

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
