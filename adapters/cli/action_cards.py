"""`sporlog action-cards`: what each role does, to print and hang on the wall before anything happens."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import Data, DatabaseUrl, new_app, office
from adapters.cli.papers import Out, put, put_json
from adapters.papers.formats import CardFormat
from domain.roles import Role

app = new_app()


@app.command(
    help=say(
        "Handlingskort: en side til hver rolle, med skridt, paragraf, indehavere og kontakter.",
        "Action cards: a page for each role, with steps, paragraph, holders and contacts.",
    )
)
def action_cards(
    *,
    role: Annotated[Role | None, typer.Option(metavar="ROLE", help=say("Kun denne rolle", "This role only"))] = None,
    format_: Annotated[CardFormat, typer.Option("--format", help=say("pdf eller json", "pdf or json"))] = CardFormat.PDF,
    entity: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("En anden enhed end ens egen", "Another entity than the own one"))
    ] = None,
    out: Out = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print or write the cards."""
    from adapters.papers.json import card_object
    from adapters.papers.making import cards_pdf, cards_stamp
    from handlers.role_cards import role_cards

    with office(data, database) as opened:
        name = entity or opened.desk.entity
        cards = [one for one in role_cards(opened.store.organisation(), name) if role in {None, one.role}]
        stamp = cards_stamp(opened.desk, name, datetime.now(UTC))
    if format_ is CardFormat.JSON:
        put_json([card_object(card) for card in cards], out)
    else:
        put(cards_pdf(cards, stamp), out)
