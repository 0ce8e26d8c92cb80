"""`sporlog deadlines`: the legal clocks of any facts. Reads no store, writes nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.padding import Padding

from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.output import console, print_json
from domain.deadlines import ClockFacts, Deadline, as_json, cautious, deadlines, forecast_final_report
from domain.errors import InvalidInputError
from domain.time import parse_time

app = typer.Typer()
WHEN = say("TID", "TIME")


def read_time(option: str, text: str | None) -> datetime | None:
    """Read an option's time. Raises `InvalidInputError` that names the option."""
    try:
        return None if text is None else parse_time(text)
    except InvalidInputError as error:
        raise InvalidInputError(f"{option}: {error}") from error


@app.command(
    help=say(
        "Beregn lovens frister. Tider skrives som 2026-11-20T15:20:00+01:00 eller, som dansk tid, '20-11-2026 15:20'. Et ur,"
        " der ikke er startet, vises ikke: opdagelsen (--detected) starter intet ur, men tabellen viser så også de forsigtige"
        " ure, som om kendskabet kom med den, og prognosen for den endelige rapport. --json giver kun de ure, der går.",
        "Compute the legal deadlines. Write times as 2026-11-20T15:20:00+01:00 or, for Danish time, '2026-11-20 15:20'. A"
        " clock that has not started is not shown: detection (--detected) starts none, but the table then also shows the"
        " cautious clocks, as if awareness had come with it, and the forecast of the final report. --json gives running ones.",
    )
)
def show(
    *,
    registered: Annotated[
        str | None, typer.Option(metavar=WHEN, help=say("Registreret i Sporlog", "Registered in Sporlog"))
    ] = None,
    detected: Annotated[str | None, typer.Option(metavar=WHEN, help=say("Første observation", "First observation"))] = None,
    aware: Annotated[
        str | None, typer.Option(metavar=WHEN, help=say("Kendskab til den væsentlige hændelse", "Awareness of significance"))
    ] = None,
    notified: Annotated[
        str | None,
        typer.Option(metavar=WHEN, help=say("Hændelsesunderretning faktisk sendt", "Incident notification actually sent")),
    ] = None,
    handled: Annotated[str | None, typer.Option(metavar=WHEN, help=say("Håndteret", "Handled"))] = None,
    breach_aware: Annotated[
        str | None,
        typer.Option(metavar=WHEN, help=say("Kendskab til bruddet (GDPR art. 33)", "Awareness of the breach (GDPR art. 33)")),
    ] = None,
    trust_service: Annotated[
        bool, typer.Option("--trust-service", help=say("Hændelsen rammer en tillidstjeneste", "It hits a trust service"))
    ] = False,
    as_list: Annotated[bool, typer.Option("--json", help=say("En JSON-liste", "A JSON list"))] = False,
) -> None:
    """Print the clocks, earliest first."""
    facts = ClockFacts(
        registered_at=read_time("--registered", registered),
        detected_at=read_time("--detected", detected),
        aware_at=read_time("--aware", aware),
        notified_at=read_time("--notified", notified),
        handled_at=read_time("--handled", handled),
        breach_aware_at=read_time("--breach-aware", breach_aware),
        trust_service=trust_service,
    )
    if facts == ClockFacts(trust_service=trust_service):
        raise InvalidInputError(
            say("giv mindst én tid, som --aware '20-11-2026 15:20'", "give a time, as --aware '2026-11-20 15:20'")
        )
    running = deadlines(facts)
    if as_list:
        print_json([as_json(deadline) for deadline in running])
        return
    forecast = forecast_final_report(facts)
    _print(say("Frister", "Deadlines"), [*running, *([forecast] if forecast else [])])
    if facts.detected_at is not None and facts.aware_at is None:
        # Nobody has judged it yet: what would hold if they do, so that nobody is surprised.
        _print(say("Forsigtige ure, hvis hændelsen er væsentlig", "Cautious clocks, if it is significant"), cautious(facts))


def _print(title: str, clocks: Sequence[Deadline]) -> None:
    out = console()
    out.print(title, style="bold underline")
    for clock in clocks:
        name, why = (clock.name_en, clock.explanation_en) if ENGLISH else (clock.name, clock.explanation)
        latest = say("senest", "at the latest")
        if clock.statutory:
            latest = say("hurtigst muligt, ", "without undue delay, ") + latest
        out.print(f"{name}: {latest} {show_time(clock.due_at)}", style="bold")
        out.print(Padding(f"{clock.paragraph}. {why}", (0, 0, 1, 2), expand=False))
    if not clocks:
        out.print(Padding(say("Intet ur er startet.", "No clock has started."), (0, 0, 1, 0)))
