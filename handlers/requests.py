"""What a person or a system is asked for at each step: made from the event's own model, so the two cannot drift apart.

The HTTP API, its OpenAPI document, the CLI's options and the page's forms all come from `REQUESTS`.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, cast, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from domain.errors import InvalidInputError
from domain.events import Meta
from domain.incident.events import IncidentEvent, Name, Reported
from domain.incident.steps import NEEDS_TEXT
from domain.incident.transitions import BY_STEP, TRANSITIONS, Nature
from domain.roles import Role
from domain.signals import Severity
from domain.time import parse_time


def _when(value: object) -> object:
    return parse_time(value) if isinstance(value, str) and value.strip() else value or None


When = Annotated[AwareDatetime, BeforeValidator(_when)]
"""A time as people write it: with a zone, or Copenhagen's; see `domain.time.parse_time`."""


def _list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


LISTED = BeforeValidator(_list)
"""A list, or one line with commas between its parts."""


IncidentRef = UUID | Name
"""Another incident: people give its reference, systems may give its id."""


class StepRequest(BaseModel):
    """What every step takes besides its own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    occurred_at: Annotated[When | None, Field(description="When it happened; now, if left out")] = None
    actor: Annotated[Name | None, Field(description="Opaque id of who acts; the signed-in one, if left out")] = None
    role: Annotated[Role | None, Field(description="In which role; where it is left out, one that the actor holds")] = None
    on_behalf_of: Annotated[Name | None, Field(description="For whom, when not for oneself")] = None
    expected_version: Annotated[
        int | None, Field(ge=0, description="The incident's version that was seen; another one now gives a version-conflict")
    ] = None


class Origin(NamedTuple):
    """What the surface knows about whoever is asking. `now` is UTC."""

    actor: str
    channel: str
    correlation_id: str
    now: datetime
    os_user: str | None = None


class InvalidFieldsError(InvalidInputError):
    """Some fields are missing, unknown or unreadable; the message names each."""

    code = "invalid-fields"


COMMON = frozenset(StepRequest.model_fields)


def _request(step: str, event: type[IncidentEvent]) -> type[StepRequest]:
    fields: dict[str, Any] = {}
    for field, info in event.model_fields.items():
        if field in event.FILLED_IN:
            continue
        fields[field] = (_as_asked(info.annotation), FieldInfo.merge_field_infos(info, annotation=None))
    if (needed := NEEDS_TEXT.get(step)) is not None:
        fields[needed] = (get_args(event.model_fields[needed].annotation)[0], Field(min_length=1))
    if event is Reported:
        # On the telephone nobody knows these: it was detected when it is said to have happened, and is neither small nor big.
        fields["entity"] = (Name | None, None)
        fields["detected_at"] = (When | None, None)
        fields["severity"] = (Severity, Severity.MEDIUM)
    name = "".join(word.capitalize() for word in step.split("-"))
    return create_model(f"{name}Request", __base__=StepRequest, **fields)


def _as_asked(annotation: Any) -> Any:  # noqa: ANN401 - types are the values here
    # People write times the Danish way, lists with commas and other incidents by reference; a stored event holds none of these.
    asked = _ASKED.get(annotation, annotation)
    return Annotated[asked, LISTED] if get_origin(asked) is tuple else asked


_ASKED: Mapping[Any, Any] = {
    AwareDatetime: When,
    AwareDatetime | None: When | None,
    UUID: IncidentRef,
    UUID | None: IncidentRef | None,
    tuple[UUID, ...]: tuple[IncidentRef, ...],
}


REQUESTS: Mapping[str, type[StepRequest]] = {
    t.step: _request(t.step, cast("type[IncidentEvent]", t.event)) for t in TRANSITIONS if t.nature is not Nature.SYSTEM
}
"""Step name to its request model. System steps are not among them: nobody can ask for those."""


_REFERRING = (IncidentRef, IncidentRef | None, tuple[IncidentRef, ...])
REFERRING: Mapping[str, Mapping[str, bool]] = {
    step: {
        name: info.annotation == tuple[IncidentRef, ...]
        for name, info in model.model_fields.items()
        if info.annotation in _REFERRING
    }
    for step, model in REQUESTS.items()
}
"""Step to its fields that name other incidents, and whether they name several: people give references, the log holds ids."""


def parse_request(step: str, fields: Mapping[str, Any], find: Callable[[str], UUID]) -> StepRequest:
    """Read a request; empty strings, as forms send them, count as left out.

    `find` turns what names another incident, its reference or its id, into the id.

    Raises `InvalidFieldsError` naming each field, and what `find` raises.
    """
    model = REQUESTS.get(step)
    if model is None:
        msg = f"there is no step {step!r}: use one of {', '.join(REQUESTS)}"
        raise InvalidFieldsError(msg)
    told = {name: value for name, value in fields.items() if value not in ("", None)}
    for name in REFERRING[step].keys() & told.keys():
        several = REFERRING[step][name]
        named = cast("Any", _list(told[name])) if several else told[name]
        told[name] = [find(str(one)) for one in named] if several else find(str(named))
    try:
        return model.model_validate(told)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or step}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def meta_of(request: StepRequest, origin: Origin) -> Meta:
    """Who, when, through what."""
    return Meta(
        actor=request.actor or origin.actor,
        role=request.role,
        on_behalf_of=request.on_behalf_of,
        channel=origin.channel,
        os_user=origin.os_user,
        occurred_at=(request.occurred_at or origin.now).astimezone(UTC),
        correlation_id=origin.correlation_id,
    )


def to_event(step: str, request: StepRequest, origin: Origin, **filled_in: Any) -> IncidentEvent:  # noqa: ANN401 - event fields
    """The event that the request proposes."""
    own = {name: getattr(request, name) for name in type(request).model_fields if name not in COMMON}
    meta = meta_of(request, origin)
    if step == "report":
        own["detected_at"] = own["detected_at"] or meta.occurred_at
    event = BY_STEP[step].event
    return cast("IncidentEvent", event.model_validate({**own, **filled_in, "meta": meta}))
