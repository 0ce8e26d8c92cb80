"""Recurrence: which incidents a person should look at together."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.recurrence import MONTHS, Cause, recurrences, same_cause
from domain.time import add_months, parse_time

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
DETECTED = parse_time("2026-08-31 10:00")


def cause(incident: UUID = ONE, detected: str | datetime = DETECTED, **more: object) -> Cause:
    at = parse_time(detected) if isinstance(detected, str) else detected
    fields = {
        "cause": "system_failures",
        "cause_key": None,
        "incident_class": "availability.outage",
        "hit": frozenset({"esdh"}),
    }
    return Cause(incident, at, **fields | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (cause(), True),
        (cause(incident_class="availability"), True),
        (cause(hit=frozenset({"esdh", "mail"})), True),
        (cause(cause="human_errors"), False),
        (cause(incident_class="intrusions"), False),
        (cause(incident_class=None), False),
        (cause(hit=frozenset({"mail"})), False),
        (cause(hit=frozenset()), False),
        (cause(cause_key="disk-a"), True),
    ],
)
def test_without_a_word_of_the_municipalitys_own_cause_class_and_what_was_hit_decide(other: Cause, *, same: bool) -> None:
    assert same_cause(cause(), other) is same
    assert same_cause(other, cause()) is same


def test_the_municipalitys_own_word_decides_alone_where_both_have_one() -> None:
    assert same_cause(cause(cause_key="disk-a"), cause(cause_key="disk-a", cause="human_errors", hit=frozenset()))
    assert not same_cause(cause(cause_key="disk-a"), cause(cause_key="disk-b"))


def test_a_cause_that_is_not_known_is_the_same_as_no_other() -> None:
    assert not same_cause(cause(cause=None), cause(cause=None))


@pytest.mark.parametrize(("detected", "found"), [("2027-02-28 10:00", True), ("2027-02-28 10:01", False)])
def test_six_calendar_months_end_on_the_months_last_day_at_the_same_time_of_day(detected: str, *, found: bool) -> None:
    assert recurrences([cause(ONE), cause(TWO, detected)], []) == (((ONE, TWO),) if found else ())


def test_a_group_that_lies_within_another_is_not_told_apart() -> None:
    causes = [cause(THREE, "2026-10-01 10:00"), cause(TWO, "2026-09-01 10:00"), cause(ONE)]
    assert recurrences(causes, []) == ((ONE, TWO, THREE),)


def test_what_a_person_considered_comes_back_only_with_another_incident() -> None:
    considered = [frozenset({ONE, TWO})]
    assert recurrences([cause(ONE), cause(TWO, "2026-09-01 10:00")], considered) == ()
    three = [cause(ONE), cause(TWO, "2026-09-01 10:00"), cause(THREE, "2026-10-01 10:00")]
    assert recurrences(three, considered) == ((ONE, TWO, THREE),)


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["a", "b", None])), max_size=12))
def test_every_pair_within_a_window_is_in_a_group_and_no_group_has_a_stranger(told: list[tuple[int, str | None]]) -> None:
    start = DETECTED.timestamp()
    causes = [
        cause(UUID(int=n), datetime.fromtimestamp(start + days * 86400, DETECTED.tzinfo), cause_key=key, cause=None)
        for n, (days, key) in enumerate(told)
    ]
    groups = recurrences(causes, [])
    keys = {one.incident: one.cause_key for one in causes}
    assert all(len(group) > 1 and len({keys[one] for one in group}) == 1 for group in groups)
    near = [
        {one.incident, other.incident}
        for one in causes
        for other in causes
        if one.incident < other.incident and same_cause(one, other) and abs((one.detected_at - other.detected_at).days) < 180
    ]
    assert all(any(pair <= set(group) for group in groups) for pair in near)


def plainly(causes: list[Cause], considered: list[frozenset[UUID]]) -> list[tuple[UUID, ...]]:
    """The same by comparing each with each."""
    found, known = list[tuple[UUID, ...]](), list(considered)
    ordered = sorted(causes, key=lambda one: one.detected_at)
    for place, first in enumerate(ordered):
        last = add_months(first.detected_at, MONTHS)
        later = [one for one in ordered[place + 1 :] if one.detected_at <= last and same_cause(first, one)]
        group = (first.incident, *(one.incident for one in later))
        if later and not any(others.issuperset(group) for others in known):
            found.append(group)
            known.append(frozenset(group))
    return found


TOLD = st.tuples(
    st.integers(0, 400),
    st.sampled_from([None, None, "a", "b"]),
    st.sampled_from(["human_errors", "system_failures", None]),
    st.sampled_from(["availability.outage", "availability", "fraud.phishing", None]),
    st.frozensets(st.sampled_from(["x", "y", "z"]), max_size=2),
)


@given(st.lists(TOLD, max_size=14), st.lists(st.frozensets(st.integers(0, 13), min_size=1, max_size=6), max_size=2))
def test_the_groups_are_those_that_comparing_each_with_each_finds(told: list[Any], considered: list[frozenset[int]]) -> None:
    causes = [
        Cause(UUID(int=n), DETECTED + timedelta(days=days), cause, key, named, hit)
        for n, (days, key, cause, named, hit) in enumerate(told)
    ]
    together = [frozenset(UUID(int=n) for n in group) for group in considered]
    assert list(recurrences(causes, together)) == plainly(causes, together)
