"""`sporlog erase`: text goes for good, by four eyes; what waits, and what is done."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, names, new_app, office, origin
from adapters.cli.output import console, print_json, table
from adapters.cli.refusals import role_ways_out
from adapters.erasure.json import erasure_objects
from adapters.erasure.words import goes_and_stays, proposal_object
from adapters.words.value_labels import value_label
from domain.errors import InvalidInputError
from domain.incident.events.erasure import ArchiveCheck, Ground, LegalBasis
from domain.time import rfc3339_utc

if TYPE_CHECKING:
    from adapters.erasure.erasing import Eraser
    from adapters.main import Office
    from adapters.words.wording import Language

PATIENCE_S = 10.0
"""How long a command waits for readers that keep an old page alive before it says that the erasure is not finished."""

app = new_app()
Number = Annotated[int, typer.Argument(metavar=say("NR", "NO"), help=say("Forslagets nummer", "The proposal's number"))]
Actor = Annotated[str | None, typer.Option(help=say("Opakt id på den, der handler", "Opaque id of who acts"))]
Role = Annotated[str | None, typer.Option(help=say("I hvilken rolle", "In which role"))]
Reason = Annotated[str, typer.Option(help=say("Hvorfor", "Why"))]


@app.callback(
    no_args_is_help=True,
    help=say(
        "Slet for altid: én tekst, eller en lukket hændelse. Én foreslår, en anden godkender; det kan aldrig fortrydes.",
        "Erase for good: one text, or a closed incident. One proposes, another approves; it can never be undone.",
    ),
)
def _group() -> None:
    pass


@app.command(
    help=say(
        "Foreslå: med --number og --path én tekst, med --ground og --archive-check hele hændelsen.",
        "Propose: with --number and --path one text, with --ground and --archive-check the whole incident.",
    )
)
def propose(
    *,
    ref: Reference,
    number: Annotated[int | None, typer.Option(help=say("Nummeret i forløbet", "The number in the course"))] = None,
    path: Annotated[str | None, typer.Option(help=say("Felt: text, values.summary", "Field: text, values.summary"))] = None,
    ground: Annotated[Ground | None, typer.Option(help=say("Hvorfor den kan kasseres", "Why it can be disposed of"))] = None,
    retained_until: Annotated[str | None, typer.Option(help=say("Skulle gemmes til", "Had to be kept until"))] = None,
    archive_check: Annotated[
        ArchiveCheck | None, typer.Option(help=say("Hvad arkivet skal have", "What the archive is to have"))
    ] = None,
    archive_reference: Annotated[str | None, typer.Option(help=say("Nummer i arkivet", "Number in the archive"))] = None,
    legal_basis: Annotated[LegalBasis, typer.Option(help=say("Hjemmel", "Legal basis"))],
    reason: Reason,
    actor: Actor = None,
    role: Role = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Nothing is erased yet."""
    of_text = {"redacted_number": number, "path": path}
    of_all = {
        "ground": ground,
        "retained_until": retained_until,
        "archive_check": archive_check,
        "archive_reference": archive_reference,
    }
    whole = any(value is not None for value in of_all.values())
    if None in ((ground, archive_check) if whole else (number, path)):
        raise InvalidInputError(
            say(
                "giv --number og --path for én tekst, eller --ground og --archive-check for hele hændelsen",
                "give --number and --path for one text, or --ground and --archive-check for the whole incident",
            )
        )
    fields = {"legal_basis": legal_basis, "reason": reason, "actor": actor, "role": role, **(of_all if whole else of_text)}
    _take(ref, "propose-disposal" if whole else "propose-redaction", fields, data, database, as_json=as_json)


@app.command(
    help=say(
        "Godkend et forslag. Viser, hvad der går tabt, og hvad der bliver, og spørger, før det sker; --yes spørger ikke.",
        "Approve a proposal. Shows what goes and what stays, and asks before it happens; --yes does not ask.",
    )
)
def approve(
    *,
    ref: Reference,
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help=say("Spørg ikke", "Do not ask"))] = False,
    actor: Actor = None,
    role: Role = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """The text is gone when this returns, unless a reader kept it from being finished: then that is said."""
    with office(data, database) as opened, role_ways_out():
        kind = _show(opened, ref, number, quiet=as_json)
        if not yes and kind is not None:
            _confirm()
        step = "dispose" if kind == "disposal" else "redact"
        fields = {"proposal_number": number, "actor": actor, "role": role}
        done = asyncio.run(opened.desk.take_step(ref, step, _told(fields), origin()))
        with _eraser(opened) as eraser:
            left = _finish(eraser)
    if as_json:
        print_json({"ref": done.incident.reference, "position": done.position, "finished": not left})
    elif left:
        console().print(
            say(
                "Godkendt. Nogen læser endnu; Sporlog gør det færdigt, se sporlog erase status.",
                "Approved. Somebody still reads; Sporlog will finish it, see sporlog erase status.",
            )
        )
    else:
        console().print(say("Slettet for altid.", "Erased for good."))


