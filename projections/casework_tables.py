"""The tables of the casework: one row per incident, and one per thing that was decided, sent, agreed or learnt.

A row is found by the incident and the number of the event that began it. `sealed` is that event's ciphertext: whoever may read
it opens it as of `number`.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table

from domain.incident import events as e
from projections.columns import Id, Instant, Numbers, OneOf, WordList, WordMap, Words
from projections.incident_rows import state_columns, title_columns

METADATA = MetaData()


def _of_an_event() -> list[Column[Any]]:
    return [
        Column("incident_id", Id, primary_key=True),
        Column("number", BigInteger, primary_key=True),
        Column("occurred_at", Instant, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        Column("actor", Words, nullable=False),
        Column("role", Words),
        Column("on_behalf_of", Words),
        Column("sealed", Words),
        Column("position", BigInteger, nullable=False),
    ]


CASES = Table(
    "cases",
    METADATA,
    *state_columns(),
    Column("recorded_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("close_reason", OneOf(e.CloseReason)),
    Column("demo", Boolean, nullable=False),
    *title_columns(),
    Column("judged_number", BigInteger),
    Column("breach_number", BigInteger),
    Column("authority_told_at", Instant),
    Column("subjects_told_at", Instant),
    # What waits for an answer, for a service to work again or to be filed, by name, to the numbers of its rows.
    Column("waiting", Numbers, nullable=False),
    Column("position", BigInteger, nullable=False),
)
JUDGEMENTS = Table(
    "judgements",
    METADATA,
    *_of_an_event(),
    Column("kind", Words, nullable=False),
    Column("significant", Boolean, nullable=False),
    Column("nis2_category", OneOf(e.Nis2Category), nullable=False),
    Column("depth", Words),
    Column("guide_version", Words),
    Column("recommendation", Words),
    Column("because", WordList, nullable=False),
    Column("departs", Boolean, nullable=False),
    Column("answers", WordMap, nullable=False),
    Column("verdict", Words),
    Column("verdict_number", BigInteger),
    Column("verdict_by", Words),
    Column("verdict_role", Words),
    Column("verdict_at", Instant),
    Column("alone", Boolean, nullable=False),
    Index("judgements_occurred", "occurred_at"),
)
BREACHES = Table(
    "breaches",
    METADATA,
    *_of_an_event(),
    Column("aware_at", Instant, nullable=False),
    Column("risk", Words, nullable=False),
    Column("data_types", WordList, nullable=False),
    Column("data_subjects", BigInteger),
    Column("records", BigInteger),
    Column("exempt", Words),
    Column("tell_by", Instant),
)
TODOS = Table(
    "todos",
    METADATA,
    *_of_an_event(),
    Column("kind", Words, nullable=False),
    Column("owner", Words),
    Column("subject", Words),
    Column("due_at", Instant),
    Column("done_at", Instant),
    Column("done_by", Words),
    Index("todos_open", "done_at", "due_at"),
)
NOTICES = Table(
    "notices",
    METADATA,
    *_of_an_event(),
    Column("kind", Words, nullable=False),
    Column("channels", WordList, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("deviations", WordList, nullable=False),
    Column("form_version", Words),
    Column("filed_sha256", Words),
    Column("receipt_at", Instant),
    Column("follows", BigInteger),
    Index("notices_occurred", "occurred_at"),
)
CAUSES = Table(
    "causes",
    METADATA,
    Column("incident_id", Id, primary_key=True),
    Column("number", BigInteger),
    Column("found_at", Instant),
    Column("cause", Words),
    Column("third_party", Boolean, nullable=False),
    Column("cause_key", Words),
    Column("sealed", Words),
    Column("incident_class", Words),
    Column("tags", WordList, nullable=False),
    Column("position", BigInteger, nullable=False),
)
REVIEWS = Table(
    "reviews",
    METADATA,
    *_of_an_event(),
    Column("kind", Words, nullable=False),
    Column("area", Words),
)
RECORDS = Table(
    "records",
    METADATA,
    *_of_an_event(),
    # The event's topic: what kind of document it is.
    Column("document", Words, nullable=False),
    Column("direction", Words, nullable=False),
    Column("mark", Words),
    Column("exemption", Words),
    Column("voluntary", Boolean),
    Column("case_number", Words),
    Column("record_number", Words),
    Column("filed_at", Instant),
    Index("records_unfiled", "filed_at", "occurred_at"),
)
CONSIDERED = Table(
    "considered",
    METADATA,
    *_of_an_event(),
    Column("others", WordList, nullable=False),
    Column("significant_together", Boolean, nullable=False),
)
