"""`sporlog evidence`: files in and out of the evidence store, on this machine, also while all else is down."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.deadlines import read_time
from adapters.cli.evidence_check import tidy, verify
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, new_app, office, origin
from adapters.cli.output import console, notices, print_json, table
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from handlers.evidence import Evidence

PIECE = 1 << 20
HASH = re.compile("[0-9a-fA-F]{64}")
SHORT = 12
"""Letters of a hash that tell two apart on a screen; --json gives all of it."""

app = new_app()
Actor = Annotated[
    str | None, typer.Option(metavar="ID", help=say("Hvem, hvis ikke brugeren selv", "Who, if not the user themselves"))
]
Behalf = Annotated[str | None, typer.Option(metavar="ID", help=say("På vegne af", "On behalf of"))]


@app.callback(
    no_args_is_help=True,
    help=say(
        "Beviser: gem filer krypteret i Sporlog, hent dem, og prøv dem efter. Hvem der henter, noteres.",
        "Evidence: keep files in Sporlog, encrypted, fetch them and check them. Who fetches is put on record.",
    ),
)
def _group() -> None:
    pass


@app.command(
    help=say("Gem en fil som bevis. Den læses i stykker, så den må være stor.", "Keep a file as evidence, of any size.")
)
def add(
    *,
    ref: Reference,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=say("Filen", "The file"))],
    name: Annotated[str | None, typer.Option(help=say("Hvad det er; ellers filens navn", "What it is; else its name"))] = None,
    sha256: Annotated[
        str | None, typer.Option(metavar="HEX", help=say("Afvis filen, hvis den har en anden", "Refuse it if it has another"))
    ] = None,
    occurred_at: Annotated[
        str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Hvornår det blev sikret", "When it was secured"))
    ] = None,
    actor: Actor = None,
    role: Annotated[str | None, typer.Option(help=say("I rollen", "In the role"))] = None,
    on_behalf_of: Behalf = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Durable before anything is printed."""
    from adapters.evidence_json import evidence_object
    from adapters.main import make_evidence_room
    from handlers.evidence import Sending, attach, one_evidence

    if sha256 is not None and not HASH.fullmatch(sha256):
        raise InvalidInputError(say("--sha256: skriv 64 tegn, 0-9 og a-f", "--sha256: write 64 characters, 0-9 and a-f"))
    fields: dict[str, Any] = {"name": name or file.name, "actor": actor, "role": role, "on_behalf_of": on_behalf_of}
    fields["occurred_at"] = read_time("--occurred-at", occurred_at) if occurred_at else None
    sending = Sending(fields, sha256=sha256 and sha256.lower(), length=file.stat().st_size)
    with office(data, database) as opened:
        room, desk = make_evidence_room(opened.settings, opened.store), opened.desk
        done = asyncio.run(attach(desk, room, ref, sending, pieces(file), origin=origin()))
        kept = one_evidence(desk, ref, done.incident.version)
    if as_json:
        print_json({"ref": done.incident.reference, **evidence_object(kept)})
        return
    console().print(
        say(f"Gemt som nummer {kept.number}: {kept.event.sha256}", f"Kept as number {kept.number}: {kept.event.sha256}")
    )
    if kept.event.scan == "infected":
        notices().print(say(f"skadelig kode: {kept.event.finding}", f"malware: {kept.event.finding}"))


@app.command(help=say("Hent et bevis til en ny fil.", "Fetch evidence to a new file."))
def get(
    *,
    ref: Reference,
    number: Annotated[int, typer.Argument(min=1, help=say("Bevisets nummer", "The evidence's number"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("Den nye fil", "The new file"))],
    infected: Annotated[
        bool, typer.Option("--infected", help=say("Også hvis den indeholder skadelig kode", "Also if it holds malware"))
    ] = False,
    actor: Actor = None,
    on_behalf_of: Behalf = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """The file appears whole or not at all."""
    from adapters.main import make_evidence_room
    from adapters.new_files import new_file
    from handlers.evidence import give_out

    with office(data, database) as opened, new_file(out) as file:
        room, who = make_evidence_room(opened.settings, opened.store), origin()
        who = who if actor is None else who._replace(actor=actor)
        found, content = asyncio.run(
            give_out(opened.desk, room, ref, number, who, on_behalf_of=on_behalf_of, despite_infection=infected)
        )
        file.writelines(content)
    console().print(say(f"Skrevet: {out} (SHA-256 {found.event.sha256})", f"Written: {out} (SHA-256 {found.event.sha256})"))


@app.command("list", help=say("Vis en hændelses beviser, og hvem der har haft dem.", "List evidence, and who has had it."))
def list_evidence(*, ref: Reference, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Of one incident."""
    from adapters.evidence_json import evidence_object
    from handlers.evidence import evidence_of

    with office(data, database) as opened:
        found = evidence_of(moment.recorded for moment in opened.desk.replay(ref))
    if as_json:
        print_json([evidence_object(one) for one in found])
        return
    rows = table(say("Nr.", "No."), say("Navn", "Name"), "SHA-256", "Bytes", say("Type", "Type"), say("Scanning", "Scan"), "")
    for one in found:
        rows.add_row(*_cells(one))
    console().print(rows if found else say("Ingen beviser", "No evidence"))


app.command(
    help=say(
        "Læs beviserne igennem mod deres SHA-256, alle eller én hændelses. Slutkode 1, hvis noget mangler eller er ændret.",
        "Read evidence through against its SHA-256, all or one incident's. Exit code 1 if any is missing or changed.",
    )
)(verify)
app.command(
    help=say(
        "Fjern filer, som ingen hændelse i loggen nævner: levn af afbrudte overførsler.",
        "Remove files that no event of the log names: what broken uploads left.",
    )
)(tidy)


async def pieces(file: Path) -> AsyncIterator[bytes]:
    """A file's content, so that it is never whole in memory."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _cells(one: "Evidence") -> tuple[str, ...]:
    from adapters.words.value_labels import value_label

    event, language = one.event, say("da", "en")
    kept = "" if event.stored else say(f"ligger andetsteds: {event.kept_at or '?'}", f"kept elsewhere: {event.kept_at or '?'}")
    had = ", ".join(dict.fromkeys(each.event.meta.actor for each in one.custody))
    return (
        str(one.number),
        event.name or say("(slettet)", "(erased)"),
        event.sha256[:SHORT],
        "" if event.bytes is None else str(event.bytes),
        event.media_type or "",
        value_label("scan", event.scan, "en" if language == "en" else "da") if event.scan else "",
        kept or (say(f"hentet eller udleveret af {had}", f"fetched or handed over by {had}") if had else ""),
    )
