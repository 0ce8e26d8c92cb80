"""`sporlog incident from-paper`: what was written by hand is entered in the order of the blank forms."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.cpr import CprOk, confirm_cpr
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin
from adapters.cli.output import console, print_json, table
from adapters.cli.words import step_name
from domain.errors import InvalidInputError
from domain.signals import Severity
from domain.time import rfc3339_utc

if TYPE_CHECKING:
    from handlers.from_paper import PaperLine


def add_from_paper(app: typer.Typer) -> None:
    """The command."""
    text = say(
        "Indtast fra papir: registreringen, og logarkets linjer med deres rigtige tider, på én gang. En linje er"
        ' "2026-11-29 02:10; vagt-3; N; Ringede til driften". Slags: N note, F foranstaltning, D ydelse nede, G genoprettet,'
        " L leverandør, V væsentlig nu.",
        "Enter from paper: the registration and the lines of the log sheet with their true times, at once. A line is"
        ' "2026-11-29 02:10; vagt-3; N; Called operations". Kinds: N note, F measure, D service down, G restored, L supplier,'
        " V significant now.",
    )
    app.command("from-paper", help=text, rich_help_panel=say("Overblik", "Overview"))(from_paper)


def from_paper(
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="REF", help=say("Fortsæt denne hændelse", "Go on with this incident"))
    ] = None,
    title: Annotated[str | None, typer.Option(help=say("Hvad er der sket?", "What has happened?"))] = None,
    place: Annotated[str | None, typer.Option(help=say("Hvor?", "Where?"))] = None,
    occurred_at: Annotated[str | None, typer.Option(help=say("Hvornår skete det? Dansk tid", "When? Danish time"))] = None,
    detected_at: Annotated[str | None, typer.Option(help=say("Hvornår opdaget?", "When detected?"))] = None,
    services: Annotated[str | None, typer.Option(help=say("Berørte ydelser, med komma", "Services, with commas"))] = None,
    components: Annotated[str | None, typer.Option(help=say("Berørte komponenter", "Components"))] = None,
    description: Annotated[str | None, typer.Option(help=say("Beskrivelse", "Description"))] = None,
    severity: Annotated[Severity, typer.Option(help=say("Alvor", "Severity"))] = Severity.MEDIUM,
    line: Annotated[
        list[str] | None, typer.Option("--line", help=say("En linje af logarket", "A line of the log sheet"))
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help=say("Fil med linjerne; - er stdin", "File with the lines; - is stdin")),
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help=say("Vis kun; skriv intet", "Show only; write nothing"))] = False,
    cpr_ok: CprOk = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Read, show, record."""
    from handlers.from_paper import read_lines, record_paper

    lines = read_lines("\n".join((*(line or ()), _content(file))))
    told = {"title": title, "place": place, "occurred_at": occurred_at, "detected_at": detected_at, "services": services}
    told |= {"components": components, "description": description, "severity": severity.value}
    if (to is None) == (title is None):
        raise InvalidInputError(say("giv --title til en ny hændelse eller --to REF, én af dem", "give --title or --to REF"))
    confirm_cpr({**told, **{f"line {n}": one.what for n, one in enumerate(lines, start=1)}}, cpr_ok=cpr_ok)
    if preview:
        _show(lines, as_json=as_json)
        return
    report: dict[str, Any] | None = None if to else {name: value for name, value in told.items() if value}
    with office(data, database) as opened:
        done = asyncio.run(record_paper(opened.desk, lines, origin(), reference=to, report=report))
    if as_json:
        print_json({"ref": done.incident.reference, "lines": len(lines), "position": done.position})
        return
    console().print(
        say(
            f"{done.incident.reference}: {len(lines)} linjer er ført med deres rigtige tider, position {done.position}.",
            f"{done.incident.reference}: {len(lines)} lines recorded with their true times, position {done.position}.",
        )
    )


def _content(file: Path | None) -> str:
    if file is None:
        return ""
    return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")


def _show(lines: "list[PaperLine]", *, as_json: bool) -> None:
    if as_json:
        print_json([{"at": rfc3339_utc(one.at), "who": one.who, "step": one.step, "what": one.what} for one in lines])
        return
    shown = table(say("Sket", "Happened"), say("Hvem", "Who"), say("Skridt", "Step"), say("Hvad", "What"))
    for one in lines:
        shown.add_row(show_time(one.at), one.who, step_name(one.step), one.what)
    console().print(shown)
    console().print(say("Intet er skrevet endnu.", "Nothing was written yet."))
