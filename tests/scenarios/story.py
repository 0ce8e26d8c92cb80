"""A scenario: who does what when, in the municipality of a policy file, told through the public HTTP API alone.

Times are Copenhagen's clock, as people say them; time stands still until the story moves it. Whoever acts is told as `u-201`,
or as `u-201 as assessor` when they say in which role.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from adapters.organisation.file import read_organisation
from domain.incident.events import DeadlineMissed
from handlers.deadline_watch import DeadlineWatch
from tests.adapters.web.support import House, a_house

POLICIES = Path(__file__).parent / "policies"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START = "2026-11-20 08:00"
"""A Friday; the organisation is set up then."""


@dataclass
class Story:
    """What is told, and what the API answers about it. `ref` is the incident that is spoken of."""

    house: House
    api: httpx.AsyncClient
    ref: str = ""

    def at(self, when: str) -> None:
        """The clock reads this."""
        self.house.clock.now = datetime.fromisoformat(when).replace(tzinfo=COPENHAGEN)

    async def organised_by(self, name: str) -> None:
        """The organisation of a policy file is on record."""
        wanted = read_organisation(POLICIES / f"{name}.toml").model_dump(mode="json", exclude_none=True)
        answer = await self.api.put("/api/v1/organisation", json=wanted)
        assert answer.status_code == 200, answer.text

    async def report(self, who: str, title: str, **fields: object) -> str:
        """An incident begins; from here on the story speaks of it."""
        answer = await self.api.post("/api/v1/incidents", json={**_acting(who), "title": title, **fields})
        assert answer.status_code == 201, answer.text
        self.ref = str(answer.json()["ref"])
        await self._seen(answer)
        return self.ref

    async def does(self, who: str, step: str, **fields: object) -> int:
        """Somebody takes a step; the number under which later steps refer to it."""
        answer = await self.ask(who, step, **fields)
        assert answer.status_code == 200, f"{who} {step}: {answer.text}"
        await self._seen(answer)
        told = answer.json()
        return int(told["version"]) - len(told["events"]) + 1

    async def refused(self, who: str, step: str, code: str, status: int = 409, **fields: object) -> None:
        """Somebody tries; it is refused by this name, and the log stays as it was."""
        before = self.house.store.head()
        answer = await self.ask(who, step, **fields)
        assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
        assert self.house.store.head() == before

    async def ask(self, who: str, step: str, **fields: object) -> httpx.Response:
        """The bare request."""
        address = "/api/v1/incidents" if step == "report" else f"/api/v1/incidents/{self.ref}/{step}"
        return await self.api.post(address, json={**_acting(who), **fields})

    async def time_goes_on(self) -> list[str]:
        """Sporlog looks at the clock; the kinds of deadlines that it notes as missed."""
        before, parts = self.house.store.head(), self.house.parts
        await DeadlineWatch(parts.deadlines, parts.desk.committer, self.house.clock).look()
        await parts.wait_for(self.house.store.head())
        noted = (recorded.event for recorded in self.house.store.read(before, 1000))
        return [event.kind for event in noted if isinstance(event, DeadlineMissed)]

    async def incident(self, *, position: int | None = None) -> dict[str, Any]:
        """As it stands, or as it was known at a position of the log."""
        answer = await self.api.get(f"/api/v1/incidents/{self.ref}", params={"position": position} if position else {})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def row(self) -> dict[str, Any]:
        """Its line in the register."""
        listed = (await self.api.get("/api/v1/incidents")).json()
        return next(one for one in listed if one["ref"] == self.ref)

    async def events(self, *steps: str) -> list[dict[str, Any]]:
        """Its history, or only these steps."""
        told = (await self.api.get(f"/api/v1/incidents/{self.ref}/events")).json()
        return [one for one in told if not steps or one["step"] in steps]

    async def owed(self) -> dict[str, str]:
        """Each clock that runs, to when it runs out (Copenhagen); the CSIRT's answer too."""
        clocks = (await self.incident())["deadlines"]
        return {one["kind"]: shown(one["due_at"]) for one in clocks if one["discharged_at"] is None}

    async def met(self) -> dict[str, str]:
        """Each clock that was met, to when (Copenhagen), marked when late."""
        clocks = [one for one in (await self.incident())["deadlines"] if one["discharged_at"] is not None]
        return {one["kind"]: shown(one["discharged_at"]) + (" late" if one["late"] else "") for one in clocks}

    async def deviations(self) -> dict[str, list[str]]:
        """Step to how it departed from the process, of those that did; a step taken twice adds up."""
        found: dict[str, list[str]] = {}
        for one in await self.events():
            if one["data"].get("deviations"):
                found.setdefault(one["step"], []).extend(one["data"]["deviations"])
        return found

    async def speaking_of(self, ref: str) -> "Story":
        """The same house, another incident."""
        return Story(self.house, self.api, ref)

    @asynccontextmanager
    async def through_the_eyes_of(self, who: str, *entities: str) -> AsyncIterator["Story"]:
        """The same house and incident, by the token of somebody who may see these entities only."""
        token = await self.house.grant(who, *entities)
        async with self.house.visitor(Authorization=f"Bearer {token}") as api:
            yield Story(self.house, api, self.ref)

    async def _seen(self, answer: httpx.Response) -> None:
        await self.house.parts.wait_for(answer.json()["position"])


@asynccontextmanager
async def a_story(folder: Path, policy: str, *, postgres_url: str | None = None) -> AsyncIterator[Story]:
    """The municipality of this policy file on an ordinary Friday morning."""
    async with a_house(folder, postgres_url=postgres_url) as house, house.client() as api:
        story = Story(house, api)
        story.at(START)
        await story.organised_by(policy)
        yield story


def shown(instant: str) -> str:
    """RFC 3339 as Copenhagen's clock shows it; seconds only where there are any."""
    local = datetime.fromisoformat(instant).astimezone(COPENHAGEN)
    return f"{local:%Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")


def _acting(who: str) -> Mapping[str, str]:
    actor, _, role = who.partition(" as ")
    return {"actor": actor, "role": role} if role else {"actor": actor}
