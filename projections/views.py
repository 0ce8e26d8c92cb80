"""Read-only SQL views for Power BI, Grafana and other tools. Their names and columns are a contract: columns are only added.

Times are `timestamptz` on PostgreSQL and RFC 3339 UTC text of fixed width on SQLite; lists are JSON text; no view holds
confidential text. On SQLite each view is in the read file of its projection, on PostgreSQL in the schema of that name.
"""

from collections.abc import Mapping
from typing import NamedTuple


class View(NamedTuple):
    """A view over a projection's tables."""

    name: str
    source: str
    """What stands after FROM."""
    columns: Mapping[str, str]
    """Column to meaning, in order."""
    expressions: Mapping[str, str]
    """Column to SQL, where it is not the source's column of the same name."""
    times: frozenset[str]

    def sql(self, dialect: str) -> str:
        """The CREATE VIEW statement."""
        parts = []
        for name in self.columns:
            expression = self.expressions.get(name, name)
            if name in self.times and dialect == "postgresql":
                expression = f"CAST({expression} AS timestamptz)"
            parts.append(f"{expression} AS {name}")
        return f"CREATE VIEW {self.name} AS SELECT {', '.join(parts)} FROM {self.source}"  # noqa: S608 - constants only


INCIDENTS = View(
    name="sporlog_incidents",
    source="incidents",
    columns={
        "id": "The incident's UUID",
        "reference": "As people say it, H-2026-0042",
        "entity": "The reporting entity",
        "status": "reported, assessed, mitigated or closed",
        "kind": "incident, near_miss, threat or planned_work",
        "severity": "critical, high, medium, low or info",
        "nis2_category": "low, medium, high; empty until assessed",
        "significant": "Judged significant (NIS 2-loven § 12, stk. 2); empty until assessed",
        "approved": "The latest assessment is approved",
        "occurred_at": "When it was reported, as told",
        "detected_at": "First observation",
        "recorded_at": "When the log took the report",
        "aware_at": "Knowledge of the significant incident: the clocks run from here",
        "assessed_at": "First assessment, as told",
        "handled_at": "Handled (håndteret), as told",
        "closed_at": "Closed, as told",
        "close_reason": "Why it ended",
        "services": "Services hit, JSON list",
        "components": "Components hit, JSON list",
        "signal_count": "Alerts behind it, repeats included",
        "next_duty": "What is owed next",
        "next_due_at": "When that is due at the latest",
        "administration": "The part of the entity whose roles take it; empty: the entity's own",
        "exercise": "An exercise: nothing of it is real",
        "demo": "Invented, from the demonstration",
        "held_at": "A legal hold stands since then: nothing of it is erased; empty: none",
        "position": "The event in the log that changed this row last",
    },
    expressions={},
    times=frozenset(
        {
            "occurred_at",
            "detected_at",
            "recorded_at",
            "aware_at",
            "assessed_at",
            "handled_at",
            "closed_at",
            "next_due_at",
            "held_at",
        }
    ),
)

DEADLINES = View(
    name="sporlog_deadlines",
    source="deadlines JOIN clocks ON clocks.id = deadlines.incident_id",
    columns={
        "incident_id": "The incident's UUID",
        "reference": "As people say it",
        "kind": "Which duty",
        "due_at": "The outer limit; the duty is without undue delay",
        "trigger_name": "The fact that the clock runs from",
        "triggered_at": "When that was",
        "rule": "The rule's stable id",
        "paragraph": "Where it is written",
        "statutory": "A duty that an act lays on us; else an internal target, or an answer that we await",
        "discharged_at": "When the act was done, as told; empty while it is owed",
        "late": "Done after the limit",
        "cancelled": "No longer owed: not significant, or another report took its place",
        "missed": "The log noted that the limit passed",
        "position": "The event in the log that changed this incident's clocks last",
    },
    expressions={
        "kind": "deadlines.kind",
        "missed": "deadlines.missed",
        "position": "clocks.position",
        "reference": "clocks.reference",
    },
    times=frozenset({"due_at", "triggered_at", "discharged_at"}),
)

REPORTING = View(
    name="sporlog_reporting",
    source="monthly",
    columns={
        "month": "Copenhagen's month of registration, 2026-11",
        "service": "The service; empty: the whole organisation, each incident once",
        "severity": "The incidents' severity",
        "incidents": "How many were registered",
        "significant": "Of them judged significant",
        "handled": "Of them handled",
        "closed": "Of them closed",
        "assessed": "Of them assessed at least once",
        "assess_seconds": "Seconds from report to first assessment, summed over the assessed ones",
        "notified": "Of them notified to the authority",
        "notify_seconds": "Seconds from knowledge to the incident notification, summed over the notified ones",
        "position": "The event in the log that changed this row last",
    },
    expressions={},
    times=frozenset(),
)

ATTEMPTS = View(
    name="sporlog_attempts",
    source="attempts",
    columns={
        "day": "Copenhagen's day of detection, 2026-11-20",
        "component": "The component; empty: all of them, each signal once",
        "signals": "Alerts told of it, repeats included",
        "position": "The event in the log that changed this row last",
    },
    expressions={},
    times=frozenset(),
)

