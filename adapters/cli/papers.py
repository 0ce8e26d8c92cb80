"""`sporlog incident sheet` and `brief`: the papers of an incident, also while page and network are down."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import Data, DatabaseUrl, Reference, office
from adapters.cli.output import notices, print_json
from adapters.papers.formats import PaperFormat
from domain.submissions.kinds import ReportKind

As = Annotated[PaperFormat, typer.Option("--format", help=say("pdf, text eller json", "pdf, text or json"))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help=say("Skriv til filen i stedet for stdout", "Write to the file, not stdout")),
]
Position = Annotated[
    int | None, typer.Option("--position", min=1, help=say("Som loggen stod dér", "As the log stood there"), show_default=False)
]


def add_papers(app: typer.Typer) -> None:
    """The two commands."""
    text = say("Kopiark til en underretning, fra udkastet eller loggen.", "A notice's sheet, from the draft or the log.")
    app.command("sheet", help=text)(sheet)
    text = say(
        "En side til direktøren: ramt, gjort, ukendt, frister.", "One page for the director: hit, done, unknown, limits."
    )
    app.command("brief", help=text)(brief)


def sheet(
    *,
    ref: Reference,
    kind: Annotated[ReportKind, typer.Argument(metavar="KIND", help=say("Som early_warning", "Such as early_warning"))],
    format_: As = PaperFormat.TEXT,
    out: Out = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print or write the sheet."""
    from adapters.papers.json import sheet_object
    from adapters.papers.making import sheet_of, sheet_pdf, sheet_text
    from handlers.dossier import read_dossier

    with office(data, database) as opened:
        found = sheet_of(read_dossier(opened.desk, ref, position=position), kind)
    match format_:
        case PaperFormat.PDF:
            put(sheet_pdf(found), out)
        case PaperFormat.TEXT:
            put(sheet_text(found).encode(), out)
        case PaperFormat.JSON:
            put_json(sheet_object(found), out)


def brief(
    *,
    ref: Reference,
    format_: As = PaperFormat.TEXT,
    out: Out = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print or write the brief."""
    from adapters.papers.json import brief_object
    from adapters.papers.making import brief_of, brief_pdf, brief_text
    from handlers.dossier import read_dossier

    with office(data, database) as opened:
        dossier = read_dossier(opened.desk, ref, position=position)
    found = brief_of(dossier, datetime.now(UTC) if position is None else dossier.as_of)
    match format_:
        case PaperFormat.PDF:
            put(brief_pdf(found), out)
        case PaperFormat.TEXT:
            put(brief_text(found).encode(), out)
        case PaperFormat.JSON:
            put_json(brief_object(found), out)


def put(content: bytes, out: Path | None) -> None:
    """To the file, saying so on standard error, or to standard output as it is."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    out.write_bytes(content)
    notices().print(say(f"Skrevet: {out}", f"Written: {out}"))


def put_json(value: object, out: Path | None) -> None:
    """The same for JSON."""
    if out is None:
        print_json(value)
        return
    import orjson

    put(orjson.dumps(value, option=orjson.OPT_INDENT_2), out)
