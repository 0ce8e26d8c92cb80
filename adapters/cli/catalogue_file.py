"""`sporlog catalogue export`, `import` and `starter`: the whole catalogue as a file that people edit."""

import asyncio
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding

from adapters.cli.catalogue_import import import_table
from adapters.cli.catalogue_options import LANGUAGE, Reason
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin
from adapters.cli.output import console, print_json
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from uuid import UUID

    from domain.catalogue.configuration import Known, Proposals

File = Annotated[Path, typer.Argument(metavar=say("FIL", "FILE"), help=say("Filen", "The file"), show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=say("Vis kun forskellen", "Only show the difference"))]
RetireMissing = Annotated[
    bool,
    typer.Option("--retire-missing", help=say("Tag ud af brug, hvad der mangler", "Retire what is left out")),
]


def export(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Print the file."""
    from adapters.catalogue.file import write_catalogue
    from handlers.catalogue_configuring import states

    with office(data, database) as opened:
        known = states(opened.desk.history)
    typer.echo(write_catalogue(known), nl=False)


def starter() -> None:
    """Print the starter catalogue: a file to edit and then import."""
    from adapters.catalogue.starter import starter_catalogue

    typer.echo(starter_catalogue(), nl=False)


def import_toml(
    *,
    file: File,
    reason: Reason = None,
    dry_run: DryRun = False,
    retire_missing: RetireMissing = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record each difference, all of them in one transaction."""
    from adapters.catalogue.file import read_catalogue
    from domain.catalogue.configuration import proposals
    from handlers.catalogue_configuring import configure, states
    from handlers.requests import StepRequest, meta_of

    wanted = read_catalogue(file)
    if reason is not None:
        wanted = wanted.model_copy(update={"reason": reason.strip()})
    with office(data, database) as opened:
        known = states(opened.desk.history)
        proposed = proposals(known, wanted, meta_of(StepRequest(), origin()), retire_missing=retire_missing)
        if not dry_run:
            asyncio.run(configure(opened.desk, proposed))
    # Durable by now, unless it was only to be shown.
    if as_json:
        print_json(_told(known, proposed, recorded=not dry_run))
    else:
        _print(known, proposed, dry_run=dry_run, retired=retire_missing)


IMPORTS: Mapping[str, Callable[..., None]] = {
    ".toml": import_toml,
    ".csv": import_table,
    ".xlsx": import_table,
}
"""The end of a file's name to what reads it."""


def import_file() -> Callable[..., None]:
    """One command for all of them: it takes what any of them takes, and lets the one that reads the file have its own."""
    parameters: dict[str, Parameter] = {}
    for reader in dict.fromkeys(IMPORTS.values()):
        for name, one in signature(reader).parameters.items():
            needed = name == "file" or one.default is not Parameter.empty
            parameters.setdefault(name, one if needed else one.replace(default=None))

    def run(**told: Any) -> None:  # noqa: ANN401 - typer's values
        suffix = told["file"].suffix.lower()
        if suffix not in IMPORTS:
            msg = say(f"{told['file']}: kan læse {', '.join(IMPORTS)}", f"{told['file']}: {', '.join(IMPORTS)} can be read")
            raise InvalidInputError(msg)
        own = signature(IMPORTS[suffix]).parameters
        strange = [name for name, value in told.items() if name not in own and value]
        missing = [name for name, one in own.items() if one.default is Parameter.empty and told[name] is None]
        for names, danish, english in ((strange, "hører ikke til", "does not go with"), (missing, "skal med til", "goes with")):
            if names:
                options = ", ".join(f"--{name.replace('_', '-')}" for name in names)
                raise InvalidInputError(say(f"{options} {danish} {suffix}", f"{options} {english} {suffix}"))
        IMPORTS[suffix](**{name: told[name] for name in own})

    run.__signature__ = Signature(list(parameters.values()))  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {name: one.annotation for name, one in parameters.items()}
    return run


def _name_in(known: "Known", proposed: "Proposals") -> "Callable[[UUID], str]":
    from domain.catalogue.events import Registered

    names = {one: state.facts.name for one, state in known.items()}
    names |= {one: event.facts.name for one, event in proposed.events if isinstance(event, Registered)}
    return lambda one: names.get(one, str(one))


def _told(known: "Known", proposed: "Proposals", *, recorded: bool) -> dict[str, Any]:
    from adapters.catalogue.field_words import HAPPENED
    from domain.events import cloudevents_type

    name_of = _name_in(known, proposed)
    return {
        "recorded": recorded,
        "events": [
            {
                "object": str(one),
                "name": name_of(one),
                "type": cloudevents_type(event.TOPIC),
                "danish": HAPPENED[event.TOPIC].da,
                "english": HAPPENED[event.TOPIC].en,
            }
            for one, event in proposed.events
        ],
        "missing": [{"id": str(one.id), "kind": one.kind, "name": one.facts.name} for one in proposed.missing],
    }


def _print(known: "Known", proposed: "Proposals", *, dry_run: bool, retired: bool) -> None:
    from adapters.catalogue.field_words import HAPPENED
    from adapters.catalogue.telling import event_lines
    from adapters.catalogue.words import KINDS

    out, name_of = console(), _name_in(known, proposed)
    for one, event in proposed.events:
        out.print(f"{HAPPENED[event.TOPIC].to(LANGUAGE)}: {name_of(one)}")
        for line in event_lines(known.get(one), event, name_of, LANGUAGE):
            out.print(Padding(line, (0, 0, 0, 4), expand=False))
    count = len(proposed.events)
    if not count:
        out.print(say("Intet at ændre: det står sådan i forvejen.", "Nothing to change: it is so already."))
    elif dry_run:
        out.print(say(f"{count} ændringer; intet er registreret.", f"{count} changes; nothing was recorded."))
    else:
        out.print(say(f"{count} ændringer registreret.", f"{count} changes recorded."))
    if proposed.missing and not retired:
        out.print(say("Ikke i filen, og urørt:", "Not in the file, and left alone:"))
        for gone in proposed.missing:
            out.print(f"    {KINDS[gone.kind].to(LANGUAGE)} {gone.facts.name}")
