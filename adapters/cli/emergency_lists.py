"""`sporlog emergency-lists`: which lists line-of-business systems write for when they are gone; checked, and given out."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.deadlines import read_time
from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.words.wording import Language
    from domain.emergency_lists.events import EmergencyListEvent
    from handlers.emergency_lists import Changed, Look

app = new_app()
LANGUAGE: "Language" = "en" if ENGLISH else "da"
ListName = Annotated[str, typer.Argument(metavar=say("LISTE", "LIST"), help=say("Listens navn", "The list's name"))]
Reason = Annotated[str | None, typer.Option(help=say("Hvorfor; det står i loggen", "Why; it stands in the log"))]
Pattern = Annotated[str, typer.Option(metavar=say("MØNSTER", "PATTERN"), help=say("Filnavne, som 'k*.pdf'", "File names"))]
Owner = Annotated[
    str | None, typer.Option(metavar=say("NAVN", "NAME"), help=say("Filernes ejer på maskinen", "Who owns the files there"))
]
Group = Annotated[
    str | None, typer.Option(metavar=say("NAVN", "NAME"), help=say("Gruppen, der må læse dem", "The group that may read them"))
]


@app.callback(
    no_args_is_help=True,
    help=say(
        "Nødlister, som fagsystemer skriver, til de er nede. Sporlog gemmer tid, størrelse og hash, aldrig indholdet.",
        "Emergency lists that systems write for when they are down. Sporlog keeps time, size and hash, never the contents.",
    ),
)
def _group() -> None:
    pass


@app.command(help=say("Tilmeld en liste, eller ret, hvad der ventes af den.", "Expect a list, or change what is expected."))
def declare(
    *,
    name: ListName,
    system: Annotated[str, typer.Option(metavar="SYSTEM", help=say("Systemet, der skriver den", "What writes it"))],
    folder: Annotated[Path, typer.Option(metavar="DIR", help=say("Mappen, set fra denne maskine", "The folder, seen here"))],
    owner: Annotated[str, typer.Option(metavar="ID", help=say("Rolle eller postkasse med ansvaret", "Who answers for it"))],
    pattern: Pattern = "*",
    every: Annotated[int, typer.Option(metavar=say("TIMER", "HOURS"), help=say("Fra fil til fil", "From file to file"))] = 24,
    kept_days: Annotated[int, typer.Option(metavar=say("DAGE", "DAYS"), help=say("Så længe gemmes den", "How long kept"))] = 7,
    min_bytes: Annotated[int, typer.Option(help=say("Mindste størrelse", "Smallest size"))] = 1,
    min_lines: Annotated[int, typer.Option(help=say("Mindste antal linjer", "Fewest lines"))] = 0,
    file_owner: Owner = None,
    file_group: Group = None,
    mode: Annotated[str, typer.Option(metavar="0640", help=say("Filernes rettigheder, højst", "Permissions at most"))] = "0640",
    reason: Reason = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record what is expected; a change needs its reason."""
    from domain.emergency_lists.events import ListDeclared

    expected: dict[str, Any] = {
        "system": system,
        "owner": owner,
        "pattern": pattern,
        "every_hours": every,
        "kept_days": kept_days,
    }
    expected |= {"min_bytes": min_bytes, "min_lines": min_lines}
    readers = {"owner": file_owner, "group": file_group, "mode": mode}
    told: dict[str, Any] = {"list_name": name, "expected": {**expected, "readers": readers}, "folder": str(folder.absolute())}
    with office(data, database) as opened:
        done = _record(opened, _event(ListDeclared, reason=reason, **told))
        known = _is_known(opened, system)
    if as_json:
        print_json(_object(done, name))
        return
    if done.events:
        console().print(say(f"Nødlisten {name} ventes nu.", f"The emergency list {name} is expected now."), soft_wrap=True)
    else:
        console().print(say("Intet at ændre: sådan ventes den.", "Nothing to change: it is expected like that."))
    if not known:
        danish = f"Kataloget har intet system, der hedder {system}: så kan listen ikke ses fra systemet."
        english = f"The catalogue has no system named {system}: so the list is not seen from the system."
        console().print(say(danish, english), soft_wrap=True)


