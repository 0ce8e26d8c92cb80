"""`sporlog audit export`, and `sporlog audit verify FILE.zip`: a bundle for a supervisor, and whether it is what it was."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin
from adapters.cli.output import console, fail, notices, print_json
from domain.errors import InvalidInputError
from domain.time import parse_time

if TYPE_CHECKING:
    from adapters.main import Office
    from handlers.checkpoints import Checkpoints
    from handlers.exporting import Wanted

Recipient = Annotated[str | None, typer.Option(help=say("Hvem der får bundtet; skrives i loggen", "Who gets it; is logged"))]
Basis = Annotated[
    str | None, typer.Option(help=say('Retsgrundlaget, som "NIS 2-loven § 21"', 'The legal basis, as "NIS 2-loven § 21"'))
]


def add_bundle(app: typer.Typer) -> None:
    """The command that makes one."""
    text = say(
        "Læg én hændelse, en periode eller hele loggen i én zip, som kan kontrolleres uden Sporlog og uden netværk. At den"
        " forlader loggen, bliver selv ført i loggen.",
        "Put one incident, a period or the whole log into one zip that can be verified without Sporlog and without network."
        " That it leaves the log is itself logged.",
    )
    app.command("export", help=text)(export)


def export(
    *,
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="H-2026-0042")] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar=say("FRA..TIL", "FROM..TO"),
            help=say(
                "Alle hændelser, der er ført noget på i de dage, begge med: 2026-07-01..2026-09-30",
                "All incidents on which something was logged on those days, both included: 2026-07-01..2026-09-30",
            ),
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=say("Hele loggen", "The whole log"))] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("Zip-filen; må ikke findes", "The zip; must not exist"))
    ] = None,
    recipient: Recipient = None,
    basis: Basis = None,
    with_keys: Annotated[
        bool,
        typer.Option(
            "--with-keys",
            help=say(
                "Læg teksternes nøgler ved, så teksterne kan bevises", "Include the texts' keys, so that they can be proven"
            ),
        ),
    ] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make the bundle and tell where it is."""
    if [ref is not None, period is not None, everything].count(True) != 1:
        raise InvalidInputError(say("giv REF, --period eller --all, én af dem", "give REF, --period or --all, one of them"))
    from adapters import main
    from adapters.audit.bundle_tree import signed_tree
    from adapters.audit.export import Given, export_bundle
    from handlers.exporting import Wanted, last_position

    wanted = Wanted(ref) if ref else _period(period) if period else Wanted()
    given = Given(recipient, basis, with_keys)
    with _ledger(data, database) as (opened, checkpoints), _progress() as progress:
        tree = signed_tree(checkpoints, covering=last_position(opened.desk, wanted))
        evidence = main.make_evidence_room(opened.settings, opened.store).store
        to = out or Path(f"sporlog-{ref or wanted.of}-{tree.size}.zip")
        done = asyncio.run(
            export_bundle(
                opened.desk,
                tree,
                evidence,
                wanted,
                given,
                anchors=main.anchor_folder(opened.settings),
                to=to,
                origin=origin(),
                progress=lambda *at: _show(progress, *at),
            )
        )
    if as_json:
        print_json({"file": str(done.path), **done.made._asdict(), "position": tree.size, "recorded": done.recorded})
        return
    events, incidents = done.made.events, done.made.incidents
    console().print(say(f"Skrevet: {done.path}", f"Written: {done.path}"))
    console().print(
        f"{incidents} {say('hændelse' if incidents == 1 else 'hændelser', 'incident' if incidents == 1 else 'incidents')}"
        f", {events} {say('begivenhed' if events == 1 else 'begivenheder', 'event' if events == 1 else 'events')}"
        f", position {tree.size}"
    )
    console().print(f"SHA-256 {done.made.zip_sha256}")
    console().print(_outside(done.made.anchored))
    console().print(
        say(
            "Giv modtageren loggens nøgle ad en anden vej, så underskriften kan kontrolleres: ",
            "Give the recipient the log's key in another way, so that the signature can be checked: ",
        )
        + tree.vkeys[-1]
    )


def _outside(anchored: int) -> str:
    from adapters.cli.audit_words import events

    if anchored:
        return say(
            f"Uden for huset er {events(1, anchored)} forankret; det er med i bundtet (anchors).",
            f"Anchored outside the house: {events(1, anchored)}; that is in the bundle (anchors).",
        )
    return say(
        "Intet uden for huset står inde for loggen endnu: sæt SPORLOG_TSA_URL eller SPORLOG_ANCHOR_MAIL.",
        "Nothing outside the house vouches for the log yet: set SPORLOG_TSA_URL or SPORLOG_ANCHOR_MAIL.",
    )


def _period(text: str) -> "Wanted":
    from handlers.exporting import Wanted

    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text.strip())
    try:
        first, last = (date.fromisoformat(day) for day in days.groups()) if days else (date.max, date.min)
    except ValueError as error:
        msg = say("der er ingen sådan dag", "there is no such day")
        raise InvalidInputError(f"--period {text!r}: {msg}") from error
    if last < first:
        msg = say("skriv FRA..TIL, som 2026-07-01..2026-09-30", "write FROM..TO, as 2026-07-01..2026-09-30")
        raise InvalidInputError(f"--period {text!r}: {msg}")
    return Wanted(None, _midnight(first), _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return parse_time(f"{day.isoformat()}T00:00")


@contextmanager
def _ledger(data: Path | None, database: str | None) -> "Iterator[tuple[Office, Checkpoints]]":
    from adapters import main

    with office(data, database) as opened, closing(main.open_ledger(opened.settings)) as tables:
        yield opened, main.make_checkpoints(opened.settings, opened.store, tables)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=notices(), transient=True, disable=not notices().is_terminal) as progress:
        progress.add_task("", total=None)
        yield progress


def _show(progress: Progress, file: str, done: int, total: int) -> None:
    progress.update(progress.task_ids[0], description=file, completed=done, total=total)


def verify_bundle(bundle: Path, chain: Path | None, keys: list[str], *, as_json: bool) -> None:
    """Tell what was found. Exit code 0: all is what it was, 1: something is not, 2: a part could not be checked."""
    from adapters import main
    from domain.errors import SporlogError

    if not bundle.exists():
        fail(say(f"kan ikke undersøges: {bundle} findes ikke", f"cannot be checked: there is no {bundle}"))
        raise typer.Exit(2)
    with _progress() as progress:
        try:
            report = main.check_bundle(bundle, chain, keys, lambda done, total: _show(progress, bundle.name, done, total))
        except SporlogError as error:
            fail(say("kan ikke undersøges: ", "cannot be checked: ") + str(error))
            raise typer.Exit(2) from error
    if as_json:
        found = {"wrong": report.wrong, "unchecked": report.unchecked, "noted": report.noted, "checked": report.good}
        print_json({kind: [dict(zip(("where", "da", "en"), one, strict=True)) for one in said] for kind, said in found.items()})
    else:
        for where, da, en in (*report.good, *report.noted, *report.unchecked):
            console().print(f"{_place(where)}: {say(da, en)}")
        for where, da, en in report.wrong:
            fail(f"{_place(where)}: {say(da, en)}")
        if not report.wrong:
            console().print(
                say("Intet er ændret i det, der er kontrolleret.", "Nothing was changed in what was checked."), style="bold"
            )
    if report.wrong or report.unchecked:
        raise typer.Exit(1 if report.wrong else 2)


def _place(where: str) -> str:
    return say(f"begivenhed {where.removeprefix('event ')}", where) if where.startswith("event ") else where
