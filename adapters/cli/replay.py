"""`sporlog replay`: an incident as it grew, event by event, as of any time or position."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.padding import Padding

from adapters.cli.as_of import At, Position
from adapters.cli.deadlines import read_time
from adapters.cli.incident_show import told_by
from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, new_app, office
from adapters.cli.output import console, print_json, table
from adapters.cli.words import fact_name, fact_word, happened
from adapters.incident.readings import CLOCK, Divergence, Order, divergence_object, divergences_of, step_object
from domain.errors import InvalidInputError

app = new_app()


@app.command(
    help=say(
        "Vis en hændelse skridt for skridt: hvad der skete, hvem der gjorde det, hvad det ændrede, og hvilke ure det startede"
        " og standsede. --at viser den, som loggen stod da (registreringstid), --position som den stod efter den plads."
        " --by occurred viser den i den orden, tingene skete, med det der er tastet ind senere. --compare viser, hvor de to"
        " læsninger er forskellige: hvad loggen sagde, og hvad der var tilfældet.",
        "Show an incident step by step: what happened, who did it, what it changed, and which clocks it started and stopped."
        " --at shows it as the log stood at a time (of recording), --position as it stood after a position."
        " --by occurred shows it in the order in which it happened, with what was entered later. --compare shows where the two"
        " readings differ: what the log said, and what was so.",
    )
)
def replay(
    *,
    ref: Reference,
    at: At = None,
    position: Position = None,
    by: Annotated[
        Order, typer.Option("--by", help=say("Efter registrering eller hændelsestid", "By recording or by when it happened"))
    ] = Order.RECORDED,
    compare: Annotated[
        bool, typer.Option("--compare", help=say("Hvor de to læsninger er forskellige", "Where the two readings differ"))
    ] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json_list: AsJson = False,
) -> None:
    """Print the steps."""
    if at is not None and position is not None:
        raise InvalidInputError(say("brug --at eller --position, ikke begge", "use --at or --position, not both"))
    if position is not None and (compare or by is Order.OCCURRED):
        raise InvalidInputError(say("en plads findes kun i loggens orden: brug --at", "only the log has positions: use --at"))
    if compare and at is not None:
        raise InvalidInputError(say("--compare viser hele forløbet: udelad --at", "--compare shows all of it: leave out --at"))
    instant = read_time("--at", at)
    with office(data, database) as opened:
        if compare:
            _print_divergences(divergences_of(opened.desk, ref), as_json=as_json_list)
            return
        if by is Order.OCCURRED:
            moments = opened.desk.replay_as_it_happened(ref, until=instant)
        else:
            moments = opened.desk.replay(ref, at=instant, position=position)
    steps = [step_object(moments[: number + 1]) for number in range(len(moments))]
    if as_json_list:
        print_json(steps)
    elif not steps:
        console().print(say("Hændelsen var ikke registreret da.", "The incident was not recorded then."))
    else:
        for step in steps:
            _print(step)


def _print(step: Mapping[str, Any]) -> None:
    out = console()
    recorded = show_time(datetime.fromisoformat(step["recorded_at"]))
    out.print(f"{step['position']:>6}  {happened(step['step'])}", style="bold")
    told = f"{show_time(datetime.fromisoformat(step['time']))}  {told_by(step)}"
    lines = [told, say("registreret ", "recorded ") + f"{recorded}, {step['channel']}"]
    lines += [
        f"{fact_name(name)}: {_shown(name, old)} → {_shown(name, new)}"
        for name, (old, new) in step["changes"].items()
        if new not in ([], {})
    ]
    lines += [f"▶ {_clock(clock)}" for clock in step["clocks_started"]]
    lines += [f"■ {_clock(clock)}" for clock in step["clocks_stopped"]]
    for line in lines:
        out.print(Padding(line, (0, 0, 0, 8), expand=False))


def _print_divergences(found: Sequence[Divergence], *, as_json: bool) -> None:
    if as_json:
        print_json([divergence_object(one) for one in found])
        return
    if not found:
        console().print(say("De to læsninger er ens: alt er tastet ind, som det skete.", "Both readings agree at all times."))
        return
    shown = table(
        say("Fra", "From"), say("Til", "To"), say("Hvad", "What"), say("Loggen sagde", "The log said"), say("Det var", "It was")
    )
    for one in found:
        until = say("nu", "now") if one.until is None else show_time(one.until)
        values = (_shown(one.field, value) for value in (one.recorded, one.occurred))
        shown.add_row(show_time(one.since), until, _field(one.field), *values)
    console().print(shown)


def _field(name: str) -> str:
    kind = name.removeprefix(CLOCK)
    return fact_name(name) if kind == name else say("ur: ", "clock: ") + fact_word("sent", kind)


def _clock(clock: Mapping[str, Any]) -> str:
    name = clock["name_en"] if ENGLISH else clock["name"]
    return f"{name}, {say('senest', 'at the latest')} {show_time(datetime.fromisoformat(clock['due_at']))}"


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nej", "no")
    if isinstance(value, dict):
        return ", ".join(f"{fact_word(name, kind)} {_shown(name, instant)}" for kind, instant in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(fact_word(name, one) for one in value) or "–"
    if isinstance(value, str) and value.endswith("Z") and "T" in value:
        return _time_or_text(value)
    return fact_word(name, value) or "–"


def _time_or_text(value: str) -> str:
    try:
        return show_time(datetime.fromisoformat(value))
    except ValueError:
        return value