@app.command("list", help=say("Vis, hvordan listerne står.", "Show how the lists stand."))
def show(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """As of the last look on record; nothing is looked at now."""
    from adapters.emergency_lists.json import list_object
    from adapters.emergency_lists.words import outcome_words

    now = datetime.now(UTC)
    with office(data, database) as opened:
        found = opened.store.emergency_lists().in_order_of_name()
    if as_json:
        print_json([list_object(one, now) for one in found])
        return
    if not found:
        console().print(say("Der ventes ingen nødlister: tilmeld en med declare.", "No lists are expected: declare one."))
        return
    rows = table(say("Liste", "List"), "System", say("Står", "Stands"), say("Nyeste", "Newest"), say("Mappe", "Folder"))
    for one in found:
        newest = show_time(one.checked.written_at) if one.checked and one.checked.written_at else "–"
        rows.add_row(one.name, one.expected.system, outcome_words(one, now, LANGUAGE), newest, one.folder or "")
    console().print(rows)


@app.command(
    help=say(
        "Se efter nu: er listerne der, nye, hele, lukkede for andre? Slutkode 1, hvis ikke.",
        "Look now: are the lists there, new, whole, closed to others? Exit code 1 if not.",
    )
)
def check(
    *,
    name: Annotated[str | None, typer.Argument(metavar=say("LISTE", "LIST"), help=say("Kun denne", "Only this"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Look, record what is new, and tell."""
    from adapters.emergency_lists.folders import DriveFolders
    from adapters.emergency_lists.json import look_object
    from adapters.main import utc_now
    from handlers.emergency_lists import ListWatch

    with office(data, database) as opened:
        watch = ListWatch(opened.store.emergency_lists, DriveFolders(), opened.desk.committer, utc_now)

        async def run() -> "list[Look]":
            looks = await watch.see(name)
            for one in looks:
                await watch.record(one)
            return looks

        looks = asyncio.run(run())
    if as_json:
        print_json([look_object(one) for one in looks])
    else:
        _print_looks(looks)
    if any(one.checked.problems for one in looks):
        raise typer.Exit(1)


@app.command(help=say("Registrér, at nogen fik en nødliste udleveret.", "Record that somebody was given a list."))
def release(
    *,
    name: ListName,
    to: Annotated[str, typer.Option(metavar=say("HVEM", "WHO"), help=say("Hvem der fik den", "Who got it"))],
    reason: Reason = None,
    file: Annotated[
        str | None, typer.Option(metavar=say("FIL", "FILE"), help=say("Ellers den nyeste", "Else the newest"))
    ] = None,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help=say("En kopi, der ikke kan ses herfra", "A copy that is not seen from here"))
    ] = False,
    occurred_at: Annotated[str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Ellers nu", "Else now"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Nothing is copied and no permission changed: a person hands it over, this is the act on record."""
    from adapters.emergency_lists.folders import chosen
    from domain.emergency_lists.events import ListReleased

    with office(data, database) as opened:
        one = opened.store.emergency_lists().get(name)
        told: dict[str, Any] = {"list_name": one.name, "to": to, "reason": reason}
        if not elsewhere:
            found, content = chosen(Path(one.folder or ""), one.expected.pattern, file)
            told |= {"sha256": content.sha256, "written_at": found.written_at, "file": found.name}
        done = _record(opened, _event(ListReleased, at=read_time("--occurred-at", occurred_at), **told))
    if as_json:
        print_json(_object(done, name))
        return
    which = Path(one.folder or "") / str(told["file"]) if "file" in told else say("en kopi et andet sted", "a copy elsewhere")
    console().print(say(f"Udlevering til {to} er registreret: {which}", f"Given to {to}: {which}"), soft_wrap=True)
    if "sha256" in told:
        console().print(f"SHA-256 {told['sha256']}", soft_wrap=True)


@app.command(help=say("Listen ventes ikke længere.", "The list is expected no longer."))
def withdraw(*, name: ListName, reason: Reason = None, data: Data = None, database: DatabaseUrl = None) -> None:
    """Its history stays; declared again, it is expected again."""
    from domain.emergency_lists.events import ListWithdrawn

    with office(data, database) as opened:
        _record(opened, _event(ListWithdrawn, list_name=name, reason=reason))
    danish, english = f"Nødlisten {name} ventes ikke længere.", f"The emergency list {name} is expected no longer."
    console().print(say(danish, english), soft_wrap=True)


def _event(model: "type[EmergencyListEvent]", *, at: datetime | None = None, **told: Any) -> "EmergencyListEvent":  # noqa: ANN401 - the event's fields
    from handlers.emergency_lists import proposed

    return proposed(model, origin(), at, **told)


def _record(opened: "Office", event: "EmergencyListEvent") -> "Changed":
    from handlers.emergency_lists import change

    return asyncio.run(opened.desk.committer.submit(partial(change, proposed=event)))


def _object(done: "Changed", name: str) -> dict[str, Any]:
    from adapters.emergency_lists.json import list_object

    return list_object(done.lists.get(name), datetime.now(UTC))


def _is_known(opened: "Office", system: str) -> bool:
    from adapters.cli.office import read_model
    from projections.catalogue import landscape

    with read_model(opened, "catalogue") as catalogue, catalogue.database.snapshot() as connection:
        return bool(landscape(connection).named(system))


def _print_looks(looks: "list[Look]") -> None:
    from adapters.emergency_lists.words import ACCESS_UNCHECKED, ADVICE, ARRIVED, problems_words

    out = console()
    if not looks:
        out.print(say("Der ventes ingen nødlister: tilmeld en med declare.", "No lists are expected: declare one."))
    for one in looks:
        event, newest = one.checked, one.seen.newest
        what = problems_words(event.problems, event.trouble, LANGUAGE) or ARRIVED.to(LANGUAGE)
        told = f", {newest.name}, {newest.bytes} bytes, {show_time(newest.written_at)}" if newest else ""
        out.print(f"{one.list.name}: {what}{told}", style="red" if event.problems else "", soft_wrap=True)
        for problem in event.problems:
            out.print(f"→ {ADVICE[problem].to(LANGUAGE)}", soft_wrap=True)
        if not event.access_checked:
            out.print(ACCESS_UNCHECKED.to(LANGUAGE), soft_wrap=True)
