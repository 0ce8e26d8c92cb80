"""How alerts come in, as it stands, and how each event changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple, assert_never, cast

from domain.events import DomainEvent
from domain.incident.events import ToldBy
from domain.intake import events as e
from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.mapping import Mapping as BodyMapping
from domain.intake.rules import Rules
from domain.signals import Signal


class Source(NamedTuple):
    """A source instance. `token_sha256` is None until it has a token of its own."""

    format: str
    channel: ToldBy = ToldBy.ALARM
    entity: str | None = None
    zone: str = "UTC"
    expected_minutes: int | None = None
    signature_header: str | None = None
    token_sha256: str | None = None
    secret: str | None = None
    mapping: BodyMapping | None = None
    mapping_number: int = 0
    silent_since: datetime | None = None
    """The silence that was noted last."""
    added_at: datetime | None = None
    """Since when it is known, UTC: before anything came, its rhythm counts from here."""


Standing = Literal["planned", "active", "over"]


class Maintenance(NamedTuple):
    """Announced work. Times are UTC, the end not included."""

    begins_at: datetime
    ends_at: datetime
    patterns: tuple[str, ...]

    def standing(self, now: datetime) -> Standing:
        """Whether it lies ahead, runs or is over."""
        if self.ends_at <= now:
            return "over"
        return "planned" if now < self.begins_at else "active"

    def covers(self, signal: Signal) -> bool:
        """Whether it explains the signal: by its time, and by one of its components or services."""
        if not self.begins_at <= signal.detected_at < self.ends_at:
            return False
        names = [name.casefold() for name in (*signal.components, *signal.services)]
        return any(fnmatchcase(name, pattern.casefold()) for pattern in self.patterns for name in names)


@dataclass(frozen=True, slots=True)
class IntakeSetup:
    """The state that `evolve` makes."""

    version: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: Rules = DEFAULT_RULES
    maintenances: Mapping[str, Maintenance] = field(default_factory=dict)

    def source(self, name: str) -> Source:
        """The source instance; a format's name is one without any set-up."""
        return self.sources.get(name) or Source(name)

    def in_maintenance(self, signal: Signal) -> bool:
        """Whether announced maintenance covers the signal."""
        return any(work.covers(signal) for work in self.maintenances.values())


def evolve(setup: IntakeSetup, event: e.IntakeEvent) -> IntakeSetup:
    """Apply one recorded event."""
    return replace(setup, version=setup.version + 1, **_changes(setup, event))


def _changes(setup: IntakeSetup, event: e.IntakeEvent) -> dict[str, Any]:
    match event:
        case e.RulesSet():
            return {"rules": Rules(number=event.number, rules=event.rules)}
        case e.MaintenanceAnnounced():
            work = Maintenance(event.begins_at, event.ends_at, event.components)
            return {"maintenances": {**setup.maintenances, event.name: work}}
        case e.MaintenanceCancelled():
            # What it explained until then stays explained.
            work = setup.maintenances[event.name]._replace(ends_at=event.meta.occurred_at)
            return {"maintenances": {**setup.maintenances, event.name: work}}
        case e.SourceRemoved():
            return {"sources": {name: source for name, source in setup.sources.items() if name != event.source}}
        case e.SourceSet() | e.TokenIssued() | e.SecretSet() | e.MappingSaved() | e.SourceFellSilent():
            return {"sources": {**setup.sources, event.source: _source(setup.sources.get(event.source), event)}}
        case _:
            assert_never(event)


def _source(
    known: Source | None, event: e.SourceSet | e.TokenIssued | e.SecretSet | e.MappingSaved | e.SourceFellSilent
) -> Source:
    source = known or Source(event.source, added_at=event.meta.occurred_at)
    match event:
        case e.SourceSet():
            return source._replace(
                format=event.format,
                channel=event.channel,
                entity=event.entity,
                zone=event.zone,
                expected_minutes=event.expected_minutes,
                signature_header=event.signature_header,
            )
        case e.TokenIssued():
            return source._replace(token_sha256=event.token_sha256)
        case e.SecretSet():
            return source._replace(secret=event.secret)
        case e.MappingSaved():
            return source._replace(mapping=event.mapping, mapping_number=source.mapping_number + 1)
        case e.SourceFellSilent():
            return source._replace(silent_since=event.since)


def replay(events: Iterable[DomainEvent], setup: IntakeSetup) -> IntakeSetup:
    """Fold events on top of what is known; on `IntakeSetup()` when that is nothing."""
    for event in events:
        setup = evolve(setup, cast("e.IntakeEvent", event))
    return setup
