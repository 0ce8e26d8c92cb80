"""`sporlog audit verify`: is the log, or a bundle of it, what it was when it was entered, signed and anchored?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, nats_url, office
from adapters.cli.output import console, fail, notices, print_json
from adapters.cli.up import Nats
from adapters.settings import read_settings
from domain.errors import SporlogError

if TYPE_CHECKING:
    from adapters.main import Office
    from handlers.audit import Report

HELP = say(
    "Undersøg, om loggen er, som den var, da den blev ført ind i regnskabet, underskrevet og forankret. Den første begivenhed,"
    " der afviger, nævnes med hvordan. Med FILE: undersøg et bundt. Slutkode 0: alt passer, 1: noget afviger,"
    " 2: det kan ikke undersøges.",
    "Check that the log is what it was when it was entered in the ledger, signed and anchored. The first event that differs is"
    " named, and how. With FILE: check a bundle. Exit code 0: all is as it was, 1: something differs, 2: it cannot be checked.",
)


def verify(
    *,
    bundle: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help=say("Et bundt, zip eller udpakket; ellers selve loggen", "A bundle, zip or unpacked; else the log itself"),
        ),
    ] = None,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=say("FIL", "FILE"),
            help=say(
                "Et checkpoint udefra, eller mailen med det (.eml)", "A checkpoint from outside, or the mail with it (.eml)"
            ),
        ),
    ] = None,
    after: Annotated[
        int,
        typer.Option("--from", min=1, metavar="N", help=say("Begynd ved denne plads", "Begin at this position")),
    ] = 1,
    bus: Annotated[
        bool, typer.Option("--bus", help=say("Sammenlign også med kopien i NATS", "Compare with the copy in NATS too"))
    ] = False,
    key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VKEY",
            help=say("Loggens nøgle, som du fik den ad anden vej", "The log's key, as you were told it in another way"),
        ),
    ] = None,
    chain: Annotated[
        Path | None,
        typer.Option(
            metavar="PEM", help=say("Udstederens certifikater, ellers SPORLOG_TSA_CHAIN", "The stamp authority's certificates")
        ),
    ] = None,
    data: Data = None,
    nats: Nats = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Check a bundle, or the live store."""
    if bundle is not None:
        from adapters.cli.audit_bundle import verify_bundle

        certificates = chain or read_settings(data=data).anchors.chain
        verify_bundle(bundle, certificates, [one.strip() for one in key or []], as_json=as_json)
        return
    try:
        url = nats_url(read_settings(data=data, nats=nats)) if bus else None
        with office(data, database) as opened:
            report = _report(opened, anchor or [], after - 1, url)
            head = opened.store.head()
    except (SporlogError, OSError) as error:
        fail(say("kan ikke undersøges: ", "cannot be checked: ") + str(error))
        raise typer.Exit(2) from error
    if as_json:
        print_json(_object(report, head))
    else:
        _print(report, head, skipped=after - 1)
    if report.difference is not None:
        raise typer.Exit(1)


def _report(opened: "Office", given: list[Path], after: int, bus: str | None) -> "Report":
    from adapters import main

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        main.open_audit(opened.settings, opened.store, given, after=after, bus=bus) as audit,
        Progress(*columns, console=notices(), transient=True, disable=not notices().is_terminal) as progress,
    ):
        task = progress.add_task(say("begivenheder", "events"), total=opened.store.head())
        return audit(lambda position: progress.update(task, completed=position))


def _object(report: "Report", head: int) -> dict[str, Any]:
    outside = report.anchored
    return {
        "verified": report.difference is None,
        "difference": report.difference and report.difference._asdict(),
        "events": report.events,
        "head": head,
        "ledger": report.ledger,
        "checkpoints": report.checkpoints,
        "anchors": [seen._asdict() | {"at": seen.at and seen.at.isoformat()} for seen in report.anchors],
        "anchored": outside.size if outside else 0,
        "on_bus": report.on_bus,
        "unverified_time_stamps": list(report.unverified),
    }


def _print(report: "Report", head: int, *, skipped: int) -> None:
    from adapters.cli.audit_words import as_entered, events, not_shown, told, told_anchor

    out = console()
    if report.difference is not None:
        fail(told(report.difference))
        before = (report.difference.position or report.events + 1) - 1
        if before:
            fit = "fits" if before == 1 else "fit"
            out.print(events(1, before).capitalize() + say(" passer med regnskabet.", f" {fit} the ledger."))
        return
    if not head:
        out.print(say("Loggen er tom: der er intet at undersøge endnu.", "The log is empty: there is nothing to check yet."))
        return
    out.print(as_entered(report, skipped))
    if report.on_bus is not None:
        out.print(say(f"{report.on_bus} begivenheder i NATS er de samme.", f"{report.on_bus} events in NATS are the same."))
    for seen in report.anchors:
        out.print(f"  {told_anchor(seen)}")
    for line in not_shown(report, head):
        out.print(line)
