"""`sporlog primary`: which house keeps the log, when it was continued elsewhere."""

import asyncio
from contextlib import closing
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json
from domain.time import rfc3339_utc

if TYPE_CHECKING:
    from adapters.main import Office
    from domain.primary import Elsewhere, PrimaryDeclared

app = new_app()
Reason = Annotated[str, typer.Option(help=say("Hvorfor; føres i loggen", "Why; is logged"))]
Label = Annotated[str | None, typer.Option(help=say("Hvad maskinen kaldes; ellers dens navn", "What the machine is called"))]


@app.callback(invoke_without_command=True, help=say("Hvem der fører loggen, og om det er her.", "Who keeps the log."))
def status(context: typer.Context, *, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Exit code 0 also when it is read-only here: that is an answer."""
    if context.invoked_subcommand is not None:
        return
    from handlers.primary import only_here

    with office(data, database) as opened:
        store = opened.store
        why, declared = store.read_only(), store.primacy().declared
        told = store.house.told if store.house else None
        lost = only_here(store, told.from_position) if why and told else []
    if as_json:
        print_json({"read_only": why, "declared": _declared(declared), "told": _told(told), "only_here": lost})
        return
    if why is None:
        console().print(say("Loggen føres her.", "The log is kept here."), style="bold")
    else:
        console().print(say("Skrivebeskyttet her: ", "Read-only here: ") + why, style="bold red")
        choices = say(
            "Vælg: indlæs den andens sikkerhedskopi i en ny mappe, eller fortsæt her: sporlog primary declare --reason ...",
            "Choose: restore the other's backup into a new directory, or go on here: sporlog primary declare --reason ...",
        )
        console().print(choices)
    if declared is not None:
        at = show_time(declared.meta.occurred_at)
        console().print(say(f"Sidst besluttet {at}: {declared.label}", f"Last decided {at}: {declared.label}"))
    for reference in lost:
        console().print(say(f"Kun her, ikke i den anden: {reference}", f"Only here, not in the other: {reference}"))


@app.command(help=say("Loggen føres her fra nu af.", "The log is kept here from now on."))
def declare(
    *, reason: Reason, label: Label = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """A person decides; it is on record."""
    with office(data, database) as opened:
        assert opened.store.house is not None  # noqa: S101 - `open_store` sets it
        position = _decide(opened, opened.store.house.id, reason, label)
    _say(as_json, position, say("Loggen føres her fra nu af", "The log is kept here from now on"))


@app.command("hand-over", help=say("Luk loggen her, før den flyttes hjem.", "Close the log here before it moves home."))
def hand_over(
    *, reason: Reason, label: Label = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Nobody writes it until the next house is declared."""
    with office(data, database) as opened:
        position = _decide(opened, None, reason, label)
    _say(as_json, position, say("Afleveret: skrivebeskyttet her", "Handed over: read-only here"))


@app.command(help=say("Hør, at loggen er fortsat et andet sted.", "Hear that the log was continued elsewhere."))
def hear(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="continued.txt")],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """A notice that this log's own key signed makes it read-only here."""
    from adapters import main
    from adapters.primary.notice import read

    with office(data, database) as opened, closing(main.open_ledger(opened.settings)) as tables:
        checkpoints = main.make_checkpoints(opened.settings, opened.store, tables)
        elsewhere = read(file.read_bytes(), checkpoints.begin()[-1].vkey, opened.store.log_sha256())
        assert opened.store.house is not None  # noqa: S101 - `open_store` sets it
        opened.store.house.hear(elsewhere)
        why = opened.store.read_only()
    console().print(why or say("Loggen føres her: intet er ændret.", "The log is kept here: nothing was changed."))


def _decide(opened: "Office", house: UUID | None, reason: str, label: str | None) -> int:
    from handlers import primary

    store, now = opened.store, origin()
    proposed = primary.declared(house, label or gethostname() or "sporlog", store.head(), reason, now)
    return asyncio.run(opened.desk.committer.submit(partial(primary.record, proposed=proposed)))


def _say(as_json: bool, position: int, told: str) -> None:
    if as_json:
        print_json({"recorded": position})
    else:
        console().print(f"{told}, position {position}.")


def _declared(declared: "PrimaryDeclared | None") -> dict[str, Any] | None:
    if declared is None:
        return None
    house = str(declared.house) if declared.house else None
    return {"house": house, "label": declared.label, "from_position": declared.from_position, "reason": declared.reason}


def _told(told: "Elsewhere | None") -> dict[str, Any] | None:
    if told is None:
        return None
    return {"label": told.label, "from_position": told.from_position, "declared_at": rfc3339_utc(told.declared_at)}
