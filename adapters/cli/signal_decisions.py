"""The commands of `sporlog signal` by which a person decides: what each takes of its own, and what all of them take."""

import asyncio
from collections.abc import Callable, Coroutine
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office, origin
from adapters.cli.output import console, print_json

if TYPE_CHECKING:
    from handlers.requests import Origin
    from handlers.signal_desk import SignalDesk
    from handlers.triage import Choice, Decided

    Act = Callable[..., Coroutine[Any, Any, Decided]]

Source = Annotated[str, typer.Argument(metavar=say("KILDE", "SOURCE"), help=say("Kilden, som email", "The source, as email"))]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help=say("Alarmens id hos kilden", "The alarm's id at its source"))]
To = Annotated[str, typer.Option("--to", metavar="REF", help=say("Hændelsen", "The incident"))]
From = Annotated[str, typer.Option("--from", metavar="REF", help=say("Hændelsen", "The incident"))]
Reason = Annotated[str | None, typer.Option(help=say("Hvorfor", "Why"))]
Title = Annotated[str | None, typer.Option(help=say("Ellers alarmens egen", "Else the alarm's own"))]
Severity = Annotated[str | None, typer.Option(help="critical, high, medium, low, info")]
Actor = Annotated[
    str | None, typer.Option(help=say("Hvem, som id; ellers systemets bruger", "Who, as an id; else the system's user"))
]


async def _attach(desk: "SignalDesk", chosen: "Choice", by: "Origin", *, to: To, reason: Reason = None) -> "Decided":
    return await desk.attach(to, chosen, by, reason)


async def _detach(desk: "SignalDesk", chosen: "Choice", by: "Origin", *, from_: From, reason: Reason = None) -> "Decided":
    return await desk.detach(from_, chosen, by, reason)


async def _dismiss(desk: "SignalDesk", chosen: "Choice", by: "Origin", *, reason: Reason = None) -> "Decided":
    return await desk.dismiss(chosen, by, reason)


async def _reopen(desk: "SignalDesk", chosen: "Choice", by: "Origin", *, reason: Reason = None) -> "Decided":
    return await desk.reopen(chosen, by, reason)


async def _open(
    desk: "SignalDesk", chosen: "Choice", by: "Origin", *, title: Title = None, severity: Severity = None
) -> "Decided":
    return await desk.open(chosen, {name: told for name, told in (("title", title), ("severity", severity)) if told}, by)


DECISIONS: "tuple[tuple[str, Act, str], ...]" = (
    (
        "attach",
        _attach,
        say("Føj alarmer til en hændelse. Gøres om med detach.", "Add alarms to an incident. Undone by detach."),
    ),
    (
        "detach",
        _detach,
        say("Tag alarmer ud af en hændelse. Gøres om med attach.", "Take alarms out of an incident. Undone by attach."),
    ),
    (
        "dismiss",
        _dismiss,
        say("Afvis: set på, ikke mere at gøre. Gøres om med reopen.", "Dismiss: looked at, nothing further. Undone by reopen."),
    ),
    (
        "reopen",
        _reopen,
        say("Lad det vente på et menneske igen. Gøres om med dismiss.", "Let it wait for a person again. Undone by dismiss."),
    ),
    (
        "open",
        _open,
        say(
            "Opret en hændelse af alarmer. Gøres om ved at lukke den som ingen hændelse.",
            "Open an incident from alarms. Undone by closing it as no incident.",
        ),
    ),
)
"""Name, what it does, and its help. What an act takes by keyword are the options of its own."""


def add_decisions(app: typer.Typer) -> None:
    """One command a decision."""
    for name, act, text in DECISIONS:
        app.command(name, help=text)(_command(act))


def _command(act: "Act") -> Callable[..., None]:
    def run(*, source: str, ids: list[str], actor: str | None, data: Any, database: Any, as_json: bool, **own: Any) -> None:  # noqa: ANN401 - typer's values
        from handlers.signal_desk import SignalDesk
        from handlers.triage import Choice

        by = origin()._replace(actor=actor) if actor else origin()
        with office(data, database) as opened:
            done = asyncio.run(act(SignalDesk(opened.desk), Choice(source, tuple(ids)), by, **own))
        reference = done.incident.reference if done.incident else None
        if as_json:
            print_json({"ref": reference, "position": done.position})
        else:
            console().print(reference or say("Registreret.", "Recorded."))

    parameters = [
        _parameter("source", Source),
        _parameter("ids", Ids),
        *(one for one in signature(act).parameters.values() if one.kind is Parameter.KEYWORD_ONLY),
        _parameter("actor", Actor, None),
        _parameter("data", Data, None),
        _parameter("database", DatabaseUrl, None),
        _parameter("as_json", AsJson, default=False),
    ]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _parameter(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:  # noqa: ANN401 - as typer takes them
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
