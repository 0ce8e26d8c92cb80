"""The management report of a quarter with very many incidents, its read models at the head of the log."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TypeVar

from adapters import main
from adapters.event_store.application import EventStore
from adapters.management.files import report_file
from adapters.management.formats import ReportFormat
from adapters.management.making import made
from adapters.settings import read_settings
from domain.events import DomainEvent
from domain.incident import events as e
from domain.management.period import quarter_of
from domain.signals import Severity
from handlers.management import Wanted
from tests.benchmarks.figure import Figure, Limit, Scale
from tests.benchmarks.lives import AT_ONCE, references
from tests.benchmarks.municipality import SERVICES, SYSTEMS, furnish
from tests.support import incidents as tell
from tests.support.logs import incident_id, record

T = TypeVar("T")


def report(folder: Path, scale: Scale) -> Iterator[Figure]:
    """From the tables to the PDF file that the executive board gets."""
    settings = read_settings({}, data=folder / "data")
    with (
        main.open_office(settings, synchronous="OFF") as office,
        closing(main.open_ledger(settings)) as tables,
        main.open_projectors(settings, office.store) as projectors,
    ):
        furnish(office.store)
        _incidents(office.store, scale.report_incidents)
        for name in ("reporting", "catalogue"):
            projectors[name].catch_up()
        checkpoints = main.make_checkpoints(settings, office.store, tables)
        checkpoints.make()
        house = main.report_house(office.store, projectors, checkpoints)
        wanted = Wanted(quarter_of(main.utc_now()))
        made(house, wanted)
        report_s, counted = _timed(lambda: made(house, wanted))
        pdf_s, _ = _timed(lambda: report_file(counted, ReportFormat.PDF, "da"))
        events = office.store.head()
        read_s, _ = _timed(lambda: _read(settings.data / "read" / "reporting.db"))
    if (found := len(counted.report.facts.cases)) != scale.report_incidents:
        raise AssertionError(f"registered {scale.report_incidents}, reported {found}")
    yield Figure(
        "report",
        f"management report over {scale.report_incidents} incidents, {SERVICES} critical services, {SYSTEMS} systems, as PDF",
        report_s + pdf_s,
        "s",
        aim=5,
        lower_is_better=True,
        limits=(Limit("reading the rows of incidents and acts with SQL", read_s),),
        details={"events": events, "figures_s": report_s, "pdf_s": pdf_s},
    )


def _incidents(store: EventStore, incidents: int) -> None:
    chance = Random(1)
    for first in range(0, incidents, AT_ONCE * 10):
        group = [incident_id(n) for n in range(first, min(first + AT_ONCE * 10, incidents))]
        given = zip(group, references(store, group), strict=True)
        lives = ((one, _life(reference, number, chance)) for number, (one, reference) in enumerate(given, start=first))
        record(store, [(one, event) for one, life in lives for event in life])


def _life(reference: str, number: int, chance: Random) -> Iterator[DomainEvent]:
    """A twentieth is significant, a tenth takes a service down, of a fifth the cause is found."""
    hours, service = chance.uniform(-24 * 30, 0), f"Ydelse {chance.randrange(SERVICES)}"
    hit = {"services": (service,)} if number % 2 else {"components": (f"srv-{chance.randrange(SYSTEMS)}",)}
    severity = chance.choice((Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW))
    yield tell.reported(hours, reference=reference, severity=severity, **hit)
    yield tell.assessed(hours + 1, significant=number % 20 == 0)
    if number % 20 == 0:
        yield tell.aware(hours + 1)
        yield tell.early_warning(hours + 9)
        yield tell.notified(hours + 50)
    if number % 10 == 0:
        yield e.ServiceDegraded(meta=tell.meta(hours), service=service, degree="down")
        yield e.ServiceRestored(meta=tell.meta(hours + 2), service=service)
    if number % 5 == 0:
        yield e.RootCauseFound(meta=tell.meta(hours + 5), cause="human_errors")
        yield e.Classified(meta=tell.meta(hours + 5), incident_class="availability.outage")
    yield tell.mitigated(hours + 20)


def _read(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return sum(len(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in ("incidents", "acts"))  # noqa: S608 - ours


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found
