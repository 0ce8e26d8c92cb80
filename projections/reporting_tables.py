"""The tables of the management report: a row per incident with its times, one per act that a figure counts, and the sums.

An incident's row outlives its disposal: a figure that was reported once does not change for it. What then goes are the names
of components and suppliers, and the municipality's own word for the cause.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table

from domain.incident import events as e
from projections.columns import Id, Instant, OneOf, WordList, Words
from projections.incident_rows import state_columns
from projections.upsert import ADDED

METADATA = MetaData()
INCIDENTS = Table(
    "incidents",
    METADATA,
    *state_columns(),
    Column("month", Words, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("assessed_at", Instant),
    Column("assess_seconds", BigInteger),
    Column("notify_seconds", BigInteger),
    Column("recorded_at", Instant, nullable=False),
    Column("warned_at", Instant),
    Column("notified_at", Instant),
    Column("effect_at", Instant),
    Column("told_at", Instant),
    Column("closed_at", Instant),
    Column("close_reason", OneOf(e.CloseReason)),
    Column("cause", Words),
    Column("cause_key", Words),
    Column("third_party", Boolean, nullable=False),
    Column("incident_class", Words),
    Column("suppliers", WordList, nullable=False),
    # A clock ran that the law knows of: few do, and the report asks for those of all times.
    Column("clocked", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("incidents_month", "month"),
    Index("incidents_recorded", "recorded_at"),
    Index("incidents_clocked", "clocked"),
)
ACTS = Table(
    "acts",
    METADATA,
    Column("incident_id", Id, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    # Of a service `down`, `degraded`, `restored`; of a source `silent`; `follow_up`, `lesson`; else the kind of what was sent.
    Column("act", Words, nullable=False),
    Column("at", Instant, nullable=False),
    # The service, the area of the lesson, the source.
    Column("subject", Words),
    Column("due_at", Instant),
    Column("done_at", Instant),
    Column("late", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("acts_act", "act", "at"),
)
TREATMENTS = Table(
    "treatments",
    METADATA,
    Column("number", BigInteger, primary_key=True),
    Column("stream", Id, nullable=False),
    Column("period", Words, nullable=False),
    Column("administration", Words),
    Column("report_position", BigInteger, nullable=False),
    Column("report_sha256", Words, nullable=False),
    Column("treated_on", Words, nullable=False),
    Column("case_number", Words),
    Column("sealed", Words),
    Column("actor", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("position", BigInteger, nullable=False),
)
COUNTED = ("incidents", "significant", "handled", "closed", "assessed", "assess_seconds", "notified", "notify_seconds")
MONTHLY = Table(
    "monthly",
    METADATA,
    Column("month", Words, primary_key=True),
    Column("service", Words, primary_key=True),
    Column("severity", Words, primary_key=True),
    *(Column(name, BigInteger, nullable=False, info=ADDED) for name in COUNTED),
    Column("position", BigInteger, nullable=False),
    Index("monthly_position", "position"),
)
ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("day", Words, primary_key=True),
    Column("component", Words, primary_key=True),
    Column("signals", BigInteger, nullable=False, info=ADDED),
    Column("position", BigInteger, nullable=False),
    Index("attempts_position", "position"),
)
ALL_TOGETHER = ""
"""The service or component of a total: each incident and each signal is in it once, however many it hits."""
