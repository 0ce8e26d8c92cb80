"""`sporlog source`: which tools tell Sporlog something, how each is connected, and which have fallen silent."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, read_model
from adapters.cli.output import console, print_json
from adapters.cli.source_add import add
from adapters.cli.source_map import map_sample
from adapters.cli.source_record import Name, Reason, address, event, known, new_secret, new_token, record
from adapters.cli.source_show import as_json as source_json
from adapters.cli.source_show import print_settings, print_source, print_sources

if TYPE_CHECKING:
    from adapters.main import Office

app = new_app()


@app.callback(no_args_is_help=True, help=say("Kilder: forbind værktøjer, og se, hvem der er tavs.", "Sources of alerts."))
def _group() -> None:
    pass


app.command(
    help=say(
        "Forbind et værktøj: lav dets token, vis, hvad der skal sættes op i det, vent på dets første besked, og vis den. Igen"
        " med samme navn ændrer kilden. Slutkode 1, hvis der ventes og intet kommer.",
        "Connect a tool: make its token, print what to set up in it, wait for its first message and show it. Again with the"
        " same name changes the source. Exit code 1 when it waits and nothing comes.",
    )
)(add)


@app.command("list", help=say("Vis kilderne, og hvem der er tavs.", "List the sources, and which are silent."))
def list_all(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """By name."""
    with office(data, database) as opened:
        found = _objects(opened)
    if as_json:
        print_json(source_json(found))
    else:
        print_sources(found)


@app.command(help=say("Vis en kilde og værktøjets opsætning igen, uden token.", "Show a source and its tool's settings again."))
def show(*, name: Name, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Token and secret cannot be shown again."""
    from adapters.connecting.tool_settings import Connection

    with office(data, database) as opened:
        source = known(opened, name)
        (found,) = [one for one in _objects(opened) if one["source"] == name]
        url = address(opened.settings, name)
    mapping = source.mapping and source.mapping.model_dump(mode="json", exclude_defaults=True)
    if as_json:
        print_json({**source_json([found])[0], "url": url, "mapping": mapping})
        return
    print_source(found)
    if mapping:
        print_json(mapping)
    console().print()
    print_settings(Connection(name, source.format, url, signature_header=source.signature_header))


@app.command(help=say("Lav et nyt token; det gamle gælder ikke mere.", "Make a new token; the old one is worthless."))
def token(
    *,
    name: Name,
    reason: Annotated[str | None, typer.Option(metavar=say("TEKST", "TEXT"), help=say("Hvorfor", "Why"))] = None,
    with_secret: Annotated[
        bool, typer.Option("--secret", help=say("Også en ny hemmelighed at underskrive med", "A new secret to sign with too"))
    ] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Shown this once."""
    made, issued = new_token(name, reason)
    secret, secret_set = new_secret(name, reason) if with_secret else (None, None)
    with office(data, database) as opened:
        record(opened, issued, *([secret_set] if secret_set else []))
    if as_json:
        print_json({"source": name, "token": made, "secret": secret})
    else:
        console().print(f"Authorization: Bearer {made}", soft_wrap=True)
        if secret:
            console().print(say(f"Hemmelighed: {secret}", f"Secret: {secret}"), soft_wrap=True)


@app.command(help=say("Tag ikke mere imod fra kilden. Det, den har fortalt, bliver.", "Take nothing more from the source."))
def remove(*, name: Name, reason: Reason, data: Data = None, database: DatabaseUrl = None) -> None:
    """What it told stays."""
    from domain.intake.events import SourceRemoved

    with office(data, database) as opened:
        record(opened, event(SourceRemoved, source=name, reason=reason))
    console().print(say(f"Kilden {name} er fjernet", f"The source {name} is removed"))


app.command(
    "map",
    help=say(
        "Sig, hvordan en kildes JSON læses, ud fra én prøve: et forslag efter nøglernes navne, og de alarmer, det giver. Ret"
        " med --set; gem med --save. Stierne er JMESPath.",
        "Say how a source's JSON is read, from one sample: a proposal by its keys' names, and the alerts that it gives. Correct"
        " it with --set, keep it with --save. Paths are JMESPath.",
    ),
)(map_sample)


def _objects(opened: "Office") -> list[dict[str, Any]]:
    from adapters.connecting.source_list import source_objects
    from projections import signals

    with read_model(opened, "signals") as projector, projector.database.snapshot() as connection:
        return source_objects(opened.store.intake_setup(), signals.sources(connection), datetime.now(UTC))
