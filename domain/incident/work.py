"""What deciding must remember of the work on an incident: measures, drafts, tasks, who proposed what, and the like.

`after` is total: whatever the log holds is remembered, and what it does not speak of stays. No clock follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from domain.events import DomainEvent
from domain.incident import events as e
from domain.incident.events.evidence import ScanResult
from domain.incident.events.operations import ContingencyKind, MeasureState
from domain.records.documents import DOCUMENTS
from domain.roles import Role

K = TypeVar("K")
V = TypeVar("V")


def _none() -> Mapping[Any, Any]:
    return MappingProxyType({})


class Draft(NamedTuple):
    """The last draft of a kind of notice: its number in the incident, who wrote it, and whether it may be sent."""

    number: int
    actor: str
    values: Mapping[str, str]
    form_version: str | None
    approved: bool = False


class ToDo(NamedTuple):
    """A task or an improvement that was agreed."""

    owner: str
    due_at: datetime | None
    done: bool = False


class Proposal(NamedTuple):
    """A proposal to erase that waits for a second person: who made it, and what it says in clear."""

    actor: str
    event: e.RedactionProposed | e.DisposalProposed

    @property
    def kind(self) -> str:
        """`redaction` of one text or `disposal` of all."""
        return "redaction" if isinstance(self.event, e.RedactionProposed) else "disposal"


class Evidence(NamedTuple):
    """A piece of evidence. `bytes` is None where nobody told; what is `stored` lies in Sporlog's own store."""

    sha256: str
    bytes: int | None
    stored: bool
    scan: ScanResult | None


class Document(NamedTuple):
    """A document of the records: the event that it is, and whether a person decided how it is marked."""

    event: type[DomainEvent]
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Numbers are versions of the incident's stream: the events that began each thing."""

    assessed_by: str | None = None
    guide_follows: bool = False
    """Declared significant without the guide, which is still to be gone through."""
    proposers: Mapping[int, str] = field(default_factory=_none)
    """Number of what is to be approved afterwards, to who did it."""
    drafts: Mapping[str, Draft] = field(default_factory=_none)
    filed: Mapping[int, str] = field(default_factory=_none)
    """Number of each submission to its kind."""
    roles: Mapping[Role, frozenset[str]] = field(default_factory=_none)
    measures: Mapping[int, MeasureState] = field(default_factory=_none)
    evidence: Mapping[int, Evidence] = field(default_factory=_none)
    documents: Mapping[int, Document] = field(default_factory=_none)
    tasks: Mapping[int, ToDo] = field(default_factory=_none)
    follow_ups: Mapping[int, ToDo] = field(default_factory=_none)
    suppliers: Mapping[str, datetime | None] = field(default_factory=_none)
    """Supplier who owes an answer, to until when."""
    degraded: Mapping[str, str] = field(default_factory=_none)
    """Service that does not work as it should, to how."""
    tested: frozenset[str] = frozenset()
    """Services whose restoration was tested and passed since they were degraded."""
    contingency: frozenset[ContingencyKind] = frozenset()
    reminded: frozenset[tuple[str, datetime, str]] = frozenset()
    """Kind, due time and rung of the reminders that were noted."""
    breach_risk: str | None = None
    erasures: Mapping[int, Proposal] = field(default_factory=_none)
    """Number of each proposal to erase that waits."""
    told_in: Mapping[str, int] = field(default_factory=_none)
    """Text of the report that was corrected, to the number of the event that told it last; all others are told in number 1."""


NOTHING_DONE = Work()


