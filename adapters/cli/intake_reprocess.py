"""`sporlog intake reprocess`: what could not be read is read once more, by the formats and mappings of today."""

import asyncio
import sys
from typing import Annotated
from uuid import uuid4

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, notices, print_json

app = new_app()


@app.command(
    help=say(
        "Læs det, der ikke kunne læses, igen: efter en ny mapping, eller en nyere Sporlog. Det, der kan læses, tages ind og"
        " venter ikke mere; resten venter fortsat. To gange gør intet dobbelt, og den kan afbrydes når som helst.",
        "Read again what could not be read: after a new mapping, or with a newer Sporlog. What can be read is taken in and"
        " waits no more; the rest goes on waiting. Twice does nothing double, and it may be stopped at any moment.",
    )
)
def reprocess(
    *,
    source: Annotated[
        str | None, typer.Option(metavar=say("KILDE", "SOURCE"), help=say("Kun denne kildes", "Of this source only"))
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """One body after the other, each durable before the next."""
    from rich.progress import track

    from adapters.connecting.mapping import current_parse
    from adapters.main import random_ids
    from handlers.intake import IntakeContext
    from handlers.intake_unread import PREFIX
    from handlers.reprocess import reprocess as read_again

    with office(data, database) as opened, asyncio.Runner() as runner:
        store, committer = opened.store, opened.desk.committer
        parse, ids, keys = current_parse(store), random_ids(), store.waiting(PREFIX, source)
        context = IntakeContext(store.entity, f"cli-{uuid4()}", ids)
        shown = track(keys, say("Læser", "Reading"), console=notices()) if keys and sys.stderr.isatty() else keys
        done = [runner.run(read_again(store, committer, parse, key, context)) for key in shown]
    left = [one.left for one in done if one.left is not None]
    taken = [fate for one in done for fate in one.taken]
    repeats = sum(fate.disposition is None for fate in taken)
    if as_json:
        counts = {"waited": len(keys), "read": len(keys) - len(left), "signals": len(taken) - repeats, "repeats": repeats}
        print_json({**counts, "left": [one._asdict() for one in left]})
        return
    for one in left:
        typer.echo(f"{one.source} {one.sha256[:12]}: {' '.join(one.reason.split())}", err=True)
    read = len(keys) - len(left)
    console().print(
        say(
            f"{read} læst ({len(taken) - repeats} nye signaler, {repeats} gentagelser), {len(left)} venter fortsat",
            f"{read} read ({len(taken) - repeats} new signals, {repeats} repeats), {len(left)} go on waiting",
        )
    )
