"""`sporlog catalogue import`: tables of other registers into the catalogue, the difference shown first; and taken back."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.catalogue_differences import (
    SHOWN,
    Asked,
    Reason,
    Reinstate,
    RetireMissing,
    SourceWins,
    Yes,
    confirm,
    names_of,
    print_comparison,
    take,
    tell_taken,
)
from adapters.cli.catalogue_options import LANGUAGE
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin, read_model
from adapters.cli.output import console, print_json, table
from domain.catalogue.kinds import Kind

if TYPE_CHECKING:
    from domain.catalogue.taking import Undoing

mappings = new_app()
Source = Annotated[
    str,
    typer.Option(
        "--source", metavar=say("NAVN", "NAME"), help=say("Kildens navn: dens nøgler hører til det", "Its keys belong to it")
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="TOML",
        help=say("Hvilken kolonne er hvad; ellers den gemte", "Which column is what; else as saved"),
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=say("Vis kun forskellen", "Only show the difference"))]
Part = Annotated[
    bool, typer.Option("--part", help=say("Filen har kun en del: intet mangler", "The file holds a part: nothing is missing"))
]
File = Annotated[Path, typer.Argument(metavar=say("FIL", "FILE"), help="CSV, .xlsx")]
REFUSED = 1
"""The exit code when some of a file was left out."""


def import_table(
    *,
    file: File,
    source: Source,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    part: Part = False,
    reason: Reason = None,
    source_wins: SourceWins = None,
    retire_missing: RetireMissing = False,
    reinstate: Reinstate = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show in what a table differs from the catalogue, ask, and record what is plain; conflicts only as told."""
    from adapters.catalogue.import_json import comparison_json
    from adapters.importing.mapped import read_rows
    from adapters.importing.mapping_file import read_mapping
    from adapters.importing.tables import read_table
    from handlers.catalogue_imports import Taken, Told, compare_source, imports_of

    read = read_table(file)
    told = read_mapping(mapping) if mapping else None
    why = reason or say(f"Indlæst fra {file.name}", f"Imported from {file.name}")
    with office(data, database) as opened, read_model(opened, "catalogue") as projector:
        by = told or imports_of(opened.store).mapping(source)
        rows = read_rows(read, by)
        # A row that is left out would look as if the source had lost its object.
        wanted = Told(source, rows.wanted, whole=not part and not rows.problems, file_sha256=read.sha256)
        with projector.database.snapshot() as connection:
            found = compare_source(opened.store, connection, wanted)
            names = names_of(connection, found)
        found = found._replace(problems=(*rows.problems, *found.problems))
        asked = Asked(why, yes, dry_run, (*by.source_wins, *(source_wins or ())), retire_missing, reinstate)
        chosen = asked.chosen(found.differences)
        if not as_json:
            print_comparison(found, names)
        taken = take(opened, wanted, chosen, why, told) if confirm(len(chosen), asked) else Taken(0, 0, 0)
    if as_json:
        print_json({**comparison_json(found, names, LANGUAGE), "import": taken.number or None, "events": taken.events})
    else:
        tell_taken(taken, len(found.differences) - (len(chosen) if taken.number else 0))
    if found.problems:
        raise typer.Exit(REFUSED)


def list_imports(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print the imports, the latest last."""
    from adapters.catalogue.import_json import import_json
    from adapters.catalogue.import_words import SORTS
    from handlers.catalogue_imports import imports_of

    with office(data, database) as opened:
        imports = imports_of(opened.store).imports
    if as_json:
        print_json([import_json(one) for one in imports])
        return
    if not imports:
        console().print(say("Der er ikke importeret noget.", "Nothing was imported."))
        return
    shown = table(
        say("Nr.", "No."), say("Kilde", "Source"), say("Tid", "Time"), say("Hvad", "What"), say("Begrundelse", "Reason")
    )
    for one in imports:
        what = ", ".join(f"{SORTS[sort].to(LANGUAGE)} {count}" for sort, count in one.counts.items())
        undone = (
            say(f" (fortrudt {show_time(one.undone_at)})", f" (undone {show_time(one.undone_at)})") if one.undone_at else ""
        )
        shown.add_row(str(one.number), one.source, show_time(one.at), what + undone, one.reason or "")
    console().print(shown)


def undo_one(
    *,
    number: Annotated[
        int, typer.Argument(metavar=say("NUMMER", "NUMBER"), help=say("Importens nummer", "The import's number"))
    ],
    reason: Reason = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take an import back, as far as nobody changed since what it led to."""
    from handlers.catalogue_imports import because, undo_import

    why = because(origin(), reason or say(f"Import {number} fortrudt", f"Import {number} undone"))
    with office(data, database) as opened:
        work = partial(undo_import, history=opened.store, number=number, why=why)
        undoing = asyncio.run(opened.desk.committer.submit(work))
    _tell_undone(undoing, as_json=as_json)


def _tell_undone(undoing: "Undoing", *, as_json: bool) -> None:
    left = [{"id": str(one.id), "kind": one.kind, "name": one.facts.name} for one in undoing.left]
    if as_json:
        print_json({"undone": len(undoing.undone), "left": left})
        return
    count = len(undoing.undone)
    console().print(say(f"{count} objekter er ført tilbage.", f"{count} objects were taken back."))
    if left:
        names = ", ".join(str(one["name"]) for one in left[:SHOWN]) + (" ..." if len(left) > SHOWN else "")
        console().print(
            say(f"Ændret siden, og derfor som de er: {names}", f"Changed since, and left as they are: {names}"), soft_wrap=True
        )


@mappings.callback(no_args_is_help=True, help=say("Hvordan en kildes kolonner læses.", "How a source's columns are read."))
def _mappings() -> None:
    pass


@mappings.command(
    "suggest", help=say("Gæt en mapping ud fra kolonnernes navne, til at rette i.", "Guess a mapping, to be edited.")
)
def suggest_mapping(
    *,
    file: File,
    kind: Annotated[Kind, typer.Option("--kind", help=say("Hver rækkes slags", "Each row's kind"))] = Kind.SYSTEM,
) -> None:
    """Print the file."""
    from adapters.importing.mapping_file import write_mapping
    from adapters.importing.suggesting import suggest
    from adapters.importing.tables import read_table

    typer.echo(write_mapping(suggest(read_table(file), kind)), nl=False)


@mappings.command(
    "show", help=say("Skriv den mapping, der er gemt for kilden.", "Write the mapping that is saved for the source.")
)
def show_mapping(
    *,
    source: Annotated[str, typer.Argument(metavar=say("KILDE", "SOURCE"), help=say("Kildens navn", "The source's name"))],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print the file."""
    from adapters.importing.mapping_file import write_mapping
    from handlers.catalogue_imports import imports_of

    with office(data, database) as opened:
        mapping = imports_of(opened.store).mapping(source)
    typer.echo(write_mapping(mapping), nl=False)


def add_imports(app: typer.Typer) -> None:
    """Add the commands to the catalogue's."""
    app.command("imports", help=say("Vis, hvad der er importeret.", "Show what was imported."))(list_imports)
    app.command("undo-import", help=say("Før en import tilbage.", "Take an import back."))(undo_one)
    app.add_typer(mappings, name="mapping")
