"""What people do to the catalogue: register, change, tie, retire, and decide on a service's class."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.catalogue.words import CLASSES, KINDS, NEEDS, TIES, WEIGHTS
from adapters.cli.catalogue_options import (
    LANGUAGE,
    TEXTS,
    WHO,
    argument,
    fact_options,
    place_options,
    who_options,
)
from adapters.cli.cpr import confirm_cpr
from adapters.cli.deadlines import read_time
from adapters.cli.language import say
from adapters.cli.office import new_app, office, origin, read_model
from adapters.cli.output import console, print_json
from domain.catalogue.classes import ServiceClass
from domain.catalogue.kinds import MODELS, Kind
from domain.catalogue.ties import Need, Tie, Weight
from domain.errors import InvalidInputError

if TYPE_CHECKING:
    from uuid import UUID

    from adapters.main import Office
    from adapters.words.wording import Words
    from domain.catalogue.landscape import Landscape
    from handlers.catalogue import Changed


def _keys(words: "Mapping[Any, Words]") -> str:
    return ", ".join(f"{key}: {told.to(LANGUAGE)}" for key, told in words.items())


def _one_of(kind: type, words: "Mapping[Any, Words]", question: tuple[str, str], *flags: str) -> Any:  # noqa: ANN401 - typer's own
    return Annotated[kind, typer.Option(*flags, help=f"{say(*question)}. {_keys(words)}", show_default=False)]


TIE = Annotated[Tie, typer.Argument(help=_keys(TIES), show_default=False)]
TO = Annotated[str, typer.Argument(metavar=say("ANDET", "OTHER"), help=say("Navn, andet navn eller id", "Name or id"))]
NEED = _one_of(Need, NEEDS, ("Til hvad", "For what"), "--need")
WEIGHT = _one_of(Weight, WEIGHTS, ("Hvad der sker, når det andet fejler", "What happens when the other one fails"), "--weight")
GROUP = Annotated[
    str | None,
    typer.Option("--group", metavar=say("ORD", "WORD"), help=say("Reserver: én af dem er nok", "Spares: one is enough")),
]
CLASS = Annotated[ServiceClass, typer.Argument(help=_keys(CLASSES), show_default=False)]
NUMBER = Annotated[
    int | None,
    typer.Option("--number", min=1, help=say("Forslagets nummer; ellers det, der venter", "The proposal's; else what waits")),
]


def _given(name: str, annotation: Any, *, default: Any = Parameter.empty) -> Parameter:  # noqa: ANN401 - typer's own
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


ACTS: Mapping[str, tuple[str, list[Parameter]]] = {
    "tie": (
        say(
            "Knyt to sammen: sporlog catalogue tie Hjemmepleje depends_on Omsorgsjournal.",
            "Tie two together: sporlog catalogue tie Hjemmepleje depends_on Omsorgsjournal.",
        ),
        [
            _given("tie", TIE),
            _given("to", TO),
            _given("need", NEED, default=Need.OTHER),
            _given("weight", WEIGHT, default=Weight.STOPS),
            _given("group", GROUP, default=None),
        ],
    ),
    "untie": (say("Løs to fra hinanden.", "Untie two."), [_given("tie", TIE), _given("to", TO)]),
    "retire": (say("Tag ud af brug; historikken bliver.", "Take out of use; its history stays."), []),
    "reinstate": (say("Tag i brug igen.", "Take into use again."), []),
    "propose-class": (
        say("Foreslå en ydelses klasse; en anden godkender.", "Propose a service's class; somebody else approves it."),
        [_given("service_class", CLASS)],
    ),
    "approve-class": (
        say("Godkend den klasse, der er foreslået.", "Approve the class that is proposed."),
        [_given("proposal_number", NUMBER, default=None)],
    ),
    "reject-class": (
        say("Afvis den klasse, der er foreslået.", "Reject the class that is proposed."),
        [_given("proposal_number", NUMBER, default=None)],
    ),
}
"""Act to its help and what it takes besides the object and `WHO`."""


def add_acts(app: typer.Typer) -> None:
    """One command an act; registering has one a kind, so that each shows its own options."""
    group = new_app()
    group.callback(no_args_is_help=True, help=say("Registrér noget nyt i kataloget.", "Register something new."))(_register)
    for kind in Kind:
        text = KINDS[kind].to(LANGUAGE)
        options = [argument(), *fact_options(kind), *who_options("expected_version"), *place_options()]
        group.command(kind.value, help=say(f"Registrér: {text}.", f"Register: {text}."))(_command(_new(kind), options))
    app.add_typer(group, name="register")
    changes = [argument(), *fact_options(*Kind, name=True), *who_options(), *place_options()]
    # A field may be given its new name: the object goes by its old one.
    changes = [one.replace(name="new_name") if one.name == "name" and one.default is None else one for one in changes]
    text = say("Ret det, der vides; hvad der ikke nævnes, bliver.", "Change what is known; what is not named stays.")
    app.command("change", help=text)(_command(_change, changes))
    for act, (text, own) in ACTS.items():
        app.command(act, help=text)(_command(_act(act), [argument(), *own, *who_options(), *place_options()]))


def _register() -> None:
    pass


Work = Callable[["Office", "Landscape", str, dict[str, Any]], "Changed"]


def _command(work: Work, parameters: list[Parameter]) -> Callable[..., None]:
    def run(
        *,
        name: str,
        cpr_ok: bool,
        data: Any,  # noqa: ANN401 - typer's values
        database: Any,  # noqa: ANN401 - the same
        as_json: bool,
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        told = {field: value for field, value in options.items() if value is not None}
        if "occurred_at" in told:
            told["occurred_at"] = read_time("--occurred-at", told["occurred_at"])
        confirm_cpr({field: value for field, value in told.items() if field in {*TEXTS, "reason"}}, cpr_ok=cpr_ok)
        with _ways_out(), office(data, database) as opened:
            done = work(opened, landscape_of(opened), name, told)
        # Durable by now.
        print_changed(done, as_json=as_json)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def landscape_of(opened: "Office") -> "Landscape":
    """As the log has it now."""
    from projections.catalogue import landscape

    with read_model(opened, "catalogue") as projector, projector.database.snapshot() as connection:
        return landscape(connection)


def _new(kind: Kind) -> Work:
    def register(opened: "Office", seen: "Landscape", name: str, told: dict[str, Any]) -> "Changed":
        from handlers.catalogue_desk import act_on
        from handlers.catalogue_requests import with_facts

        fields = with_facts(kind, {**told, "name": name})
        return asyncio.run(act_on(opened.desk, "register", fields, origin(), seen=seen))

    return register


def _change(opened: "Office", seen: "Landscape", name: str, told: dict[str, Any]) -> "Changed":
    from handlers.catalogue_desk import act_on, object_of
    from handlers.catalogue_requests import with_facts

    known = object_of(opened.desk.history, seen.one_named(name))
    told = {"name" if field == "new_name" else field: value for field, value in told.items()}
    possible = MODELS[known.kind].model_fields
    wrong = [field for field in told if field not in {*possible, *TEXTS, *WHO}]
    if wrong:
        options, what = ", ".join(f"--{field.replace('_', '-')}" for field in wrong), KINDS[known.kind].to(LANGUAGE)
        raise InvalidInputError(
            say(f"{options}: har {known.facts.name!r} ikke ({what})", f"{options}: {known.facts.name!r} has none ({what})")
        )
    # What stands is told again beside what is new: the version that was read must still be the one that is changed.
    before = {**known.facts.model_dump(), **{text: getattr(known, text) for text in TEXTS}}
    fields = {"expected_version": known.version, **with_facts(known.kind, {**before, **told})}
    return asyncio.run(act_on(opened.desk, "change", fields, origin(), seen=seen, object_id=known.id))


def _act(act: str) -> Work:
    def do(opened: "Office", seen: "Landscape", name: str, told: dict[str, Any]) -> "Changed":
        from handlers.catalogue_desk import act_on

        one = seen.one_named(name)
        if act in {"approve-class", "reject-class"} and "proposal_number" not in told:
            told |= {"proposal_number": _waiting(opened, one)}
        return asyncio.run(act_on(opened.desk, act, told, origin(), seen=seen, object_id=one))

    return do


def _waiting(opened: "Office", one: "UUID") -> int:
    from domain.catalogue.errors import NoSuchProposalError
    from handlers.catalogue_desk import object_of

    known = object_of(opened.desk.history, one)
    if known.proposal is None:
        raise NoSuchProposalError(f"no class of {known.facts.name!r} waits: propose one first")
    return known.proposal.number


@contextmanager
def _ways_out() -> Iterator[None]:
    from domain.catalogue.errors import SameEyesError

    try:
        yield
    except SameEyesError as refused:
        way_out = say("En anden person siger, hvem de er, med --actor", "A second person says who they are with --actor")
        raise SameEyesError(f"{refused}. {way_out}") from refused


def print_changed(done: "Changed", *, as_json: bool) -> None:
    """What was recorded of one object, or that nothing was."""
    from adapters.catalogue.json import changed_object

    told = changed_object(done)
    if as_json:
        print_json(told)
        return
    for event in told["events"]:
        console().print(f"{event[say('danish', 'english')]}: {KINDS[done.object.kind].to(LANGUAGE)} {done.object.facts.name}")
    if not told["events"]:
        console().print(say("Intet at ændre: det står sådan i forvejen.", "Nothing to change: it is so already."))
