"""Rules and maintenance by HTTP: read, changed, and tried on what came in."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from adapters.connecting.rules_json import maintenance_objects, rules_object, set_up_object, simulated_object
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts
from adapters.web.problems import correlation_id
from adapters.web.steps import PROBLEM, NewEvent
from domain.intake.events import IntakeEvent
from domain.intake.rules import RuleList, Rules
from domain.intake.state import Standing
from domain.signals import Disposition
from handlers.intake_setup import SetUp, change
from handlers.requests import Origin
from handlers.rule_changes import (
    Reasoned,
    WantedMaintenance,
    WantedRules,
    maintenance_announced,
    maintenance_cancelled,
    rules_set,
)
from handlers.rule_simulation import MOST_DAYS, simulate

UNREADABLE = "Something is missing, unknown, unreadable or cannot be meant. Nothing was written"
REFUSALS: dict[int | str, str] = {
    404: "No maintenance of that name is announced that is not over",
    422: UNREADABLE,
    503: "The store takes nothing now; nothing was written, send it again",
}


class SetUpChanged(BaseModel):
    """The change is durable. `rules` is the number of those that hold; without a difference there are no events."""

    version: int
    position: int
    rules: int
    events: list[NewEvent]


class MaintenanceTold(BaseModel):
    """Announced work; the end is not included."""

    name: str
    begins_at: str
    ends_at: str
    components: list[str]
    standing: Standing


class SimulationRequest(BaseModel):
    """Rules to try; those in force when left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: RuleList | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, description="How many days back")] = 30


class Beside(BaseModel):
    """How many there would have been, and how many there were."""

    would: int
    was: int


class OutcomeTold(Beside):
    """Signals that the rule decided in this way."""

    rule: str
    disposition: Disposition


class ComponentTold(Beside):
    """Incidents that were opened on the component."""

    component: str


class SimulationTold(BaseModel):
    """What the rules would have done beside what was done."""

    begins_at: Annotated[str, Field(alias="from")]
    ends_at: Annotated[str, Field(alias="to")]
    signals: int
    incidents: Beside
    outcomes: list[OutcomeTold]
    components: list[ComponentTold]


def rules_router(parts: WebParts) -> APIRouter:
    """Reading and changing the rules, trying them, and announcing maintenance."""
    router = obeying(prefix="/api/v1", tags=["rules"])
    history = parts.desk.history
    refusals: Any = {code: {"description": text, "content": PROBLEM} for code, text in REFUSALS.items()}

    @tells(Tells.HOUSE)
    async def recorded(proposed: IntakeEvent) -> Response:
        return json_answer(set_up_object(await set_up(parts, [proposed])))

    def origin(request: Request) -> Origin:
        return parts.origin("api", correlation_id(request))

    @router.get("/rules", summary="The rules in force, in order", response_model=Rules)
    @tells(Tells.HOUSE)
    async def show_rules() -> Response:
        return json_answer(rules_object((await reading(history.intake_setup)).rules))

    @router.post("/rules", summary="Make these the rules, all of them or none", response_model=SetUpChanged, responses=refusals)
    @tells(Tells.HOUSE)
    async def set_rules(body: WantedRules, request: Request) -> Response:
        return await recorded(rules_set(body.rules, body.reason, origin(request)))

    @router.post(
        "/rules/simulate",
        summary="What would these rules have done with what came in? Nothing is stored",
        response_model=SimulationTold,
        responses={422: refusals[422]},
    )
    @tells(Tells.HOUSE)
    async def try_rules(body: SimulationRequest) -> Response:
        rules = None if body.rules is None else Rules(rules=body.rules)
        return json_answer(simulated_object(await reading(simulate, history, rules, body.days, parts.clock())))

    @router.get("/maintenance", summary="Announced maintenance, by when it begins", response_model=list[MaintenanceTold])
    @tells(Tells.HOUSE)
    async def list_maintenance() -> Response:
        return json_answer(maintenance_objects((await reading(history.intake_setup)).maintenances, parts.clock()))

    @router.post(
        "/maintenance",
        summary="Announce maintenance; the same name again replaces it",
        response_model=SetUpChanged,
        responses=refusals,
    )
    @tells(Tells.HOUSE)
    async def announce(body: WantedMaintenance, request: Request) -> Response:
        return await recorded(maintenance_announced(body, origin(request)))

    @router.post(
        "/maintenance/{name}/cancel",
        summary="Call maintenance off, or end it early",
        response_model=SetUpChanged,
        responses=refusals,
    )
    @tells(Tells.HOUSE)
    async def cancel(name: str, body: Reasoned, request: Request) -> Response:
        return await recorded(maintenance_cancelled(name, body.reason, origin(request)))

    return router


async def set_up(parts: WebParts, proposed: Sequence[IntakeEvent]) -> SetUp:
    """Record a change of the set-up. Raises the domain's named refusals."""
    return await parts.desk.committer.submit(partial(change, proposed=proposed))