SIGNAL_SOURCES = View(
    name="sporlog_sources",
    source="sources",
    columns={
        "source": "The source instance",
        "first_at": "When the log first took something from it",
        "last_at": "When it took something from it last",
        "signals": "Different alerts",
        "repeats": "How often a known one came again",
        "position": "The event in the log that changed this row last",
    },
    expressions={},
    times=frozenset({"first_at", "last_at"}),
)
SIGNALS_BY_RULE = View(
    name="sporlog_signals_by_rule",
    source="by_rule",
    columns={
        "day": "Copenhagen's day on which the log took them in, 2026-11-20",
        "source": "The source instance",
        "rule": "The rule that decided; person, twin or none where no rule did",
        "disposition": "opened, attached, counted, suppressed or to_person",
        "signals": "Different alerts, repeats not counted",
    },
    expressions={},
    times=frozenset(),
)
SIGNALS_BY_COMPONENT = View(
    name="sporlog_signals_by_component",
    source="by_component",
    columns={
        "day": "Copenhagen's day on which the log took them in, 2026-11-20",
        "component": "The component; an alert that names several counts on each",
        "rule": "The rule that decided",
        "signals": "Different alerts, repeats not counted",
    },
    expressions={},
    times=frozenset(),
)

_CASE = {
    "incident_id": "The incident's UUID",
    "reference": "As people say it",
    "entity": "The reporting entity",
    "exercise": "Nothing of it is real: an exercise",
    "number": "The event of the incident that it is",
    "occurred_at": "When it happened, as told",
    "recorded_at": "When the log took it",
    "actor": "Opaque id of who did it",
    "role": "In which role",
}
_POSITION = {"position": "The event in the log that changed this row last"}


def _of_a_case(name: str, table: str, columns: Mapping[str, str], times: frozenset[str], **expressions: str) -> View:
    """A view over one of the casework's tables, with what is known of the incident beside each row."""
    shown = {**_CASE, **columns, **_POSITION}
    own = {column: f"{table}.{column}" for column in shown}
    of_the_case = {column: f"cases.{column}" for column in ("reference", "entity", "exercise")}
    return View(
        name=name,
        source=f"{table} JOIN cases ON cases.id = {table}.incident_id",
        columns=shown,
        expressions=own | of_the_case | expressions,
        times=times | {"occurred_at", "recorded_at"},
    )


JUDGEMENTS = _of_a_case(
    "sporlog_judgements",
    "judgements",
    {
        "kind": "assessed with the question guide, or declared significant at once",
        "current": "The incident's latest judgement",
        "significant": "Judged significant (NIS 2-loven § 12, stk. 2)",
        "nis2_category": "low, medium or high",
        "depth": "quick or full; empty where the guide was not used",
        "guide_version": "Version of the question guide",
        "recommendation": "What the guide recommended",
        "because": "The questions that weighed, JSON list",
        "departs": "The decision differs from the recommendation",
        "answers": "Question to answer, JSON object",
        "verdict": "approved or rejected; empty while nobody has said",
        "verdict_by": "Who said so",
        "verdict_at": "When, as told",
        "alone": "Approved by whoever was alone on duty: a second person approves afterwards",
    },
    frozenset({"verdict_at"}),
    current="judgements.number = cases.judged_number",
)
BREACHES = _of_a_case(
    "sporlog_breaches",
    "breaches",
    {
        "current": "The latest registration; earlier ones stay",
        "aware_at": "When the controller knew of the breach",
        "risk": "unlikely, possible or high",
        "data_types": "Types of data, JSON list",
        "data_subjects": "How many people, about",
        "records": "How many records, about",
        "exempt": "Why the data subjects need not be told",
        "authority_told_at": "When Datatilsynet was told, as told here; empty: not",
        "subjects_told_at": "When the data subjects were told; empty: not",
    },
    frozenset({"aware_at", "authority_told_at", "subjects_told_at"}),
    authority_told_at="cases.authority_told_at",
    subjects_told_at="cases.subjects_told_at",
    current="breaches.number = cases.breach_number",
)
TODOS = _of_a_case(
    "sporlog_todos",
    "todos",
    {
        "kind": "task, follow_up, supplier (an answer that is awaited), approval (afterwards) or service (to be restored)",
        "owner": "Opaque id of who does it, or the supplier",
        "subject": "The service, or the step that waits for approval",
        "due_at": "Until when; empty: no limit",
        "done_at": "When it was done, as told; empty while it is not",
        "done_by": "Who said that it is done",
    },
    frozenset({"due_at", "done_at"}),
)
NOTICES = _of_a_case(
    "sporlog_notices",
    "notices",
    {
        "kind": "Which notice; voluntary_notification and voluntary_declined (§ 14) are apart for good",
        "channels": "Through which channels, JSON list",
        "late": "Sent after the limit",
        "approved": "False: the approval that the policy wants was missing",
        "deviations": "How it departs from the process, JSON list",
        "on_behalf_of": "Whom a supplier or another entity sent it for",
        "form_version": "Version of the form",
        "filed_sha256": "SHA-256 over form, values and receipt as filed",
        "receipt_at": "When a receipt was recorded later",
        "follows": "The earlier notice that it follows up, by its number",
    },
    frozenset({"receipt_at"}),
)
CATALOGUE = View(
    name="sporlog_catalogue",
    source="objects",
    columns={
        "id": "The object's UUID",
        "kind": "service, process, system, integration, component, supplier, contract, mailbox or plan",
        "name": "What it is called",
        "administration": "The administration that it belongs to; empty: the entity's own",
        "owner": "Opaque id of the role that answers for it",
        "service_class": "society_critical, critical, important or ordinary, once approved; only services have one",
        "class_at": "Since when the class holds",
        "restoration_order": "1 is restored first",
        "tolerable_downtime_minutes": "How long it may be gone",
        "retired": "Out of use",
        "registered_at": "When it came into the catalogue",
        "changed_at": "Its last change",
        "position": "The event that changed it last",
    },
    expressions={},
    times=frozenset({"class_at", "registered_at", "changed_at"}),
)
