"""`sporlog deadletter`: what could not be processed, why, and a second try."""

import asyncio
import base64
from datetime import datetime
from typing import Annotated

import typer

from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, nats_url, new_app
from adapters.cli.output import console, print_json, table
from adapters.cli.up import Nats
from adapters.settings import read_settings

app = new_app()
LIST = say("Vis det, der ikke kunne behandles, og hvorfor.", "List what could not be processed, and why.")


@app.callback(no_args_is_help=True, help=say("Det, der ikke kunne behandles.", "What could not be processed."))
def _group() -> None:
    pass


@app.command("list", help=LIST)
def list_all(*, data: Data = None, nats: Nats = None, as_json: AsJson = False) -> None:
    """Oldest first."""
    from adapters.dead_letters import list_letters

    found = asyncio.run(list_letters(nats_url(read_settings(data=data, nats=nats))))
    if as_json:
        print_json([{**one._asdict(), "body": base64.b64encode(one.body).decode()} for one in found])
        return
    if not found:
        console().print(say("Ingen.", "None."))
        return
    rows = table(say("Nr.", "No."), say("Hvornår", "When"), "Handler", say("Emne", "Subject"), say("Hvorfor", "Why"))
    for one in found:
        rows.add_row(str(one.sequence), show_time(datetime.fromisoformat(one.kept_at)), one.handler, one.subject, one.reason)
    console().print(rows)


@app.command(
    help=say(
        "Send det til behandling igen, når årsagen er rettet: de nævnte numre, ellers alt. Det gør intet dobbelt.",
        "Let it be processed again once the cause is mended: the numbers named, else all. Nothing is done twice.",
    )
)
def replay(
    numbers: Annotated[list[int] | None, typer.Argument(metavar="NR", help=say("Numre fra list", "Numbers from list"))] = None,
    *,
    data: Data = None,
    nats: Nats = None,
    as_json: AsJson = False,
) -> None:
    """Give back, then take out of the stream."""
    from adapters.dead_letters import replay_letters

    count = asyncio.run(replay_letters(nats_url(read_settings(data=data, nats=nats)), numbers or []))
    if as_json:
        print_json({"replayed": count})
    else:
        console().print(say(f"{count} sendt til behandling igen", f"{count} replayed"))
