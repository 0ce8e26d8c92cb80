"""`sporlog evidence verify` and `tidy`: whether everything is there and whole, and nothing besides."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, names, office
from adapters.cli.output import console, notices, print_json

if TYPE_CHECKING:
    from handlers.evidence_check import Condition

WORDS: "dict[Condition, str]" = {
    "whole": say("hel", "whole"),
    "missing": say("MANGLER", "MISSING"),
    "damaged": say("ÆNDRET", "CHANGED"),
    "erased": say("slettet med sin nøgle", "erased with its key"),
}
Only = Annotated[
    str | None, typer.Argument(metavar="[REF]", help=say("Kun denne hændelses", "This incident's only"), show_default=False)
]


def verify(*, ref: Only = None, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Each content from first to last byte; what is wrong is named."""
    from adapters.main import make_evidence_room
    from handlers import evidence_check

    with office(data, database) as opened:
        store = make_evidence_room(opened.settings, opened.store).store
        only = opened.desk.find(ref) if ref else None
        kept = [one for one in evidence_check.named(opened.store).items() if only in {None, one[0].incident}]
        with Progress(console=notices(), transient=True, disable=not notices().is_terminal) as progress:
            task = progress.add_task(say("Læser", "Reading"), total=sum(size for _, size in kept))
            found = list(evidence_check.verify(store, kept, lambda count: progress.advance(task, count)))
        unnamed = len(evidence_check.orphans(opened.store, store)) if only is None else 0
        called = names(opened)
        told = [{"ref": called(one.incident), **one._asdict(), "incident": str(one.incident)} for one in found]
    wrong = [one for one in told if one["condition"] in {"missing", "damaged"}]
    if as_json:
        print_json({"evidence": told, "orphans": unnamed})
    else:
        for one in told:
            if one["condition"] != "whole":
                console().print(f"{one['ref']} {one['sha256']}: {WORDS[one['condition']]}")
        count = len(told) - len(wrong)
        sound = say(f"{count} af {len(told)} som de skal være", f"{count} of {len(told)} as they should be")
        console().print(sound if told else say("Der er ingen beviser at læse.", "There is no evidence to read."))
        if unnamed:
            advice = say("nævnes af ingen hændelse: sporlog evidence tidy", "named by no event: sporlog evidence tidy")
            notices().print(f"{_files(unnamed)} {advice}")
    if wrong:
        raise typer.Exit(1)


def tidy(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Remove what no event names."""
    from adapters.main import make_evidence_room
    from handlers import evidence_check

    with office(data, database) as opened:
        room = make_evidence_room(opened.settings, opened.store)
        done = asyncio.run(evidence_check.tidy(opened.desk.committer, opened.store, room.store))
    if as_json:
        orphans = [{"incident": str(one.incident), "sha256": one.sha256} for one in done.orphans]
        print_json({"orphans": orphans, "litter": done.litter})
        return
    count = len(done.orphans) + done.litter
    console().print(say(f"{_files(count)} fjernet", f"{_files(count)} removed"))


def _files(count: int) -> str:
    return f"{count} " + (say("fil", "file") if count == 1 else say("filer", "files"))
