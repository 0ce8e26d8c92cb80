"""`sporlog backup`: a consistent copy while others write."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, print_json

app = new_app()


@app.command(
    help=say(
        "Tag en sikkerhedskopi, mens Sporlog kører. Lager og nøglering lægges i hver sin mappe: gem dem hver for sig. Kopien"
        " læses igennem, før den gælder. API-nøglen (token) er ikke med; en ny laves ved første start.",
        "Take a backup while Sporlog runs. Store and keyring go to a directory each: keep them apart. The copy is read through"
        " before it counts. The API token is not in it; a new one is made at the first start.",
    )
)
def backup(
    *,
    to: Annotated[Path, typer.Argument(metavar="DIR", help=say("En ny eller tom mappe", "A new or empty directory"))],
    keyring_to: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=say("Mappe til nøgleringen; ellers DIR-keyring", "The keyring's; else DIR-keyring")),
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Copy, read through, tell."""
    from adapters.backup.making import take_backup
    from adapters.erasure.erasing_again import keep_beside
    from adapters.main import EVIDENCE

    keys = keyring_to or beside(to)
    with office(data, database) as opened:
        settings = opened.settings
        made = take_backup(
            opened.store.database,
            url=settings.database,
            keyring=settings.keyring,
            evidence=settings.data / EVIDENCE,
            to=to,
            keyring_to=keys,
            now=datetime.now(UTC),
        )
        # Beside the backups, not in one: whichever of them is restored finds the newest.
        keep_beside(opened.store, settings.data, to.absolute().parent)
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    out, contents = console(), made.contents
    head = contents.head if contents else 0
    out.print(say(f"{head} hændelser i loggen: {to}", f"{head} events: {to}"))
    for lost in contents.evidence_lost if contents else ():
        out.print(say(f"Beviset {lost} manglede allerede", f"The evidence {lost} was missing already"))
    out.print(say(f"Nøglering: {keys} – gem den et andet sted", f"Keyring: {keys} – keep it somewhere else"))


def beside(folder: Path) -> Path:
    """Where a backup's keyring is unless told otherwise."""
    return folder.with_name(folder.name + "-keyring")
