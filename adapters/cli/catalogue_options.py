"""The options of the acts on the catalogue, made from the models of the objects' facts."""

from collections.abc import Mapping
from enum import StrEnum
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import typer

from adapters.catalogue.field_words import FIELDS, HINTS, HOSTING
from adapters.catalogue.words import TABLES
from adapters.cli.cpr import CprOk
from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl
from adapters.cli.words import plain
from domain.catalogue.kinds import MODELS, Kind, PlanFacts

if TYPE_CHECKING:
    from adapters.words.wording import Language

LANGUAGE: "Language" = "en" if ENGLISH else "da"
EVERY_ACT = say("Fælles for alle", "Common to all")
TEXTS = ("description", "contact")
NAME = say("NAVN", "NAME")
Named = Annotated[
    str, typer.Argument(metavar=NAME, help=say("Navn, andet navn eller id", "Name, other name or id"), show_default=False)
]
Reason = Annotated[str | None, typer.Option(metavar=say("TEKST", "TEXT"), help=say("Hvorfor", "Why"))]
Actor = Annotated[
    str | None,
    typer.Option(
        metavar="ID", help=say("Hvem, hvis ikke brugeren selv", "Who, if not the user themselves"), rich_help_panel=EVERY_ACT
    ),
]
Role = Annotated[str | None, typer.Option(help=say("I rollen", "In the role"), rich_help_panel=EVERY_ACT)]
Behalf = Annotated[str | None, typer.Option(metavar="ID", help=say("På vegne af", "On behalf of"), rich_help_panel=EVERY_ACT)]
OccurredAt = Annotated[
    str | None,
    typer.Option(metavar=say("TID", "TIME"), help=say("Hvornår, hvis ikke nu", "When, if not now"), rich_help_panel=EVERY_ACT),
]
Expected = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help=say("Den version, du har set", "The version that you saw"), rich_help_panel=EVERY_ACT
    ),
]
WHO: Mapping[str, Any] = {
    "reason": Reason,
    "occurred_at": OccurredAt,
    "actor": Actor,
    "role": Role,
    "on_behalf_of": Behalf,
    "expected_version": Expected,
}
"""What every act takes besides its own: field to option."""


def who_options(*without: str) -> list[Parameter]:
    """Who, when, why."""
    return [_parameter(name, option) for name, option in WHO.items() if name not in without]


def place_options() -> list[Parameter]:
    """Which store, and how the answer is printed."""
    return [
        _parameter("cpr_ok", CprOk, default=False),
        _parameter("data", Data),
        _parameter("database", DatabaseUrl),
        _parameter("as_json", AsJson, default=False),
    ]


def argument(name: str = "name") -> Parameter:
    """The object that it is about."""
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=Named)


def fact_options(*kinds: Kind, name: bool = False) -> list[Parameter]:
    """What is known of objects of these kinds, each field once, and their texts; `name` too, where it can be changed."""
    found: dict[str, Any] = {}
    for kind in kinds:
        for field, info in MODELS[kind].model_fields.items():
            if field not in {"kind", *PlanFacts.OF_THE_FILE} and (name or field != "name"):
                found.setdefault(field, plain(info.annotation))
    found |= dict.fromkeys(TEXTS, str)
    return [_parameter(field, _option(field, kind)) for field, kind in found.items()]


def _parameter(name: str, annotation: Any, *, default: Any = None) -> Parameter:  # noqa: ANN401 - typer's own
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _option(name: str, kind: Any) -> Any:  # noqa: ANN401 - types are the values here
    flag = name.replace("_", "-")
    if kind is bool:
        return Annotated[bool | None, typer.Option(f"--{flag}/--not-{flag}", help=_help(name, kind), show_default=False)]
    listed = get_origin(kind) is tuple
    metavar = "N" if kind is int else "REGISTER:ID,..." if name == "outside" else say("TEKST", "TEXT") + ",..." * listed
    return Annotated[str | None, typer.Option(f"--{flag}", metavar=metavar, help=_help(name, kind), show_default=False)]


def _help(name: str, kind: Any) -> str:  # noqa: ANN401 - types are the values here
    hint = HINTS[name].to(LANGUAGE) if name in HINTS else None
    keys = ", ".join(f"{key}: {words.to(LANGUAGE)}" for key, words in _words(kind).items()) if name != "outside" else None
    return ". ".join(filter(None, (FIELDS[name].to(LANGUAGE), hint, keys)))


def _words(kind: Any) -> Mapping[Any, Any]:  # noqa: ANN401 - types are the values here
    if get_origin(kind) is tuple:
        kind = get_args(kind)[0]
    if get_origin(kind) is Literal:
        return HOSTING
    return TABLES.get(kind, {}) if isinstance(kind, type) and issubclass(kind, StrEnum) else {}
