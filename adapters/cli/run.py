"""`sporlog run`: single parts in a process of their own, against a NATS and a database that they share."""

from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import Data, DatabaseUrl, new_app
from adapters.cli.up import Http, Nats
from adapters.settings import read_settings

app = new_app()


@app.command(
    help=say(
        "Kør enkelte dele i en proces for sig: web, relay, ways, intake, register, deadlines, reporting, casework, signals, "
        "catalogue, ledger, notifications.",
        "Run single parts in a process of their own: web, relay, ways, intake, register, deadlines, reporting, casework, "
        "signals, catalogue, ledger, notifications.",
    )
)
def run(
    *,
    parts: Annotated[list[str], typer.Argument(metavar="PART", help=say("Delene", "The parts"))],
    data: Data = None,
    http: Http = None,
    nats: Nats = None,
    database: DatabaseUrl = None,
) -> None:
    """Run until stopped."""
    settings = read_settings(data=data, http=http, nats=nats, database=database)
    from adapters.up.start import start_parts

    start_parts(settings, parts)
