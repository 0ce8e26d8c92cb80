"""Every step as a command whose options are made from the step's request model."""

import asyncio
import sys
from collections.abc import Callable
from enum import StrEnum
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from adapters.cli.assess import DECISION, complete
from adapters.cli.deadlines import read_time
from adapters.cli.incident_show import print_step, step_object
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, names, office, origin
from adapters.cli.output import print_json
from adapters.cli.words import field_hint, field_name, kind_of, plain, step_name, word
from adapters.main import Office
from adapters.value_labels import VALUES
from domain.errors import InvalidInputError, RefusedError
from domain.incident.errors import RoleNotHeldError, RoleNotPermittedError
from domain.incident.phases import PHASES, Phase
from domain.incident.transitions import BY_STEP
from domain.roles import Track
from handlers.requests import COMMON, REQUESTS

STDIN = "-"
ROLE_REFUSALS = (RoleNotHeldError, RoleNotPermittedError)


EVERY_STEP = say("Fælles for alle trin", "Common to all steps")
LONGEST = 24
"""Keys that are longer together stand in the help alone: the column of what an option takes would be all there is."""
Full = Annotated[bool, typer.Option("--full", help=say("Spørg også om del 2; --depth full", "Ask part 2 too; --depth full"))]
EXAMPLES = {"answers": "q1.safety=yes", "explanations": "q1.safety=Alarmkald", "values": "impact=Nede"}
"""How an option that is repeated is written."""


def add_steps(app: typer.Typer) -> None:
    """One command a step, in the order of the phases."""
    hint = say(
        "En tekst på - læses fra stdin. Tider er danske uden zone.",
        "A text of - is read from stdin. Times without a zone are Danish.",
    )
    for step in sorted(REQUESTS, key=lambda one: tuple(Phase).index(BY_STEP[one].phase)):
        text = f"{step_name(step)} ({BY_STEP[step].paragraph})"
        more = f" {ASSESS}" if step == "assess" else ""
        app.command(step, help=f"{text}.{more} {hint}", short_help=text, rich_help_panel=_panel(step))(_command(step))


ASSESS = say(
    "I en terminal og uden --significant stilles spørgeguidens spørgsmål ét for ét. --answers, der gives på forhånd, stilles"
    " ikke.",
    "In a terminal and without --significant the guide's questions are asked one by one. --answers given beforehand are not"
    " asked.",
)


def _panel(step: str) -> str:
    """The phase; handling has so many steps that its tracks are apart."""
    told = BY_STEP[step]
    phase = say(PHASES[told.phase].danish, PHASES[told.phase].english)
    if told.phase is not Phase.HANDLING:
        return phase
    return f"{phase}: " + say(*VALUES["Track"][Track.A if told.track is Track.A else Track.BOTH])


def _command(step: str) -> Callable[..., None]:
    def run(data: Any, database: Any, as_json: bool, ref: str = "", full: bool = False, **options: Any) -> None:  # noqa: ANN401 - typer's values
        fields = _as_asked(step, _from_stdin({name: value for name, value in options.items() if value not in (None, [])}))
        if step == "assess":
            fields = complete(data, database, ref, {**fields, **({"depth": "full"} if full else {})})
        with office(data, database) as opened:
            asyncio.run(_take(opened, step, ref, fields, as_json=as_json))

    common = [
        *([] if step == "report" else [Parameter("ref", Parameter.KEYWORD_ONLY, annotation=Reference)]),
        *(_option(step, name, info) for name, info in sorted(REQUESTS[step].model_fields.items(), key=_weight)),
        *([Parameter("full", Parameter.KEYWORD_ONLY, annotation=Full, default=False)] if step == "assess" else []),
        Parameter("data", Parameter.KEYWORD_ONLY, annotation=Data, default=None),
        Parameter("database", Parameter.KEYWORD_ONLY, annotation=DatabaseUrl, default=None),
        Parameter("as_json", Parameter.KEYWORD_ONLY, annotation=AsJson, default=False),
    ]
    run.__signature__ = Signature(common)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in common}
    return run


async def _take(opened: Office, step: str, ref: str, fields: dict[str, Any], *, as_json: bool) -> None:
    # Durable when the desk returns: only then is anything printed.
    try:
        if step == "report":
            done = await opened.desk.report(fields, origin())
        else:
            done = await opened.desk.take_step(ref, step, fields, origin())
    except ROLE_REFUSALS as refused:
        raise with_way_out(refused) from refused
    if as_json:
        print_json(step_object(done, names(opened)))
    else:
        print_step(done, names(opened))


