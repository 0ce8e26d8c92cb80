"""`sporlog rebuild`: read models made again from the log, or compared with it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, fail, notices, print_json
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from adapters.main import Office
    from handlers.projector import Projector
    from handlers.rebuild import Difference

app = new_app()


@app.command(
    help=say(
        "Byg læsemodeller igen af loggen, ved siden af de levende, og byt dem ud i ét hug. --verify ændrer intet, men bygger i"
        " hukommelsen og sammenligner række for række: slutkode 1 og den første forskel, hvis de ikke er ens.",
        "Make read models again from the log, beside the live ones, and swap them in one stroke. --verify changes nothing: it"
        " builds in memory and compares row by row; exit code 1 and the first difference if they are not equal.",
    )
)
def rebuild(
    *,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="PROJECTION", help=say("Ingen: alle", "None: all of them"))
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help=say("Sammenlign kun", "Only compare"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Rebuild or compare, one projection after the other."""
    from adapters import main

    with office(data, database) as opened, main.open_projectors(opened.settings, opened.store) as projectors:
        unknown = [name for name in names or () if name not in projectors]
        if unknown:
            raise InvalidInputError(
                say(f"der er ingen læsemodel {unknown[0]!r}: brug ", f"there is no projection {unknown[0]!r}: use ")
                + ", ".join(projectors)
            )
        found = [_one(opened, projectors[name], verify=verify) for name in names or projectors]
    if as_json:
        print_json(found)
    if any(one.get("difference") for one in found):
        raise typer.Exit(1)


def _one(opened: "Office", projector: "Projector", *, verify: bool) -> dict[str, Any]:
    name = projector.projection.name
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=notices(), transient=True, disable=not notices().is_terminal) as progress:
        task = progress.add_task(name, total=None)
        if verify:
            return _verify(opened, projector)
        from handlers.rebuild import rebuild as build

        built = build(
            projector.projection,
            projector.database,
            opened.store,
            opened.store.mapper.record,
            lambda position, aim: progress.update(task, completed=position, total=aim),
        )
    for rejected in built.rejected:
        fail(f"{name}: {rejected.reason}")
    notices().print(say(f"{name}: bygget til plads {built.position}", f"{name}: built up to position {built.position}"))
    return {"projection": name, "position": built.position, "rejected": [rejected.reason for rejected in built.rejected]}


def _verify(opened: "Office", projector: "Projector") -> dict[str, Any]:
    from adapters import main
    from handlers.rebuild import verify

    # Caught up first, so that everything in the log is compared and not only what the live tables had got to.
    projector.catch_up()
    name = projector.projection.name
    found = verify(projector.projection, projector.database, opened.store, opened.store.mapper.record, main.scratch)
    if found.difference is not None:
        fail(f"{name}: " + _told(found.difference))
    else:
        console().print(
            say(
                f"{name}: ens, {found.rows} rækker til plads {found.position}",
                f"{name}: equal, {found.rows} rows to {found.position}",
            )
        )
    difference = None if found.difference is None else _told(found.difference)
    return {"projection": name, "position": found.position, "rows": found.rows, "difference": difference}


def _told(difference: "Difference") -> str:
    """Which table, and which columns of which row."""
    live, rebuilt = difference.live or {}, difference.rebuilt or {}
    columns = [
        f"{n}: live {live.get(n)!s}, rebuilt {rebuilt.get(n)!s}" for n in live | rebuilt if live.get(n) != rebuilt.get(n)
    ]
    if not difference.live:
        return (
            f"{difference.table}: "
            + say("rækken mangler i den levende tabel: ", "the live table lacks the row: ")
            + str(rebuilt)
        )
    if not difference.rebuilt:
        return f"{difference.table}: " + say("rækken er ikke i loggen: ", "the log has no such row: ") + str(live)
    return f"{difference.table}: {'; '.join(columns)}"
