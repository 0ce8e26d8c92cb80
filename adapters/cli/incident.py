"""`sporlog incident`: list, show, and every step there is."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from adapters.cli.incident_show import print_incident, print_list
from adapters.cli.incident_steps import add_steps
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, new_app, office, read_model
from adapters.cli.output import print_json
from adapters.cli.papers import add_papers
from domain.incident.state import Status
from domain.reference import parse_reference

app = new_app()


@app.callback(no_args_is_help=True, help=say("Hændelser: list, vis og alle trin.", "Incidents: list, show and every step."))
def _group() -> None:
    pass


@app.command("list", help=say("Vis hændelser, den næste pligt først.", "List incidents, the next duty first."))
def list_incidents(
    *,
    data: Data = None,
    database: DatabaseUrl = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("Kun åbne", "Open ones only"))] = False,
    status: Annotated[Status | None, typer.Option(help=say("Kun med denne status", "With this status only"))] = None,
    as_json: AsJson = False,
) -> None:
    """Print the register."""
    from adapters.incident_json import incident_object
    from projections import register

    with office(data, database) as opened, read_model(opened, "register") as projector:
        with projector.database.snapshot() as connection:
            rows = register.incidents(connection, open_only=open_only, status=status)
        found = [incident_object(row, opened.store.unseal) for row in rows]
    if as_json:
        print_json(found)
    else:
        print_list(found, datetime.now(UTC))


@app.command(help=say("Vis en hændelse: fakta, ure, tidslinje og næste pligt.", "Show facts, clocks, timeline and next duty."))
def show(*, ref: Reference, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print one incident."""
    from adapters.incident_json import details_object, incident_object
    from projections import register

    with office(data, database) as opened, read_model(opened, "register") as projector:
        moments = opened.desk.replay(ref)
        with projector.database.snapshot() as connection:
            row = register.by_reference(connection, str(parse_reference(ref)))
        assert row is not None, "the register was caught up with the store"  # noqa: S101 - a defect, not bad input
        now = datetime.now(UTC)
        found = incident_object(row, opened.store.unseal) | details_object(moments, now)
    if as_json:
        print_json(found)
    else:
        print_incident(found, now)


add_papers(app)
add_steps(app)
