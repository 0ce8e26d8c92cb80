"""`sporlog catalogue critical` and `approve`: the list that the executive board (direktionen) approves."""

import asyncio
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.catalogue_options import LANGUAGE, Actor, Behalf, OccurredAt, Reason, Role
from adapters.cli.deadlines import read_time
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin, read_model
from adapters.cli.output import console, print_json, table
from domain.errors import InvalidInputError
from domain.time import day_da, day_en

if TYPE_CHECKING:
    from domain.catalogue.board import Approval, Difference, ListedService


def critical(
    *, at: At = None, position: Position = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """Print the list in the order of restoration, and how it differs from the one that was approved last."""
    from adapters.catalogue.json import critical_object
    from domain.catalogue.board import critical_list
    from projections.catalogue import approvals, landscape

    with office(data, database) as opened, read_model_as_of(opened, "catalogue", at, position) as (connection, _):
        listed = critical_list(landscape(connection).nodes.values())
        approved = approvals(connection)
    if as_json:
        print_json(critical_object(listed, approved))
    else:
        _print(listed, approved)


def approve(
    *,
    on: Annotated[
        str, typer.Option("--on", metavar=say("DAG", "DAY"), help=say("Mødets dag, 2026-11-20", "The meeting's day"))
    ],
    case: Annotated[
        str | None, typer.Option("--case", metavar=say("NR", "NO"), help=say("Sagsnummer i ESDH", "Case number"))
    ] = None,
    list_sha256: Annotated[
        str | None,
        typer.Option("--list-sha256", metavar="HEX", help=say("Kun hvis listen er den endnu", "Only if it is that list still")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("Spørg ikke", "Do not ask"))] = False,
    reason: Reason = None,
    occurred_at: OccurredAt = None,
    actor: Actor = None,
    role: Role = None,
    on_behalf_of: Behalf = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show the list, ask, and record that the executive board approved it."""
    from domain.catalogue import board
    from handlers.catalogue_desk import approve_critical, critical_now
    from projections.catalogue import approvals

    fields: dict[str, Any] = {"approved_on": on, "case_number": case, "reason": reason, "actor": actor, "role": role}
    fields |= {"on_behalf_of": on_behalf_of, "occurred_at": read_time("--occurred-at", occurred_at)}
    with office(data, database) as opened, read_model(opened, "catalogue") as projector:
        tables = projector.database.snapshot
        seen = critical_now(opened.desk.history, tables)
        with tables() as connection:
            approved = approvals(connection)
        if not as_json:
            _print(seen, approved)
        if not yes:
            _confirm()
        fields["list_sha256"] = list_sha256 or board.list_sha256(seen)
        # Somebody may have written while the list was read here: the one that is approved is the one that was shown.
        projector.catch_up()
        done, position = asyncio.run(approve_critical(opened.desk, fields, origin(), tables))
    if as_json:
        print_json({"number": done.number, "position": position, "list_sha256": done.list_sha256})
    else:
        console().print(say(f"Godkendt som nummer {done.number}.", f"Approved as number {done.number}."))


def _confirm() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            say(
                "intet er godkendt: svar i en terminal, eller brug --yes",
                "nothing was approved: answer in a terminal, or use --yes",
            )
        )
    typer.confirm(
        say("Har direktionen godkendt netop denne liste?", "Did the board approve this very list?"), abort=True, err=True
    )


def _print(listed: "Sequence[ListedService]", approved: "Sequence[Approval]") -> None:
    from domain.catalogue.board import differences

    out = console()
    if not listed:
        out.print(say("Ingen ydelse er samfundskritisk endnu.", "No service is critical to society yet."))
    else:
        shown = table(say("Nr.", "No."), say("Ydelse", "Service"), say("Forvaltning", "Administration"))
        for one in listed:
            shown.add_row(str(one.restoration_order or "–"), one.name, one.administration or "")
        out.print(shown)
    if not approved:
        out.print(say("Direktionen har ikke godkendt nogen liste endnu.", "The board has approved no list yet."))
        return
    last = approved[-1]
    out.print(
        say(
            f"Senest godkendt den {day_da(last.approved_on)} som nummer {last.number}.",
            f"Last approved on {day_en(last.approved_on)} as number {last.number}.",
        )
    )
    found = differences(last.services, listed)
    if not found:
        out.print(say("Listen er den samme.", "The list is the same."))
    for difference in found:
        out.print(_told(difference))


def _told(one: "Difference") -> str:
    from adapters.catalogue.field_words import FIELDS

    if one.before is None:
        return say(f"+ {one.name}: ny på listen", f"+ {one.name}: new on the list")
    if one.after is None:
        return say(f"- {one.name}: ikke længere på listen", f"- {one.name}: no longer on the list")
    changed = [
        f"{FIELDS[field].to(LANGUAGE)} {getattr(one.before, field) or '–'} → {getattr(one.after, field) or '–'}"
        for field in one.fields
    ]
    return f"~ {one.name}: {', '.join(changed)}"
