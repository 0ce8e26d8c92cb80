"""What was decided, and what is still to be done? Judgements, breaches, notices, tasks, causes and reviews, for ever.

What a supervisor, a data protection officer and a coordinator ask for; the questions are in casework_queries.py. Nothing here
depends on the clock on the wall: what is overdue is computed on reading.
"""

from collections.abc import Sequence
from typing import Any, cast

from domain.events import DomainEvent, Recorded, StoredRow
from domain.incident import events as e
from domain.incident.transitions import BY_EVENT
from domain.records.documents import DOCUMENTS, kind_of_document
from domain.records.filing import files_everything
from projections import views
from projections.casework_rows import breach, judged, notice, place, record
from projections.casework_tables import (
    BREACHES,
    CASES,
    CAUSES,
    CONSIDERED,
    JUDGEMENTS,
    METADATA,
    NOTICES,
    RECORDS,
    REVIEWS,
    TODOS,
)
from projections.columns import instant_of
from projections.incident_rows import QUIET, REPORTED, TELLING, advance, begin, ending, title_told
from projections.projection import Bucket, Entry
from projections.rows import Row, Rows

_QUIET_WORK: tuple[type[DomainEvent], ...] = (
    e.TaskPlanned,
    e.TaskDone,
    e.SupplierEngaged,
    e.SupplierReported,
    e.ServiceDegraded,
    e.ServiceRestored,
    e.RootCauseFound,
    e.Classified,
    e.VoluntaryNotificationDeclined,
    e.ReceiptRecorded,
    e.LessonRecorded,
    e.FollowUpPlanned,
    e.FollowUpDone,
    e.ReviewHeld,
    e.RecurrenceConsidered,
)
_FILED: tuple[type[DomainEvent], ...] = (*DOCUMENTS, e.DocumentMarked, e.RecordJournalised)
_WORK = frozenset(event.TOPIC for event in (*_FILED, *_QUIET_WORK))
"""Events that leave the incident's state as it is and that somebody asks for all the same."""
_UNFILED = "records"
"""Among what waits: documents that nobody has filed."""


class Casework:
    """The fold of the casework. What cannot be found, such as a task that was never planned, changes nothing."""

    name = "casework"
    revision = 4
    metadata = METADATA
    topics = TELLING | _WORK
    places: frozenset[str] = frozenset()
    views = (views.JUDGEMENTS, views.BREACHES, views.TODOS, views.NOTICES)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """None: who asks for a list, asks for a period."""
        return ()

    def prefetch(self, rows: Rows, batch: Sequence[StoredRow]) -> None:
        """The incidents that are known already."""
        rows[CASES].fetch({row.aggregate_id for row in batch if row.topic != REPORTED})

    def fold(self, rows: Rows, entry: Entry) -> bool:
        """See `Projection.fold`."""
        recorded, cases = cast("Recorded", entry), rows[CASES]
        if recorded.topic == REPORTED:
            _keep_record(rows, cases.add(_reported(recorded)), recorded)
            return True
        case = cases.change(recorded.aggregate_id)
        if case is None:
            return False
        case["position"] = recorded.position
        if recorded.topic not in QUIET:
            advance(case, recorded)
            case |= title_told(recorded) | ending(recorded)
            case["authority_told_at"] = case["sent"].get("gdpr_notification")
            case["subjects_told_at"] = case["sent"].get("data_subjects")
        if isinstance(recorded.event, e.Disposed):
            _dispose(rows, case)
        _judge(rows, case, recorded)
        _work(rows, case, recorded)
        _learn(rows, recorded)
        _keep_record(rows, case, recorded)
        return True

    def complete(self, rows: Rows) -> None:
        """Nothing is left over."""


def _reported(recorded: Recorded) -> Row:
    return {
        **begin(recorded),
        **dict.fromkeys(("closed_at", "close_reason", "judged_number", "breach_number")),
        **dict.fromkeys(("authority_told_at", "subjects_told_at")),
        "recorded_at": instant_of(recorded.recorded_at_us),
        "demo": recorded.event.meta.demo is True,
        **title_told(recorded),
        "waiting": {},
        "position": recorded.position,
    }


