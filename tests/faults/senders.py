"""Tools and people that send without end, and a ledger of what they were promised."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import orjson
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import APIError

from tests.faults.house import House

MANAGER = "wazuh-01"
REFUSED = 503


def alert(number: str, *, level: int = 7, component: str = "fs01") -> dict[str, Any]:
    """A Wazuh alert; its signal's id is `event_id(number)`."""
    return {
        "timestamp": "2026-03-01T02:11:09.123+0100",
        "id": number,
        "manager": {"name": MANAGER},
        "rule": {"id": "5763", "level": level, "description": f"Mange fejlede logins ({number})", "groups": ["sshd"]},
        "agent": {"id": "014", "name": component},
    }


def event_id(number: str) -> str:
    return f"{MANAGER}/{number}"


@dataclass
class Ledger:
    """What was sent and what was answered. An attempt without an answer may or may not have been taken."""

    acknowledged: Counter[str] = field(default_factory=Counter)
    """Alerts by their id: how often somebody was told that it is kept."""
    unanswered: Counter[str] = field(default_factory=Counter)
    reported: dict[str, str] = field(default_factory=dict)
    """Reference by correlation id: incidents that somebody was told are recorded."""
    noted: dict[str, str] = field(default_factory=dict)
    """The same for a step on an incident."""
    unanswered_commands: set[str] = field(default_factory=set)
    refused: int = 0
    surprises: list[str] = field(default_factory=list)
    """Answers that nobody should ever get."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """So that no two senders ever use the same id."""


class Senders:
    """Webhooks, NATS publishers and people. Each id is new, but for some alerts that are sent again on purpose."""

    def __init__(self, house: House, ledger: Ledger, *, pause: float = 0.01) -> None:
        self._house, self._ledger, self._pause = house, ledger, pause
        self._random = random.Random(2026)

    async def webhook(self) -> None:
        numbers = [self._number("h") for _ in range(self._random.randint(1, 3))]
        body = orjson.dumps([self._alert(number) for number in numbers])
        await self.post_alerts(numbers, body)

    async def post_alerts(self, numbers: list[str], body: bytes) -> None:
        answer = await self._post("/intake/wazuh", content=body)
        ids = [event_id(number) for number in numbers]
        if answer is None:
            self._ledger.unanswered.update(ids)
        elif answer.status_code == httpx.codes.OK:
            self._ledger.acknowledged.update(one["source_event_id"] for one in answer.json()["taken"])

    async def person(self) -> None:
        reference = await self._command(
            "/api/v1/incidents", self._ledger.reported, {"title": "Fagsystem svarer ikke", "severity": "high"}
        )
        if reference is not None:
            await self._command(f"/api/v1/incidents/{reference}/note", self._ledger.noted, {"text": "Ringet til leverandøren"})

    async def publish(self, nc: Client, *, times: int = 1) -> None:
        """As a tool does: a JetStream publish, counted as kept only if the server said so."""
        number = self._number("n")
        for _ in range(times):
            try:
                await nc.jetstream().publish("intake.wazuh", orjson.dumps(self._alert(number)), timeout=3)
            except (NatsError, OSError, APIError, TimeoutError):
                self._ledger.unanswered[event_id(number)] += 1
                await asyncio.sleep(0.1)
            else:
                self._ledger.acknowledged[event_id(number)] += 1

    async def _command(self, path: str, kept: dict[str, str], body: dict[str, Any]) -> str | None:
        correlation = f"test-{next(self._ledger.numbers)}"
        answer = await self._post(path, json=body, headers={"X-Correlation-ID": correlation})
        if answer is None:
            self._ledger.unanswered_commands.add(correlation)
        elif answer.is_success:
            kept[correlation] = answer.json()["ref"]
            return kept[correlation]
        return None

    async def _post(self, path: str, **what: Any) -> httpx.Response | None:  # noqa: ANN401 - httpx's own
        try:
            answer = await self._once_connected(path, **what)
        except httpx.TransportError:
            return None
        if answer.status_code == REFUSED and answer.headers.get("Retry-After"):
            self._ledger.refused += 1
            await asyncio.sleep(0.05)
        elif not answer.is_success:
            self._ledger.surprises.append(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer

    async def _once_connected(self, path: str, **what: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        """What could not even connect was not sent: it is no attempt."""
        async with asyncio.timeout(60):
            while True:
                try:
                    return await self._house.http.post(path, **what)
                except httpx.ConnectError:
                    await asyncio.sleep(0.02)

    def _alert(self, number: str) -> dict[str, Any]:
        level = self._random.choice((3, 7, 7, 7, 7, 12))
        return alert(number, level=level, component=f"fs{self._random.randint(1, 20):02}")

    def _number(self, way: str) -> str:
        if self._random.random() < 0.1 and (before := list(self._ledger.acknowledged)[-20:]):
            return self._random.choice(before).removeprefix(f"{MANAGER}/")
        return f"{way}{next(self._ledger.numbers)}"

    @asynccontextmanager
    async def at_work(self, *, webhooks: int = 3, publishers: int = 2, people: int = 1) -> AsyncIterator[None]:
        """Keep sending beside the block; everybody has finished their last attempt on leaving."""
        leaving = asyncio.Event()
        nc = await self._house.bus()

        async def keep_on(sender: Any) -> None:  # noqa: ANN401 - a function that sends once
            while not leaving.is_set():
                await sender()
                await asyncio.sleep(self._pause)

        async def publish() -> None:
            await self.publish(nc)

        work: list[Coroutine[None, None, None]] = [keep_on(self.webhook) for _ in range(webhooks)]
        work += [keep_on(publish) for _ in range(publishers)] + [keep_on(self.person) for _ in range(people)]
        try:
            async with asyncio.TaskGroup() as tasks:
                for one in work:
                    tasks.create_task(one)
                try:
                    yield
                finally:
                    leaving.set()
        finally:
            with suppress(OSError):  # its server may be gone just now
                await nc.close()