@app.command(help=say("Afvis eller tag et forslag tilbage; intet slettes.", "Reject or take back; nothing is erased."))
def reject(
    *,
    ref: Reference,
    number: Number,
    reason: Reason,
    actor: Actor = None,
    role: Role = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """The proposal stays in the log."""
    fields = {"proposal_number": number, "reason": reason, "actor": actor, "role": role}
    _take(ref, "reject-erasure", fields, data, database, as_json=as_json)


@app.command("list", help=say("Vis forslag, der venter på en anden person.", "Show what waits for a second person."))
def list_waiting(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Over all incidents."""
    from handlers.erasures import waiting

    with office(data, database) as opened:
        found = [proposal_object(one) for one in waiting(opened.store)]
    if as_json:
        print_json(found)
        return
    if not found:
        console().print(say("Ingen forslag venter.", "No proposals wait."))
        return
    shown = table(say("Hændelse", "Incident"), say("Nr.", "No."), say("Hvad", "What"), say("Hjemmel", "Basis"), say("Af", "By"))
    language: Language = "en" if ENGLISH else "da"
    for one in found:
        what = f"{one['redacted_number']}: {one['path']}" if one["kind"] == "redaction" else say("hele hændelsen", "all of it")
        shown.add_row(
            one["ref"], str(one["number"]), what, value_label("legal_basis", one["legal_basis"], language), one["proposed_by"]
        )
    console().print(shown)


@app.command(
    help=say(
        "Vis sletninger: gjort, eller endnu ikke gjort færdig. Det, der mangler, gøres færdigt nu.",
        "Show erasures: done, or not finished yet. What is missing is finished now.",
    )
)
def status(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """The store's own register."""
    with office(data, database) as opened:
        with _eraser(opened) as eraser:
            _finish(eraser)
        found = erasure_objects(opened.store, names(opened))
    if as_json:
        times = ("recorded_at", "done_at")
        print_json([one | {name: one[name] and rfc3339_utc(one[name]) for name in times} for one in found])
        return
    if not found:
        console().print(say("Intet er slettet.", "Nothing has been erased."))
        return
    shown = table(say("Hændelse", "Incident"), say("Hvad", "What"), say("Godkendt", "Approved"), say("Udført", "Done"))
    for one in found:
        what = f"{one['redacted_number']}: {one['path']}" if one["kind"] == "redaction" else say("hele hændelsen", "all of it")
        finished = show_time(one["done_at"]) if one["done_at"] else say("ikke færdig", "not finished")
        shown.add_row(one["ref"], what, show_time(one["recorded_at"]), finished)
    console().print(shown)


def _take(ref: str, step: str, fields: dict[str, Any], data: Any, database: Any, *, as_json: bool) -> None:  # noqa: ANN401 - typer's values
    from adapters.cli.incident_show import print_step, step_object

    with office(data, database) as opened, role_ways_out():
        done = asyncio.run(opened.desk.take_step(ref, step, _told(fields), origin()))
        if as_json:
            print_json(step_object(done, names(opened)))
        else:
            print_step(done, names(opened))


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _confirm() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            say(
                "intet er slettet: svar i en terminal, eller brug --yes",
                "nothing was erased: answer in a terminal, or use --yes",
            )
        )
    typer.confirm(say("Slet for altid?", "Erase for good?"), abort=True, err=True)


def _show(opened: "Office", ref: str, number: int, *, quiet: bool) -> str | None:
    """What is about to happen; the kind of the proposal. None when no such proposal waits: the domain says what does."""
    from handlers.erasures import waiting_of

    told = opened.store.read_stream(opened.desk.find(ref))
    found = next((one for one in waiting_of(told) if one.number == number), None)
    if found is None:
        return None
    if not quiet:
        out, words = console(), goes_and_stays(found, "en" if ENGLISH else "da")
        for line in words:
            out.print(line, soft_wrap=True)
    return found.proposal.kind


@contextmanager
def _eraser(opened: "Office") -> "Iterator[Eraser]":
    from adapters import main

    outbox = main.open_outbox(opened.settings)
    try:
        with main.open_projectors(opened.settings, opened.store) as projectors:
            yield main.make_eraser(opened.settings, opened.store, projectors, outbox)
    finally:
        outbox.close()


def _finish(eraser: "Eraser") -> int:
    until = time.monotonic() + PATIENCE_S
    while (left := eraser.work()) and time.monotonic() < until:
        time.sleep(0.1)
    return left
