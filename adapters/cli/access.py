"""`sporlog access`: who may read with a token of their own, for which entities; given, listed and withdrawn."""

import asyncio
import secrets
from contextlib import closing
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.deadlines import read_time
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, names, new_app, office, origin
from adapters.cli.output import console, print_json, table
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from domain.organisation.access import Period

TOKEN_BYTES = 32
INCIDENTS_SHOWN = 5

app = new_app()

Holder = Annotated[
    str, typer.Argument(metavar=say("HVEM", "HOLDER"), help=say("Id på bruger eller postkasse", "Id of a user or mailbox"))
]
OneHolder = Annotated[
    str | None,
    typer.Argument(metavar=say("HVEM", "HOLDER"), help=say("Id på bruger eller postkasse", "Id of a user or mailbox")),
]
Reason = Annotated[str, typer.Option(help=say("Hvorfor; det står i loggen", "Why; it stands in the log"))]


@app.callback(no_args_is_help=True, help=say("Adgang med eget token, til alle enheder eller nogle.", "Access of one's own."))
def _group() -> None:
    pass


@app.command(help=say("Giv adgang, og vis tokenet, den ene gang.", "Give access, and show its token, this once."))
def add(
    *,
    holder: OneHolder = None,
    entity: Annotated[
        list[str] | None,
        typer.Option(
            metavar=say("ENHED", "ENTITY"),
            help=say("Må kun se den; kan gentages. Ellers alle", "May see only that; can be repeated. Else all"),
        ),
    ] = None,
    auditor: Annotated[
        str | None,
        typer.Option(
            metavar=say("HVEM", "WHO"),
            help=say(
                "En revisor: læser kun de nævnte hændelser, i en periode", "An auditor: reads those incidents, for a time"
            ),
        ),
    ] = None,
    incident: Annotated[
        list[str] | None,
        typer.Option(metavar="REF", help=say("Revisoren læser den; kan gentages", "The auditor reads it; can be repeated")),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar=say("TID", "TIME"), help=say("Gælder fra; ellers nu", "Holds from; else now")),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Gælder indtil", "Holds until"))] = None,
    reason: Reason,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """The log keeps only the token's SHA-256: a token that is lost is withdrawn, and another one given."""
    from handlers.organisation import access_granted, audit_granted, change

    token, now = secrets.token_urlsafe(TOKEN_BYTES), origin()
    told = sha256(token.encode()).hexdigest()
    period = _audit_period(holder, auditor, entity, incident, start, until, now.now)
    with office(data, database) as opened:
        if period is None:
            granted = access_granted(str(holder), entity or (), told, reason, now)
        else:
            named = {"holder": str(auditor), "token_sha256": told, "reason": reason}
            granted = audit_granted(opened.desk, incident or (), period, now, **named)
        asyncio.run(opened.desk.committer.submit(partial(change, proposed=granted)))
        settings = opened.settings
    holder = granted.holder
    address = f"{settings.public_url or f'http://{settings.http_host}:{settings.http_port}'}".rstrip("/")
    if as_json:
        audit = {} if period is None else _audit_object(incident or [], period)
        url = f"{address}/?token={token}"
        print_json({"holder": holder, "entities": list(granted.entities), **audit, "token": token, "url": url})
        return
    whose = ", ".join(incident or granted.entities) or say("alle enheder", "every entity")
    out = console()
    if period is None:
        out.print(say(f"{holder} har nu adgang til {whose}.", f"{holder} now has access to {whose}."), soft_wrap=True)
    else:
        span = show_time(period.start), show_time(period.end)
        danish = f"{holder} kan læse {whose} fra {span[0]} indtil {span[1]}, og ændre intet."
        english = f"{holder} can read {whose} from {span[0]} until {span[1]}, and change nothing."
        out.print(say(danish, english), soft_wrap=True)
    out.print(say("Giv vedkommende dette; det vises ikke igen:", "Hand them this; it is not shown again:"))
    out.print(f"\n  {address}/?token={token}\n", soft_wrap=True)
    out.print(say("Programmer sender det, der står efter token=, som", "Programs send what follows token= as"))
    out.print("  Authorization: Bearer …")


def _audit_period(  # noqa: PLR0917 - the options, as they were given
    holder: str | None,
    auditor: str | None,
    entities: list[str] | None,
    incidents: list[str] | None,
    start: str | None,
    until: str | None,
    now: "datetime",
) -> "Period | None":
    """When an auditor's access holds; None for other access. Raises `InvalidInputError` for what does not go together."""
    from domain.organisation.access import Period

    if (holder is None) == (auditor is None):
        raise InvalidInputError(say("giv enten HVEM eller --auditor HVEM", "give either HOLDER or --auditor WHO"))
    if auditor is None:
        if incidents or start or until:
            raise InvalidInputError(
                say("--incident, --from og --until hører til --auditor", "--incident, --from and --until go with --auditor")
            )
        return None
    if not incidents or entities:
        raise InvalidInputError(
            say("--auditor kræver --incident REF, og ingen --entity", "--auditor takes --incident REF, and no --entity")
        )
    end = read_time("--until", until)
    if end is None:
        raise InvalidInputError(say("--auditor kræver --until TID", "--auditor takes --until TIME"))
    return Period(read_time("--from", start) or now, end)


def _audit_object(references: list[str], period: "Period") -> dict[str, Any]:
    from domain.time import rfc3339_utc

    return {"incidents": references, "from": rfc3339_utc(period.start), "until": rfc3339_utc(period.end)}


@app.command("list", help=say("Vis, hvem der har adgang.", "Show who has access."))
def list_access(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print every grant that stands; never a token or its hash."""
    from domain.time import rfc3339_utc

    with office(data, database) as opened:
        grants, name_of = opened.store.organisation().grants, names(opened)
        audits = {
            who: _audit_object([name_of(incident) for incident in one.incidents], one.period)
            for who, one in grants.items()
            if one.period is not None
        }
    if as_json:
        print_json(
            [
                {
                    "holder": who,
                    "entities": list(one.entities),
                    "since": rfc3339_utc(one.since),
                    "reason": one.reason,
                    **audits.get(who, {}),
                }
                for who, one in grants.items()
            ]
        )
        return
    if not grants:
        console().print(say("Ingen har egen adgang.", "Nobody has access of their own."))
        return
    shown = table(say("Hvem", "Who"), say("Til", "To"), say("Siden", "Since"), say("Indtil", "Until"), say("Hvorfor", "Why"))
    for who, one in grants.items():
        opens = ", ".join(map(str, audits[who]["incidents"] if who in audits else one.entities)) or say("alle", "all")
        until = show_time(one.period.end) if one.period else "–"
        shown.add_row(who, opens, show_time(one.since), until, one.reason or "–")
    console().print(shown)


@app.command(
    "log",
    help=say(
        "Vis, hvem der har læst hvilke hændelser, det nyeste først. Det ældre er slettet efter fristen access_log.",
        "Show who read which incidents, the newest first. What is older is deleted by the period access_log.",
    ),
)
def show_log(
    *,
    ref: Annotated[str | None, typer.Option(metavar="REF", help=say("Kun denne hændelse", "This incident only"))] = None,
    who: Annotated[
        str | None, typer.Option(metavar=say("HVEM", "WHO"), help=say("Kun denne person", "This person only"))
    ] = None,
    since: Annotated[str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Siden da", "Since then"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print the readings."""
    from adapters import main
    from adapters.audit.access_words import WAYS, reading_object

    began = read_time("--since", since)
    with office(data, database) as opened, closing(main.open_access_log(opened.settings)) as access_log:
        incident = None if ref is None else opened.desk.find(ref)
        found = access_log.readings(incident=incident, who=who, since=began)
        told = [reading_object(one, names(opened)) for one in found]
    if as_json:
        print_json(told)
        return
    if not told:
        console().print(say("Ingen har læst noget, som er noteret.", "Nobody read anything that is on record."))
        return
    shown = table(say("Hvornår", "When"), say("Hvem", "Who"), say("Hændelser", "Incidents"), say("Hvordan", "How"))
    for one, words in zip(found, told, strict=True):
        claimed = "" if one.proved else say(" (ikke bevist)", " (not proved)")
        shown.add_row(show_time(one.at), f"{one.who}{claimed}", incidents_in(words["incidents"]), say(*WAYS[one.way]))
    console().print(shown)


def incidents_in(references: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(references) - INCIDENTS_SHOWN
    return ", ".join(references[:INCIDENTS_SHOWN]) + (say(f" og {more} flere", f" and {more} more") if more > 0 else "")


@app.command(help=say("Inddrag adgang; den virker ikke fra nu af.", "Withdraw access; it opens nothing from now on."))
def withdraw(
    *, holder: Holder, reason: Reason, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Also for whoever is reading at this moment."""
    from adapters.organisation.json import changed_object
    from handlers.organisation import access_withdrawn, change

    with office(data, database) as opened:
        withdrawn = access_withdrawn(holder, reason, origin())
        done = asyncio.run(opened.desk.committer.submit(partial(change, proposed=withdrawn)))
    if as_json:
        print_json(changed_object(done))
    else:
        console().print(say(f"{holder} har ikke længere adgang.", f"{holder} no longer has access."), soft_wrap=True)
