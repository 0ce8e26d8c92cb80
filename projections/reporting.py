"""What management asks: how many incidents, how fast were they handled, what stood still, where do the attempts hit?

Every figure can be traced: `incidents` and `acts` hold the rows that the report's figures and `monthly` are made of. Exercises
have a row and count nowhere. What the questions are is in reporting_queries.py and domain/management/figures.py.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, select

from domain.deadline_rules import DeadlineKind
from domain.events import Recorded, StoredRow
from domain.incident import events as e
from domain.incident.state import Status
from domain.incident.work import kind_of
from domain.intake.events import SourceFellSilent
from domain.management.events import ReportTreated
from domain.signals import SignalsReceived, SignalsRepeated
from domain.time import local
from projections import views
from projections.columns import instant_of
from projections.incident_rows import JUDGEMENTS, QUIET, REPORTED, TELLING, advance, begin, ending
from projections.projection import Bucket, Entry, kv_document, kv_key
from projections.reporting_tables import ACTS, ALL_TOGETHER, ATTEMPTS, COUNTED, INCIDENTS, METADATA, MONTHLY, TREATMENTS
from projections.rows import Row, Rows, TableRows, read_all
from projections.tallies import Tallies

_SIGNALS = frozenset({SignalsReceived.TOPIC, SignalsRepeated.TOPIC})
_OTHERS = frozenset({*_SIGNALS, SourceFellSilent.TOPIC, ReportTreated.TOPIC})
"""Events of other streams than incidents'."""
_ACTS = frozenset(
    event.TOPIC
    for event in (
        *(e.ServiceDegraded, e.ServiceRestored, e.SupplierEngaged, e.RootCauseFound, e.Classified),
        *(e.LessonRecorded, e.FollowUpPlanned, e.FollowUpDone, e.VoluntaryNotificationDeclined),
    )
)
"""Events that leave the incident's state as it is and that a figure counts."""
_WARNED, _NOTIFIED = DeadlineKind.EARLY_WARNING.value, DeadlineKind.INCIDENT_NOTIFICATION.value
_OUTLIVES = ("services", "administration", "missed", "triggers", "dues")
"""State that a disposal takes from an incident, and that figures which were reported once are made of: no text, no person."""


class Reporting:
    """The fold of the management report. Seconds are whole, between times as told, and negative if those were told so."""

    name = "reporting"
    revision = 5
    metadata = METADATA
    topics = TELLING | _ACTS | _OTHERS
    places: frozenset[str] = frozenset()
    views = (views.REPORTING, views.ATTEMPTS)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """`2026-11.high` for the whole organisation, `2026-11.high.<service>`, and `attempts.2026-11-20`."""
        return (Bucket("reporting", _documents),)

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The incidents; days and months are counted."""
        rows[INCIDENTS].fetch({row.aggregate_id for row in batch if row.topic not in _OTHERS})

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded, incidents, monthly = cast("Recorded", entry), rows[INCIDENTS], rows.tallies(MONTHLY)
        if recorded.topic in _SIGNALS:
            _add_attempts(rows.tallies(ATTEMPTS), recorded)
        elif recorded.topic in _OTHERS:
            _add_other(rows, recorded)
        elif recorded.topic == REPORTED:
            row = incidents.add(_reported(recorded))
            if not row["exercise"]:
                _add(monthly, _counted(row), 1, recorded.position)
        elif (known := incidents.change(recorded.aggregate_id)) is not None:
            before = _counted(known)
            _step(known, recorded)
            _act(rows[ACTS], known, recorded)
            # What is disposed of later was counted, and stays so: a figure that was reported once does not change for it.
            counts = not known["exercise"] and not isinstance(recorded.event, e.Disposed)
            if counts and before != (after := _counted(known)):
                _add(monthly, before, -1, recorded.position)
                _add(monthly, after, 1, recorded.position)
        else:
            return False
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over."""


def _reported(recorded: Recorded) -> Row:
    event, recorded_at = cast("e.Reported", recorded.event), instant_of(recorded.recorded_at_us)
    later = ("assessed_at", "assess_seconds", "notify_seconds", "warned_at", "notified_at", "effect_at", "told_at")
    learnt = ("closed_at", "close_reason", "cause", "cause_key", "incident_class")
    return {
        **begin(recorded),
        **dict.fromkeys((*later, *learnt)),
        "month": f"{local(recorded_at):%Y-%m}",
        "occurred_at": event.meta.occurred_at,
        "recorded_at": recorded_at,
        "third_party": False,
        "suppliers": (),
        "clocked": False,
        "position": recorded.position,
    }


def _step(row: Row, recorded: Recorded) -> None:
    row["position"] = recorded.position
    event = recorded.event
    if recorded.topic in QUIET:
        _learn(row, recorded)
        return
    kept = {name: row[name] for name in _OUTLIVES}
    advance(row, recorded)
    row |= ending(recorded)
    if isinstance(event, e.Disposed):
        row |= {**kept, "suppliers": (), "cause_key": None}
    if isinstance(event, JUDGEMENTS):
        row["assessed_at"] = row["assessed_at"] or event.meta.occurred_at
        row["assess_seconds"] = _seconds(row["occurred_at"], row["assessed_at"])
    row |= {"warned_at": row["sent"].get(_WARNED), "notified_at": row["sent"].get(_NOTIFIED)}
    row |= {"told_at": row["sent"].get("recipients"), "effect_at": row["triggers"].get("effect")}
    row["notify_seconds"] = _seconds(row["aware_at"], row["notified_at"])
    row["clocked"] = row["aware_at"] is not None or bool(row["triggers"])


