"""`sporlog doctor`: is everything in order, and what to do where it is not. Changes nothing."""

from typing import Annotated, Any

import typer
from rich.text import Text

from adapters.cli import doctor_reminders
from adapters.cli.doctor_checks import examine
from adapters.cli.findings import Check, Finding, Level
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app
from adapters.cli.output import console, print_json, table
from adapters.cli.up import Http, Nats
from adapters.settings import read_settings

app = new_app()
LEVELS: dict[Level, tuple[str, str]] = {
    "ok": ("OK", "green"),
    "warning": (say("advarsel", "warning"), "yellow"),
    "error": (say("fejl", "error"), "bold red"),
}


CHECKS: dict[Check, str] = {
    "data-directory": say("datamappe", "data directory"),
    "disk": "disk",
    "time-zone": say("tidszone", "time zone"),
    "store": say("lager", "store"),
    "durability": say("holdbarhed", "durability"),
    "keyring": say("nøglering", "keyring"),
    "clock": say("ur", "clock"),
    "read-models": say("læsemodeller", "read models"),
    "ledger": say("regnskab", "ledger"),
    "anchors": say("forankring", "anchors"),
    "sources": say("kilder", "sources"),
    "emergency-lists": say("nødlister", "emergency lists"),
    "nats-server": "nats-server",
    "nats": "NATS",
    "port": "port",
    "reminders": say("påmindelser", "reminders"),
    "reports": say("ledelsesrapporter", "management reports"),
    "ways": say("veje ind", "ways in"),
    "pack": say("nødpakke", "emergency pack"),
    "registers": say("andre registre", "other registers"),
    "scanner": say("scanning for skadelig kode", "malware scan"),
}


@app.command(
    help=say(
        "Undersøg alt fra datamappe til påmindelser, og sig, hvad der er at gøre. Slutkode 1 ved fejl.",
        "Check everything from data directory to reminders, and say what to do. Exit code 1 on errors.",
    )
)
def doctor(
    *,
    data: Data = None,
    http: Http = None,
    nats: Nats = None,
    database: DatabaseUrl = None,
    send_test: Annotated[
        bool,
        typer.Option("--send-test", help=say("Send en prøve på hver påmindelseskanal", "Send a test on each reminder channel")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check and tell."""
    from adapters import logging

    settings = read_settings(data=data, http=http, nats=nats, database=database)
    logging.configure("error", logging.StandardError())
    found = [*examine(settings), *(doctor_reminders.send_test(settings) if send_test else ())]
    if as_json:
        print_json([finding._asdict() for finding in found])
    else:
        _print(found)
    if any(finding.level == "error" for finding in found):
        raise typer.Exit(1)


def _print(found: list[Finding]) -> None:
    rows = table("", say("Hvad", "What"), say("Fundet", "Found"))
    for finding in found:
        word, style = LEVELS[finding.level]
        told: Any = finding.detail + (f"\n→ {finding.advice}" if finding.advice else "")
        rows.add_row(Text(word, style), CHECKS[finding.check], told)
    console().print(rows)
