"""`sporlog pack`: the offline emergency pack, its release, and its key."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json, table
from adapters.cli.pack_continue import add_continue
from domain.errors import InvalidInputError
from domain.time import rfc3339_utc, show_da, show_en

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.pack.making import PackRoom
    from adapters.pack.manifest import Manifest
    from adapters.pack.shelf import Shelf

app = new_app()
add_continue(app)
Folder = Annotated[
    Path | None,
    typer.Option("--to", metavar="DIR", help=say("Mappe i stedet for SPORLOG_PACK_DIR", "Folder, not SPORLOG_PACK_DIR")),
]
Pack = Annotated[
    str, typer.Argument(metavar="PACK", help=say("Pakkens mappe, dens navn, eller latest", "Folder, name or latest"))
]
Key = Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help=say("Nøglefilen", "The key file"))]


@app.callback(
    invoke_without_command=True,
    help=say(
        "Lav nødpakken nu: alt det, der skal bruges uden strøm og netværk, i en ny mappe. Kører Sporlog, laves den hver dag.",
        "Make the emergency pack now: all that is needed without power and network, in a new folder.",
    ),
)
def make(
    context: typer.Context,
    *,
    to: Folder = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option("--recipient", metavar="AGE1...", help=say("Hvem der kan åbne backuppen", "Who can open its backup")),
    ] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help=say("Luk også papirerne", "Seal the papers too"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make one, unless another command of the group is called."""
    if context.invoked_subcommand is not None:
        return
    from adapters.pack.making import Wanted, make_pack
    from adapters.pack.room import wanted_of

    with _room(data, database) as (opened, room):
        configured = wanted_of(opened.settings)
        wanted = Wanted(tuple(recipient or configured.recipients), encrypt or configured.encrypt)
        if wanted.encrypt and not wanted.recipients:
            raise InvalidInputError(say("--encrypt kræver en --recipient", "--encrypt needs a --recipient"))
        shelf = _shelf(opened, to)
        shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = asyncio.run(make_pack(room, opened.desk, shelf, wanted, origin()))
    if as_json:
        print_json({"folder": str(made.folder), "recorded": made.recorded, "removed": made.removed, **_told(made.manifest)})
        return
    console().print(say(f"Nødpakke: {made.folder}", f"Emergency pack: {made.folder}"))
    _print(made.manifest)


@app.command("list", help=say("Vis pakkerne, den nyeste først.", "Show the packs, the newest first."))
def list_packs(*, to: Folder = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Those that are whole."""
    with office(data, database) as opened:
        found = _shelf(opened, to).packs()
    if as_json:
        print_json([{"folder": str(one.folder), **_told(one.manifest)} for one in found])
        return
    if not found:
        console().print(say("Der er ingen nødpakke endnu.", "There is no emergency pack yet."))
        return
    shown = table(say("Pakke", "Pack"), say("Lavet", "Made"), "Position", say("Filer", "Files"), "Backup")
    for one in found:
        made = one.manifest
        backup = say("ja", "yes") if made.with_backup else say("nej", "no")
        shown.add_row(made.name, _time(made), str(made.position), str(len(made.files)), backup)
    console().print(shown)


@app.command(help=say("Læs hver fil og underskriften efter.", "Read every file, and check the signature."))
def verify(
    *,
    pack: Pack = "latest",
    to: Folder = None,
    log_key: Annotated[
        str | None, typer.Option(help=say("Loggens offentlige nøgle, fået ad en anden vej", "The log's public key"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Exit code 1 when something was changed."""
    from adapters.pack.manifest import verify as verified
    from adapters.pack.shelf import Shelf
    from adapters.settings import read_settings

    folder = to or read_settings().pack.folder or Path()
    manifest = verified(Shelf(folder).named(pack).folder, log_key)
    if as_json:
        print_json(_told(manifest))
        return
    _print(manifest)
    console().print(say("Hver fil er, som da den blev underskrevet.", "Every file is as it was signed."), style="bold")
    if log_key is None:
        told = say("Underskrevet med (sammenlign med loggens nøgle): ", "Signed with (compare with the log's key): ")
        console().print(told + manifest.vkey)


@app.command(help=say("Før i loggen, hvem der får pakken og hvorfor.", "Record who gets the pack, and why."))
def release(
    *,
    pack: Pack = "latest",
    recipient: Annotated[str, typer.Option("--to", help=say("Hvem der får den", "Who gets it"))],
    reason: Annotated[str, typer.Option(help=say("Hvorfor", "Why"))],
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="DIR", help=say("Mappe i stedet for SPORLOG_PACK_DIR", "Not SPORLOG_PACK_DIR")),
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """A pack that was changed is not released."""
    from adapters.pack.releasing import release_pack

    with office(data, database) as opened:
        kept = _shelf(opened, folder).named(pack)
        done = asyncio.run(release_pack(opened.desk, kept, recipient, reason, origin()))
    if as_json:
        print_json({"name": kept.manifest.name, "manifest_sha256": done.manifest_sha256, "recorded": done.recorded})
        return
    console().print(say(f"Frigivet: {kept.manifest.name}, position {done.recorded}", f"Released: {kept.manifest.name}"))


@app.command("open", help=say("Pak en lukket pakkes papirer ud.", "Unpack the papers of a sealed pack."))
def open_(
    *,
    pack: Pack = "latest",
    key: Key,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help=say("En ny mappe", "A new folder"))],
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="DIR", help=say("Mappe i stedet for SPORLOG_PACK_DIR", "Not SPORLOG_PACK_DIR")),
    ] = None,
) -> None:
    """Verify, decrypt, unpack."""
    from adapters.pack.releasing import open_papers
    from adapters.pack.shelf import Shelf
    from adapters.settings import read_settings

    kept = Shelf(folder or read_settings().pack.folder or Path()).named(pack)
    open_papers(kept.folder, key, ask_secret, to)
    console().print(say(f"Pakket ud i {to}", f"Unpacked into {to}"))


