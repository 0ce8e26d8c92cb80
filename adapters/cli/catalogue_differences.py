"""In what a source and the catalogue differ, as the command line shows it, asks about it and records it."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from adapters.cli.catalogue_options import LANGUAGE
from adapters.cli.language import say
from adapters.cli.office import origin
from adapters.cli.output import console, notices, table
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from adapters.main import Office
    from domain.catalogue.importing import Comparison, Difference
    from domain.catalogue.mapping import SourceMapping
    from handlers.catalogue import Change
    from handlers.catalogue_imports import Taken, Told

SHOWN = 60
"""Lines of each sort that are printed; --json has them all."""

Reason = Annotated[str | None, typer.Option("--reason", metavar=say("TEKST", "TEXT"), help=say("Hvorfor", "Why"))]
Yes = Annotated[bool, typer.Option("--yes", help=say("Spørg ikke", "Do not ask"))]
SourceWins = Annotated[
    list[str] | None,
    typer.Option(
        "--source-wins",
        metavar=say("FELT", "FIELD"),
        help=say(
            "Kilden gælder i feltet, selv om det er rettet her", "The source holds in the field, though it was changed here"
        ),
    ),
]
RetireMissing = Annotated[
    bool, typer.Option("--retire-missing", help=say("Tag ud af brug, hvad der mangler", "Retire what is missing"))
]
Reinstate = Annotated[
    bool, typer.Option("--reinstate", help=say("Tag i brug igen, hvad kilden har", "Reinstate what the source has"))
]


class Asked(NamedTuple):
    """What whoever types asked for."""

    reason: str
    yes: bool = False
    dry_run: bool = False
    source_wins: Sequence[str] = ()
    retire_missing: bool = False
    reinstate: bool = False

    def chosen(self, differences: "Sequence[Difference]") -> "list[Difference]":
        """What is taken over by these rules."""
        from domain.catalogue.imports import Sort
        from domain.catalogue.taking import chosen_by_rule

        also = [Sort.MISSING] * self.retire_missing + [Sort.RETURNED] * self.reinstate
        return chosen_by_rule(differences, source_wins=self.source_wins, also=also)


def names_of(connection: "Connection", found: "Comparison") -> "Mapping[UUID, str]":
    """What the objects are called that differences speak of."""
    from adapters.catalogue.import_json import names_in
    from projections import catalogue

    return names_in(found, catalogue.names_of(connection))


def print_comparison(found: "Comparison", names: "Mapping[UUID, str]") -> None:
    """Each sort with its lines, then what is left out, on standard error."""
    from adapters.catalogue.import_words import SORTS, difference_field, problem_words, side_words
    from adapters.catalogue.words import catalogue_word
    from domain.catalogue.imports import Sort

    counts = Counter(one.sort for one in found.differences)
    for sort in [sort for sort in Sort if counts[sort]]:
        of_sort = [one for one in found.differences if one.sort is sort]
        shown = table(
            "", say("Slags", "Kind"), say("Navn", "Name"), say("Felt", "Field"), say("Her", "Here"), say("Kilden", "Source")
        )
        for one in of_sort[:SHOWN]:
            sides = [side_words(value, LANGUAGE) for value in (one.here, one.source)] if one.field else ["", ""]
            kind, field = catalogue_word(one.kind, LANGUAGE), difference_field(one, names, LANGUAGE)
            shown.add_row(one.id, kind, one.name, field, *sides)
        console().print(f"{SORTS[sort].to(LANGUAGE)}: {counts[sort]}", style="bold")
        console().print(shown)
        if len(of_sort) > SHOWN:
            more = len(of_sort) - SHOWN
            console().print(say(f"... og {more} til; --json viser alle", f"... and {more} more; --json shows all"))
    for problem in found.problems[:SHOWN]:
        notices().print(problem_words(problem, LANGUAGE), style="yellow")
    console().print(say(f"Uændret: {found.same}", f"Unchanged: {found.same}"))
    if len(found.problems) > SHOWN:
        more = len(found.problems) - SHOWN
        notices().print(say(f"... og {more} fejl til; --json viser alle", f"... and {more} more faults; --json shows all"))


def confirm(count: int, asked: Asked) -> bool:
    """Whether to record. Raises `InvalidInputError` where nobody can be asked."""
    if asked.dry_run or not count:
        return False
    if asked.yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            say(
                f"{count} forskelle venter, intet er registreret: brug --yes, eller --dry-run for kun at se",
                f"{count} differences wait, nothing was recorded: use --yes, or --dry-run to look only",
            )
        )
    return typer.confirm(say(f"Overtag {count} forskelle?", f"Take over {count} differences?"), err=True)


def take(
    opened: "Office", told: "Told", taken: "Sequence[Difference]", reason: str, mapping: "SourceMapping | None" = None
) -> "Taken":
    """Record what was chosen, and how the source is read if that is new: one transaction."""
    from handlers.catalogue_imports import because, save_mapping, take_over

    why = because(origin(), reason)
    with _shown() as progress:

        def work(uow: Any) -> "Taken":  # noqa: ANN401 - the unit of work
            if mapping is not None:
                save_mapping(uow, told.source, mapping, why)
            return take_over(uow, told, taken, why, progress)

        return asyncio.run(opened.desk.committer.submit(work))


@contextmanager
def _shown() -> "Iterator[Any]":
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=notices(), transient=True, disable=not notices().is_terminal) as progress:

        def one_by_one(changes: "Sequence[Change]") -> "Iterable[Change]":
            return progress.track(changes, description=say("Registrerer", "Recording"))

        yield one_by_one


def tell_taken(taken: "Taken", left: int) -> None:
    """What was recorded, how to take it back, and what still differs."""
    if taken.number:
        console().print(
            say(
                f"Import {taken.number}: {taken.events} ændringer. Fortryd: sporlog catalogue undo-import {taken.number}",
                f"Import {taken.number}: {taken.events} changes. Take back: sporlog catalogue undo-import {taken.number}",
            ),
            soft_wrap=True,
        )
    else:
        console().print(say("Intet er registreret.", "Nothing was recorded."))
    if left:
        console().print(
            say(
                f"{left} forskelle er ikke overtaget: se --source-wins, --retire-missing og --reinstate",
                f"{left} differences were not taken over: see --source-wins, --retire-missing and --reinstate",
            ),
            soft_wrap=True,
        )
