"""The options of a step, made from its request model, and what people type in them."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from inspect import Parameter
from typing import Annotated, Any, Literal, get_args, get_origin

import typer
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from adapters.cli.deadlines import read_time
from adapters.cli.language import say
from adapters.cli.words import field_hint, field_name, kind_of, plain, word
from domain.errors import InvalidInputError
from handlers.requests import COMMON, REQUESTS

STDIN = "-"
EVERY_STEP = say("Fælles for alle skridt", "Common to all steps")
LONGEST = 24
"""Keys that are longer together stand in the help alone: the column of what an option takes would be all there is."""
EXAMPLES = {"answers": "q1.safety=yes", "explanations": "q1.safety=Alarmkald", "values": "impact=Nede"}
"""How an option that is repeated is written."""


def options_of(step: str, *, asked_later: frozenset[str]) -> list[Parameter]:
    """In the order of `_weight`; what is asked later may be left out here."""
    fields = sorted(REQUESTS[step].model_fields.items(), key=_weight)
    return [_option(name, info, required=info.is_required() and name not in asked_later) for name, info in fields]


def read_options(step: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as the request takes it. Raises `InvalidInputError` naming the option."""
    fields = REQUESTS[step].model_fields
    return {name: _read(name, value, plain(fields[name].annotation)) for name, value in _from_stdin(told).items()}


def _option(name: str, info: FieldInfo, *, required: bool) -> Parameter:
    flag, kind = f"--{name.replace('_', '-')}", plain(info.annotation)
    declared: Any = str
    flags = [flag]
    if kind is bool:
        declared, flags = bool, [f"{flag}/--not-{flag[2:]}"]
    elif get_origin(kind) is dict:
        declared = list[str]
    default: Any = Parameter.empty if required else [] if declared == list[str] else None
    if default is None:
        declared = declared | None
    option = typer.Option(
        *flags,
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
    keys = {key: word(key, kind) for key in _keys(plain(annotation))}
    if any(key != told for key, told in keys.items()) or len("|".join(keys)) > LONGEST:
        parts.append(", ".join(key if key == told else f"{key}: {told}" for key, told in keys.items()))
    if name in EXAMPLES:
        parts.append(say("Kan gentages", "May be repeated") + f": --{name} {EXAMPLES[name]}")
    return ". ".join(filter(None, parts)).replace("?. ", "? ")


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


def _from_stdin(fields: Mapping[str, Any]) -> dict[str, Any]:
    asked = [name for name, value in fields.items() if value == STDIN]
    if len(asked) > 1:
        raise InvalidInputError(
            say(
                f"kun én tekst kan læses fra stdin, ikke {', '.join(asked)}",
                f"only one text can come from stdin: {', '.join(asked)}",
            )
        )
    return {**fields, **{name: sys.stdin.read().strip() for name in asked}}


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
