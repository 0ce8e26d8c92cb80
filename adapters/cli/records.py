"""`sporlog records`: how each document is marked, the extract for access to documents, and what goes to the records system."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.lists import lists
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, new_app, office, origin
from adapters.cli.output import console, notices, print_json, table
from adapters.words.value_labels import value_label

if TYPE_CHECKING:
    from handlers.requests import Origin

app = new_app()
Actor = Annotated[
    str | None, typer.Option(metavar="ID", help=say("Hvem, hvis ikke brugeren selv", "Who, if not the user themselves"))
]


@app.callback(
    no_args_is_help=True,
    help=say(
        "Dokumenterne i en hændelse: hvordan de er mærket, aktindsigt, og hvad der skal i ESDH.",
        "The documents of an incident: how they are marked, access to documents, and what goes to the records system.",
    ),
)
def _group() -> None:
    pass


@app.command("list", help=say("Vis dokumenterne, og hvordan de er mærket.", "Show the documents, and how they are marked."))
def list_documents(*, ref: Reference, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """In the order of the log. What nobody has decided on is marked as a proposal."""
    with office(data, database) as opened:
        found = _documents(opened.desk, ref)
    if as_json:
        print_json(found)
        return
    heads = (say("Nr.", "No."), say("Dato", "Date"), say("Dokument", "Document"), say("Mærket", "Marked"), say("ESDH", "Filed"))
    rows = table(*heads)
    for one in found:
        marked = [value_label("mark", one["mark"], "en" if ENGLISH else "da"), one["exemption_cited"], *one["withheld"]]
        told = ", ".join(filter(None, marked)) + ("" if one["decided"] else say(" (forslag)", " (proposed)"))
        rows.add_row(str(one["number"]), one["date"], one["theme"], told, one["case_number"] or "–")
    console().print(rows)
    console().print(say(f"Ret: sporlog incident mark-document {ref} ...", f"Change: sporlog incident mark-document {ref} ..."))


@app.command(
    help=say(
        "Mærk alle dokumenter, som ingen har taget stilling til, som foreslået.",
        "Mark every document that nobody has decided on as proposed.",
    )
)
def accept(
    *, ref: Reference, actor: Actor = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False
) -> None:
    """All of them or none; durable before anything is printed."""
    from handlers.records import accept_proposals

    with office(data, database) as opened:
        done = asyncio.run(accept_proposals(opened.desk, ref, _origin(actor)))
        found = _documents(opened.desk, ref)
    if as_json:
        print_json(found)
        return
    console().print(say(f"{len(done)} dokumenter mærket som foreslået", f"{len(done)} documents marked as proposed"))


@app.command(
    help=say(
        "Aktindsigt: lav et udkast, eller godkend med --approve VERSION, --recipient og --basis. --number laver et"
        " godkendt igen.",
        "Access to documents: make a draft, or approve with --approve VERSION, --recipient and --basis. --number makes an"
        " approved one again.",
    )
)
def extract(
    *,
    ref: Reference,
    out: Annotated[Path, typer.Option("--out", metavar="ZIP", help=say("Den nye fil", "The new file"))],
    version: Annotated[
        int | None,
        typer.Option(
            "--approve", min=1, metavar="VERSION", help=say("Den version, du har kontrolleret", "The version checked")
        ),
    ] = None,
    recipient: Annotated[str, typer.Option(help=say("Hvem får det?", "Who gets it?"))] = "",
    basis: Annotated[str, typer.Option(help=say("Hjemmel, som OFL § 7", "Legal basis, such as OFL § 7"))] = "",
    number: Annotated[
        int | None, typer.Option(min=1, help=say("Et godkendt udtræks nummer", "An approved one's number"))
    ] = None,
    actor: Actor = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """A final extract is on disk under a hidden name, then on record, and only then has its name."""
    from adapters.new_files import new_file
    from adapters.records.extract import draft_zip, made_again, prepare
    from handlers.records import record_extract

    # The file has its name only after the office is left: by then it is written down who read what is in it.
    with new_file(out) as file, office(data, database) as opened:
        desk = opened.desk
        if version is None:
            seen = len(desk.replay(ref))
            file.write(draft_zip(desk, ref) if number is None else made_again(desk, ref, number))
            said = say(f"Udkast af version {seen}: {out}", f"Draft of version {seen}: {out}") if number is None else str(out)
        else:
            content, extracted = asyncio.run(prepare(desk, ref, version, (recipient, basis), _origin(actor)))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            # The bytes are durable. Killed after the next line, the record tells of an extract that --number makes again.
            done = asyncio.run(record_extract(desk, ref, extracted))
            said = say(f"Godkendt som nummer {done.incident.version}: {out}", f"Approved as {done.incident.version}: {out}")
    notices().print(said)


@app.command(help=say("Skriv alt til ESDH i en ny mappe.", "Write everything for the records system to a new folder."))
def esdh(
    *,
    ref: Reference,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("Den nye mappe", "The new folder"))],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """The folder appears whole or not at all."""
    from adapters.incident.journal import journal_files
    from adapters.new_files import new_folder
    from handlers.dossier import read_dossier

    with office(data, database) as opened:
        files = journal_files(opened.desk, read_dossier(opened.desk, ref))
    new_folder(out, files)
    notices().print(
        say(
            f"Skrevet: {out}. Når det er journaliseret: sporlog incident journalise {ref} --system esdh --case-number ...",
            f"Written: {out}. Once it is filed: sporlog incident journalise {ref} --system esdh --case-number ...",
        )
    )


@app.command(help=say("Vis, hvad ingen har journaliseret endnu (§ 15).", "Show what nobody has filed yet (§ 15)."))
def pending(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """The list `unfiled`, of all time."""
    lists(name="unfiled", data=data, database=database, as_json=as_json)


def _documents(desk: Any, ref: str) -> list[dict[str, Any]]:  # noqa: ANN401 - a Desk, imported late
    from adapters.records.json import document_object
    from handlers.dossier import read_dossier
    from handlers.records import documents_of

    dossier = read_dossier(desk, ref)
    return [document_object(one, dossier) for one in documents_of(moment.recorded for moment in dossier.moments)]


def _origin(actor: str | None) -> "Origin":
    who = origin()
    return who if actor is None else who._replace(actor=actor)
