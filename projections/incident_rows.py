"""The incident's state as columns of a read table, so that every projection folds it with the domain's own `evolve`.

Text stays sealed: the state of a row has no title, description or place.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from operator import itemgetter
from typing import Any, cast, get_args

from sqlalchemy import BigInteger, Boolean, Column

from domain.deadline_rules import DeadlineKind
from domain.deadlines import Duty, duties
from domain.events import Recorded
from domain.incident import events as e
from domain.incident.evolve import QuietEvent, changes, evolve
from domain.incident.state import Incident, Status
from domain.signals import Severity
from projections.columns import Id, Instant, Instants, OneOf, WordList, Words
from projections.rows import Row

CONFIDENTIAL = frozenset({"title", "description", "place"})
NOT_KEPT = CONFIDENTIAL | {"work"}
STATE = tuple(f.name for f in fields(Incident) if f.name not in NOT_KEPT)

REPORTED = e.Reported.TOPIC
COUNTED = frozenset({e.SignalAttached.TOPIC, e.SignalDetached.TOPIC})
"""Events that change nothing but how many signals an incident has."""
QUIET = frozenset(event.TOPIC for event in get_args(QuietEvent)) - COUNTED
"""Events that leave status and clocks as they are: no projection needs to read them for those."""

ALL = frozenset(event.TOPIC for event in get_args(e.IncidentEvent))
JUDGEMENTS = e.Assessed | e.SignificanceDeclared
"""What ends the internal limit of the first assessment."""
TELLING = ALL - QUIET - COUNTED
"""Events that change the state."""

_TYPES: dict[str, Any] = {
    "version": BigInteger(),
    "reference": Words(),
    "entity": Words(),
    "status": OneOf(Status),
    "kind": OneOf(e.IncidentKind),
    "severity": OneOf(Severity),
    "detected_at": Instant(),
    "services": WordList(),
    "components": WordList(),
    "administration": Words(),
    "trust_service": Boolean(),
    "exercise": Boolean(),
    "significant": Boolean(),
    "nis2_category": OneOf(e.Nis2Category),
    "approved": Boolean(),
    "aware_at": Instant(),
    "handled_at": Instant(),
    "sent": Instants(),
    "missed": Instants(),
    "triggers": Instants(),
    "dues": Instants(),
    "awaiting": Instants(),
    "merged_into": Id(),
    "held_at": Instant(),
    "disposed": Boolean(),
}
_MAY_BE_EMPTY = frozenset(
    {"merged_into", "held_at", "administration", "significant", "nis2_category", "aware_at", "handled_at"}
)
# Incident's fields in their order, but for the three confidential ones between these two.
_first = itemgetter(*STATE[: STATE.index("services")])
_incident: Callable[..., Incident] = Incident
_rest = itemgetter(*STATE[STATE.index("services") :])


def state_columns() -> list[Column[Any]]:
    """Columns for the state, the incident's id as primary key."""
    rest = [Column(name, _TYPES[name], nullable=name in _MAY_BE_EMPTY) for name in STATE if name != "id"]
    return [Column("id", Id, primary_key=True), *rest]


def state_of(row: Row) -> Incident:
    """The incident that a row stands for, built by position: by name takes twice as long."""
    return _incident(*_first(row), None, None, None, *_rest(row))


def advance(row: Row, recorded: Recorded) -> tuple[Incident, frozenset[str]]:
    """Fold one event into the row; the state before, and the names of the fields that were written.

    The state after is not made: most events move one field of thirty, and `state_of` makes it for whoever needs it.
    """
    before = state_of(row)
    written = {name: value for name, value in _changed(before, recorded).items() if name not in NOT_KEPT}
    row |= written
    row["version"] = recorded.version
    return before, frozenset(written)


def _changed(before: Incident, recorded: Recorded) -> Mapping[str, Any]:
    return changes(before, recorded.version, cast("e.IncidentEvent", recorded.event))


def begin(recorded: Recorded) -> Row:
    """The row of an incident that was just reported."""
    incident = evolve(None, cast("e.IncidentEvent", recorded.event), aggregate_id=recorded.aggregate_id)
    return {name: getattr(incident, name) for name in STATE}


def duties_of(incident: Incident, recorded_at: datetime, assessed_at: datetime | None) -> tuple[Duty, ...]:
    """All clocks, the law's and the internal one: assess within four hours of registration, unless closed before that."""
    sent = dict(incident.sent)
    if assessed_at is not None:
        sent[DeadlineKind.INTERNAL_ASSESSMENT] = assessed_at
    dropped = assessed_at is None and incident.status is Status.CLOSED
    facts = incident.clock_facts()._replace(registered_at=None if dropped else recorded_at)
    return duties(facts, sent)


def title_columns() -> list[Column[Any]]:
    """The title stays ciphertext: who may read it opens `title_sealed` as of event `title_version` and takes `title_field`."""
    return [
        Column("title_sealed", Words),
        Column("title_version", BigInteger, nullable=False),
        Column("title_field", Words, nullable=False),
    ]


def title_told(recorded: Recorded) -> Row:
    """The title's columns if this event gives the incident its title, else nothing."""
    match recorded.event:
        case e.Reported(sealed=sealed):
            field = "title"
        case e.Corrected(field="title", sealed=sealed) if sealed is not None:
            field = "new"
        case e.Disposed():
            return {"title_sealed": None, "title_version": recorded.version, "title_field": "title"}
        case _:
            return {}
    text = sealed.model_dump_json() if sealed else None
    return {"title_sealed": text, "title_version": recorded.version, "title_field": field}


def ending(recorded: Recorded) -> Row:
    """`closed_at` and `close_reason` if this event ends the incident or begins it again, else nothing."""
    match recorded.event:
        case e.Closed() as closed:
            return {"closed_at": closed.meta.occurred_at, "close_reason": closed.reason}
        case e.MergedInto() as merged:
            return {"closed_at": merged.meta.occurred_at, "close_reason": e.CloseReason.DUPLICATE}
        case e.Reopened():
            return {"closed_at": None, "close_reason": None}
        case _:
            return {}
