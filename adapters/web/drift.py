"""/api/v1/catalogue/drift: in what the catalogue and other registers differ, and what a person does about it."""

from collections.abc import Mapping
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from adapters.catalogue.import_json import comparison_json, names_in
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.catalogue import REFUSALS
from adapters.web.language import language_of
from adapters.web.live import caught_up
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from domain.catalogue.importing import Comparison
from domain.catalogue.taking import chosen_by_rule
from domain.incident.events import Text
from domain.time import rfc3339_utc
from handlers.catalogue_imports import because
from handlers.registers import Decision, NoRegisterError, RegisterState, decide_drift, drift
from handlers.requests import Origin
from projections.catalogue import names_of


class Drift(NamedTuple):
    """A register, and in what it differs from the catalogue. `names` are those of the objects that differences speak of."""

    state: RegisterState
    found: Comparison
    names: Mapping[UUID, str]


class DriftDecision(BaseModel):
    """What a person chose, by the differences' ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    take: Annotated[tuple[str, ...], Field(description="These are taken over")] = ()
    keep: Annotated[tuple[str, ...], Field(description="Of these what is in the catalogue stays")] = ()
    take_plain: Annotated[bool, Field(description="All is taken over that nobody changed here")] = False
    reason: Annotated[Text, Field(min_length=1, description="Why")]


class DriftDecided(BaseModel):
    """The choice is durable. `import_number` can be undone; None: nothing was taken over."""

    import_number: int | None
    events: int
    kept: int
    position: int


def drift_router(parts: WebParts) -> APIRouter:
    """Before the router of objects: `drift` is no object's id."""
    router = obeying(prefix="/api/v1/catalogue/drift", tags=["catalogue"])

    @router.get("", summary="In what the catalogue and the other registers differ, as both stand now")
    @tells(Tells.WHOLE)
    async def show(request: Request) -> Response:
        language = language_of(request)
        drifts = await reading(read_drifts, parts.of(request))
        return json_answer(
            [
                {
                    "register": one.state.name,
                    "read_at": one.state.read_at and rfc3339_utc(one.state.read_at),
                    "last_error": one.state.last_error,
                    "error_at": one.state.error_at and rfc3339_utc(one.state.error_at),
                    **comparison_json(one.found, one.names, language),
                }
                for one in drifts
            ]
        )

    @router.post("/{register}", summary="Take over or keep differences", response_model=DriftDecided, responses=REFUSALS)
    @tells(Tells.WHOLE)
    async def decide(
        request: Request, register: Annotated[str, Path(description="The register's name")], body: DriftDecision
    ) -> Response:
        own = parts.of(request)
        decision = Decision(body.take, body.keep, chosen_by_rule if body.take_plain else lambda _: ())
        origin = own.origin("api", correlation_id(request))
        told = await decided(own, register, decision, body.reason, origin)
        await caught_up(parts, told.position)
        return json_answer(told.model_dump())

    return router


def read_drifts(parts: WebParts) -> list[Drift]:
    """Every register that is configured."""
    return [_drift(parts, state) for state in parts.registers()]


def _drift(parts: WebParts, state: RegisterState) -> Drift:
    with parts.catalogue() as connection:
        found = drift(parts.desk.history, connection, state)
        return Drift(state, found, names_in(found, names_of(connection)))


def _of_register(parts: WebParts, register: str) -> Drift:
    state = next((one for one in parts.registers() if one.name == register), None)
    if state is None:
        raise NoRegisterError(f"no register {register!r} is set up here")
    return _drift(parts, state)


async def decided(parts: WebParts, register: str, decision: Decision, reason: str, origin: Origin) -> DriftDecided:
    """Record a choice. Raises `NoRegisterError` and what `decide_drift` raises."""
    # Whoever reads again what they just changed must be able to decide on what they see.
    await parts.wait_for(parts.desk.history.head())
    found = (await reading(_of_register, parts, register)).found.differences
    taken, kept, position = await decide_drift(parts.desk, register, found, decision, because(origin, reason))
    return DriftDecided(import_number=taken.number or None, events=taken.events, kept=kept, position=position)
