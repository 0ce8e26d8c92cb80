"""`sporlog restore`: a backup becomes the store again, once it is verified."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.backup import beside
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json
from adapters.settings import read_settings

app = new_app()


@app.command(
    help=say(
        "Indlæs en sikkerhedskopi i en tom datamappe. Før noget tages i brug, læses alt: filernes integritet, at ingen hændelse"
        " mangler, og at hver fortrolig tekst åbnes med sin nøgle. Derefter bygges læsemodellerne. --check undersøger kun.",
        "Restore a backup into an empty data directory. Before it serves, all is read: the files' integrity, that no event"
        " is missing, that each confidential text opens with its key. Then the read models are made. --check only examines.",
    )
)
def restore(
    *,
    backup: Annotated[Path, typer.Argument(metavar="DIR", help=say("Sikkerhedskopien", "The backup"))],
    keyring_from: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=say("Nøgleringens mappe; ellers DIR-keyring", "The keyring's; else DIR-keyring")),
    ] = None,
    erasures: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help=say(
                "Registre over sletninger (DATA/erasures.jsonl) ud over det, der ligger ved siden af DIR",
                "Registers of erasures (DATA/erasures.jsonl) beside the one that lies next to DIR",
            ),
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=say("Undersøg kun", "Only examine"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Verify, put in place, make the read models."""
    from adapters import main
    from adapters.backup.restoring import check_backup
    from adapters.backup.restoring import restore as put_back
    from adapters.erasure.register import NAME, read

    keys, settings = keyring_from or beside(backup), read_settings(data=data, database=database)
    if check:
        with tempfile.TemporaryDirectory(prefix="sporlog-check-") as work:
            found, again = check_backup(backup, keys, Path(work)), None
    else:
        told = [one for path in (backup.absolute().parent / NAME, *(erasures or ())) for one in read(path)]
        found, again = put_back(
            backup, keys, data=settings.data, keyring_to=settings.keyring, url=settings.database, erasures=told
        )
        with office(data, database) as opened, main.open_projectors(opened.settings, opened.store) as projectors:
            for projector in projectors.values():
                projector.catch_up()
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    whole = say(
        f"Hel: {found.head} hændelser, {found.sealed} med fortrolig tekst, der åbnes",
        f"Whole: {found.head} events, {found.sealed} sealed ones that open",
    )
    console().print(whole + (say(f", {found.erased} slettede", f", {found.erased} erased") if found.erased else ""))
    if not check:
        console().print(say(f"Indlæst i {settings.data}", f"Restored to {settings.data}"))
        if again and again.erased:
            done = say(f"Slettet igen: {again.erased}, der var slettet siden", f"Erased again: {again.erased} erased since")
            console().print(done)
