"""`sporlog privacy`: where something of a person is kept, who sees it, how long, and how it is erased."""

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from adapters.words.wording import Language

app = new_app()


@app.callback(no_args_is_help=True, help=say("Personoplysninger i loggen.", "Personal data in the log."))
def _group() -> None:
    pass


@app.command(
    "map",
    help=say(
        "Kortet over personoplysninger, lavet af modellerne: hvor, hvem ser det, hvor længe, og hvordan det slettes.",
        "The data map, made from the models: where, who sees it, how long, and how it is erased.",
    ),
)
def show_map(
    *,
    as_markdown: Annotated[bool, typer.Option("--md", help=say("Som Markdown", "As Markdown"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print it, by the periods in force."""
    from adapters.privacy.map import data_map
    from adapters.privacy.shown import HEAD, map_markdown, map_objects
    from domain.time import local

    language: Language = "en" if ENGLISH else "da"
    with office(data, database) as opened:
        periods = opened.store.retention().on(local(datetime.now(UTC)).date()).periods
    entries = data_map(periods, language)
    if as_json:
        print_json(map_objects(entries))
        return
    if as_markdown:
        typer.echo(map_markdown(entries, language), nl=False)
        return
    where, field, what, seen_by, kept, erased = (words.to(language) for words in HEAD)
    for place, found in groupby(entries, lambda one: (one.place, one.seen_by, one.kept)):
        console().print(f"\n{place[0]}", style="bold")
        console().print(f"{seen_by}: {place[1]}. {kept}: {place[2]}")
        rows = table(where, field, what, erased)
        for one in found:
            rows.add_row(one.where, one.field, one.what, one.erased)
        console().print(rows)
