"""How the rows of each list are made: what the read model tells, with titles and texts opened."""

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.lists.kinds import Asked
from projections import casework_queries as ask
from projections.rows import Row

_TASK_TEXTS = ("task", "follow_up", "request", "action", "text")
_LACKING = {"cause": "root_cause", "incident_class": "incident_class"}


def _cases(rows: list[Row], asked: Asked, **more: Any) -> Iterator[Row]:  # noqa: ANN401 - columns that the rows may lack
    for row in rows:
        yield {**more, **asked.case(row)}


def judgements(asked: Asked) -> Iterator[Row]:
    """Every judgement."""
    return _cases(ask.judgements(asked.connection, asked.span), asked, reason=None)


def not_significant(asked: Asked) -> Iterator[Row]:
    """The current judgement of every incident that stands as not significant."""
    return _cases(ask.judged_not_significant(asked.connection, asked.span), asked, reason=None)


def breaches(asked: Asked) -> Iterator[Row]:
    """Every personal data breach."""
    empty = dict.fromkeys(("nature", "consequences", "measures", "reason"))
    return _cases(ask.breach_register(asked.connection, asked.span), asked, **empty)


def todos(asked: Asked) -> Iterator[Row]:
    """What is to be done; overdue as of the clock."""
    for row in _cases(ask.open_todos(asked.connection, asked.span), asked):
        text = next((row[name] for name in _TASK_TEXTS if row.get(name)), None)
        yield {**row, "text": text, "overdue": ask.is_overdue(row, asked.now)}


def notices(asked: Asked) -> Iterator[Row]:
    """What was sent, but for the voluntary notices."""
    return _cases(ask.notices(asked.connection, asked.span), asked, receipt=None, late_reason=None)


def voluntary(asked: Asked) -> Iterator[Row]:
    """Voluntary notices, sent or declined."""
    return _cases(ask.notices(asked.connection, asked.span, voluntary=True), asked, receipt=None, reason=None)


def unfiled(asked: Asked) -> Iterator[Row]:
    """Documents that are not filed."""
    return _cases(ask.unfiled(asked.connection, asked.span), asked)


def learning(asked: Asked) -> Iterator[Row]:
    """Reviews and lessons."""
    for row in _cases(ask.learning(asked.connection, asked.span), asked):
        yield {**row, "text": row.get("lesson") or row.get("conclusion")}


def weekly(asked: Asked) -> Iterator[Row]:
    """What ended without a review, and open follow-ups."""
    return _evaluation(asked, {})


def monthly(asked: Asked) -> Iterator[Row]:
    """What ended without a review, a root cause or a class, and open follow-ups."""
    return _evaluation(asked, _LACKING)


def _evaluation(asked: Asked, also: Mapping[str, str]) -> Iterator[Row]:
    """Incidents that ended without a review, or without what `also` names; then every follow-up that is open."""
    nothing = dict.fromkeys(("owner", "due_at", "text"))
    for row in _cases(ask.ended(asked.connection, asked.span), asked, **nothing):
        lacks: tuple[str, ...] = () if row["reviewed"] else ("post_incident_review",)
        lacks += tuple(word for name, word in also.items() if row[name] is None)
        if lacks:
            yield {**row, "lacks": lacks, "overdue": False}
    everything = asked._replace(span=asked.span._replace(start=None, end=None))
    for row in todos(everything):
        if row["kind"] == "follow_up":
            yield {**row, "lacks": ("follow_up",), "ended_at": row["closed_at"] or row["handled_at"]}


def recurrence(asked: Asked) -> Iterator[Row]:
    """One row a group."""
    for group in ask.recurring(asked.connection, asked.span):
        rows = [asked.case(row) for row in group]
        first, last = rows[0], rows[-1]
        yield {
            **last,
            "refs": tuple(row["ref"] for row in rows),
            "titles": tuple(row["title"] or row["ref"] for row in rows),
            "judged": tuple("unknown" if row["significant"] is None else "yes" if row["significant"] else "no" for row in rows),
            "first_at": first["detected_at"],
            "last_at": last["detected_at"],
            "exercise": any(row["exercise"] for row in rows),
        }
