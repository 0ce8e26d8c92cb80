"""`sporlog audit`: checkpoints of the ledger, proofs of single events, and the key that signs."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli import audit_verify
from adapters.cli.audit_bundle import add_bundle
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from adapters.main import Office
    from handlers.checkpoints import Checkpoints

app = new_app()
add_bundle(app)
Reason = Annotated[str | None, typer.Option(help=say("Hvorfor; skal siges", "Why; must be told"))]


@app.callback(
    no_args_is_help=True,
    help=say("Regnskabet over loggen: underskrifter og beviser.", "The ledger of the log: signatures and proofs."),
)
def _group() -> None:
    pass


app.command("verify", help=audit_verify.HELP)(audit_verify.verify)


@contextmanager
def _ledger(data: Path | None, database: str | None) -> "Iterator[tuple[Office, Checkpoints]]":
    from contextlib import closing

    from adapters import main

    with office(data, database) as opened, closing(main.open_ledger(opened.settings)) as tables:
        yield opened, main.make_checkpoints(opened.settings, opened.store, tables)


@app.command(
    help=say(
        "Før loggen ind i regnskabet til nu, og underskriv det: et checkpoint. Det ligger også som fil i DATA/checkpoints;"
        " gem en kopi et andet sted.",
        "Bring the ledger up to now and sign it: a checkpoint. It is a file in DATA/checkpoints too; keep a copy elsewhere.",
    )
)
def checkpoint(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Sign and print the note."""
    from adapters.audit.ledger_json import checkpoint_object

    with _ledger(data, database) as (_, checkpoints):
        made = checkpoints.make()
        keys = checkpoints.keys()
    if made is None:
        print_json(None) if as_json else console().print(say("Loggen er tom.", "The log is empty."))
    elif as_json:
        print_json(checkpoint_object(made.signed, keys))
    else:
        typer.echo(made.signed.note, nl=False)


@app.command(
    help=say(
        "Bevis, at en begivenhed står i regnskabet, som en .tlog-proof-fil: en hændelses nyeste begivenhed, den med --version,"
        " eller loggens med --position. Med --from SIZE: bevis, at et tidligere checkpoint er begyndelsen af det nyeste.",
        "Prove that an event is in the ledger, as a .tlog-proof file: an incident's newest event, the one of --version, or the"
        " log's of --position. With --from SIZE: prove that an earlier checkpoint is the beginning of the newest.",
    )
)
def prove(
    *,
    reference: Annotated[str | None, typer.Argument(metavar="[REF]", help="H-2026-0042")] = None,
    version: Annotated[int | None, typer.Option(help=say("Hændelsens begivenhed nr.", "The incident's event no."))] = None,
    position: Annotated[
        int | None, typer.Option(min=1, help=say("Begivenhedens plads i loggen", "Its position in the log"))
    ] = None,
    earlier: Annotated[
        int | None, typer.Option("--from", min=1, metavar="SIZE", help=say("Det tidligere checkpoints størrelse", "Its size"))
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=say("Fil i stedet for stdout", "A file, not stdout"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Sign what is new, then prove."""
    if [reference is not None, position is not None, earlier is not None].count(True) != 1:
        raise InvalidInputError(
            say("giv REF, --position eller --from, én af dem", "give REF, --position or --from, one of them")
        )
    from adapters.audit.ledger_json import consistency_object
    from handlers.proving import newest
    from handlers.proving import prove as proof_of

    with _ledger(data, database) as (opened, checkpoints):
        checkpoints.make()
        signed = newest(checkpoints)
        if (told := earlier or position or 1) > signed.size:
            option, last = "--from" if earlier else "--position", signed.size
            raise InvalidInputError(
                say(
                    f"{option}: loggen har {last} underskrevne, ikke {told}", f"{option}: the log has {last} signed, not {told}"
                )
            )
        if earlier is not None:
            proof = checkpoints.ledger.consistency(earlier, signed.size)
            if out is None:
                print_json(consistency_object(earlier, signed.size, proof, signed.note))
                return
            import orjson

            text = orjson.dumps(consistency_object(earlier, signed.size, proof, signed.note), option=orjson.OPT_INDENT_2)
        else:
            text = str(proof_of(checkpoints, position or _position_of(opened, str(reference), version))).encode()
    if out is None:
        typer.echo(text.decode(), nl=False)
    else:
        out.write_bytes(text)


def _position_of(opened: "Office", reference: str, version: int | None) -> int:
    from domain.errors import NotFoundError

    incident = opened.store.find_reference(reference)
    if incident is None:
        raise NotFoundError(say(f"der er ingen hændelse {reference}", f"there is no incident {reference}"))
    stream = opened.store.read_stream(incident)
    if version is None:
        return stream[-1].position
    if not 1 <= version <= len(stream):
        raise InvalidInputError(
            say(
                f"--version: {reference} har begivenhed 1 til {len(stream)}, ikke {version}",
                f"--version: {reference} has events 1 to {len(stream)}, not {version}",
            )
        )
    return stream[version - 1].position


@app.command(
    "rotate-key",
    help=say(
        "Underskriv fra nu af med en ny nøgle. Skiftet er en begivenhed i loggen; den gamle nøgle slettes, og hvad den skulle"
        " underskrive bagefter, afvises. Giv den nye nøgles offentlige side til dem, der kontrollerer.",
        "Sign with a new key from now on. The change is an event of the log; the old key is deleted, and what it might sign"
        " later is refused. Hand the new key's public side to those who verify.",
    ),
)
def rotate_key(*, reason: Reason = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Adopt another key."""
    from adapters.audit.ledger_json import checkpoint_object
    from handlers.ledger_acts import rotate_key as rotate

    with _ledger(data, database) as (opened, checkpoints):
        done = asyncio.run(rotate(checkpoints, opened.desk.committer, reason, origin()))
        keys = checkpoints.keys()
    if as_json:
        print_json({"vkey": done.vkey, "follows": done.follows, **checkpoint_object(done.signed, keys)})
    else:
        console().print(say("Ny nøgle, gældende fra nu af:", "New key, in force from now on:"))
        typer.echo(done.vkey)


@app.command(
    help=say(
        "Lad regnskabet gå videre, efter at et menneske har set på det, der ikke stemte: det, bussen bragte, var forkert."
        " Stemmer lageret stadig ikke, afvises det. Det er en begivenhed i loggen.",
        "Let the ledger go on after a person has looked at what differed: what the bus brought was false. Refused while the"
        " store itself still differs. It is an event of the log.",
    )
)
def settle(*, reason: Reason = None, data: Data = None, database: DatabaseUrl = None) -> None:
    """Record who looked and why, then go on."""
    from adapters.audit.ledger_words import told
    from handlers.ledger_acts import settle_differences

    with _ledger(data, database) as (opened, checkpoints):
        settled = asyncio.run(settle_differences(checkpoints, opened.desk.committer, reason, origin()))
    if not settled:
        console().print(say("Intet er fundet, der ikke stemmer.", "Nothing was found to differ."))
    for difference in settled:
        words, when = told(difference), show_time(difference.noted_at)
        console().print(say(f"Afgjort: {words.da} (set {when})", f"Settled: {words.en} (noted {when})"))
