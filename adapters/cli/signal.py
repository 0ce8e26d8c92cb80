"""`sporlog signal`: what waits for a person, and every decision on it with its way back."""

import asyncio
from typing import Annotated

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json
from adapters.cli.signal_decisions import Source, add_decisions

app = new_app()
LIMIT = 100


@app.callback(
    no_args_is_help=True,
    help=say(
        "Alarmer og breve: hvad der venter på et menneske, og hvad de hører til. Alt kan gøres om.",
        "Alarms and mails: what waits for a person, and what they belong to. All of it can be undone.",
    ),
)
def _group() -> None:
    pass


@app.command("list", help=say("Vis det, der venter på et menneske.", "Show what waits for a person."))
def list_waiting(
    *, at: At = None, position: Position = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Print what waits, oldest first."""
    from adapters.connecting.signal_json import waiting_object
    from projections import signals

    with office(data, database) as opened:
        with read_model_as_of(opened, "signals", at, position) as (connection, _now):
            rows, total = signals.waiting(connection, LIMIT), signals.waiting_count(connection)
        found = [waiting_object(row, opened.store.payload(row["payload_sha256"])) for row in rows]
    if as_json:
        print_json(found)
        return
    out = console()
    for one in found:
        out.print(f"{one['source']}  {one['id']}", style="bold")
        out.print(f"  {one['title'] or say('(slettet)', '(erased)')}")
    if not found:
        out.print(say("Intet venter.", "Nothing is waiting."))
    elif total > len(found):
        out.print(say(f"De {len(found)} ældste af {total}.", f"The {len(found)} oldest of {total}."))


@app.command(help=say("Vis én alarm, som loggen fik den først.", "Show one alarm as the log got it first."))
def show(
    *,
    source: Source,
    id_: Annotated[str, typer.Argument(metavar="ID", help=say("Alarmens id hos kilden", "Its id at the source"))],
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print its clear part and its text."""
    from adapters.connecting.signal_json import told_object
    from handlers.signal_desk import SignalDesk
    from handlers.triage import Choice

    with office(data, database) as opened:
        (told,) = asyncio.run(SignalDesk(opened.desk).told(Choice(source, (id_,))))
    found = told_object(told)
    if as_json:
        print_json(found)
        return
    out = console()
    for name, value in found.items():
        if value not in (None, [], ""):
            out.print(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")


add_decisions(app)
