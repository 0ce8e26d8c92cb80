"""Every step as a command whose options are made from the step's request model."""

import asyncio
import sys
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from adapters.cli.incident_show import print_step, step_object
from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, Reference, office, origin
from adapters.cli.output import print_json
from adapters.cli.words import field_name
from adapters.main import Office
from domain.errors import InvalidInputError
from domain.incident.transitions import BY_STEP
from handlers.requests import COMMON, REQUESTS

STDIN = "-"


def add_steps(app: typer.Typer) -> None:
    """One command a step."""
    for step in REQUESTS:
        told = BY_STEP[step]
        text = say(f"{told.danish} ({told.paragraph})", f"{told.english} ({told.paragraph})")
        hint = say(
            "En tekst på - læses fra stdin. Tider er danske uden zone.",
            "A text of - is read from stdin. Times without a zone are Danish.",
        )
        app.command(step, help=f"{text}. {hint}", short_help=text)(_command(step))


def _command(step: str) -> Callable[..., None]:
    def run(data: Any, database: Any, as_json: bool, ref: str = "", **options: Any) -> None:  # noqa: ANN401 - typer's values
        fields = _from_stdin({name: value for name, value in options.items() if value not in (None, [])})
        with office(data, database) as opened:
            asyncio.run(_take(opened, step, ref, _as_asked(fields), as_json=as_json))

    common = [
        *([] if step == "report" else [Parameter("ref", Parameter.KEYWORD_ONLY, annotation=Reference)]),
        *(_option(name, info) for name, info in sorted(REQUESTS[step].model_fields.items(), key=_weight)),
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
        print_json(step_object(done))
    else:
        print_step(done)


def _option(name: str, info: FieldInfo) -> Parameter:
    flag, kind = f"--{name.replace('_', '-')}", _plain(info.annotation)
    declared: Any = str
    names = [flag]
    if kind is bool:
        declared, names = bool, [f"{flag}/--not-{flag[2:]}"]
    elif get_origin(kind) is dict:
        declared = list[str]
    default: Any = Parameter.empty if info.is_required() else [] if declared == list[str] else None
    if default is None:
        declared = declared | None
    metavar = None if kind is bool else _metavar(kind)
    option = typer.Option(*names, metavar=metavar, help=field_name(name), show_default=False)
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Annotated[declared, option], default=default)


def _weight(field: tuple[str, FieldInfo]) -> int:
    """What must be told comes first, what every step takes comes last."""
    name, info = field
    return 0 if info.is_required() else 2 if name in COMMON else 1


def _plain(annotation: Any) -> Any:  # noqa: ANN401 - types are the values here
    """Without `| None` and without pydantic's marks."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if type(None) in get_args(annotation) and len(parts) == 1:
        return _plain(parts[0])
    return annotation


def _metavar(kind: Any) -> str:  # noqa: ANN401 - types are the values here
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    if isinstance(kind, type) and hasattr(kind, "__members__"):
        return "|".join(str(option) for option in kind.__members__.values())
    if kind is AwareDatetime:
        return say("TID", "TIME")
    if get_origin(kind) is dict:
        return say("NAVN=SVAR", "NAME=ANSWER")
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


def _as_asked(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _pairs(name, value) if isinstance(value, list) else value for name, value in fields.items()}


def _pairs(name: str, told: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in told]
    wrong = next((key for key, sign, _ in pairs if not sign), None)
    if wrong is not None:
        flag = f"--{name.replace('_', '-')} {wrong}"
        raise InvalidInputError(say(f"{flag}: skriv NAVN=SVAR", f"{flag}: write NAME=ANSWER"))
    return {key: value for key, _, value in pairs}
