"""`sporlog incident`: list, show, and every step there is."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.from_paper import add_from_paper
from adapters.cli.incident_show import print_incident, print_list
from adapters.cli.incident_steps import add_steps
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, names, new_app, office, read_model
from adapters.cli.output import print_json
from adapters.cli.papers import add_papers
from domain.incident.state import Status
from domain.reference import parse_reference

app = new_app()


@app.callback(
    no_args_is_help=True,
    help=say(
        "Hændelser: list, vis og alle skridt, efter fase. Begynd med report; væsentligt haster: significant-now.",
        "Incidents: list, show and every step, by phase. Begin with report; what is significant is urgent: significant-now.",
    ),
)
def _group() -> None:
    pass


OVERVIEW = say("Overblik", "Overview")


@app.command(
    "list",
    help=say(
        "Vis hændelser, den næste pligt først. Med --at eller --position som registeret stod dengang.",
        "List incidents, the next duty first. With --at or --position as the register stood then.",
    ),
    rich_help_panel=OVERVIEW,
)
def list_incidents(
    *,
    data: Data = None,
    database: DatabaseUrl = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("Kun åbne", "Open ones only"))] = False,
    status: Annotated[Status | None, typer.Option(help=say("Kun med denne status", "With this status only"))] = None,
    entity: Annotated[
        str | None, typer.Option(metavar=say("ENHED", "ENTITY"), help=say("Kun denne enheds", "This entity's only"))
    ] = None,
    administration: Annotated[
        str | None,
        typer.Option(metavar=say("NAVN", "NAME"), help=say("Kun denne forvaltnings", "This administration's only")),
    ] = None,
    at: At = None,
    position: Position = None,
    as_json: AsJson = False,
) -> None:
    """Print the register."""
    from adapters.incident.json import incident_object
    from projections import register

    with office(data, database) as opened:
        with read_model_as_of(opened, "register", at, position) as (connection, now):
            rows = register.incidents(connection, open_only=open_only, status=status)
        asked = {"entity": entity, "administration": administration}
        rows = [row for row in rows if all(wanted in {None, row[name]} for name, wanted in asked.items())]
        found = [incident_object(row, opened.desk.history.unseal) for row in rows]
    if as_json:
        print_json(found)
    else:
        print_list(found, now)


@app.command(
    help=say(
        "Vis en hændelse: fakta, ure, begge spor, tidslinje og næste pligt. Numrene er dem, som andre skridt spørger om.",
        "Show facts, clocks, both tracks, timeline and next duty. The numbers are those that other steps ask for.",
    ),
    rich_help_panel=OVERVIEW,
)
def show(*, ref: Reference, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print one incident."""
    from adapters.catalogue.impact_json import incident_impact_object
    from adapters.incident.json import details_object, incident_object
    from adapters.incident.tracks import tracks_object
    from handlers.impact import impact_of
    from projections import catalogue, register

    with office(data, database) as opened, read_model(opened, "register") as projector:
        moments = opened.desk.replay(ref)
        with projector.database.snapshot() as connection:
            row = register.by_reference(connection, str(parse_reference(ref)))
        assert row is not None, "the register was caught up with the store"  # noqa: S101 - a defect, not bad input
        now = datetime.now(UTC)
        found = incident_object(row, opened.desk.history.unseal) | details_object(moments, now)
        found |= tracks_object(moments, names(opened))
        with read_model(opened, "catalogue") as kept, kept.database.snapshot() as connection:
            impact = impact_of(catalogue.landscape(connection), moments[-1].after)
    found["impact"] = incident_impact_object(impact)
    if as_json:
        print_json(found)
    else:
        print_incident(found, impact, now)


add_papers(app)
add_from_paper(app)
add_steps(app)