def after(  # noqa: C901, PLR0911, PLR0912 - one case an event, kept in one place on purpose
    work: Work, number: int, event: DomainEvent
) -> Work:
    """The memory after one more event, which is the incident's `number`th."""
    if type(event) in DOCUMENTS:
        work = replace(work, documents=_with(work.documents, number, Document(type(event))))
    actor = event.meta.actor
    match event:
        case e.Assessed():
            return replace(work, assessed_by=actor, guide_follows=False)
        case e.SignificanceDeclared():
            return replace(work, assessed_by=actor, guide_follows=True)
        case e.EmergencyActionTaken() | e.AssessmentApproved(alone=True):
            return replace(work, proposers=_with(work.proposers, number, actor))
        case e.SubmissionDrafted():
            draft = Draft(number, actor, event.values or {}, event.form_version)
            return replace(work, drafts=_with(work.drafts, event.report.value, draft))
        case e.SubmissionApproved():
            return _approve(work, number, event)
        case e.Submission():
            proposers = _with(work.proposers, number, actor) if event.approve_by else work.proposers
            return replace(work, filed=_with(work.filed, number, kind_of(event)), proposers=proposers)
        case e.RoleAssigned():
            holders = work.roles.get(event.assigned_role, frozenset()) | {event.holder}
            return replace(work, roles=_with(work.roles, event.assigned_role, holders))
        case e.MeasureTaken():
            return replace(work, measures=_with(work.measures, number, event.state))
        case e.MeasureUpdated():
            return replace(work, measures=_with(work.measures, event.measure_number, event.state))
        case e.EvidenceAttached():
            kept = Evidence(event.sha256, event.bytes, event.stored, event.scan)
            return replace(work, evidence=_with(work.evidence, number, kept))
        case e.DocumentMarked(document_number=marked) if marked in work.documents:
            document = work.documents[marked]._replace(decided=True)
            return replace(work, documents=_with(work.documents, marked, document))
        case e.TaskPlanned():
            return replace(work, tasks=_with(work.tasks, number, ToDo(event.owner, event.due_at)))
        case e.TaskDone():
            return replace(work, tasks=_done(work.tasks, event.task_number))
        case e.FollowUpPlanned():
            return replace(work, follow_ups=_with(work.follow_ups, number, ToDo(event.owner, event.due_at)))
        case e.FollowUpDone():
            return replace(work, follow_ups=_done(work.follow_ups, event.follow_up_number))
        case e.SupplierEngaged():
            return replace(work, suppliers=_with(work.suppliers, event.supplier, event.answer_by))
        case e.SupplierReported():
            return replace(work, suppliers=_without(work.suppliers, event.supplier))
        case e.ServiceDegraded():
            degraded = _with(work.degraded, event.service, event.degree)
            return replace(work, degraded=degraded, tested=work.tested - {event.service})
        case e.RestorationTested():
            return replace(work, tested=work.tested | {event.service} if event.passed else work.tested - {event.service})
        case e.ServiceRestored():
            return replace(work, degraded=_without(work.degraded, event.service), tested=work.tested - {event.service})
        case e.ContingencyActivated():
            return replace(work, contingency=work.contingency | {event.contingency})
        case e.ContingencyDeactivated():
            return replace(work, contingency=work.contingency - {event.contingency})
        case e.DeadlineApproached():
            return replace(work, reminded=work.reminded | {(event.kind, event.due_at, event.rung)})
        case e.BreachRegistered():
            return replace(work, breach_risk=event.risk)
        case e.InterimReportRequested():
            return _write_anew(work, "interim_report")
        case e.Reopened():
            return _write_anew(work, "final_report")
        case e.Corrected():
            return replace(work, told_in=_with(work.told_in, event.field, number))
        case e.RedactionProposed() | e.DisposalProposed():
            proposal = Proposal(actor, event.model_copy(update={"reason": None, "sealed": None}))
            return replace(work, erasures=_with(work.erasures, number, proposal))
        case e.ErasureRejected():
            return replace(work, erasures=_without(work.erasures, event.proposal_number))
        case e.Redacted():
            erasures = _without(work.erasures, event.proposal_number)
            return replace(work, erasures=erasures, drafts=_without_text(work.drafts, event))
        case e.Disposed():
            return NOTHING_DONE
        case _:
            return work


def kind_of(submission: e.Submission) -> str:
    """Which notice it was: `incident.early-warning-sent.1` is an `early_warning`."""
    return KIND_OF_EVENT[type(submission)]


KIND_OF_EVENT: Mapping[type[DomainEvent], str] = {
    e.EarlyWarningSent: "early_warning",
    e.IncidentNotificationSent: "incident_notification",
    e.InterimReportSent: "interim_report",
    e.StatusReportSent: "status_report",
    e.FinalReportSent: "final_report",
    e.VoluntaryNotificationSent: "voluntary_notification",
    e.WithdrawalSent: "withdrawal",
    e.DataProtectionAuthorityNotified: "gdpr_notification",
}


def _approve(work: Work, number: int, event: e.SubmissionApproved) -> Work:
    draft = work.drafts.get(event.report.value)
    drafts = work.drafts if draft is None else _with(work.drafts, event.report.value, draft._replace(approved=True))
    proposers = _with(work.proposers, number, event.meta.actor) if event.alone else work.proposers
    return replace(work, drafts=drafts, proposers=proposers)


def _write_anew(work: Work, kind: str) -> Work:
    # The duty begins anew: what was written and approved for the one that was sent says nothing of this one.
    return replace(work, drafts=_without(work.drafts, kind)) if kind in work.filed.values() else work


def _without_text(drafts: Mapping[str, Draft], redacted: e.Redacted) -> Mapping[str, Draft]:
    field_name, _, key = (redacted.path or "").partition(".")
    left = {
        kind: draft._replace(values={name: text for name, text in draft.values.items() if key and name != key})
        if draft.number == redacted.redacted_number and field_name == "values"
        else draft
        for kind, draft in drafts.items()
    }
    return MappingProxyType(left)


def _with(known: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**known, key: value})


def _without(known: Mapping[K, V], key: K) -> Mapping[K, V]:
    return MappingProxyType({name: value for name, value in known.items() if name != key})


def _done(todos: Mapping[int, ToDo], number: int) -> Mapping[int, ToDo]:
    return _with(todos, number, todos[number]._replace(done=True)) if number in todos else todos
