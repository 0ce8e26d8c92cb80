"""Who is calling, and how each route obeys that: a route that does not say is the house's alone."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, TypeVar

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request

from domain.errors import SporlogError
from domain.organisation.access import Period, Scope, is_audit
from domain.time import rfc3339_local

E = TypeVar("E", bound=Callable[..., object])
_DECLARED = "sporlog_tells"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


@dataclass(frozen=True)
class House:
    """Whoever has the token of `sporlog up`: sees all, and names the actor."""


@dataclass(frozen=True)
class Person:
    """Somebody with a token of their own: sees `scope`, and acts as `holder`."""

    holder: str
    scope: Scope
    token_sha256: str
    """Which grant let them in: one that was given anew is another one."""
    period: Period | None = None
    """When it lets them in; None: always."""


@dataclass(frozen=True)
class Tool:
    """A source with its own token: sends its alerts, and reads what became of them."""

    source: str


Caller = House | Person | Tool


class Tells(Enum):
    """What a route's answer depends on."""

    OWN = "own"
    """Of incidents, and of the organisation on account of them, it tells what the caller may see."""
    ENTITY = "entity"
    """It tells of entities as such, those that the caller may see: not for an auditor, who sees single incidents."""
    WHOLE = "whole"
    """It tells of what belongs to no entity, as signals do until they are in an incident: for whoever may read all of them."""
    COMMON = "common"
    """The same for everybody: it knows no incident and no entity."""
    SOURCE = "source"
    """It takes from a source or tells it of its own signals: the address names which. For that source and the house."""
    HOUSE = "house"
    """It reads or changes what concerns every entity."""


class HouseOnlyError(SporlogError):
    """A token of one's own does not open this address."""

    code: ClassVar[str] = "house-only"
    status: ClassVar[int] = 403


class AuditReadsOnlyError(SporlogError):
    """An auditor changes nothing."""

    code: ClassVar[str] = "audit-reads-only"
    status: ClassVar[int] = 403


class AuditedIncidentsOnlyError(SporlogError):
    """An auditor's access is to single incidents."""

    code: ClassVar[str] = "audited-incidents-only"
    status: ClassVar[int] = 403


class OutsidePeriodError(SporlogError):
    """The access does not open anything yet, or no longer."""

    code: ClassVar[str] = "outside-period"
    status: ClassVar[int] = 403

    def __init__(self, period: Period) -> None:
        start, end = rfc3339_local(period.start), rfc3339_local(period.end)
        super().__init__(f"this access holds from {start} until {end}: ask whoever gave it for another one")


class UnguardedRouteError(RuntimeError):
    """A route that would be open to whoever comes."""


def tells(what: Tells) -> Callable[[E], E]:
    """Declare it of an endpoint, below the decorator that makes it a route."""

    def declare(endpoint: E) -> E:
        setattr(endpoint, _DECLARED, what)
        return endpoint

    return declare


def declared(endpoint: object) -> Tells | None:
    """What was declared; None when it was forgotten."""
    found: Tells | None = getattr(endpoint, _DECLARED, None)
    return found


def caller_of(request: Request) -> Caller | None:
    """As the gate found it; None where no sign-in is needed."""
    found: Caller | None = request.state.caller
    return found


def is_confined(caller: Caller | None) -> bool:
    """Whether there are entities that the caller may not read."""
    return isinstance(caller, Person) and caller.scope is not None


def is_auditor(caller: Caller | None) -> bool:
    """Whether they read single incidents and change nothing."""
    return isinstance(caller, Person) and is_audit(caller.scope)


class OtherSourceError(SporlogError):
    """A source's token opens that source's own addresses and no other."""

    code: ClassVar[str] = "other-source"
    status: ClassVar[int] = 403


async def obey(request: Request) -> None:
    """Stands before every route.

    Raises `HouseOnlyError`, `OtherSourceError`, `AuditReadsOnlyError`, `AuditedIncidentsOnlyError`.
    """
    caller, what = caller_of(request), declared(request.scope["endpoint"])
    if is_auditor(caller):
        _obey_as_auditor(request, what)
    if isinstance(caller, Person) and what is Tells.WHOLE and is_confined(caller):
        raise HouseOnlyError(f"{request.method} {request.url.path} takes access to every entity")
    if isinstance(caller, Person) and what not in {Tells.OWN, Tells.ENTITY, Tells.WHOLE, Tells.COMMON}:
        raise HouseOnlyError(f"{request.method} {request.url.path} takes the house's own token, that of `sporlog up`")
    if isinstance(caller, Tool) and (what is not Tells.SOURCE or request.path_params["source"] != caller.source):
        raise OtherSourceError(f"this token is the source {caller.source!r}'s: it opens POST /intake/{caller.source} alone")


def obeying(*, prefix: str = "", tags: list[str | Enum] | None = None, include_in_schema: bool = True) -> APIRouter:
    """A router whose every route stands behind `obey`; the application takes in no other."""
    return APIRouter(prefix=prefix, tags=tags, include_in_schema=include_in_schema, dependencies=[Depends(obey)])


def take_in(app: FastAPI, router: APIRouter) -> None:
    """Give the application the routes as they are: included, FastAPI would make each of them a second time.

    Raises `UnguardedRouteError`, a defect: nobody would stand before that route.
    """
    for route in router.routes:
        if not isinstance(route, APIRoute) or obey not in [each.dependency for each in route.dependencies]:
            raise UnguardedRouteError(f"{route} stands behind nobody: make its router with `obeying`")
    app.router.routes.extend(router.routes)


def _obey_as_auditor(request: Request, what: Tells | None) -> None:
    # Signing in and out is common to all, and changes nothing but the browser.
    if request.method not in SAFE and what is not Tells.COMMON:
        raise AuditReadsOnlyError(f"{request.method} {request.url.path}: an auditor's access reads, and changes nothing")
    if what is Tells.ENTITY:
        raise AuditedIncidentsOnlyError(f"{request.url.path} tells of whole entities: an auditor's access is to its incidents")
