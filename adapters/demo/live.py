"""The part of the story that happens while you watch: a database server in trouble."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from adapters.demo.alerts import Alertmanager, Wazuh
from adapters.demo.chapters.cast import CARE_DATABASE
from adapters.demo.history import read_log
from adapters.demo.mark import DemoStore, start_of
from domain.signals import SignalsReceived

Post = Callable[[str, bytes], Awaitable[None]]
"""Hand a body to the intake of a source, as a tool would. Returning means that it is accepted."""

DATABASES = (
    *("omsorgsjournal", "medicin", "ruteplan", "visitation", "journalnoter"),
    *("hjaelpemidler", "aftaler", "tavle", "statistik", "arkiv"),
)
TROUBLES = (
    ("PostgresqlSvarerIkke", "critical", "Databasen {} svarer ikke"),
    ("PostgresqlLangsom", "warning", "Svarene fra databasen {} tager over 5 sekunder"),
    ("PostgresqlForbindelser", "warning", "Databasen {} har næsten ikke flere forbindelser"),
    ("PostgresqlLaase", "warning", "Databasen {} venter på låse"),
    ("PostgresqlReplikering", "warning", "Kopien af databasen {} er bagud"),
    ("PostgresqlRollback", "info", "Databasen {} ruller usædvanligt mange ændringer tilbage"),
)
ATTACK = Wazuh(
    CARE_DATABASE,
    12,
    100318,
    ("syslog", "authentication_failures"),
    "Mange afviste login efterfulgt af et godkendt",
    "Accepted password for postgres from 198.51.100.7 efter 340 afviste forsøg",
)


class Message(NamedTuple):
    """One body to post."""

    source: str
    body: bytes


async def live(post: Post, store: DemoStore, *, delay_s: float = 20.0, span_s: float = 5.0) -> int:
    """After `delay_s` post 60 alerts of db-omsorg-01 and one Wazuh alert of level 12 within `span_s`; how many were posted.

    Happens once in a demo's life: a later start posts what is not in the log, nothing as a rule, the rest after a crash in the
    middle. What had been accepted and was not stored yet is the same alert then, a repeat. Raises what `post` raises.
    """
    await asyncio.sleep(delay_s)
    messages = _not_in_log(store)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, message in enumerate(messages):
        await asyncio.sleep(max(0.0, began + number * span_s / len(messages) - loop.time()))
        await post(message.source, message.body)
    return len(messages)


def live_messages(start: datetime) -> Iterator[Message]:
    """The 61 bodies in the order of sending, always the same for the same start. The first opens the incident."""
    for number, (name, severity, title) in enumerate(TROUBLES):
        for place, database in enumerate(DATABASES):
            alert = Alertmanager(
                name, severity, f"{CARE_DATABASE}:9187", database, title.format(database), f"Målt på {CARE_DATABASE}"
            )
            yield Message(alert.source, alert.body(start + timedelta(seconds=1, milliseconds=number * 100 + place * 10)))
        if number == len(TROUBLES) // 2:
            yield Message(ATTACK.source, ATTACK.body(start + timedelta(seconds=2)))


def _not_in_log(store: DemoStore) -> list[Message]:
    # The body of a single alert is what its hash was taken of, in every format.
    left = {sha256(message.body).hexdigest(): message for message in live_messages(start_of(store))}
    for recorded in read_log(store):
        if isinstance(recorded.event, SignalsReceived):
            for signal in recorded.event.signals:
                left.pop(signal.payload_sha256, None)
        if not left:
            break
    return list(left.values())