@app.command(help=say("Lav en nøglefil til kriselaptoppen.", "Make a key file for the crisis laptop."))
def key(
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("Nøglefilen; må ikke findes", "The key file"))],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help=say("Spørg om en adgangssætning, der låser den", "Lock it with a passphrase"))
    ] = False,
) -> None:
    """The public half is printed; the file never leaves where the laptop is kept."""
    from adapters.new_files import new_file
    from adapters.pack.sealing import new_key

    secret = None
    if passphrase:
        secret = typer.prompt(say("Adgangssætning", "Passphrase"), hide_input=True, confirmation_prompt=True)
    body, public = new_key(secret)
    with new_file(out) as file:
        file.write(body)
    console().print(say(f"Nøglefil: {out} – læg den hos kriselaptoppen, ikke ved pakkerne", f"Key file: {out}"))
    console().print(f"SPORLOG_PACK_RECIPIENTS={public}")


def ask_secret() -> str:
    """The key file's passphrase."""
    return str(typer.prompt(say("Nøglefilens adgangssætning", "The key file's passphrase"), hide_input=True, err=True))


@contextmanager
def _room(data: Path | None, database: str | None) -> "Iterator[tuple[Office, PackRoom]]":
    from adapters import main
    from adapters.pack.room import pack_room

    with (
        office(data, database) as opened,
        closing(main.open_ledger(opened.settings)) as tables,
        main.open_projectors(opened.settings, opened.store) as projectors,
    ):
        checkpoints = main.make_checkpoints(opened.settings, opened.store, tables)
        yield opened, pack_room(opened.settings, opened.store, projectors, checkpoints)


def _shelf(opened: "Office", to: Path | None) -> "Shelf":
    from adapters.pack.room import shelf_of
    from adapters.pack.shelf import Shelf

    if to is not None:
        return Shelf(to.absolute())
    if (shelf := shelf_of(opened.settings)) is None:
        told = say(
            "hvor skal pakken ligge? Giv en mappe, eller sæt SPORLOG_PACK_DIR", "where? Give a folder, or set SPORLOG_PACK_DIR"
        )
        raise InvalidInputError(told)
    return shelf


def _told(manifest: "Manifest") -> dict[str, Any]:
    return {
        "name": manifest.name,
        "made_at": rfc3339_utc(manifest.made_at),
        "position": manifest.position,
        "files": len(manifest.files),
        "bytes": manifest.bytes,
        "encrypted": manifest.encrypted,
        "with_backup": manifest.with_backup,
        "lacking": list(manifest.lacking),
    }


def _time(manifest: "Manifest") -> str:
    return (show_en if ENGLISH else show_da)(manifest.made_at)


def _print(manifest: "Manifest") -> None:
    files, size = len(manifest.files), manifest.bytes
    console().print(
        say(
            f"{_time(manifest)}: position {manifest.position}, {files} filer, {size} bytes",
            f"{_time(manifest)}: position {manifest.position}, {files} files, {size} bytes",
        )
    )
    for one in manifest.lacking:
        console().print(say(f"Mangler: {one}", f"Lacking: {one}"), style="yellow")
