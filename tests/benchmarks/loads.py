"""The loads, each in a process of its own so that it costs the measured one nothing: `python -m tests.benchmarks.loads ...`."""

import asyncio
import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from itertools import islice
from typing import Any

import nats
import uvloop
from nats.aio.client import Client

from adapters.bus.publishing import Outgoing, append
from tests.benchmarks.alerts import bodies, starts_at
from tests.support.waiting import until

SETTLE_S = 60.0


async def publish(*, url: str, seconds: float, way: str, ahead: int) -> dict[str, Any]:
    """Publish for so long, never more than `ahead` alerts beyond what the KV bucket shows; then wait until it shows all.

    The bucket is the end of the way: what it counts was stored, relayed and folded.
    """
    nc = await nats.connect(url)
    shown, news = {"alerts": 0}, asyncio.Event()

    async def seen(message: Any) -> None:  # noqa: ANN401 - nats-py's message
        shown["alerts"] = json.loads(message.data)["signals"]
        news.set()

    await nc.subscribe("$KV.reporting.attempts.*", cb=seen)
    publisher, waiting, began = Publisher(nc, way), list[tuple[float, int]](), time.perf_counter()
    while time.perf_counter() - began < seconds:
        while publisher.alerts - shown["alerts"] >= ahead:
            news.clear()
            await asyncio.wait_for(news.wait(), SETTLE_S)
        await publisher.some()
        waiting.append((time.perf_counter() - began, publisher.alerts - shown["alerts"]))
    await publisher.finish()
    publishing_s = time.perf_counter() - began
    while shown["alerts"] < publisher.alerts:
        news.clear()
        await asyncio.wait_for(news.wait(), SETTLE_S)
    shown_s = time.perf_counter() - began
    await nc.close()
    return {
        "published": publisher.alerts,
        "publishing_s": publishing_s,
        "shown_s": shown_s,
        "bytes_a_message": publisher.bytes_a_message,
        "waiting_first_half": _mean([alerts for at, alerts in waiting if at <= publishing_s / 2]),
        "waiting_second_half": _mean([alerts for at, alerts in waiting if at > publishing_s / 2]),
    }


async def publish_raw(*, url: str, seconds: float, way: str) -> dict[str, Any]:
    """The same publishes to a stream that nobody reads."""
    nc = await nats.connect(url)
    publisher, began = Publisher(nc, way), time.perf_counter()
    while time.perf_counter() - began < seconds:
        await publisher.some()
    await publisher.finish()
    rate = publisher.alerts / (time.perf_counter() - began)
    await nc.close()
    return {"rate": rate}


