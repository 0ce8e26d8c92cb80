"""`sporlog pack continue`: the crisis laptop goes on with the log."""

from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, origin
from adapters.cli.output import console, notices, print_json

_STAGES = {
    "pack": say("Læser pakken efter ...", "Checking the pack ..."),
    "backup": say("Åbner backuppen ...", "Opening the backup ..."),
    "log": say("Læser loggen efter og laver læsemodeller ...", "Checking the log and making read models ..."),
}


def add_continue(app: typer.Typer) -> None:
    """The command."""
    text = say(
        "Fortsæt loggen her, på en ren maskine, fra pakkens lukkede backup. Det føres i loggen, og det gamle hus bliver"
        " skrivebeskyttet, når det hører det.",
        "Continue the log here, on a clean machine, from the pack's sealed backup. That is on record, and the old house becomes"
        " read-only when it hears of it.",
    )
    app.command("continue", help=text)(continue_)


def continue_(
    *,
    pack: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help=say("Pakkens mappe", "The pack"))],
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help=say("Nøglefilen", "The key file"))],
    reason: Annotated[str, typer.Option(help=say("Hvorfor", "Why"))] = "Nøddrift fra nødpakken",
    log_key: Annotated[
        str | None, typer.Option(help=say("Loggens offentlige nøgle, fået ad en anden vej", "The log's public key"))
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Verify, open, restore, declare, tell."""
    from adapters import logging
    from adapters.cli.pack import ask_secret
    from adapters.pack.continuing import continue_from
    from adapters.settings import read_settings

    logging.configure("error", logging.StandardError())
    settings = read_settings(data=data, database=database)
    done = continue_from(
        pack.absolute(),
        key,
        ask_secret,
        settings=settings,
        log_key=log_key,
        reason=reason,
        origin=origin(),
        tell=lambda stage: notices().print(_STAGES[stage]),
    )
    if as_json:
        notice = str(done.notice) if done.notice else None
        print_json({"head": done.head, "declared": done.declared, "pack": done.manifest.name, "notice": notice})
        return
    out = console()
    out.print(say(f"Loggen fortsætter her fra position {done.head}.", f"The log continues here from position {done.head}."))
    out.print(
        say(
            "Hvad det gamle hus har ført efter den position, er ikke med: det ligger i det hus og skal indtastes igen.",
            "What the old house recorded after that position is not here: it lies in that house and must be entered again.",
        )
    )
    if done.notice is None:
        told = say("Pakkens drev kan ikke skrives. Bær denne fil til det gamle hus", "Carry this file to the old house")
        out.print(f"{told} (sporlog primary hear): {settings.data / 'continued.txt'}")
    out.print(say(f"Start: sporlog up --data {settings.data}", f"Start: sporlog up --data {settings.data}"))
