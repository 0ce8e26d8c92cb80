"""What came in, and what became of it? By source, by rule, by component; and what waits for a person.

It holds counts and what waits, never a row per alert: a million of them are a few thousand rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, MetaData, Table, func, or_, select

from domain.catalogue.landscape import lookup_keys
from domain.events import Recorded, StoredRow
from domain.signals import (
    Disposition,
    ReceivedSignal,
    Severity,
    SignalKind,
    SignalsDecided,
    SignalsReceived,
    SignalsRepeated,
)
from domain.time import local
from projections import views
from projections.columns import Instant, OneOf, WordList, Words, instant_of
from projections.projection import Bucket, Entry
from projections.rows import Row, Rows, TableRows, in_parts, read_all
from projections.upsert import ADDED, FIRST

METADATA = MetaData()
SOURCES = Table(
    "sources",
    METADATA,
    Column("source", Words, primary_key=True),
    Column("first_at", Instant, nullable=False, info=FIRST),
    Column("last_at", Instant, nullable=False),
    Column("signals", BigInteger, nullable=False, info=ADDED),
    Column("repeats", BigInteger, nullable=False, info=ADDED),
    Column("position", BigInteger, nullable=False),
)
BY_RULE = Table(
    "by_rule",
    METADATA,
    Column("day", Words, primary_key=True),
    Column("source", Words, primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("disposition", OneOf(Disposition), primary_key=True),
    Column("signals", BigInteger, nullable=False, info=ADDED),
)
BY_COMPONENT = Table(
    "by_component",
    METADATA,
    Column("day", Words, primary_key=True),
    Column("component", Words, primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("signals", BigInteger, nullable=False, info=ADDED),
)
TARGETS = Table(
    "targets",
    METADATA,
    Column("component", Words, primary_key=True),
    Column("name", Words, nullable=False, info=FIRST),
    Column("short_name", Words, info=FIRST),
    Column("signals", BigInteger, nullable=False, info=ADDED),
    Column("first_at", Instant, nullable=False, info=FIRST),
    Column("last_at", Instant, nullable=False),
    Index("targets_name", "name"),
    Index("targets_short_name", "short_name"),
)
"""Signals of each component as the tools spell it, repeats included; the two names are those that it is looked up by."""
WAITING = Table(
    "waiting",
    METADATA,
    Column("source", Words, primary_key=True),
    Column("source_event_id", Words, primary_key=True),
    Column("kind", OneOf(SignalKind), nullable=False),
    Column("severity", OneOf(Severity), nullable=False),
    Column("detected_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("components", WordList, nullable=False),
    Column("flags", WordList, nullable=False),
    Column("payload_sha256", Words, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("waiting_position", "waits", "position"),
)
EARLIER = "earlier"
"""The rule of signals from before there were rules."""


class Signals:
    """The fold. Days are Copenhagen's of when the log took the signal in."""

    name = "signals"
    revision = 3
    metadata = METADATA
    topics = frozenset({SignalsReceived.TOPIC, SignalsRepeated.TOPIC, SignalsDecided.TOPIC})
    places: frozenset[str] = frozenset()
    views = (views.SIGNAL_SOURCES, views.SIGNALS_BY_RULE, views.SIGNALS_BY_COMPONENT)
    buckets: tuple[Bucket, ...] = ()

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """Nothing is known of a batch before its events are decoded; most of it is counted."""

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded = cast("Recorded", entry)
        event, at = recorded.event, instant_of(recorded.recorded_at_us)
        if isinstance(event, SignalsReceived):
            _hear(rows, recorded, event.source, at, signals=len(event.signals))
            _count(rows, event, _day(at))
            _aim(rows, Counter(name for signal in event.signals for name in signal.components), at)
            for signal in event.signals:
                if signal.disposition is Disposition.TO_PERSON:
                    rows[WAITING].add(_waiting(event.source, signal, at, recorded.position))
        elif isinstance(event, SignalsRepeated):
            _hear(rows, recorded, event.source, at, repeats=sum(each.count for each in event.repeats))
            told: Counter[str] = Counter()
            for repeat in event.repeats:
                told.update(dict.fromkeys(repeat.components, repeat.count))
            _aim(rows, told, at)
        elif isinstance(event, SignalsDecided):
            _decide(rows[WAITING], event)
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over."""


def _hear(rows: Rows, recorded: Recorded, source: str, at: datetime, *, signals: int = 0, repeats: int = 0) -> None:
    seen = {"first_at": at, "last_at": at, "position": recorded.position}
    rows.tallies(SOURCES).add({"source": source, "signals": signals, "repeats": repeats, **seen})


def _count(rows: Rows, event: SignalsReceived, day: str) -> None:
    by_rule, by_component = rows.tallies(BY_RULE), rows.tallies(BY_COMPONENT)
    rules = Counter((signal.rule or EARLIER, signal.disposition) for signal in event.signals)
    for (rule, disposition), number in rules.items():
        by_rule.add({"day": day, "source": event.source, "rule": rule, "disposition": disposition, "signals": number})
    components = Counter((name, signal.rule or EARLIER) for signal in event.signals for name in signal.components)
    for (component, rule), number in components.items():
        by_component.add({"day": day, "component": component, "rule": rule, "signals": number})


def _aim(rows: Rows, told: Counter[str], at: datetime) -> None:
    targets = rows.tallies(TARGETS)
    for component, number in told.items():
        name, *short = lookup_keys(component)
        names = {"component": component, "name": name, "short_name": short[0] if short else None}
        targets.add({**names, "signals": number, "first_at": at, "last_at": at})


def _waiting(source: str, signal: ReceivedSignal, at: datetime, position: int) -> Row:
    return {
        "source": source,
        "source_event_id": signal.source_event_id,
        "kind": signal.kind,
        "severity": signal.severity,
        "detected_at": signal.detected_at,
        "recorded_at": at,
        "components": signal.components,
        "flags": signal.flags,
        "payload_sha256": signal.payload_sha256,
        "waits": True,
        "position": position,
    }


def _decide(waiting: TableRows, event: SignalsDecided) -> None:
    waiting.fetch((event.source, event_id) for event_id in event.source_event_ids)
    for event_id in event.source_event_ids:
        # Others that a person attaches or detaches never waited.
        if (row := waiting.change((event.source, event_id))) is not None:
            row["waits"] = event.decision == "reopened"


def _day(at: datetime) -> str:
    return f"{local(at.astimezone(UTC)):%Y-%m-%d}"


def sources(connection: Connection) -> dict[str, Row]:
    """Every source that was ever heard, by name: columns of `SOURCES`."""
    return {row["source"]: row for row in read_all(connection, select(SOURCES).order_by(SOURCES.c.source))}


def waiting(connection: Connection, limit: int, after: int = 0) -> list[Row]:
    """What waits for a person, oldest first: columns of `WAITING`."""
    query = select(WAITING).where(WAITING.c.waits.is_(True), WAITING.c.position > after)
    order = (WAITING.c.position, WAITING.c.source_event_id)
    return read_all(connection, query.order_by(*order).limit(limit))


def waiting_count(connection: Connection) -> int:
    """How many wait for a person."""
    query = select(func.count()).select_from(WAITING).where(WAITING.c.waits.is_(True))
    return int(connection.execute(query).scalar_one())


def by_rule(connection: Connection, first: str, last: str) -> list[Row]:
    """Signals on the days `first` to `last` (`2026-11-20`), a row per day, source, rule and disposition."""
    query = select(BY_RULE).where(BY_RULE.c.day >= first, BY_RULE.c.day <= last)
    return read_all(connection, query.order_by(BY_RULE.c.day, BY_RULE.c.source, BY_RULE.c.rule, BY_RULE.c.disposition))


def by_component(connection: Connection, first: str, last: str, limit: int) -> list[Row]:
    """Signals on these days by component and rule, the most first."""
    total = func.sum(BY_COMPONENT.c.signals).label("signals")
    names = (BY_COMPONENT.c.component, BY_COMPONENT.c.rule)
    query = select(*names, total).where(BY_COMPONENT.c.day >= first, BY_COMPONENT.c.day <= last).group_by(*names)
    rows = read_all(connection, query.order_by(total.desc(), *names).limit(limit))
    return [row | {"signals": int(row["signals"])} for row in rows]


def targets(connection: Connection, keys: Iterable[str]) -> list[Row]:
    """Signals of what is looked up by one of these keys, the most first: component, signals, first_at, last_at.

    What bears a component's full name goes before what bears its short one: the caller asks the catalogue.
    """
    found: dict[str, Row] = {}
    query = select(*(TARGETS.c[name] for name in ("component", "signals", "first_at", "last_at")))
    for some in in_parts(keys):
        named = or_(TARGETS.c.name.in_(some), TARGETS.c.short_name.in_(some))
        found |= {row["component"]: row for row in read_all(connection, query.where(named))}
    return sorted(found.values(), key=lambda row: (-row["signals"], row["component"]))
