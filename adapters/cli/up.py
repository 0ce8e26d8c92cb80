"""`sporlog up`: everything in one process."""

from enum import StrEnum
from typing import Annotated

import typer
from typer.core import TyperCommand

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


class DemoSize(StrEnum):
    """The story alone, or with the many incidents before it."""

    STORY = "story"
    LARGE = "large"


class _Up(TyperCommand):
    """An option whose value may be left out is not in typer."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # typer's signature
        """A bare `--demo` is the story."""
        return super().parse_args(ctx, [f"--demo={DemoSize.STORY}" if each == "--demo" else each for each in args])


@app.command(
    cls=_Up,
    help=say(
        "Start Sporlog: lager, NATS, handlere og side i én proces. Ctrl-C standser det. En ny start fortsætter, hvor det slap.",
        "Start Sporlog: store, NATS, handlers and page in one process. Ctrl-C stops it. A new start resumes where it was.",
    ),
)
def up(
    *,
    demo: Annotated[
        DemoSize | None,
        typer.Option(
            "--demo",
            help=say(
                "Vis en opdigtet kommune, i en datamappe for sig; --demo=large med to år og 2.000 hændelser",
                "An invented municipality, in its own directory; --demo=large with two years and 2 000 incidents",
            ),
        ),
    ] = None,
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
    settings = read_settings(data=data, http=http, nats=nats, database=database, demo=demo is not None)
    if nats_port is not None:
        settings = settings._replace(nats_port=nats_port)
    from adapters.up.start import start

    start(settings, demo=demo is not None, large=demo is DemoSize.LARGE)
