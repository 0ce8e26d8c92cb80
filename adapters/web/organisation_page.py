"""GET /organisation: what is missing first, then who reports, who holds which role, who may file, whom to reach."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.catalogue.finding_texts import finding_sentence
from adapters.organisation.texts import CONTACTS, Label, policy_values
from adapters.web.answers import reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.language import language_of
from adapters.web.parts import WebParts
from adapters.web.rendering import Pages
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.catalogue.classes import ServiceClass
from domain.catalogue.findings import FindingKind, service_findings
from domain.catalogue.landscape import Node
from domain.errors import UnavailableError
from domain.organisation.events import Contact
from domain.organisation.state import Entity, Organisation, Placing
from domain.organisation.warnings import warnings
from domain.policy import Policy
from domain.roles import ROLES

SERVICES_SHOWN = 10
"""Sentences on what services lack; the others are counted."""
_LACKS = frozenset({FindingKind.NO_PLAN, FindingKind.NO_OWNER})


class RoleLine(NamedTuple):
    """One row of an entity's roles."""

    name: str
    task: str
    administration: str | None
    placing: Placing


class EntityPart(NamedTuple):
    """What is shown of one entity."""

    name: str
    entity: Entity
    roles: tuple[RoleLine, ...]
    filers: Mapping[str, Any]
    policy: tuple[tuple[str, str], ...]
    """Its own; empty when the general one holds."""


class OrganisationView(NamedTuple):
    """The whole page, in one language."""

    warnings: tuple[str, ...]
    entities: tuple[EntityPart, ...]
    contacts: tuple[tuple[str, str | None], ...]
    policy: tuple[tuple[str, str], ...]


def organisation_page_router(parts: WebParts, pages: Pages) -> APIRouter:
    """Reading only: it is changed through the file or the API, by whoever may."""
    router = obeying(include_in_schema=False)

    @router.get("/organisation")
    @tells(Tells.ENTITY)
    async def show(request: Request) -> Response:
        own, language = parts.of(request), language_of(request)
        organisation = await reading(own.desk.organisation)
        found = warnings(organisation, now=parts.clock())
        said = tuple(one.english if language == "en" else one.danish for one in found)
        said += await reading(_of_critical_services, own, language)
        return pages.page(request, "organisation.html", view=_view(organisation, said, language))

    return router


def _of_critical_services(parts: WebParts, language: Language) -> tuple[str, ...]:
    """What the services critical to society lack, for whoever may read the whole catalogue."""
    if parts.desk.scope is not None:
        return ()
    # Whom to reach must be told also while the catalogue's tables cannot be read.
    with suppress(UnavailableError):
        seen = parts.landscape()
        found = [one for one in service_findings(seen) if one.kind in _LACKS and _is_critical(seen.nodes[one.about])]
        said = tuple(finding_sentence(one, seen, language) for one in found[:SERVICES_SHOWN])
        left = len(found) - len(said)
        return (*said, text(language, "organisation.more-services", count=left)) if left else said
    return ()


def _is_critical(service: Node) -> bool:
    return service.service_class is ServiceClass.SOCIETY_CRITICAL


def _view(organisation: Organisation, said: tuple[str, ...], language: Language) -> OrganisationView:
    return OrganisationView(
        warnings=said,
        entities=tuple(_entity(organisation, name, entity, language) for name, entity in organisation.entities.items()),
        contacts=tuple((_to(CONTACTS[one], language), organisation.contacts.get(one)) for one in Contact),
        policy=tuple(_policy(organisation.policies.get(None, Policy()), language)),
    )


def _entity(organisation: Organisation, name: str, entity: Entity, language: Language) -> EntityPart:
    roles = []
    for place, placing in organisation.placings.items():
        if place.entity == name:
            told = ROLES[place.role]
            label = Label(told.danish, told.english)
            task = Label(told.task_da, told.task_en)
            roles.append(RoleLine(_to(label, language), _to(task, language), place.administration, placing))
    own = organisation.policies.get(name)
    policy = () if own is None else tuple(_policy(own, language))
    return EntityPart(name, entity, tuple(roles), organisation.filers.get(name, {}), policy)


def _policy(policy: Policy, language: Language) -> list[tuple[str, str]]:
    return [(_to(label, language), _shown(value, language)) for label, value in policy_values(policy)]


def _shown(value: object, language: Language) -> str:
    if isinstance(value, bool):
        return text(language, "organisation.yes") if value else text(language, "organisation.no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _to(label: Label, language: Language) -> str:
    return label.english if language == "en" else label.danish
