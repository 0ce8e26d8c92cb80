"""`python -m tests.benchmarks [NAME ...] [--seconds N] [--full] [--json FILE]`: figures, measured, never asserted."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from adapters.logging import StandardError, configure
from tests.benchmarks import machine
from tests.benchmarks.audit import verify
from tests.benchmarks.figure import FULL_REBUILD_INCIDENTS, FULL_STORM_ALERTS, Figure, Scale
from tests.benchmarks.footprint import footprint
from tests.benchmarks.formats import formats
from tests.benchmarks.impact import impact
from tests.benchmarks.intake import intake, visible, webhook
from tests.benchmarks.ledger import encryption, ledger
from tests.benchmarks.pack import pack
from tests.benchmarks.reading import logged, rebuild, replay, timeline
from tests.benchmarks.report import report
from tests.benchmarks.storm import storm

BENCHMARKS: dict[str, Callable[[Path, Scale], Iterator[Figure]]] = {
    "intake": intake,
    "webhook": webhook,
    "visible": visible,
    "storm": storm,
    "formats": formats,
    "rebuild": rebuild,
    "replay": replay,
    "timeline": timeline,
    "verify": verify,
    "logged": logged,
    "footprint": footprint,
    "ledger": ledger,
    "encryption": encryption,
    "impact": impact,
    "pack": pack,
    "report": report,
}
WIDTH = 140


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(BENCHMARKS)}; all, if none is named")
    parser.add_argument("--seconds", type=float, default=Scale.seconds, help="how long each load lasts; 60 for the real run")
    parser.add_argument("--full", action="store_true", help="rebuild from a million events")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured")
    parser.add_argument("--dir", type=Path, help="measure on this directory's disk instead of the temporary one's")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}: use {', '.join(BENCHMARKS)}")
    scale = Scale(seconds=asked.seconds)
    if asked.full:
        scale = replace(scale, rebuild_incidents=FULL_REBUILD_INCIDENTS, storm_alerts=FULL_STORM_ALERTS)
    configure("warning", StandardError())
    console, figures = Console(width=None if sys.stdout.isatty() else WIDTH), list[Figure]()
    with tempfile.TemporaryDirectory(dir=asked.dir, prefix="sporlog-benchmarks-") as place:
        facts, stolen = machine.facts(Path(place)), machine.Stolen()
        for name in asked.names or BENCHMARKS:
            with console.status(f"{name} ..."):
                figures += run(name, Path(place), scale)
        facts["stolen_percent"] = round(stolen.percent(), 1)
    console.print(table(figures))
    console.print(", ".join(f"{name} {value}" for name, value in facts.items()), style="dim")
    if asked.json is not None:
        found = {"machine": facts, "figures": [figure.as_json() for figure in figures]}
        asked.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def run(name: str, place: Path, scale: Scale) -> list[Figure]:
    """One benchmark in a folder of its own, removed afterwards: the next one gets the disk as empty as this one did."""
    folder = place / name
    folder.mkdir()
    try:
        return list(BENCHMARKS[name](folder, scale))
    finally:
        shutil.rmtree(folder)


def table(figures: list[Figure]) -> Table:
    """Each figure beside its aim, and the raw limits of the same run below it."""
    shown = Table("what", "measured", "aim", "reached", "share of the raw limit", title="Sporlog, measured now")
    for column in shown.columns[1:4]:
        column.justify, column.no_wrap = "right", True
    words = {True: "yes", False: "no", None: ""}
    for figure in figures:
        aim = "" if figure.aim is None else f"{'<=' if figure.lower_is_better else '>='} {figure.aim:g}"
        limits = "\n".join(f"{figure.value / one.value:.2f} of {_short(one.value)}: {one.what}" for one in figure.limits)
        shown.add_row(figure.what, f"{_short(figure.value)} {figure.unit}", aim, words[figure.reached], limits)
    return shown


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main(sys.argv[1:])
