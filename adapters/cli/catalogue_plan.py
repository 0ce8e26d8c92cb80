"""`sporlog catalogue plan`: an emergency plan's file in, and out again."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.cli.as_of import Position
from adapters.cli.catalogue_acts import landscape_of, print_changed
from adapters.cli.catalogue_options import Actor, Behalf, Expected, Named, OccurredAt, Role
from adapters.cli.deadlines import read_time
from adapters.cli.evidence import pieces
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console
from domain.catalogue.kinds import Kind
from domain.errors import InvalidInputError

app = new_app()


@app.callback(no_args_is_help=True, help=say("Nødplanernes filer.", "The files of emergency plans."))
def _group() -> None:
    pass


@app.command(help=say("Læg en fil ved en nødplan; den gemmes krypteret.", "Attach a file to a plan; it is kept encrypted."))
def attach(
    *,
    name: Named,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=say("Filen", "The file"))],
    dated: Annotated[
        str, typer.Option("--dated", metavar=say("DAG", "DAY"), help=say("Planens egen dato", "The day that it bears"))
    ],
    reason: Annotated[str, typer.Option(metavar=say("TEKST", "TEXT"), help=say("Hvorfor", "Why"))],
    occurred_at: OccurredAt = None,
    actor: Actor = None,
    role: Role = None,
    on_behalf_of: Behalf = None,
    expected_version: Expected = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Durable before anything is printed."""
    from adapters.main import make_evidence_room
    from handlers.evidence import Sending
    from handlers.plans import attach_plan

    fields: dict[str, Any] = {"reason": reason, "actor": actor, "role": role, "on_behalf_of": on_behalf_of}
    fields |= {"occurred_at": read_time("--occurred-at", occurred_at), "expected_version": expected_version}
    day = _day(dated)
    with office(data, database) as opened:
        plan = landscape_of(opened).one_named(name, Kind.PLAN)
        room, sending = make_evidence_room(opened.settings, opened.store), Sending(fields, length=file.stat().st_size)
        done = asyncio.run(attach_plan(opened.desk, room, plan, sending, pieces(file), dated=day, origin=origin()))
    print_changed(done, as_json=as_json)


@app.command(help=say("Hent en nødplans fil til en ny fil.", "Fetch a plan's file to a new file."))
def fetch(
    *,
    name: Named,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("Den nye fil", "The new file"))],
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """The file appears whole or not at all."""
    from adapters.main import make_evidence_room
    from adapters.new_files import new_file
    from handlers.plans import fetch_plan

    with office(data, database) as opened, new_file(out) as opened_file:
        plan = landscape_of(opened).one_named(name, Kind.PLAN)
        found = fetch_plan(opened.desk, make_evidence_room(opened.settings, opened.store), plan, upto=position)
        opened_file.writelines(found.content)
    told = f"{out} ({found.facts.dated}, SHA-256 {found.facts.sha256})"
    console().print(say(f"Skrevet: {told}", f"Written: {told}"))


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        msg = say(f"--dated {told}: skriv dagen som 2026-11-20", f"--dated {told}: write the day as 2026-11-20")
        raise InvalidInputError(msg) from error
