"""What `sporlog up` prints once it runs: where everything is, and three things to try."""

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """Where something is."""

    name: str
    where: str


def banner(places: Sequence[Place], things: Iterable[tuple[str, Sequence[str]]], *, resumed_at: int, demo: str | None) -> str:
    """The text, Danish first. `resumed_at` is the log's head; `demo` names the invented municipality.

    Each of `things` has a title, and one or more ways of doing it.
    """
    begin = f"Genoptaget ved position {resumed_at} / Resumed" if resumed_at else "En ny, tom log / A new, empty log"
    if demo:
        begin = f"DEMO: {demo} er opdigtet, intet her er virkeligt / nothing here is real. Position {resumed_at}"
    width = max(len(place.name) for place in places)
    lines = ["", "Sporlog kører / is running", begin, ""]
    lines += [f"  {place.name:<{width}}  {place.where}" for place in places]
    lines += ["", "Prøv / Try:"]
    for number, (title, ways) in enumerate(things, start=1):
        lines += [f"  {number}. {title}", *(f"     {as_called(way, sys.argv[0])}" for way in ways)]
    return "\n".join([*lines, "", "Ctrl-C standser / stops.", ""])


def as_called(command: str, program: str) -> str:
    """A command as it works when pasted: where the shell finds no `sporlog`, with the path that this one was called by."""
    found = shutil.which("sporlog")
    if not command.startswith("sporlog ") or (found and Path(program).exists() and Path(found).samefile(program)):
        return command
    return shlex.quote(program) + command.removeprefix("sporlog")


def first_steps(http_url: str, token: str, data: Path) -> list[tuple[str, Sequence[str]]]:
    """Three things to try in a log of one's own; none of them leaves anything in it that did not happen."""
    where = shlex.quote(str(data))
    return [
        ("Åbn siden / Open the page:", [f"{http_url}/?token={token}"]),
        ("Se, om alt er i orden / Check that all is well:", [f"sporlog doctor --data {where}"]),
        (
            "Se, hvad Sporlog læser ud af en alarm; intet gemmes / See what Sporlog reads in an alert; nothing is stored:",
            ["sporlog intake alertmanager alarm.json --dry-run"],
        ),
    ]
