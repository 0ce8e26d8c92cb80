"""The log out again: rebuild, replay, timelines."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from adapters.event_store.application import EventStore
from adapters.main import open_access_log, open_office, open_projectors, past_tables, utc_now
from adapters.settings import read_settings
from handlers.access_log import Reading
from handlers.past_tables import PastTables
from handlers.rebuild import rebuild as build_again
from projections import register
from tests.benchmarks.figure import Figure, Limit, Scale, percentile
from tests.benchmarks.lives import write
from tests.benchmarks.running import load, sporlog_up

READ = 1000


def rebuild(folder: Path, scale: Scale) -> Iterator[Figure]:
    """The register anew from the whole log."""
    settings = read_settings({}, data=folder / "data")
    with open_office(settings) as office, open_projectors(settings, office.store) as projectors:
        write(office.store, scale.rebuild_incidents, scale.per_incident)
        events, made = office.store.head(), projectors["register"]
        limits = [
            Limit(
                "read every event and validate it with pydantic", events / _timed(lambda: _read_all(office.store, decode=True))
            ),
            Limit("read every event", events / _timed(lambda: _read_all(office.store, decode=False))),
        ]
        took = _timed(lambda: build_again(made.projection, made.database, office.store, office.store.mapper.record))
        past = past_tables(projectors, office.store)
        looks = [_timed(lambda: _open_incidents(past, events)) for _ in range(2)]
        past.close()
    yield Figure(
        "rebuild",
        f"the register as of position {events}, and its open incidents",
        looks[0],
        "s",
        lower_is_better=True,
        limits=(Limit("a rebuild of it", took),),
        details={"again_s": looks[1]},
    )
    yield Figure(
        "rebuild",
        f"register from {events} events over {scale.rebuild_incidents} incidents",
        events / took,
        "events/s",
        aim=100_000,
        limits=tuple(limits),
        details={"seconds": took},
    )


def _open_incidents(past: PastTables, position: int) -> None:
    with past.open("register", position) as connection:
        register.incidents(connection, open_only=True)


def replay(folder: Path, scale: Scale) -> Iterator[Figure]:
    """One long incident, step by step, text opened."""
    settings = read_settings({}, data=folder / "data")
    with open_office(settings) as office:
        write(office.store, 1, scale.replay_events)
        reference = _reference(office.store)
        taken = [_timed(lambda: office.desk.replay(reference)) * 1000 for _ in range(5)]
        read = [_timed(lambda: _read_all(office.store, decode=True)) * 1000 for _ in range(5)]
    yield Figure(
        "replay",
        f"one incident of {scale.replay_events} events",
        median(taken),
        "ms",
        aim=100,
        lower_is_better=True,
        limits=(Limit("read and validate its events", median(read)),),
        details={"first": taken[0], "best": min(taken), "worst": max(taken)},
    )


def timeline(folder: Path, scale: Scale) -> Iterator[Figure]:
    """The steps of an incident over HTTP: one that many look at, and so many that none is kept rendered."""
    settings = read_settings({}, data=folder / "data")
    with open_office(settings) as office:
        write(office.store, scale.timelines, scale.timeline_steps)
        first = _reference(office.store)
    prefix, year, _ = first.split("-")
    paths = [f"/api/v1/incidents/{prefix}-{year}-{number:04}/events" for number in range(1, scale.timelines + 1)]
    with sporlog_up(folder / "data") as sporlog:
        for what, asked, aim in (("one, asked again and again", paths[:1], 500), (f"{scale.timelines} in turn", paths, None)):
            told = load("get", port=sporlog.port, paths=asked, token=sporlog.token, clients=4, seconds=scale.seconds / 2)
            bare = load("get", port=sporlog.port, paths=["/healthz"], token=sporlog.token, clients=4, seconds=scale.seconds / 4)
            yield Figure(
                "timeline",
                f"timeline of {scale.timeline_steps} steps over HTTP, {what}",
                told["rate"],
                "requests/s",
                aim=aim,
                limits=(Limit("GET /healthz, same clients", bare["rate"]),),
                details={"p95_ms": percentile(told["seconds"], 0.95) * 1000, "bytes": told["bytes"]},
            )


def logged(folder: Path, scale: Scale) -> Iterator[Figure]:
    """What it costs an incident's page that its reader is written down first."""
    settings = read_settings({}, data=folder / "data")
    with open_office(settings) as office:
        write(office.store, 1, scale.timeline_steps)
        reference = _reference(office.store)
        incident = office.desk.find(reference)
    with sporlog_up(folder / "data") as sporlog:
        asked = {"port": sporlog.port, "token": sporlog.token, "clients": 1, "seconds": scale.seconds / 2}
        page = load("get", paths=[f"/haendelser/{reference}"], **asked)
    one = Reading(
        utc_now(), "u-1", proved=True, os_user=None, way="page", where="/", correlation_id="x", incidents=frozenset({incident})
    )
    with closing(open_access_log(settings)) as access_log:
        taken = [_timed(lambda: access_log.record([one])) * 1000 for _ in range(200)]
    yield Figure(
        "logged",
        "writing down that a page is read, durable",
        median(taken),
        "ms",
        lower_is_better=True,
        limits=(Limit(f"the whole page of {scale.timeline_steps} steps", median(page["seconds"]) * 1000),),
        details={"p95": percentile(taken, 0.95)},
    )


def _read_all(store: EventStore, *, decode: bool) -> None:
    position = 0
    while rows := store.rows(position, READ):
        for row in rows if decode else ():
            store.mapper.record(row)
        position = rows[-1].position


def _reference(store: EventStore) -> str:
    first: Any = next(islice((one.event for one in store.read(0, 1)), 1))
    return str(first.reference)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