def with_way_out(refused: RefusedError) -> RefusedError:
    """The same refusal, and how whoever sits at this machine gets on."""
    way_out = say(
        f"Du er {origin().actor} her: sig hvem du er med --actor og i hvilken rolle med --role, eller få rollen tildelt med"
        " sporlog incident assign-role eller sporlog organisation",
        f"You are {origin().actor} here: say who you are with --actor and in which role with --role, or have the role"
        " assigned with sporlog incident assign-role or sporlog organisation",
    )
    return type(refused)(f"{refused}. {way_out}")


def _option(step: str, name: str, info: FieldInfo) -> Parameter:
    flag, kind = f"--{name.replace('_', '-')}", plain(info.annotation)
    asked_for = info.is_required() and not (step == "assess" and name in DECISION)
    declared: Any = str
    names = [flag]
    if kind is bool:
        declared, names = bool, [f"{flag}/--not-{flag[2:]}"]
    elif get_origin(kind) is dict:
        declared = list[str]
    default: Any = Parameter.empty if asked_for else [] if declared == list[str] else None
    if default is None:
        declared = declared | None
    option = typer.Option(
        *names,
        metavar=None if kind is bool else _metavar(name, kind),
        help=_help(name, info.annotation),
        show_default=False,
        rich_help_panel=EVERY_STEP if name in COMMON else None,
    )
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[declared, option], default=default)


def _help(name: str, annotation: Any) -> str:  # noqa: ANN401 - types are the values here
    """The question, what one should know, and what each key means where that is not plain."""
    parts = [field_name(name), field_hint(name)]
    kind = kind_of(name, annotation)
    if keys := _keys(plain(annotation)):
        parts.append(", ".join(key if (told := word(key, kind)) == key else f"{key}: {told}" for key in keys))
    if name in EXAMPLES:
        parts.append(say("Gentages: ", "Repeated: ") + f"--{name} {EXAMPLES[name]}")
    return ". ".join(part.rstrip(".?") + ("?" if part.endswith("?") else "") for part in parts if part).replace("?. ", "? ")


def _weight(field: tuple[str, FieldInfo]) -> int:
    """What must be told comes first, what every step takes comes last."""
    name, info = field
    return 0 if info.is_required() else 2 if name in COMMON else 1


def _keys(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - types are the values here
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(str(one) for one in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()


def _metavar(name: str, kind: Any) -> str:  # noqa: ANN401 - types are the values here
    if keys := _keys(kind):
        joined = "|".join(keys)
        return joined if len(joined) <= LONGEST else say("NØGLE", "KEY")
    if kind is AwareDatetime:
        return say("TID", "TIME")
    if get_origin(kind) is dict:
        return say("NAVN=SVAR", "NAME=ANSWER") if name == "answers" else say("NAVN=TEKST", "NAME=TEXT")
    if kind is int:
        return "N"
    return say("TEKST", "TEXT")


def _from_stdin(fields: dict[str, Any]) -> dict[str, Any]:
    asked = [name for name, value in fields.items() if value == STDIN]
    if len(asked) > 1:
        raise InvalidInputError(
            say(
                f"kun én tekst kan læses fra stdin, ikke {', '.join(asked)}",
                f"only one text can come from stdin: {', '.join(asked)}",
            )
        )
    return fields | {name: sys.stdin.read().strip() for name in asked}


def _as_asked(step: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _read(name, value, plain(REQUESTS[step].model_fields[name].annotation)) for name, value in fields.items()}


def _read(name: str, value: Any, kind: Any) -> Any:  # noqa: ANN401 - what was typed, and the type that is asked for
    if isinstance(value, list):
        return _pairs(name, value)
    return read_time(f"--{name.replace('_', '-')}", value) if kind is AwareDatetime else value


def _pairs(name: str, told: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in told]
    wrong = next((key for key, sign, _ in pairs if not sign), None)
    if wrong is not None:
        flag, example = f"--{name.replace('_', '-')}", EXAMPLES[name]
        raise InvalidInputError(say(f"{flag} {wrong}: skriv {flag} {example}", f"{flag} {wrong}: write {flag} {example}"))
    return {key: value for key, _, value in pairs}
