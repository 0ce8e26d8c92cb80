"""`sporlog up`: everything in one process."""

from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import Data, DatabaseUrl, new_app
from adapters.settings import read_settings

app = new_app()
Http = Annotated[
    str | None, typer.Option(metavar="HOST:PORT", help=say("Hvor siden og API'et lytter", "Where page and API listen"))
]
Nats = Annotated[
    str | None, typer.Option(metavar="URL", help=say("Et NATS, der kører andetsteds", "A NATS that runs elsewhere"))
]


@app.command(
    help=say(
        "Start Sporlog: lager, NATS, handlere og side i én proces. Ctrl-C standser det. En ny start fortsætter, hvor det slap.",
        "Start Sporlog: store, NATS, handlers and page in one process. Ctrl-C stops it. A new start resumes where it was.",
    )
)
def up(
    *,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help=say("Vis en opdigtet dag, i en datamappe for sig", "An invented day, in its own directory")
        ),
    ] = False,
    data: Data = None,
    http: Http = None,
    nats: Nats = None,
    database: DatabaseUrl = None,
    nats_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="N", help=say("Port for den indbyggede NATS", "Port of its own NATS server")),
    ] = None,
) -> None:
    """Run until stopped."""
    settings = read_settings(data=data, http=http, nats=nats, database=database, demo=demo)
    if nats_port is not None:
        settings = settings._replace(nats_port=nats_port)
    from adapters.up import start

    start(settings, demo=demo)
