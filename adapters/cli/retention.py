"""`sporlog retention`: how long what is kept, as a file; and what has passed its period today."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin, read_model
from adapters.cli.output import console, print_json, table
from adapters.cli.up import Nats

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.words.wording import Language
    from domain.retention.state import InForce
    from handlers.retention_due import Due

app = new_app()
WHAT = {
    "signals": say("alarmer uden hændelse", "alerts without an incident"),
    "payloads": say("alle alarmer", "all alerts"),
}


@app.callback(
    no_args_is_help=True,
    help=say(
        "Hvor længe hver slags oplysning gemmes. Fristerne er kommunens valg.",
        "How long each kind of record is kept. The periods are the municipality's choice.",
    ),
)
def _group() -> None:
    pass


@app.command(help=say("Vis fristerne, og hvem der sletter.", "Show the periods, and who ends each."))
def show(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print those in force, then those to come."""
    from adapters.retention.json import periods_object
    from domain.time import local

    with office(data, database) as opened:
        retention = opened.store.retention()
    today = local(datetime.now(UTC)).date()
    if as_json:
        coming = [periods_object(one) for one in retention.after(today)]
        print_json({**periods_object(retention.on(today)), "to_come": coming})
        return
    for one in (retention.on(today), *retention.after(today)):
        _print_periods(one)


@app.command(help=say("Skriv fristerne som TOML til at rette i.", "Write the periods as TOML, to be edited."))
def export(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Print the file, with those that were decided last."""
    from adapters.retention.file import write_periods
    from domain.time import local

    with office(data, database) as opened:
        last = opened.store.retention().versions[-1]
    today = local(datetime.now(UTC)).date()
    is_to_come = last.effective_from is not None and last.effective_from > today
    typer.echo(write_periods(last.periods, last.effective_from if is_to_come else None), nl=False)


@app.command("set", help=say("Gør fristerne til dem, filen siger.", "Make the periods those of the file."))
def set_periods(
    *,
    file: Annotated[Path, typer.Argument(metavar=say("FIL", "FILE"), help="TOML")],
    reason: Annotated[str | None, typer.Option(help=say("Hvorfor; skal siges", "Why; must be told"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record the periods, all of them or none."""
    from adapters.retention.file import read_periods
    from adapters.retention.json import changed_object
    from domain.time import local
    from handlers.retention import change, periods_set

    wanted, told = read_periods(file), origin()
    proposed = periods_set(wanted.periods, wanted.effective_from or local(told.now).date(), reason, told)
    with office(data, database) as opened:
        done = asyncio.run(opened.desk.committer.submit(partial(change, proposed=proposed)))
    if as_json:
        print_json(changed_object(done))
    elif done.events:
        last = done.retention.versions[-1]
        console().print(
            say(
                f"Frister nr. {last.number} gælder fra {last.effective_from}.",
                f"Periods no. {last.number} hold from {last.effective_from}.",
            )
        )
    else:
        console().print(say("Intet at ændre: de frister er besluttet.", "Nothing to change: these periods are decided."))


@app.command(
    help=say(
        "Hvad har passeret sin frist i dag? Hændelser beslutter et menneske om; resten sletter Sporlog selv. Intet ændres her.",
        "What has passed its period today? Of incidents a person decides, the rest Sporlog deletes. Nothing is changed here.",
    )
)
def due(*, data: Data = None, database: DatabaseUrl = None, nats: Nats = None, as_json: AsJson = False) -> None:
    """Look and print."""
    from adapters.retention.json import due_object

    with office(data, database) as opened:
        found = _due(opened, nats)
    if as_json:
        print_json(due_object(found))
    else:
        _print_due(found)


def _due(opened: "Office", nats: str | None) -> "Due":
    from adapters.bus_check import own_url
    from adapters.retention.letting_go import count_letters_due
    from domain.time import local
    from handlers.retention import keeping
    from handlers.retention_due import begin_of_kept, due_today
    from projections.register import closed_before

    store, now = opened.store, datetime.now(UTC)
    retention = store.retention()

    def kept(month: str) -> list[str]:
        # Nothing is stored: under the lock it is seen as the watch will see it.
        return asyncio.run(opened.desk.committer.submit(partial(keeping, incidents=store.payload_incidents(month))))

    with read_model(opened, "register") as register, register.database.snapshot() as connection:
        closed = closed_before(connection, now)
    url = nats or opened.settings.nats or own_url(opened.settings.data / "nats")
    before = begin_of_kept(local(now).date(), retention.on(local(now).date()).periods.dead_letters)
    letters = asyncio.run(count_letters_due(url, before))
    return due_today(retention, now, closed=closed, months=store.payload_months(), kept=kept, letters=letters)


def _print_periods(one: "InForce") -> None:
    from adapters.retention.texts import ENDED_BY, KINDS, period_words
    from domain.retention.periods import ENDS

    language: Language = "en" if ENGLISH else "da"
    since = say(f", fra {one.effective_from}", f", from {one.effective_from}") if one.effective_from else ""
    console().print(say(f"Frister nr. {one.number}{since}", f"Periods no. {one.number}{since}"), style="bold")
    shown = table(say("Hvad", "What"), say("Gemmes", "Kept"), say("Hvem sletter", "Who ends it"))
    for kind, words in KINDS.items():
        period = period_words(getattr(one.periods, kind), language)
        shown.add_row(words.to(language), period, ENDED_BY[ENDS[kind]].to(language))
    console().print(shown)


def _print_due(found: "Due") -> None:
    out = console()
    out.print(say("Kan kasseres, hvis et menneske beslutter det", "May be disposed of if a person decides"), style="bold")
    if found.incidents:
        rows = table("Ref", say("Lukket", "Closed"), say("Frist", "Due"), say("Væsentlig", "Significant"), "")
        for one in found.incidents:
            held = say("BEVARES", "LEGAL HOLD") if one.held else ""
            rows.add_row(one.reference, str(one.closed_on), str(one.due_on), say("ja", "yes") if one.significant else "–", held)
        out.print(rows)
    else:
        out.print(say("Ingen hændelser.", "No incidents."))
    out.print(say("\nSletter Sporlog selv", "\nSporlog deletes by itself"), style="bold")
    for month in found.payloads:
        what = WHAT[month.what]
        kept = say(", bevares af ", ", kept by ") + ", ".join(month.kept_by) if month.kept_by else ""
        out.print(f"{month.month}: {what}, {say('frist', 'due')} {month.due_on}{kept}")
    if found.dead_letters is None:
        out.print(say("NATS svarer ikke: det lagt til side kendes ikke.", "NATS does not answer: dead letters are unknown."))
    elif found.dead_letters:
        out.print(say(f"{found.dead_letters} ting, der ikke kunne behandles", f"{found.dead_letters} dead letters"))
