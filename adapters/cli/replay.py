"""`sporlog replay`: an incident as it grew, event by event, as of any time or position."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.padding import Padding

from adapters.cli.deadlines import read_time
from adapters.cli.incident_show import told_by
from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, new_app, office
from adapters.cli.output import console, print_json
from adapters.cli.words import fact_name, fact_word, happened
from adapters.incident_json import duties_after, event_object, state_object
from domain.deadlines import Deadline, as_json
from domain.errors import InvalidInputError
from handlers.desk import Moment

app = new_app()


@app.command(
    help=say(
        "Vis en hændelse skridt for skridt: hvad der skete, hvem der gjorde det, hvad det ændrede, og hvilke ure det startede"
        " og standsede. --at viser den, som loggen stod da (registreringstid), --position som den stod efter den plads.",
        "Show an incident step by step: what happened, who did it, what it changed, and which clocks it started and stopped."
        " --at shows it as the log stood at a time (of recording), --position as it stood after a position.",
    )
)
def replay(
    *,
    ref: Reference,
    at: Annotated[
        str | None, typer.Option(metavar=say("TID", "TIME"), help=say("Som loggen stod da", "As the log stood then"))
    ] = None,
    position: Annotated[
        int | None, typer.Option(min=0, metavar="N", help=say("Til og med denne plads", "Up to this position"))
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json_list: AsJson = False,
) -> None:
    """Print the steps."""
    if at is not None and position is not None:
        raise InvalidInputError(say("brug --at eller --position, ikke begge", "use --at or --position, not both"))
    instant = read_time("--at", at)
    with office(data, database) as opened:
        moments = opened.desk.replay(ref, at=instant, position=position)
    steps = [step_object(moments[: number + 1]) for number in range(len(moments))]
    if as_json_list:
        print_json(steps)
    elif not steps:
        console().print(say("Hændelsen var ikke registreret da.", "The incident was not recorded then."))
    else:
        for step in steps:
            _print(step)


def step_object(moments: Sequence[Moment]) -> dict[str, Any]:
    """The last of these moments: the event, what it changed, the clocks it moved, and the state after it."""
    last = moments[-1]
    before = {} if last.before is None else state_object(last.before)
    after = state_object(last.after)
    known, running = _running(moments[:-1]), _running(moments)
    return {
        **event_object(last.recorded),
        "changes": {n: [before.get(n), after[n]] for n in after if n not in {"id", "version"} and before.get(n) != after[n]},
        "clocks_started": [as_json(clock) for kind, clock in running.items() if clock != known.get(kind)],
        "clocks_stopped": [as_json(clock) for kind, clock in known.items() if kind not in running],
        "state": after,
    }


def _running(moments: Sequence[Moment]) -> dict[str, Deadline]:
    return {duty.deadline.kind: duty.deadline for duty in duties_after(moments) if duty.discharged_at is None}


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
