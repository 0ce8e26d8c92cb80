"""What a person or a system is asked for at each act on the catalogue: made from the event's own model, as the steps are.

The HTTP API, its OpenAPI document, the command line and the page's forms all come from `CATALOGUE_REQUESTS`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_origin
from uuid import UUID

from pydantic import Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from domain.catalogue import events as e
from domain.catalogue.board import ListApproved
from domain.catalogue.kinds import MODELS, Kind
from domain.incident.events import Name, Text
from handlers.requests import InvalidFieldsError, Origin, StepRequest, meta_of

ACTS: Mapping[str, type[e.CatalogueChange]] = {
    "register": e.Registered,
    "change": e.Described,
    "retire": e.Retired,
    "reinstate": e.Reinstated,
    "tie": e.Tied,
    "untie": e.Untied,
    "propose-class": e.ClassProposed,
    "approve-class": e.ClassApproved,
    "reject-class": e.ClassRejected,
    "approve-list": ListApproved,
}
"""What people do to the catalogue, and the event that each act proposes."""
REASONED = frozenset({"change", "retire", "reinstate", "propose-class", "reject-class"})
"""Acts that say why."""
ObjectRef = UUID | Name
"""Another object: people give its name, systems may give its id."""
_COMMON = frozenset(StepRequest.model_fields)


def _request(act: str, event: type[e.CatalogueChange]) -> type[StepRequest]:
    fields: dict[str, Any] = {
        name: (ObjectRef if info.annotation is UUID else info.annotation, FieldInfo.merge_field_infos(info, annotation=None))
        for name, info in event.model_fields.items()
        if name not in event.FILLED_IN
    }
    if act in REASONED:
        fields["reason"] = (Text, Field(min_length=1, description="Why"))
    name = "".join(word.capitalize() for word in act.split("-"))
    return create_model(f"{name}ObjectRequest", __base__=StepRequest, **fields)


CATALOGUE_REQUESTS: Mapping[str, type[StepRequest]] = {act: _request(act, event) for act, event in ACTS.items()}
"""Act to its request model: the event's own fields, and what every step takes."""


def parse_act(act: str, fields: Mapping[str, Any], find: Callable[[str], UUID]) -> StepRequest:
    """Read a request; empty strings, as forms send them, count as left out.

    `find` turns a name or an alias into the object's id; an id is taken as it is. Raises `InvalidFieldsError` naming each wrong
    field, and what `find` raises.
    """
    told = {name: value for name, value in fields.items() if value not in ("", None)}
    if "to" in told:
        told["to"] = _object(str(told["to"]), find)
    try:
        return CATALOGUE_REQUESTS[act].model_validate(told)
    except ValidationError as error:
        wrong = "; ".join(f"{_place(one['loc']) or act}: {one['msg']}" for one in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def _object(told: str, find: Callable[[str], UUID]) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return find(told)


def with_facts(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as a form or the options of a command have them, those of the object's facts gathered under `facts`.

    What is told as one line with commas between its parts becomes a list, an id in another register is written `register:id`,
    and what is empty is left out.
    """
    model = MODELS[kind]
    facts: dict[str, Any] = {"kind": kind}
    for name in model.model_fields.keys() & fields.keys() - {"kind"}:
        value = fields[name]
        if value in ("", None):
            continue
        if get_origin(model.model_fields[name].annotation) is tuple and isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        facts[name] = tuple(map(_outside, value)) if name == "outside" else value
    return {"facts": facts, **{name: value for name, value in fields.items() if name not in model.model_fields}}


def _outside(told: object) -> object:
    if not isinstance(told, str):
        return told
    register, _, ident = told.partition(":")
    return {"register_name": register.strip(), "id": ident.strip()}


def to_act(act: str, request: StepRequest, origin: Origin) -> e.CatalogueChange:
    """The event that the request proposes."""
    own = {name: getattr(request, name) for name in type(request).model_fields if name not in _COMMON}
    return ACTS[act].model_validate({**own, "meta": meta_of(request, origin)})


def wrong_fields(error: InvalidFieldsError) -> dict[str, str]:
    """Field of the form to what is wrong with it; those of the facts by their own names."""
    return dict(_wrong(error.__cause__))


def _wrong(cause: BaseException | None) -> Iterator[tuple[str, str]]:
    if isinstance(cause, ValidationError):
        for one in cause.errors(include_url=False):
            yield _place(one["loc"]), one["msg"]


def _place(loc: tuple[int | str, ...]) -> str:
    # Before a field of the facts pydantic names the kind that it read them as: people know the field by its own name.
    known = loc[:1] == ("facts",) and len(loc) > 2 and loc[1] in set(Kind)  # noqa: PLR2004 - facts, kind, field
    return ".".join(map(str, loc[2:] if known else loc))