def _judge(rows: Rows, case: Row, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case e.Assessed() | e.SignificanceDeclared():
            rows[JUDGEMENTS].add({**place(recorded), **judged(event)})
            case["judged_number"] = recorded.version
        case e.AssessmentApproved(alone=alone):
            _decide(rows, case, recorded, "approved", alone=alone)
        case e.AssessmentRejected():
            _decide(rows, case, recorded, "rejected", alone=False)
        case e.BreachRegistered():
            rows[BREACHES].add({**place(recorded), **breach(event)})
            case["breach_number"] = recorded.version
        case e.Submission() | e.RecipientsNotified() | e.DataSubjectsNotified() | e.VoluntaryNotificationDeclined():
            rows[NOTICES].add({**place(recorded), **notice(event)})
        case e.ReceiptRecorded():
            row = rows[NOTICES].change((recorded.aggregate_id, event.submission_number))
            if row is not None:
                row["receipt_at"], row["position"] = event.meta.occurred_at, recorded.position
        case _:
            pass


def _work(  # noqa: C901 - one case an event, kept in one place on purpose
    rows: Rows, case: Row, recorded: Recorded
) -> None:
    event = recorded.event
    match event:
        case e.TaskPlanned(owner=owner, due_at=due_at):
            _plan(rows, recorded, kind="task", owner=owner, due_at=due_at)
        case e.FollowUpPlanned(owner=owner, due_at=due_at):
            _plan(rows, recorded, kind="follow_up", owner=owner, due_at=due_at)
        case e.TaskDone():
            _done(rows, recorded, event.task_number, "task")
        case e.FollowUpDone():
            _done(rows, recorded, event.follow_up_number, "follow_up")
        case e.ApprovedAfterwards():
            _done(rows, recorded, event.approved_number, "approval")
        case e.SupplierEngaged(supplier=supplier, answer_by=answer_by):
            _plan(rows, recorded, kind="supplier", owner=supplier, due_at=answer_by)
            _wait(case, f"supplier {supplier}", recorded.version)
        case e.SupplierReported():
            _arrived(rows, case, recorded, "supplier", event.supplier)
        case e.ServiceDegraded(service=service):
            _plan(rows, recorded, kind="service", subject=service)
            _wait(case, f"service {service}", recorded.version)
        case e.ServiceRestored():
            _arrived(rows, case, recorded, "service", event.service)
        case e.AssessmentApproved() | e.SubmissionApproved() | e.EmergencyActionTaken() | e.Submission():
            if event.approve_by is not None:
                _plan(rows, recorded, kind="approval", subject=BY_EVENT[type(event)].step, due_at=event.approve_by)
        case _:
            pass


def _learn(rows: Rows, recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case e.RootCauseFound() | e.Classified():
            _find_cause(rows, recorded, event)
        case e.LessonRecorded():
            rows[REVIEWS].add({**place(recorded), "kind": "lesson", "area": event.area})
        case e.ReviewHeld():
            rows[REVIEWS].add({**place(recorded), "kind": event.review, "area": None})
        case e.RecurrenceConsidered():
            together = {"others": tuple(map(str, event.others)), "significant_together": event.significant_together}
            rows[CONSIDERED].add({**place(recorded), **together})
        case _:
            pass


def _keep_record(rows: Rows, case: Row, recorded: Recorded) -> None:
    event, kind = recorded.event, kind_of_document(recorded.event)
    if kind is not None and kind.final:
        rows[RECORDS].add(record(recorded, kind))
        _wait(case, _UNFILED, recorded.version)
    elif isinstance(event, e.DocumentMarked):
        row = rows[RECORDS].change((recorded.aggregate_id, event.document_number))
        if row is not None:
            row |= {"mark": event.mark, "exemption": event.exemption, "voluntary": event.voluntary}
            row["position"] = recorded.position
    elif isinstance(event, e.RecordJournalised) and event.system == "esdh":
        for number in case["waiting"].get(_UNFILED, ()) if files_everything(event) else (event.document_number,):
            _file(rows, recorded, event, number)


def _file(rows: Rows, recorded: Recorded, event: e.RecordJournalised, number: int | None) -> None:
    row = rows[RECORDS].change((recorded.aggregate_id, number))
    # A note on the whole incident does not take the place of one on this very document.
    if row is not None and (row["filed_at"] is None or event.document_number is not None):
        row |= {"case_number": event.case_number, "record_number": event.record_number}
        row |= {"filed_at": event.meta.occurred_at, "position": recorded.position}


def _dispose(rows: Rows, case: Row) -> None:
    """The tombstone has the notices in itself; nothing else of the work is left."""
    for table in (JUDGEMENTS, BREACHES, TODOS, NOTICES, CAUSES, RECORDS, REVIEWS, CONSIDERED):
        rows[table].remove("incident_id", case["id"])
    case |= {"waiting": {}, "judged_number": None, "breach_number": None}


def _decide(rows: Rows, case: Row, recorded: Recorded, verdict: str, *, alone: bool) -> None:
    row = rows[JUDGEMENTS].change((recorded.aggregate_id, case["judged_number"]))
    if row is not None:
        meta = recorded.event.meta
        row |= {"verdict": verdict, "verdict_number": recorded.version, "verdict_at": meta.occurred_at, "alone": alone}
        row |= {"verdict_by": meta.actor, "verdict_role": meta.role, "position": recorded.position}


def _plan(rows: Rows, recorded: Recorded, **what: Any) -> None:  # noqa: ANN401 - the columns of a todo
    empty = dict.fromkeys(("owner", "subject", "due_at", "done_at", "done_by"))
    rows[TODOS].add({**place(recorded), **empty, **what})


def _done(rows: Rows, recorded: Recorded, number: int, kind: str) -> None:
    todo = rows[TODOS].change((recorded.aggregate_id, number))
    # Told twice, the first time counts.
    if todo is not None and todo["kind"] == kind and todo["done_at"] is None:
        meta = recorded.event.meta
        todo |= {"done_at": meta.occurred_at, "done_by": meta.actor, "position": recorded.position}


def _wait(case: Row, what: str, number: int) -> None:
    case["waiting"] = {**case["waiting"], what: (*case["waiting"].get(what, ()), number)}


def _arrived(rows: Rows, case: Row, recorded: Recorded, kind: str, name: str) -> None:
    """Everything that waited for it is done."""
    what = f"{kind} {name}"
    for number in case["waiting"].get(what, ()):
        _done(rows, recorded, number, kind)
    case["waiting"] = {other: numbers for other, numbers in case["waiting"].items() if other != what}


def _find_cause(rows: Rows, recorded: Recorded, event: e.RootCauseFound | e.Classified) -> None:
    causes, empty = rows[CAUSES], dict.fromkeys(("number", "found_at", "cause", "cause_key", "sealed", "incident_class"))
    row = causes.change(recorded.aggregate_id) or causes.add(
        {"incident_id": recorded.aggregate_id, "third_party": False, "tags": (), **empty}
    )
    row["position"] = recorded.position
    if isinstance(event, e.Classified):
        row |= {"incident_class": event.incident_class, "tags": event.tags}
    else:
        found = place(recorded)
        row |= {"number": found["number"], "found_at": found["occurred_at"], "sealed": found["sealed"]}
        row |= {name: getattr(event, name) for name in ("cause", "third_party", "cause_key")}
