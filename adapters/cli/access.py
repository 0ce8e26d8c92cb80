"""`sporlog access`: who may read with a token of their own, for which entities; given, listed and withdrawn."""

import asyncio
import secrets
from functools import partial
from hashlib import sha256
from typing import Annotated

import typer

from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json, table

TOKEN_BYTES = 32

app = new_app()

Holder = Annotated[
    str, typer.Argument(metavar=say("HVEM", "HOLDER"), help=say("Id på bruger eller postkasse", "Id of a user or mailbox"))
]
Reason = Annotated[str, typer.Option(help=say("Hvorfor; det står i loggen", "Why; it stands in the log"))]


@app.callback(no_args_is_help=True, help=say("Adgang med eget token, til alle enheder eller nogle.", "Access of one's own."))
def _group() -> None:
    pass


@app.command(help=say("Giv adgang, og vis tokenet, den ene gang.", "Give access, and show its token, this once."))
def add(
    *,
    holder: Holder,
    entity: Annotated[
        list[str] | None,
        typer.Option(
            metavar=say("ENHED", "ENTITY"),
            help=say("Må kun se den; kan gentages. Ellers alle", "May see only that; can be repeated. Else all"),
        ),
    ] = None,
    reason: Reason,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """The log keeps only the token's SHA-256: a token that is lost is withdrawn, and another one given."""
    from handlers.organisation import access_granted, change

    token = secrets.token_urlsafe(TOKEN_BYTES)
    granted = access_granted(holder, entity or (), sha256(token.encode()).hexdigest(), reason, origin())
    with office(data, database) as opened:
        asyncio.run(opened.desk.committer.submit(partial(change, proposed=granted)))
        settings = opened.settings
    address = f"{settings.public_url or f'http://{settings.http_host}:{settings.http_port}'}".rstrip("/")
    if as_json:
        print_json({"holder": holder, "entities": list(granted.entities), "token": token, "url": f"{address}/?token={token}"})
        return
    whose = ", ".join(granted.entities) or say("alle enheder", "every entity")
    out = console()
    out.print(say(f"{holder} har nu adgang til {whose}.", f"{holder} now has access to {whose}."), soft_wrap=True)
    out.print(say("Giv vedkommende dette; det vises ikke igen:", "Hand them this; it is not shown again:"))
    out.print(f"\n  {address}/?token={token}\n", soft_wrap=True)
    out.print(say("Programmer sender det, der står efter token=, som", "Programs send what follows token= as"))
    out.print("  Authorization: Bearer …")


@app.command("list", help=say("Vis, hvem der har adgang.", "Show who has access."))
def list_access(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print every grant that stands; never a token or its hash."""
    from domain.time import rfc3339_utc

    with office(data, database) as opened:
        grants = opened.store.organisation().grants
    if as_json:
        print_json(
            [
                {"holder": who, "entities": list(one.entities), "since": rfc3339_utc(one.since), "reason": one.reason}
                for who, one in grants.items()
            ]
        )
        return
    if not grants:
        console().print(say("Ingen har egen adgang.", "Nobody has access of their own."))
        return
    shown = table(say("Hvem", "Who"), say("Enheder", "Entities"), say("Siden", "Since"), say("Hvorfor", "Why"))
    for who, one in grants.items():
        shown.add_row(who, ", ".join(one.entities) or say("alle", "all"), show_time(one.since), one.reason or "–")
    console().print(shown)


@app.command(help=say("Inddrag adgang; den virker ikke fra nu af.", "Withdraw access; it opens nothing from now on."))
def withdraw(
    *, holder: Holder, reason: Reason, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Also for whoever is reading at this moment."""
    from adapters.organisation_json import changed_object
    from handlers.organisation import access_withdrawn, change

    with office(data, database) as opened:
        withdrawn = access_withdrawn(holder, reason, origin())
        done = asyncio.run(opened.desk.committer.submit(partial(change, proposed=withdrawn)))
    if as_json:
        print_json(changed_object(done))
    else:
        console().print(say(f"{holder} har ikke længere adgang.", f"{holder} no longer has access."), soft_wrap=True)
