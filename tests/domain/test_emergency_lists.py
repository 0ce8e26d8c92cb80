"""What is wrong with a list is told by its files' times, sizes and readers; the log takes what is new, and each day once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.emergency_lists import events as e
from domain.emergency_lists.errors import UnknownListError
from domain.emergency_lists.expected import Expected
from domain.emergency_lists.seen import Problem, Seen, SeenFile, Trouble, days_kept, problems_of
from domain.emergency_lists.state import RELEASES_KEPT, EmergencyLists, replay
from domain.emergency_lists.steps import decide
from domain.errors import InvalidInputError
from domain.incident.errors import ReasonMissingError
from tests.support.emergency_lists import NAME, WHY, checked, declared, expected, released
from tests.support.incidents import at, meta

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def file(written_at: datetime, **more: Any) -> SeenFile:  # noqa: ANN401 - as the fields of SeenFile
    return SeenFile("k.pdf", written_at, **{"bytes": 100, "mode": 0o640} | more)


def week(newest: datetime, days: int = 7, **more: Any) -> Seen:  # noqa: ANN401 - as above
    """A file each night up to the newest one."""
    files = tuple(file(newest - timedelta(days=day), **more) for day in range(days))
    return Seen(files=files, lines=3, sha256="a" * 64, folder_mode=0o750)


def problems(seen: Seen, now: datetime, since: datetime = LONG_AGO, **more: Any) -> tuple[Problem, ...]:  # noqa: ANN401 - as the fields of Expected
    return problems_of(expected(**more), seen, now=now, since=since)


NOW = datetime(2026, 6, 15, 8, tzinfo=UTC)
NIGHT = datetime(2026, 6, 15, 2, tzinfo=UTC)


def test_a_list_that_came_is_whole_and_closed_to_others_is_in_order() -> None:
    assert problems(week(NIGHT), NOW) == ()


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Seen(trouble=Trouble.MISSING), (Problem.UNREADABLE,)),
        (Seen(), (Problem.LATE,)),
        (week(NIGHT - timedelta(days=1)), (Problem.LATE,)),
        (week(NIGHT, bytes=0), (Problem.EMPTY,)),
        (week(NIGHT)._replace(lines=1), (Problem.EMPTY,)),
        (week(NOW + timedelta(hours=1)), (Problem.FROM_THE_FUTURE,)),
        (week(NIGHT, mode=0o644), (Problem.TOO_OPEN,)),
        (week(NIGHT, mode=0o660), (Problem.TOO_OPEN,)),
        (week(NIGHT)._replace(folder_mode=0o777), (Problem.TOO_OPEN,)),
        (week(NIGHT, 6), (Problem.TOO_FEW_KEPT,)),
        (week(NIGHT, 9), (Problem.TOO_MANY_KEPT,)),
        (week(NIGHT - timedelta(days=2), 3, mode=0o604), (Problem.LATE, Problem.TOO_OPEN, Problem.TOO_FEW_KEPT)),
    ],
)
def test_each_problem_is_named_the_worst_first(seen: Seen, found: tuple[Problem, ...]) -> None:
    assert problems(seen, NOW, min_lines=2) == found


def test_a_file_may_permit_less_and_belongs_to_those_named() -> None:
    readers = {"owner": "cura", "group": "noed", "mode": "0640"}
    for owner, group, mode, open_to_others in (
        ("cura", "noed", 0o640, False),
        ("cura", "noed", 0o600, False),
        ("cura", "alle", 0o600, False),
        ("cura", "alle", 0o640, True),
        ("root", "noed", 0o640, True),
    ):
        seen = week(NIGHT, owner=owner, group=group, mode=mode)
        assert problems(seen, NOW, readers=readers) == ((Problem.TOO_OPEN,) if open_to_others else ())


def test_where_no_permissions_are_told_none_is_held_against_the_file() -> None:
    assert problems(week(NIGHT, mode=None)._replace(folder_mode=None, access_checked=False), NOW) == ()


@pytest.mark.parametrize(("since", "found"), [(NOW - timedelta(hours=26), ()), (NOW - timedelta(hours=27), (Problem.LATE,))])
def test_a_new_list_has_as_long_to_come_as_any_other(since: datetime, found: tuple[Problem, ...]) -> None:
    assert problems(Seen(), NOW, since) == found


def test_a_new_list_is_not_asked_for_days_from_before_it_was_expected() -> None:
    assert problems(week(NIGHT, 3), NOW, NOW - timedelta(days=3)) == ()
    assert problems(week(NIGHT, 2), NOW, NOW - timedelta(days=3)) == (Problem.TOO_FEW_KEPT,)


def test_before_tonight_s_list_the_one_that_it_replaces_may_be_gone() -> None:
    early = datetime(2026, 6, 15, 0, 30, tzinfo=UTC)
    assert problems(week(NIGHT - timedelta(days=1), 6), early) == ()
    assert problems(week(NIGHT - timedelta(days=1), 5), early) == (Problem.TOO_FEW_KEPT,)


@pytest.mark.parametrize(
    ("written", "now", "late"),
    [
        # The clock is put back on 25 October: from 03:00 to 03:00 there are 25 hours, and one for the job.
        (datetime(2026, 10, 24, 1, tzinfo=UTC), datetime(2026, 10, 25, 2, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 1, tzinfo=UTC), datetime(2026, 10, 25, 3, 1, tzinfo=UTC), True),
        # It is put forward on 29 March: 23 hours.
        (datetime(2026, 3, 28, 2, tzinfo=UTC), datetime(2026, 3, 29, 3, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 28, 2, tzinfo=UTC), datetime(2026, 3, 29, 4, 1, tzinfo=UTC), True),
    ],
)
def test_a_clock_change_makes_no_list_late(written: datetime, now: datetime, late: bool) -> None:  # noqa: FBT001 - a column
    assert (Problem.LATE in problems(week(written), now)) is late


def test_days_are_copenhagens_also_over_a_clock_change() -> None:
    # 00:30 in Copenhagen on each of the days around 25 October, of which one has 25 hours.
    nights = [datetime(2026, 10, 23, 22, 30, tzinfo=UTC), datetime(2026, 10, 24, 22, 30, tzinfo=UTC)]
    nights.append(datetime(2026, 10, 25, 23, 30, tzinfo=UTC))
    seen = Seen(files=tuple(file(night) for night in reversed(nights)))
    assert days_kept(seen, expected(), datetime(2026, 10, 26, 8, tzinfo=UTC)) == 3


@pytest.mark.parametrize(("hours", "days", "due"), [(24, 7, 7), (1, 7, 7), (168, 28, 4), (48, 7, 3), (744, 7, 1)])
def test_how_many_days_have_a_file_follows_from_rhythm_and_period(hours: int, days: int, due: int) -> None:
    assert Expected(system="S", owner="o", every_hours=hours, kept_days=days).days_with_a_file == due


KNOWN = replay([declared()])


def after(*events: e.EmergencyListEvent) -> EmergencyLists:
    known = KNOWN
    for event in events:
        known = replay(decide(known, event), known)
    return known


def test_a_list_is_expected_once_and_changed_for_a_reason() -> None:
    assert decide(KNOWN, declared(hours=1)) == ()
    other = declared("/andet", 1)
    with pytest.raises(ReasonMissingError, match="reason"):
        decide(KNOWN, other)
    (event,) = decide(KNOWN, other.model_copy(update={"reason": WHY}))
    assert isinstance(event, e.ListChanged)
    known = replay([event], after(checked(0), released()))
    one = known.get("  kørelister ")
    assert (one.folder, one.checked is not None, len(one.released)) == ("/andet", True, 1)


def test_a_folder_is_told() -> None:
    with pytest.raises(InvalidInputError, match="folder"):
        decide(EmergencyLists(), declared(""))


def test_a_look_is_recorded_when_it_differs_with_each_new_file_and_once_a_day() -> None:
    hours = (0, 0.25, 1, 9.5, 9.75, 20, 33.75)
    looks = [checked(hour) for hour in hours]
    looks[2:] = [checked(hour, sha256="b" * 64) for hour in hours[2:]]
    known, recorded = KNOWN, list[float]()
    for hour, look in zip(hours, looks, strict=True):
        events = decide(known, look)
        known = replay(events, known)
        recorded += [hour] * len(events)
    # Reported at 15:20 in Copenhagen: midnight comes after 8 hours and 40 minutes, and 24 hours later.
    assert recorded == [0, 1, 9.5, 33.75]


def test_a_problem_lasts_from_the_look_that_found_it_first() -> None:
    late = (Problem.LATE,)
    known = after(checked(0), checked(30, *late), checked(54, *late), checked(78, *late))
    last = known.get(NAME).checked
    assert last is not None
    assert (last.meta.occurred_at, e.began(last)) == (at(78), at(30))
    known = after(checked(30, *late), checked(31), checked(54, *late))
    assert e.began(known.get(NAME).checked) == at(54)  # type: ignore[arg-type]  # it was checked above


def test_a_list_that_nobody_looked_at_is_not_relied_upon() -> None:
    one = after(checked(2)).get(NAME)
    assert (one.is_in_order(at(27)), one.is_in_order(at(28.1)), one.is_unwatched(at(28.1))) == (True, False, True)
    assert [each.name for each in KNOWN.alarming(at(27))] == [NAME]
    assert KNOWN.alarming(at(25)) == ()


def test_a_release_says_to_whom_and_why_and_which_file() -> None:
    with pytest.raises(InvalidInputError, match="to: say who"):
        decide(KNOWN, released(to=None))
    with pytest.raises(ReasonMissingError):
        decide(KNOWN, released(reason=None))
    one = after(released(1), released(2, to="Hjemmeplejen Nord", sha256=None, written_at=None)).get(NAME)
    assert [(each.to, each.sha256) for each in one.released] == [("Hjemmeplejen Nord", None), ("Plejecenter Åbo", "a" * 64)]
    assert len(after(*(released(hour) for hour in range(60))).get(NAME).released) == RELEASES_KEPT


def test_what_is_withdrawn_is_neither_checked_nor_released() -> None:
    withdrawn = e.ListWithdrawn(meta=meta(1), list_name=NAME, reason="Systemet er afløst")
    with pytest.raises(ReasonMissingError):
        decide(KNOWN, withdrawn.model_copy(update={"reason": None}))
    known = after(withdrawn)
    assert known.lists == {}
    assert decide(known, checked(2)) == ()
    with pytest.raises(UnknownListError, match="those that are: none"):
        decide(known, released())
    assert len(decide(known, declared(hours=3))) == 1