def _learn(row: Row, recorded: Recorded) -> None:
    row["version"] = recorded.version
    match recorded.event:
        case e.RootCauseFound(cause=cause, cause_key=key, third_party=third_party):
            row |= {"cause": cause, "cause_key": key, "third_party": third_party}
        case e.Classified(incident_class=incident_class):
            row["incident_class"] = incident_class
        case e.SupplierEngaged(supplier=supplier):
            row["suppliers"] = tuple(dict.fromkeys((*row["suppliers"], supplier)))
        case _:
            pass


def _act(  # noqa: C901 - one case an event, kept in one place on purpose
    acts: TableRows, incident: Row, recorded: Recorded
) -> None:
    event = recorded.event
    if incident["exercise"]:
        return
    match event:
        case e.ServiceDegraded(service=service, degree=degree):
            _add_act(acts, recorded, degree, subject=service)
        case e.ServiceRestored(service=service):
            _add_act(acts, recorded, "restored", subject=service)
        case e.LessonRecorded(area=area):
            _add_act(acts, recorded, "lesson", subject=area)
        case e.FollowUpPlanned(due_at=due_at):
            _add_act(acts, recorded, "follow_up", due_at=due_at)
        case e.FollowUpDone():
            planned = acts.change((recorded.aggregate_id, event.follow_up_number))
            # Told twice, the first time counts.
            if planned is not None and planned["act"] == "follow_up" and planned["done_at"] is None:
                planned["done_at"] = event.meta.occurred_at
        case e.Submission():
            _add_act(acts, recorded, kind_of(event), late="late" in event.deviations)
        case e.RecipientsNotified() | e.DataSubjectsNotified():
            act = "recipients" if isinstance(event, e.RecipientsNotified) else "data_subjects"
            _add_act(acts, recorded, act, late="late" in event.deviations)
        case e.VoluntaryNotificationDeclined():
            _add_act(acts, recorded, "voluntary_declined")
        case _:
            pass


def _add_other(rows: Rows, recorded: Recorded) -> None:
    event = recorded.event
    if isinstance(event, ReportTreated):
        rows[TREATMENTS].add(_treated(recorded, event))
    else:
        _add_act(rows[ACTS], recorded, "silent", subject=cast("SourceFellSilent", event).source)


def _add_act(acts: TableRows, recorded: Recorded, act: str, **more: Any) -> None:  # noqa: ANN401 - columns of ACTS
    acts.add(
        {
            "incident_id": recorded.aggregate_id,
            "number": recorded.version,
            "act": act,
            "at": recorded.event.meta.occurred_at,
            **dict.fromkeys(("subject", "due_at", "done_at")),
            "late": False,
            "position": recorded.position,
            **more,
        }
    )


def _treated(recorded: Recorded, event: ReportTreated) -> Row:
    return {
        "number": recorded.version,
        "stream": recorded.aggregate_id,
        "period": event.period,
        "administration": event.administration,
        "report_position": event.report_position,
        "report_sha256": event.report_sha256,
        "treated_on": event.treated_on.isoformat(),
        "case_number": event.case_number,
        "sealed": event.sealed.model_dump_json() if event.sealed else None,
        "actor": event.meta.actor,
        "recorded_at": instant_of(recorded.recorded_at_us),
        "position": recorded.position,
    }


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else (end - start) // timedelta(seconds=1)


def _counted(row: Row) -> tuple[Any, ...]:
    """What `monthly` knows of an incident: where it counts, then its figures in the order of COUNTED."""
    assess, notify = row["assess_seconds"], row["notify_seconds"]
    return (
        (row["month"], row["services"], row["severity"].value),
        1,
        int(row["significant"] is True),
        int(row["handled_at"] is not None),
        int(row["status"] is Status.CLOSED),
        int(assess is not None),
        assess or 0,
        int(notify is not None),
        notify or 0,
    )


def _add(monthly: Tallies, counted: tuple[Any, ...], sign: int, position: int) -> None:
    (month, services, severity), *figures = counted
    change = {name: sign * figure for name, figure in zip(COUNTED, figures, strict=True)}
    for service in dict.fromkeys((ALL_TOGETHER, *services)):
        monthly.add({"month": month, "service": service, "severity": severity, **change, "position": position})


def _add_attempts(attempts: Tallies, recorded: Recorded) -> None:
    if isinstance(recorded.event, SignalsReceived):
        told = [(signal.detected_at, signal.components, 1) for signal in recorded.event.signals]
    else:
        repeats = cast("SignalsRepeated", recorded.event).repeats
        told = [(repeat.last_at, repeat.components, repeat.count) for repeat in repeats]
    found: dict[tuple[str, str], int] = {}
    days: dict[float, str] = {}
    for at, components, count in told:
        # Copenhagen's offset is whole hours, so an hour of UTC lies within one day: a batch looks its few hours up once.
        hour = at.timestamp() // 3600
        day = days.get(hour) or days.setdefault(hour, f"{local(at.astimezone(UTC)):%Y-%m-%d}")
        for component in (ALL_TOGETHER, *dict.fromkeys(components)):
            found[day, component] = found.get((day, component), 0) + count
    for (day, component), count in found.items():
        attempts.add({"day": day, "component": component, "signals": count, "position": recorded.position})


def _documents(connection: Connection, after: int) -> Iterator[tuple[str, bytes]]:
    for row in read_all(connection, select(MONTHLY).where(MONTHLY.c.position > after)):
        service = f".{kv_key(row['service'])}" if row["service"] else ""
        yield f"{row['month']}.{row['severity']}{service}", kv_document(row)
    totals = select(ATTEMPTS).where(ATTEMPTS.c.position > after, ATTEMPTS.c.component == ALL_TOGETHER)
    for row in read_all(connection, totals):
        yield f"attempts.{row['day']}", kv_document({name: row[name] for name in ("day", "signals", "position")})
