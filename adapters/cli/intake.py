"""`sporlog intake`: alerts from files or standard input, straight into the store."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer
from typer.core import TyperCommand

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office
from adapters.cli.output import console, notices, print_json, print_json_line
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from domain.intake.state import IntakeSetup
    from handlers.intake import Taken
    from handlers.intake_unread import Rejection

app = new_app()
STDIN = Path("-")
REPROCESS = "reprocess"
"""No source: the other command of this name."""


class _Intake(TyperCommand):
    """A source is named where a group has its commands, so this is no group: one word alone leads on."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - typer's own
        """`intake reprocess` is a command of its own."""
        if args[:1] != [REPROCESS]:
            return super().make_context(info_name, args, parent, **extra)
        from adapters.cli import intake_reprocess

        command = typer.main.get_command(intake_reprocess.app)
        return command.make_context(f"{info_name} {REPROCESS}", args[1:], parent, **extra)


@app.command(
    cls=_Intake,
    help=say(
        "Tag alarmer ind fra filer eller stdin, direkte i lageret; det samme to gange er én alarm. --dry-run viser hver alarm,"
        " som den ville blive taget, én JSON-linje pr. alarm, og gemmer intet. Slutkode 0: alt er taget, 1: noget blev afvist"
        " (en linje på stderr for hver: fil, nummer, grund), 2: forkert brug. `sporlog intake reprocess` læser det,"
        " der ventede.",
        "Take in alerts from files or stdin, straight into the store; the same one twice is one alert. --dry-run prints each"
        " alert as it would be taken, one JSON line an alert, and stores nothing. Exit code 0: all was taken, 1: something was"
        " rejected (a line on stderr for each: file, item number, reason), 2: wrong usage. `sporlog intake reprocess` reads"
        " what waited.",
    ),
)
def intake(
    *,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=say("Kilden, som wazuh eller alertmanager", "As wazuh"))],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help=say("Filer; ingen eller - er stdin", "Files; none or - is stdin")),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help=say("Vis kun, gem intet", "Only show, store nothing"))] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take in, or show."""
    setup = _setup(source, data, database)
    bodies = _bodies(files or [STDIN])
    # Looked for before anything is taken: a slip in the last name must not leave half a job.
    missing = next((file for file in files or () if file != STDIN and not file.is_file()), None)
    if missing is not None:
        raise InvalidInputError(say(f"der er ingen fil {missing}", f"there is no file {missing}"))
    rejected = _show(setup, source, bodies) if dry else _take_all(source, bodies, data, database, as_json=as_json)
    if rejected:
        raise typer.Exit(1)


def _bodies(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    from rich.progress import track

    # A bar only where somebody waits for it: many files, and a terminal.
    many = len(files) > 1 and sys.stderr.isatty()
    for file in track(files, say("Læser", "Reading"), console=notices()) if many else files:
        yield (str(file), sys.stdin.buffer.read() if file == STDIN else file.read_bytes())


def _setup(source: str, data: Path | None, database: str | None) -> "IntakeSetup":
    """The set-up that knows the source. A format's own name needs no store. Raises `InvalidInputError`."""
    from adapters.connecting.dry_run import FORMAT_NAMES
    from adapters.settings import read_settings
    from domain.intake.state import IntakeSetup

    setup = IntakeSetup()
    if source in FORMAT_NAMES:
        return setup
    settings = read_settings(data=data, database=database)
    if settings.database is not None or (settings.data / "events.db").exists():
        with office(data, database) as opened:
            setup = opened.store.intake_setup()
    if source not in setup.sources:
        names = ", ".join(sorted({*FORMAT_NAMES, *setup.sources}))
        raise InvalidInputError(
            say(f"der er ingen kilde {source!r}: brug {names}", f"there is no source {source!r}: use {names}")
        )
    return setup


def _show(setup: "IntakeSetup", source: str, bodies: Iterable[tuple[str, bytes]]) -> int:
    from adapters.connecting.dry_run import dry_run

    rejected = 0
    for name, body in bodies:
        read = dry_run(setup, source, body, datetime.now(UTC))
        for signal in read.signals:
            print_json_line(signal)
        rejected += _tell(name, read.rejected)
    return rejected


def _take_all(source: str, bodies: Iterable[tuple[str, bytes]], data: Any, database: Any, *, as_json: bool) -> int:  # noqa: ANN401 - options
    taken: list[Taken] = []
    rejected = 0
    # Files are read outside the event loop: inside it a first Ctrl-C would only be noted while standard input is waited for.
    with office(data, database) as opened, asyncio.Runner() as runner:
        for name, body in bodies:
            # Each file is durable before the next is read: after a failure the whole command may be run again.
            receipt = runner.run(opened.door.take(source, body, {}, f"cli-{uuid4()}", keep_unread=False))
            taken += receipt.taken
            rejected += _tell(name, receipt.rejected)
    if as_json:
        print_json([_fate(one) for one in taken])
    else:
        _summary(taken, rejected)
    return rejected


def _tell(name: str, rejected: "Sequence[Rejection]") -> int:
    for one in rejected:
        shown = "<stdin>" if name == str(STDIN) else name
        typer.echo(f"{shown}: {say('nr.', 'item')} {one.item}: {' '.join(one.reason.split())}", err=True)
    return len(rejected)


def _fate(one: "Taken") -> dict[str, Any]:
    return {
        "source": one.source,
        "source_event_id": one.source_event_id,
        "disposition": "repeated" if one.disposition is None else one.disposition.value,
        "times": one.times,
        "incident_id": None if one.incident_id is None else str(one.incident_id),
        "ref": one.reference,
    }


def _summary(taken: "Sequence[Taken]", rejected: int) -> None:
    words = {
        "opened": say("åbnede en hændelse", "opened an incident"),
        "attached": say("føjet til en åben hændelse", "joined an open incident"),
        "counted": say("talt", "counted"),
        "repeated": say("set før", "seen before"),
    }
    counts = Counter("repeated" if one.disposition is None else one.disposition.value for one in taken)
    parts = [f"{counts[kind]} {word}" for kind, word in words.items() if counts[kind]]
    line = f"{len(taken)} {say('taget', 'taken')}" + (f" ({', '.join(parts)})" if parts else "")
    out = console()
    out.print(line + (f", {rejected} {say('afvist', 'rejected')}" if rejected else ""))
    for reference in dict.fromkeys(one.reference for one in taken if one.reference and one.disposition is not None):
        out.print(f"  {reference}")
