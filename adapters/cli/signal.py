"""`sporlog signal`: what waits for a person, and every decision on it with its way back."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin, read_model
from adapters.cli.output import console, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.requests import Origin
    from handlers.signal_desk import SignalDesk
    from handlers.triage import Choice, Decided

app = new_app()
LIMIT = 100

Source = Annotated[str, typer.Argument(metavar=say("KILDE", "SOURCE"), help=say("Kilden, som email", "The source, as email"))]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help=say("Alarmens id hos kilden", "The alarm's id at its source"))]
To = Annotated[str, typer.Option("--to", metavar="REF", help=say("Hændelsen", "The incident"))]
From = Annotated[str, typer.Option("--from", metavar="REF", help=say("Hændelsen", "The incident"))]
Reason = Annotated[str | None, typer.Option(help=say("Hvorfor", "Why"))]
Actor = Annotated[
    str | None, typer.Option(help=say("Hvem, som id; ellers systemets bruger", "Who, as an id; else the system's user"))
]


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
def list_waiting(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print what waits, oldest first."""
    from adapters.signal_json import waiting_object
    from projections import signals

    with office(data, database) as opened, read_model(opened, "signals") as projector:
        with projector.database.snapshot() as connection:
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
    from adapters.signal_json import told_object
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


@app.command(help=say("Føj alarmer til en hændelse.", "Add alarms to an incident."))
def attach(
    *,
    source: Source,
    ids: Ids,
    to: To,
    reason: Reason = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Undone by detach."""
    _decide(
        lambda desk, chosen, by: desk.attach(to, chosen, by, reason), (source, ids), actor, (data, database), as_json=as_json
    )


@app.command(help=say("Tag alarmer ud af en hændelse.", "Take alarms out of an incident."))
def detach(
    *,
    source: Source,
    ids: Ids,
    from_: From,
    reason: Reason = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Undone by attach."""
    _decide(
        lambda desk, chosen, by: desk.detach(from_, chosen, by, reason), (source, ids), actor, (data, database), as_json=as_json
    )


@app.command(help=say("Afvis: set på, ikke mere at gøre.", "Dismiss: looked at, nothing further."))
def dismiss(
    *,
    source: Source,
    ids: Ids,
    reason: Reason = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Undone by reopen."""
    _decide(lambda desk, chosen, by: desk.dismiss(chosen, by, reason), (source, ids), actor, (data, database), as_json=as_json)


@app.command(help=say("Lad det vente på et menneske igen.", "Let it wait for a person again."))
def reopen(
    *,
    source: Source,
    ids: Ids,
    reason: Reason = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Undone by dismiss."""
    _decide(lambda desk, chosen, by: desk.reopen(chosen, by, reason), (source, ids), actor, (data, database), as_json=as_json)


@app.command("open", help=say("Opret en hændelse af alarmer.", "Open an incident from alarms."))
def open_incident(
    *,
    source: Source,
    ids: Ids,
    title: Annotated[str | None, typer.Option(help=say("Ellers alarmens egen", "Else the alarm's own"))] = None,
    severity: Annotated[str | None, typer.Option(help="critical, high, medium, low, info")] = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Undone by closing it as no incident."""
    fields = {name: value for name, value in (("title", title), ("severity", severity)) if value}
    _decide(lambda desk, chosen, by: desk.open(chosen, fields, by), (source, ids), actor, (data, database), as_json=as_json)


def _decide(
    act: "Callable[[SignalDesk, Choice, Origin], Coroutine[Any, Any, Decided]]",
    chosen: tuple[str, list[str]],
    actor: str | None,
    where: tuple[Any, Any],
    *,
    as_json: bool,
) -> None:
    from handlers.signal_desk import SignalDesk
    from handlers.triage import Choice

    by = origin()
    if actor:
        by = by._replace(actor=actor)
    source, ids = chosen
    with office(*where) as opened:
        done = asyncio.run(act(SignalDesk(opened.desk), Choice(source, tuple(ids)), by))
    reference = done.incident.reference if done.incident else None
    if as_json:
        print_json({"ref": reference, "position": done.position})
    elif reference:
        console().print(reference)
    else:
        console().print(say("Registreret.", "Recorded."))
