"""`sporlog catalogue`: services, systems, suppliers and plans, and what stands on what."""

from typing import Annotated

import typer

from adapters.cli import catalogue_plan
from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.catalogue_acts import add_acts
from adapters.cli.catalogue_critical import approve, critical
from adapters.cli.catalogue_file import export, import_file, starter
from adapters.cli.catalogue_impact import add_impact
from adapters.cli.catalogue_import import add_imports
from adapters.cli.catalogue_map import draw_map
from adapters.cli.catalogue_options import LANGUAGE
from adapters.cli.catalogue_show import history, show
from adapters.cli.catalogue_sync import add_sync
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json, table
from domain.catalogue.kinds import Kind

app = new_app()


@app.callback(
    no_args_is_help=True,
    help=say("Kataloget: ydelser, systemer, leverandører, nødplaner.", "The catalogue: services, systems."),
)
def _group() -> None:
    pass


@app.command("list", help=say("Vis, hvad der er i kataloget.", "Show what is in the catalogue."))
def list_objects(
    *,
    kind: Annotated[Kind | None, typer.Option("--kind", help=say("Kun denne slags", "Only this kind"))] = None,
    retired: Annotated[bool, typer.Option("--retired", help=say("Også det, der er ude af brug", "Also out of use"))] = False,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print the objects, services first."""
    from adapters.catalogue.json import object_json
    from adapters.catalogue.words import catalogue_word
    from projections.catalogue import landscape, objects

    with office(data, database) as opened, read_model_as_of(opened, "catalogue", at, position) as (connection, _now):
        rows = objects(connection, *([kind] if kind else []), retired=retired)
        seen = landscape(connection)
    if as_json:
        print_json([object_json(row, seen) for row in rows])
        return
    if not rows:
        console().print(say("Kataloget er tomt.", "The catalogue is empty."))
        return
    shown = table(say("Slags", "Kind"), say("Navn", "Name"), say("Klasse", "Class"), say("Forvaltning", "Administration"))
    for row in rows:
        held = catalogue_word(row["service_class"], LANGUAGE) if row["service_class"] else ""
        waiting = say(" (foreslået)", " (proposed)") if row["proposed_class"] else ""
        gone = say(" (ude af brug)", " (out of use)") if row["retired"] else ""
        shown.add_row(catalogue_word(row["kind"], LANGUAGE), row["name"] + gone, held + waiting, row["administration"] or "")
    console().print(shown)


app.command(
    help=say(
        "Vis ét objekt: hvad der vides, dets klasse og hvorfor, hvad det hænger sammen med, og dets historik.",
        "Show one object: what is known, its class and why, what it belongs together with, and its history.",
    )
)(show)
app.command(help=say("Vis, hvad der er ændret ved ét objekt, hvem der gjorde det, og hvorfor.", "Show one object's changes."))(
    history
)
add_acts(app)
app.command(
    help=say(
        "Vis de samfundskritiske ydelser i den rækkefølge, de genoprettes, og om listen er den, direktionen godkendte.",
        "Show the services critical to society in the order of restoration, and whether the board approved that list.",
    )
)(critical)
app.command(help=say("Registrér, at direktionen har godkendt listen.", "Record that the executive board approved the list."))(
    approve
)
app.command(
    "map",
    help=say(
        "Tegn et kort over, hvad et objekt bygger på, og hvad der bygger på det, med de åbne hændelser.",
        "Draw a map of what an object stands on, and of what stands on it, with the open incidents.",
    ),
)(draw_map)
app.add_typer(catalogue_plan.app, name="plan")
app.command(help=say("Skriv kataloget som TOML til at rette i.", "Write the catalogue as TOML, to be edited."))(export)
app.command(
    "import",
    help=say(
        "Gør kataloget til det, filen siger (TOML), eller sammenhold det med en kildes tabel (CSV, .xlsx); --dry-run viser"
        " forskellen først. Det, der er rettet her, overskrives ikke af en tabel.",
        "Make the catalogue what the file says (TOML), or hold it against a source's table (CSV, .xlsx); --dry-run shows the"
        " difference first. What was changed here is not overwritten by a table.",
    ),
)(import_file())
app.command(
    help=say(
        "Skriv et katalog at begynde med: kommunens ydelser med forslag til klasse, til at rette i og importere.",
        "Write a catalogue to begin with: municipal services with proposed classes, to be edited and imported.",
    )
)(starter)
add_impact(app)
add_imports(app)
add_sync(app)
