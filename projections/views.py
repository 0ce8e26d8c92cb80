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
        "position": "The event in the log that changed this row last",
    },
    expressions={},
    times=frozenset(
        {"occurred_at", "detected_at", "recorded_at", "aware_at", "assessed_at", "handled_at", "closed_at", "next_due_at"}
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
