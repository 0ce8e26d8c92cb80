"""`sporlog lists`: what was decided, and what is still to be done, over a period."""

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from adapters.lists.kinds import CaseList
    from projections.rows import Row

app = new_app()
DAY = say("DAG", "DAY")


@app.command(
    help=say(
        "Vis en af listerne; uden navn: hvilke der er, og hvor meget der står i dem. En periode gives i dage,"
        " --from 2026-01-01 --to 2026-12-31, og den sidste dag er med. Øvelser er ikke med uden --exercises."
        " --at og --position viser listen, som loggen stod dengang.",
        "Show one of the lists; without a name: which there are, and how much is in them. Give a period in days,"
        " --from 2026-01-01 --to 2026-12-31, the last day included. Exercises are left out without --exercises."
        " --at and --position show the list as the log stood then.",
    )
)
def lists(
    *,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help=say("Listens navn", "The list's name"))] = None,
    start: Annotated[str | None, typer.Option("--from", metavar=DAY, help=say("Første dag", "First day"))] = None,
    end: Annotated[str | None, typer.Option("--to", metavar=DAY, help=say("Sidste dag", "Last day"))] = None,
    exercises: Annotated[bool, typer.Option("--exercises", help=say("Også øvelser", "Exercises too"))] = False,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print a list, or the list of lists."""
    from adapters.lists.kinds import Asked, json_rows
    from adapters.lists.table import LISTS, list_named

    wanted = list(LISTS.values()) if name is None else [list_named(name)]
    with office(data, database) as opened, read_model_as_of(opened, "casework", at, position) as (connection, now):
        spans = [one.span(start, end, now, exercises=exercises) for one in wanted]
        unseal = opened.desk.history.unseal
        found = [one.rows(Asked(connection, span, now, unseal)) for one, span in zip(wanted, spans, strict=True)]
    if name is None:
        counts = [len(rows) for rows in found]
        _print_lists(wanted, counts, as_json=as_json)
    elif as_json:
        print_json(json_rows(found[0]))
    else:
        _print(wanted[0], found[0])


def _print_lists(wanted: "list[CaseList]", counts: list[int], *, as_json: bool) -> None:
    if as_json:
        told = [{"name": one.name, "danish": one.heading.da, "english": one.heading.en} for one in wanted]
        print_json([{**one, "rows": count} for one, count in zip(told, counts, strict=True)])
        return
    shown = table(say("Navn", "Name"), say("Liste", "List"), say("Linjer", "Lines"))
    for one, count in zip(wanted, counts, strict=True):
        shown.add_row(one.name, say(*one.heading), str(count))
    console().print(shown)


def _print(wanted: "CaseList", rows: "list[Row]") -> None:
    """One block a row: the lists are wider than a terminal."""
    from adapters.lists.kinds import NOTHING, in_words

    out = console()
    out.print(say(*wanted.heading), style="bold underline")
    out.print(say(*wanted.belongs))
    if not rows:
        out.print(say("Der er ingen i perioden.", "There are none in the period."))
    for row in rows:
        facts = table("", "")
        facts.show_header = False
        for column in wanted.columns:
            said = in_words(row, column, "en" if ENGLISH else "da")
            if said != NOTHING:
                facts.add_row(say(*column.words), said)
        out.print()
        if row["exercise"]:
            out.print(say("ØVELSE", "EXERCISE"), style="bold")
        out.print(facts)
