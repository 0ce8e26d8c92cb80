"""`sporlog catalogue sync` and `drift`: what other registers say, and what a person does about it."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.catalogue_differences import (
    Asked,
    Reason,
    Reinstate,
    RetireMissing,
    SourceWins,
    names_of,
    print_comparison,
    tell_taken,
)
from adapters.cli.catalogue_options import LANGUAGE
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin, read_model
from adapters.cli.output import console, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from adapters.main import Office
    from adapters.settings import Settings
    from domain.catalogue.importing import Comparison
    from handlers.registers import Register, RegisterState

Name = Annotated[str, typer.Argument(metavar=say("NAVN", "NAME"), help="os2kitos, servicenow, os2compliance")]
Ids = list[str] | None
Take = Annotated[
    Ids, typer.Option("--take", metavar="ID", help=say("Overtag denne forskel; flere gange", "Take this difference over"))
]
Keep = Annotated[Ids, typer.Option("--keep", metavar="ID", help=say("Behold vores; flere gange", "Keep what is here"))]
TakePlain = Annotated[
    bool,
    typer.Option("--take-plain", help=say("Overtag alt det, ingen har rettet her", "Take over all that nobody changed here")),
]


def _register(settings: "Settings", name: str) -> "Register":
    from adapters import main
    from handlers.registers import NoRegisterError

    registers = main.make_registers(settings)
    for one in registers:
        if one.name == name:
            return one
    configured = ", ".join(one.name for one in registers) or say("ingen", "none")
    raise NoRegisterError(say(f"{name}; sat op er: {configured}", f"{name}; set up are: {configured}"))


def _drift(opened: "Office", state: "RegisterState") -> "tuple[Comparison, Mapping[UUID, str]]":
    from handlers.registers import drift

    with read_model(opened, "catalogue") as projector, projector.database.snapshot() as connection:
        found = drift(opened.store, connection, state)
        return found, names_of(connection, found)


def sync(
    *,
    name: Name,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("Husk intet", "Remember nothing"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Read a register now, and show in what it and the catalogue differ. Nothing of the catalogue is changed."""
    from adapters import main
    from adapters.catalogue.import_json import comparison_json
    from handlers import registers

    with office(data, database) as opened, closing(main.open_registers_memory(opened.settings)) as memory:
        register = _register(opened.settings, name)
        state = registers.preview(register, memory) if dry_run else registers.sync(register, memory, datetime.now(UTC))
        found, names = _drift(opened, state)
    if as_json:
        print_json({"objects": len(state.objects), **comparison_json(found, names, LANGUAGE)})
        return
    count = len(state.objects)
    console().print(say(f"{name}: {count} objekter læst.", f"{name}: {count} objects read."))
    print_comparison(found, names)


def drift(
    *,
    name: Name,
    take_ids: Take = None,
    keep_ids: Keep = None,
    take_plain: TakePlain = False,
    source_wins: SourceWins = None,
    retire_missing: RetireMissing = False,
    reinstate: Reinstate = False,
    reason: Reason = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show in what the catalogue and what a register last told differ; take over or keep what is named."""
    from adapters import main
    from adapters.catalogue.import_json import comparison_json
    from handlers.catalogue_imports import because
    from handlers.registers import Decision, decide_drift

    why = reason or say(f"Afgjort ud fra {name}", f"Decided by {name}")
    with office(data, database) as opened, closing(main.open_registers_memory(opened.settings)) as memory:
        state = memory.state(_register(opened.settings, name).name)
        found, names = _drift(opened, state)
        by_rule = Asked(why, source_wins=source_wins or (), retire_missing=retire_missing, reinstate=reinstate)
        decision = Decision(take_ids or (), keep_ids or (), by_rule.chosen if take_plain else lambda _: ())
        deciding = decide_drift(opened.desk, name, found.differences, decision, because(origin(), why))
        taken, kept, position = asyncio.run(deciding)
        left = _drift(opened, state)[0] if position else found
    if as_json:
        print_json({**comparison_json(found, names, LANGUAGE), "import": taken.number or None, "kept": kept})
        return
    if state.read_at is None:
        console().print(say(f"{name} er ikke læst endnu: sporlog catalogue sync {name}", f"{name} was not read yet"))
        return
    console().print(say(f"{name}, som det var {show_time(state.read_at)}", f"{name}, as of {show_time(state.read_at)}"))
    if not position:
        print_comparison(found, names)
        return
    if taken.number:
        tell_taken(taken, 0)
    rest = len(left.differences)
    console().print(say(f"Beholdt: {kept}. Tilbage: {rest}.", f"Kept: {kept}. Left: {rest}."))


def add_sync(app: typer.Typer) -> None:
    """Add the commands to the catalogue's."""
    app.command(
        help=say(
            "Læs et andet register nu, og vis, hvor det og kataloget er forskellige. Kataloget ændres ikke.",
            "Read another register now, and show in what it and the catalogue differ. The catalogue is not changed.",
        )
    )(sync)
    app.command(
        help=say(
            "Vis, hvor kataloget og et andet register er forskellige; overtag eller behold det, der nævnes.",
            "Show in what the catalogue and another register differ; take over or keep what is named.",
        )
    )(drift)
