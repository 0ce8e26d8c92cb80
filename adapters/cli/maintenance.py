"""`sporlog maintenance`: planned work, announced so that the alerts it explains open nothing."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from domain.intake.events import IntakeEvent
    from handlers.intake_setup import SetUp

app = new_app()
Name = Annotated[
    str, typer.Argument(metavar=say("NAVN", "NAME"), help=say("Arbejdets navn, ét ord", "The work's name, one word"))
]
Reason = Annotated[str | None, typer.Option(help=say("Hvorfor", "Why"))]


@app.callback(no_args_is_help=True, help=say("Varslet vedligehold.", "Announced maintenance."))
def _group() -> None:
    pass


@app.command(
    help=say(
        "Varsl vedligehold: alarmer om tilgængelighed, som det dækker, tælles og åbner ingen hændelse. Et nyt varsel med samme"
        " navn træder i stedet for det gamle. Tider uden zone er danske.",
        "Announce maintenance: alerts on availability that it covers are counted and open no incident. Announcing the same name"
        " again replaces what was announced. Times without a zone are Danish.",
    )
)
def announce(
    *,
    name: Name,
    begins_at: Annotated[str, typer.Option("--from", metavar=say("TID", "TIME"), help=say("Fra", "From"))],
    ends_at: Annotated[str, typer.Option("--to", metavar=say("TID", "TIME"), help=say("Til", "Until"))],
    component: Annotated[
        list[str],
        typer.Option(metavar=say("MØNSTER", "PATTERN"), help=say("Komponent eller tjeneste, som db-*", "As db-*; repeatable")),
    ],
    reason: Reason = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record the announcement."""
    from handlers.rule_changes import maintenance_announced, wanted_maintenance

    wanted = wanted_maintenance(name=name, begins_at=begins_at, ends_at=ends_at, components=tuple(component), reason=reason)
    done = _recorded(maintenance_announced(wanted, origin()), data, database)
    said = f"{name}: {show_time(wanted.begins_at)} – {show_time(wanted.ends_at)}"
    _tell(done, say(f"Varslet: {said}", f"Announced: {said}"), as_json=as_json)


@app.command(help=say("Aflys vedligehold, eller afslut det før tid.", "Call maintenance off, or end it early."))
def cancel(
    *, name: Name, reason: Reason = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Record that it is over now."""
    from handlers.rule_changes import maintenance_cancelled

    done = _recorded(maintenance_cancelled(name, reason, origin()), data, database)
    _tell(done, say(f"Aflyst: {name}", f"Cancelled: {name}"), as_json=as_json)


@app.command("list", help=say("Vis varslet vedligehold.", "Show announced maintenance."))
def list_all(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print all that was announced, by when it begins."""
    from adapters.connecting.rule_words import STANDING
    from adapters.connecting.rules_json import in_time, maintenance_objects

    with office(data, database) as opened:
        maintenances = opened.store.intake_setup().maintenances
    now = datetime.now(UTC)
    if as_json:
        print_json(maintenance_objects(maintenances, now))
        return
    if not maintenances:
        console().print(say("Intet vedligehold er varslet.", "No maintenance is announced."))
        return
    columns = (("Navn", "Name"), ("Fra", "From"), ("Til", "To"), ("Dækker", "Covers"), ("Status", "Status"))
    shown = table(*(say(*column) for column in columns))
    for name, work in in_time(maintenances):
        standing = STANDING[work.standing(now)].to("en" if ENGLISH else "da")
        shown.add_row(name, show_time(work.begins_at), show_time(work.ends_at), ", ".join(work.patterns), standing)
    console().print(shown)


def _recorded(proposed: "IntakeEvent", data: Data, database: DatabaseUrl) -> "SetUp":
    from handlers.intake_setup import change

    with office(data, database) as opened:
        return asyncio.run(opened.desk.committer.submit(partial(change, proposed=[proposed])))


def _tell(done: "SetUp", words: str, *, as_json: bool) -> None:
    from adapters.connecting.rules_json import set_up_object

    if as_json:
        print_json(set_up_object(done))
    else:
        console().print(words)
