"""Every step as a command, listed by phase."""

import asyncio
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from adapters.cli.assess import DECISION, complete
from adapters.cli.cpr import CprOk, confirm_cpr
from adapters.cli.incident_show import print_step, step_object
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, names, office, origin
from adapters.cli.output import print_json
from adapters.cli.refusals import ways_out
from adapters.cli.step_options import options_of, read_options
from adapters.cli.words import step_name
from adapters.main import Office
from adapters.words.value_labels import VALUES
from domain.incident.phases import PHASES, Phase
from domain.incident.transitions import BY_STEP
from domain.roles import Track
from handlers.requests import REQUESTS

ASSESS = "assess"
Full = Annotated[bool, typer.Option("--full", help=say("Spørg også om del 2; --depth full", "Ask part 2 too; --depth full"))]
HINT = say(
    "En tekst på - læses fra stdin. Tider er danske uden zone.",
    "A text of - is read from stdin. Times without a zone are Danish.",
)
ASKS = say(
    " I en terminal og uden --significant stilles spørgeguidens spørgsmål ét for ét; --answers, der gives på forhånd, stilles"
    " ikke.",
    " In a terminal and without --significant the guide's questions are asked one by one; --answers given beforehand are not"
    " asked.",
)


def add_steps(app: typer.Typer) -> None:
    """One command a step, in the order of the phases."""
    for step in sorted(REQUESTS, key=lambda one: tuple(Phase).index(BY_STEP[one].phase)):
        text = f"{step_name(step)} ({BY_STEP[step].paragraph})"
        more = ASKS if step == ASSESS else ""
        app.command(step, help=f"{text}.{more} {HINT}", short_help=text, rich_help_panel=_panel(step))(_command(step))


def _panel(step: str) -> str:
    """The phase; handling has so many steps that its tracks are apart."""
    told = BY_STEP[step]
    phase = say(PHASES[told.phase].danish, PHASES[told.phase].english)
    if told.phase is not Phase.HANDLING:
        return phase
    return f"{phase}: " + say(*VALUES["Track"][Track.A if told.track is Track.A else Track.BOTH])


def _command(step: str) -> Callable[..., None]:
    def run(
        data: Any,  # noqa: ANN401 - typer's values
        database: Any,  # noqa: ANN401 - the same
        as_json: bool,
        ref: str = "",
        *,
        full: bool = False,
        cpr_ok: bool = False,
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        fields = read_options(step, {name: value for name, value in options.items() if value not in (None, [])})
        with ways_out():
            if step == ASSESS:
                fields = complete(data, database, ref, {**fields, **({"depth": "full"} if full else {})})
            confirm_cpr(fields, cpr_ok=cpr_ok)
            with office(data, database) as opened:
                asyncio.run(_take(opened, step, ref, fields, as_json=as_json))

    common = [
        *([] if step == "report" else [Parameter("ref", Parameter.KEYWORD_ONLY, annotation=Reference)]),
        *options_of(step, asked_later=frozenset(DECISION) if step == ASSESS else frozenset()),
        *([Parameter("full", Parameter.KEYWORD_ONLY, annotation=Full, default=False)] if step == ASSESS else []),
        Parameter("cpr_ok", Parameter.KEYWORD_ONLY, annotation=CprOk, default=False),
        Parameter("data", Parameter.KEYWORD_ONLY, annotation=Data, default=None),
        Parameter("database", Parameter.KEYWORD_ONLY, annotation=DatabaseUrl, default=None),
        Parameter("as_json", Parameter.KEYWORD_ONLY, annotation=AsJson, default=False),
    ]
    run.__signature__ = Signature(common)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in common}
    return run


async def _take(opened: Office, step: str, ref: str, fields: dict[str, Any], *, as_json: bool) -> None:
    # Durable when the desk returns: only then is anything printed.
    if step == "report":
        done = await opened.desk.report(fields, origin())
    else:
        done = await opened.desk.take_step(ref, step, fields, origin())
    if as_json:
        print_json(step_object(done, names(opened)))
    else:
        print_step(done, names(opened))
