"""`sporlog organisation`: who reports, who holds which role, who may file, and what is missing."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.organisation_show import print_changes, print_organisation, print_warnings
from adapters.cli.output import print_json
from domain.time import parse_time

app = new_app()


@app.callback(no_args_is_help=True, help=say("Organisationen: enheder, roller, indsendere, kontakter.", "The organisation."))
def _group() -> None:
    pass


@app.command(help=say("Vis organisationen og det, den mangler.", "Show the organisation and what it lacks."))
def show(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print what is on record, the warnings first."""
    from adapters.organisation.json import organisation_object
    from domain.organisation.warnings import warnings

    with office(data, database) as opened:
        organisation = opened.store.organisation()
    if as_json:
        print_json(organisation_object(organisation))
    else:
        print_warnings(warnings(organisation, now=datetime.now(UTC)))
        print_organisation(organisation)


@app.command("warnings", help=say("Vis, hvad organisationen mangler.", "Show what the organisation lacks."))
def list_warnings(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print the standing warnings; they are no failure, the exit code is 0."""
    from adapters.organisation.json import warning_objects
    from domain.organisation.warnings import warnings

    with office(data, database) as opened:
        found = warnings(opened.store.organisation(), now=datetime.now(UTC))
    if as_json:
        print_json(warning_objects(found))
    else:
        print_warnings(found)


@app.command(help=say("Skriv organisationen som TOML til at rette i.", "Write the organisation as TOML, to be edited."))
def export(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Print the file."""
    from adapters.organisation.file import write_organisation
    from domain.organisation.configuration import configuration_of

    with office(data, database) as opened:
        organisation = opened.store.organisation()
    typer.echo(write_organisation(configuration_of(organisation)), nl=False)


@app.command("import", help=say("Gør organisationen til det, filen siger.", "Make the organisation what the file says."))
def import_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FIL" if not ENGLISH else "FILE", help="TOML")],
    reason: Annotated[
        str | None, typer.Option(help=say("Hvorfor; går forud for filens", "Why; goes before the file's own"))
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record each difference, all of them in one transaction."""
    from adapters.organisation.file import read_organisation
    from adapters.organisation.json import changed_object
    from handlers.organisation import configure

    wanted = read_organisation(file)
    if reason is not None:
        wanted = wanted.model_copy(update={"reason": reason.strip()})
    with office(data, database) as opened:
        done = asyncio.run(opened.desk.committer.submit(partial(configure, wanted=wanted, origin=origin())))
    if as_json:
        print_json(changed_object(done))
    else:
        print_changes(done)


@app.command("test-filing", help=say("Registrér, at indsendelse er afprøvet.", "Record that filing was tested."))
def record_test(
    *,
    entity: Annotated[str, typer.Argument(metavar=say("ENHED", "ENTITY"), help=say("Enhedens navn", "The entity's name"))],
    who: Annotated[str, typer.Argument(metavar=say("HVEM", "WHO"), help=say("Indsenderens id", "The filer's id"))],
    at: Annotated[
        str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Hvornår; ellers nu", "When; now, if left out"))
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record a test of filing on Virk."""
    from adapters.organisation.json import changed_object
    from handlers.organisation import change, filing_tested

    tested = filing_tested(entity, who, origin(), parse_time(at) if at is not None else None)
    with office(data, database) as opened:
        done = asyncio.run(opened.desk.committer.submit(partial(change, proposed=tested)))
    if as_json:
        print_json(changed_object(done))
    else:
        print_changes(done)