class Publisher:
    """Publishes bodies in one of the ways that tools do, a hundred alerts or messages a step."""

    STEP = 100
    GROUP = 10
    IN_FLIGHT = 500
    """Messages on their way to an acknowledgement."""

    def __init__(self, nc: Client, way: str) -> None:
        self._nc, self._way = nc, way
        self._js = nc.jetstream(publish_async_max_pending=self.IN_FLIGHT)
        self._bodies = bodies(self.GROUP if way == "grouped" else 1)
        self._acknowledged: list[asyncio.Future[Any]] = []
        self.alerts = self.bytes_a_message = 0

    async def some(self) -> None:
        """A step; when the bound in flight is reached, as fast as acknowledgements come."""
        step = list(islice(self._bodies, self.STEP // self.GROUP if self._way == "grouped" else self.STEP))
        if self._way == "batches":
            await append(self._nc, [Outgoing("intake.alertmanager", {}, body) for body in step])
        else:
            self._acknowledged += [await self._js.publish_async("intake.alertmanager", body) for body in step]
            await asyncio.sleep(0)  # let the acknowledgements in
        self.alerts += self.STEP
        self.bytes_a_message = len(step[-1])

    async def finish(self) -> None:
        """Everything published is durable in JetStream on return; raises what was refused."""
        await asyncio.gather(*self._acknowledged)


async def storm(*, url: str, alerts: int, components: int, severe_every_s: float) -> dict[str, Any]:
    """So many alerts as fast as the bus takes them, and meanwhile now and then a severe one, until the last alert is counted.

    What sends alerts does it on machines of its own: it is made ready before, and sent in batches that cost the bus little. Of
    each severe one: the time from the bus's acknowledgement to its incident in the register's bucket.
    """
    nc, calm = await nats.connect(url), await nats.connect(url)
    shown, told, sent = {"alerts": 0}, dict[str, float](), dict[str, float]()

    async def counted(message: Any) -> None:  # noqa: ANN401 - nats-py's message
        shown["alerts"] = json.loads(message.data)["signals"]

    async def opened(message: Any) -> None:  # noqa: ANN401 - as above
        told.setdefault(json.loads(message.data)["detected_at"], time.perf_counter())

    await calm.subscribe("$KV.reporting.attempts.*", cb=counted)
    await calm.subscribe("$KV.register.*", cb=opened)
    # Whoever takes alerts in may begin a second later than whoever answers: the first one counted shows that all are there.
    await append(calm, [Outgoing("intake.alertmanager", {}, next(bodies(severe_every=0, first=FIRST)))])
    await until(lambda: shown["alerts"] > 0, SETTLE_S)
    burst = list(islice(bodies(Publisher.GROUP, severe_every=0, components=components), alerts // Publisher.GROUP))
    began = time.perf_counter()

    async def severe() -> None:
        for number, one in enumerate(bodies(severe_every=1, first=SEVERE_FROM), SEVERE_FROM):
            if number - SEVERE_FROM >= SEVERE_MOST:
                return
            await append(calm, [Outgoing("intake.alertmanager", {}, one)])
            sent[starts_at(number, severe=True)] = time.perf_counter()
            await asyncio.sleep(severe_every_s)

    aside = asyncio.create_task(severe())
    for start in range(0, len(burst), BURST_BATCH):
        await append(nc, [Outgoing("intake.alertmanager", {}, one) for one in burst[start : start + BURST_BATCH]])
    published_s, last = time.perf_counter() - began, (0.0, 0)
    while shown["alerts"] < alerts + 1:
        now = time.perf_counter()
        if shown["alerts"] > last[1]:
            last = (now, shown["alerts"])
        elif last[0] and now - last[0] > SETTLE_S:
            raise TimeoutError(f"{shown['alerts']} of {alerts + 1} alerts were counted, and no more came")
        await asyncio.sleep(0.01)
    shown_s = time.perf_counter() - began
    aside.cancel()
    await asyncio.sleep(1)  # what was sent last is on its way
    await nc.close()
    await calm.close()
    during = {name: at for name, at in sent.items() if at - began < shown_s - 1}
    return {
        "published_s": published_s,
        "shown_s": shown_s,
        "severe": len(during),
        "severe_s": [told[name] - at for name, at in during.items() if name in told],
    }


BURST_BATCH = 100
"""Messages of a burst that are published at once."""
FIRST = 30_000_001
SEVERE_FROM, SEVERE_MOST = 10_000_001, 90
"""Numbers of the severe ones, and how many at most: a hundred within ten minutes would be a storm of their own."""


async def post(*, port: int, path: str, token: str, clients: int, seconds: float) -> dict[str, Any]:
    """Clients that each send the next alert as soon as the last one is answered."""
    source, taken, began = bodies(), list[float](), time.perf_counter()

    async def client() -> None:
        connection = await Connection.open(port, token)
        for body in source:
            sent = time.perf_counter()
            if sent - began > seconds:
                break
            await connection.request("POST", path, body)
            taken.append(time.perf_counter() - sent)
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return {"rate": len(taken) / (time.perf_counter() - began), "seconds": taken}


async def get(*, port: int, paths: list[str], token: str, clients: int, seconds: float) -> dict[str, Any]:
    """Clients that ask for one path after the other."""
    taken, began, size = list[float](), time.perf_counter(), 0

    async def client(number: int) -> None:
        nonlocal size
        connection, turn = await Connection.open(port, token), number
        while (sent := time.perf_counter()) - began < seconds:
            size = len(await connection.request("GET", paths[turn % len(paths)]))
            taken.append(time.perf_counter() - sent)
            turn += clients
        connection.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
    return {"rate": len(taken) / (time.perf_counter() - began), "seconds": taken, "bytes": size}


async def watch(*, port: int, token: str, url: str, register: str, rate: int, seconds: float) -> dict[str, Any]:
    """Severe alerts at a steady rate; for each, the time from its answer to its incident in the register and in KV."""
    nc = await nats.connect(url)
    in_kv, in_register, answered, stop = dict[str, float](), dict[str, float](), dict[str, float](), threading.Event()

    async def seen(message: Any) -> None:  # noqa: ANN401 - nats-py's message
        in_kv.setdefault(message.subject.rpartition(".")[2], time.perf_counter())

    await nc.subscribe("$KV.register.*", cb=seen)
    looking = threading.Thread(target=_look, args=(register, in_register, stop))
    looking.start()
    pool: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(16):
        pool.put_nowait(await Connection.open(port, token))

    async def one(body: bytes) -> None:
        connection = await pool.get()
        answer = json.loads(await connection.request("POST", "/intake/alertmanager", body))
        answered[answer["taken"][0]["ref"]] = time.perf_counter()
        pool.put_nowait(connection)

    began, sending = time.perf_counter(), list[asyncio.Task[None]]()
    for number, body in enumerate(islice(bodies(severe_every=1), int(rate * seconds))):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        sending.append(asyncio.create_task(one(body)))
    await asyncio.gather(*sending)
    deadline = time.perf_counter() + SETTLE_S
    while answered.keys() - in_kv.keys() or answered.keys() - in_register.keys():
        if time.perf_counter() > deadline:
            raise TimeoutError("not everything answered became visible")
        await asyncio.sleep(0.01)
    stop.set()
    looking.join()
    await nc.close()
    return {
        "register": [in_register[ref] - at for ref, at in answered.items()],
        "kv": [in_kv[ref] - at for ref, at in answered.items()],
    }


def _look(register: str, found: dict[str, float], stop: threading.Event) -> None:
    # Another process's reader, as Power BI or the page would be: what it sees is committed.
    connection, position = sqlite3.connect(f"file:{register}?mode=ro", uri=True), 0
    while not stop.is_set():
        rows = connection.execute(
            "SELECT reference, position FROM sporlog_incidents WHERE position > ?", (position,)
        ).fetchall()
        now = time.perf_counter()
        for reference, at in rows:
            found.setdefault(reference, now)
            position = max(position, at)
        time.sleep(0.002)
    connection.close()


class Connection:
    """One kept-alive HTTP connection: the least that a client can cost."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader, self._writer = reader, writer
        self._headers = f"Host: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"

    @classmethod
    async def open(cls, port: int, token: str) -> "Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port), token)

    async def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The body of a 200; anything else ends the load."""
        self._writer.write(f"{method} {path} HTTP/1.1\r\n{self._headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        answer = await self._reader.readexactly(int(head.partition("content-length:")[2].partition("\r")[0]))
        if " 200 " not in head.partition("\r")[0]:
            raise RuntimeError(f"{head.partition(chr(13))[0]}: {answer[:500]!r}")
        return answer

    def close(self) -> None:
        self._writer.close()


def _mean(values: list[int]) -> float:
    return sum(values) / len(values) if values else 0.0


LOADS: dict[str, Callable[..., Coroutine[None, None, dict[str, Any]]]] = {
    "publish": publish,
    "publish-raw": publish_raw,
    "storm": storm,
    "post": post,
    "get": get,
    "watch": watch,
}

if __name__ == "__main__":
    print(json.dumps(uvloop.run(LOADS[sys.argv[1]](**json.loads(sys.argv[2])))))  # noqa: T201 - its answer
