"""Three reporting entities in one log, each with an incident that everything is told of, and every address there is."""

import asyncio
import io
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote
from zipfile import ZipFile

import httpx

from adapters.lists.table import LISTS
from domain.incident.events import Reported
from domain.organisation.events import ORGANISATION
from domain.policy import Policy
from domain.roles import Role
from domain.submissions.kinds import ReportKind
from handlers.evidence import Sending, attach
from tests.adapters.web.support import START, House
from tests.support.organisations import OTHER_CVR, named, placed, policy, registered

TOWN, WATER, HARBOUR = "laerkeborg", "vand", "havn"
SECRET = {TOWN: "Kommunens-hemmelighed", WATER: "Vandets-hemmelighed", HARBOUR: "Havnens-hemmelighed"}
HOLDERS = {TOWN: "u-kommune", WATER: "u-vand", HARBOUR: "u-havn"}
STREAMS = ("/live", "/haendelser/{reference}/live", "/api/v1/stream")


class Town(NamedTuple):
    """The house, an incident of each entity, and the one that the town shared with the water company."""

    house: House
    refs: dict[str, str]
    shared: str
    evidence: dict[str, int]
    """The number of the evidence that each of these incidents has."""
    token: str
    """Of somebody who may see the water company."""

    def addresses(self, path: str, reference: str) -> list[str]:
        """As below; the evidence is that of the incident."""
        return addresses(path.replace("{number}", str(self.evidence[reference])), reference)

    @property
    def others(self) -> list[str]:
        """What may stand in no answer: texts, names, references and ids of the two others."""
        begun = [one for one in self.house.store.read(0, 1000) if isinstance(one.event, Reported)]
        ids = [str(one.aggregate_id) for one in begun if self.house.store.entity_of(one.aggregate_id) != WATER]
        told = [SECRET[TOWN], SECRET[HARBOUR], HOLDERS[TOWN], HOLDERS[HARBOUR]]
        return [*told, "H-2026-000", "HA-2026-000", *ids, *(one.replace("-", "") for one in ids)]

    def client(self) -> httpx.AsyncClient:
        return self.house.visitor(Authorization=f"Bearer {self.token}", Accept="text/html")


async def an_incident(house: House, entity: str) -> str:
    """With everything that the pages, lists and papers tell of."""
    secret, holder = SECRET[entity], HOLDERS[entity]
    reference = await house.report(f"{secret} A", entity=entity, description=secret, place=secret, services=[secret])
    act = partial(house.step, reference, actor=holder)
    await act("assess", significant=False, nis2_category="low", reason=secret, role="assessor")
    await act("plan-task", owner=holder, due_at="2026-11-22 10:00", task=secret)
    await act("breach", breach_aware_at="2026-11-22 10:00", risk="possible", nature=secret)
    await act("root-cause", cause="human_errors", cause_key="x", text=secret)
    await act("voluntary-notification", receipt=secret)
    await act("draft-submission", report="early_warning", values={"summary": secret})
    await act("review", review="post_incident", conclusion=secret)
    await act("mitigate")
    return reference


async def some_evidence(house: House, reference: str, secret: str, told: str = "") -> int:
    """`secret` is its name; and what is in it, unless that is `told`."""

    async def content() -> AsyncIterator[bytes]:
        yield (told or secret).encode()

    origin = house.parts.origin("api", "test")
    parts, sending = house.parts, Sending({"name": secret, "actor": "u-deler"})
    done = await attach(parts.desk, parts.evidence, reference, sending, content(), origin=origin)
    return done.incident.version


async def a_town(house: House) -> Town:
    events: list[Any] = [registered(), policy(Policy(four_eyes=False))]
    events += [registered(WATER, cvr=OTHER_CVR, prefix="VA"), registered(HARBOUR, cvr="34567891", prefix="HA")]
    for entity, holder in HOLDERS.items():
        deputies = ("u-deler",) if entity == TOWN else ()
        events += [placed(role, holder, *deputies, entity=entity) for role in Role]
        events += [named(holder, entity), policy(Policy(phases=("discovery", "handling"), assess_within_hours=7), entity)]
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, events, expected=0))
    refs = {entity: await an_incident(house, entity) for entity in (TOWN, WATER, HARBOUR)}
    closed = await house.report(f"{SECRET[HARBOUR]} B", entity=HARBOUR)
    await house.step(closed, "close", reason="not_an_incident", actor=HOLDERS[HARBOUR])
    origin = await house.report("Fælles leverandør", entity=TOWN)
    await house.step(origin, "share", entity=WATER, reason=SECRET[TOWN], actor="u-deler")
    # And the other way: what the water company shares itself leads to an incident that it may not see.
    await house.step(refs[WATER], "share", entity=HARBOUR, reason="Fælles", actor=HOLDERS[WATER])
    shared = "VA-2026-0002"
    told = {refs[entity]: SECRET[entity] for entity in refs} | {shared: SECRET[WATER]}
    evidence = {reference: await some_evidence(house, reference, secret) for reference, secret in told.items()}
    house.clock.go_on(hours=2)
    house.parts.ledger.make()
    return Town(house, refs, shared, evidence, await house.grant(HOLDERS[WATER], WATER))


def addresses(path: str, reference: str) -> list[str]:
    """The addresses of a route's pattern about one incident, each list and each kind of notice."""
    found = [path.replace("{ref}", reference).replace("{reference}", reference)]
    for part, values in (("{name}", LISTS), ("{kind}", [kind.value for kind in ReportKind])):
        found = [one.replace(part, value) for one in found for value in (values if part in one else [""])]
    return [f"{one}{query}" for one in found for query in QUERIES.get(path, ("",))]


QUERIES = {
    "/api/v1/incidents": ("", "?format=csv", "?open=true", "?status=closed"),
    "/api/v1/incidents/{ref}": ("", f"?at={quote(START.isoformat())}"),
    "/": ("", f"?at={quote(START.isoformat())}"),
    "/alarmer": ("", f"?at={quote(START.isoformat())}"),
    "/haendelser/{reference}": ("", "?position=20", "?trin=merge"),
    "/api/v1/incidents/{ref}/sheets/{kind}": ("?format=text", "?format=json"),
    "/api/v1/incidents/{ref}/brief": ("?format=text", "?format=json", "?format=pdf"),
    "/api/v1/action-cards": ("", f"?entity={TOWN}", "?format=pdf"),
    "/api/v1/ledger/proof": ("?position=1",),
    "/api/v1/ledger/consistency": ("?from=1",),
    "/api/v1/lists/{name}": ("", "?exercises=true", "?format=csv"),
}


async def asked(town: Town, client: httpx.AsyncClient, address: str) -> httpx.Response:
    """One answer; a stream's first part of it."""
    house = town.house
    if not address.endswith(("/live", "/stream")):
        return await client.get(address)
    house.commits.closed = False
    asyncio.get_running_loop().call_later(0.4, house.commits.close)
    answer = await client.get(address)
    house.commits.closed = False
    return answer


def text_of(answer: httpx.Response) -> str:
    if answer.headers.get("content-type") != "application/zip":
        return answer.text
    with ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
