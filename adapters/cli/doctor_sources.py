"""The doctor's look at the sources: which should have spoken and did not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say, show_time

if TYPE_CHECKING:
    from adapters.main import Office


def check_sources(opened: "Office") -> Iterator[Finding]:
    """A warning for each silent source."""
    from handlers.source_watch import silent_sources

    setup = opened.store.intake_setup()
    silent = silent_sources(setup, _heard(opened), datetime.now(UTC))
    for name, since in silent.items():
        yield warning(
            "sources",
            say(f"{name} er tavs siden {show_time(since)}", f"{name} has been silent since {show_time(since)}"),
            say(
                f"send en prøve fra værktøjet, og se dets log; opsætningen: sporlog source show {name}",
                f"send a test from the tool and look at its log; its settings: sporlog source show {name}",
            ),
        )
    if not silent:
        count = len(setup.sources)
        yield good("sources", say(f"ingen af {count} er tavs", f"none of {count} is silent"))


def _heard(opened: "Office") -> dict[str, datetime]:
    """By the read model, and by what the log holds beyond it: the doctor changes nothing, so it does not catch up."""
    from adapters import main
    from domain.signals import SignalsReceived, SignalsRepeated
    from projections.signals import sources

    with main.open_projectors(opened.settings, opened.store) as projectors:
        signals = projectors["signals"]
        with signals.database.snapshot() as connection:
            heard: dict[str, datetime] = {name: row["last_at"] for name, row in sources(connection).items()}
        position = signals.position()
    while rows := opened.store.rows(position, topics=(SignalsReceived.TOPIC, SignalsRepeated.TOPIC)):
        for recorded in map(opened.store.mapper.record, rows):
            told: Any = recorded.event
            heard[told.source] = recorded.recorded_at
        position = rows[-1].position
    return heard
