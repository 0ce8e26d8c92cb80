from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInputError
from domain.time import (
    COPENHAGEN,
    AmbiguousTimeError,
    NonexistentTimeError,
    NoZoneError,
    UnreadableTimeError,
    add_hours,
    add_months,
    local,
    parse_time,
    rfc3339_local,
    rfc3339_utc,
    show_da,
    show_en,
    show_span_da,
    show_span_en,
)

INSTANTS = st.datetimes(datetime(1985, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T15:20:00+01:00",
        "2026-11-20T14:20:00Z",
        "2026-11-20t14:20z",
        "2026-11-20 09:20:00.000 -0500",
        "2026-11-20T15:20+01",
        "2026-11-20 15:20",
        "2026-11-20T15:20:00,0",
        "  20-11-2026 15:20 ",
        "20.11.2026 kl. 15.20",
        "20. 11. 2026, kl 15.20.00",
    ],
)
def test_a_time_is_read_as_people_and_machines_write_it(written: str) -> None:
    assert datetime(2026, 11, 20, 14, 20, tzinfo=UTC) == parse_time(written)


def test_a_time_without_zone_is_copenhagens_in_summer_too() -> None:
    assert datetime(2026, 7, 1, 7, 5, tzinfo=UTC) == parse_time("1.7.2026 9:05")


def test_digits_beyond_microseconds_are_cut_off() -> None:
    assert datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC) == parse_time("2026-01-01T00:00:00.123456789Z")


def test_an_offset_that_is_written_is_taken_as_is_even_in_a_doubled_hour() -> None:
    assert parse_time("2026-10-25T02:30:00+01:00") - parse_time("2026-10-25T02:30:00+02:00") == timedelta(hours=1)


def test_a_doubled_hour_is_refused_with_both_readings() -> None:
    with pytest.raises(AmbiguousTimeError) as refused:
        parse_time("25.10.2026 kl. 02.30")

    assert (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == refused.value.readings
    assert str(refused.value) == (
        "'25.10.2026 kl. 02.30' happened twice in Copenhagen, the clock was put back: "
        "write 2026-10-25T02:30:00+02:00 for the first time (summer time) "
        "or 2026-10-25T02:30:00+01:00 for the second (winter time)."
    )


def test_a_missing_hour_is_refused_with_both_readings() -> None:
    with pytest.raises(NonexistentTimeError) as refused:
        parse_time("2026-03-29 02:30")

    assert (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == refused.value.readings
    assert str(refused.value) == (
        "'2026-03-29 02:30' did not exist in Copenhagen, the clock was put forward over it: "
        "write 2026-03-29T03:30:00+02:00 if it was read off a clock still showing winter time, "
        "2026-03-29T01:30:00+01:00 if off one showing summer time."
    )


def test_what_a_refusal_says_to_write_is_taken() -> None:
    for text in ("2026-10-25 02:30", "2026-03-29 02:30"):
        with pytest.raises(InvalidInputError) as refused:
            parse_time(text)
        assert isinstance(refused.value, AmbiguousTimeError | NonexistentTimeError)
        for reading in refused.value.readings:
            assert rfc3339_local(reading) in str(refused.value)
            assert reading == parse_time(rfc3339_local(reading))


@pytest.mark.parametrize("edge", ["2026-10-25 01:59:59", "2026-10-25 03:00", "2026-03-29 01:59:59", "2026-03-29 03:00"])
def test_the_minutes_beside_a_clock_change_are_read(edge: str) -> None:
    assert rfc3339_local(parse_time(edge))[:16] == edge.replace(" ", "T")[:16]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i går",
        "2026-11-20",
        "15:20",
        "2026-02-30 10:00",
        "2026-11-20 24:00",
        "2026-11-20 15:61",
        "11/20/2026 15:20",
        "2026-11-20 15:20 CET",
        "2026-11-20T15:20+99:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "٢٠٢٦-11-20 15:20",
    ],
)
def test_what_is_no_date_with_a_time_of_day_is_refused_and_says_what_to_write(text: str) -> None:
    with pytest.raises(UnreadableTimeError, match=r"Write for example 2026-11-20T15:20:00\+01:00") as refused:
        parse_time(text)
    assert repr(text) in str(refused.value)


@given(st.text(max_size=30) | st.from_regex(r"\A\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-]\d\d:\d\d)?\Z"))
def test_any_text_gives_an_instant_or_a_named_error(text: str) -> None:
    try:
        instant = parse_time(text)
    except InvalidInputError:
        return
    assert instant.utcoffset() == timedelta(0)


@given(INSTANTS)
def test_what_is_printed_is_read_back(instant: datetime) -> None:
    assert instant == parse_time(rfc3339_utc(instant))
    assert instant.replace(microsecond=0) == parse_time(rfc3339_local(instant))


@pytest.mark.parametrize("act", [local, rfc3339_utc, show_da, partial(add_hours, hours=1), partial(add_months, months=1)])
def test_a_datetime_without_zone_is_never_guessed(act: Callable[[datetime], object]) -> None:
    with pytest.raises(NoZoneError, match="2026-11-20T15:20:00 has no zone"):
        act(datetime(2026, 11, 20, 15, 20))  # noqa: DTZ001 - the mistake that is refused


@given(INSTANTS, st.integers(0, 100))
def test_hours_are_elapsed_time_across_every_clock_change(instant: datetime, hours: int) -> None:
    assert add_hours(instant.astimezone(COPENHAGEN), hours) - instant == timedelta(hours=hours)


@given(INSTANTS, st.integers(1, 30))
def test_months_never_skip_a_month_and_keep_day_and_time_where_they_exist(instant: datetime, months: int) -> None:
    start, end = local(instant), local(add_months(instant, months))

    assert (start.year * 12 + start.month) + months == end.year * 12 + end.month
    if end.day != start.day:
        assert (end + timedelta(days=1)).month != end.month
        assert end.day < start.day
    if end.time() != start.time():
        assert local(end.astimezone(UTC) - timedelta(microseconds=1)).utcoffset() != end.utcoffset()


@pytest.mark.parametrize("year", range(1981, 2100))
def test_a_missing_local_time_is_the_instant_of_the_change_in_every_year(year: int) -> None:
    spring = next(day for day in range(31, 24, -1) if datetime(year, 3, day, tzinfo=UTC).weekday() == 6)
    start = datetime(year, 1, spring, 2, 30, 15, 7, COPENHAGEN)

    change = add_months(start, 2)

    before = change - timedelta(microseconds=1)
    assert (local(before).utcoffset(), local(change).utcoffset()) == (timedelta(hours=1), timedelta(hours=2))


def test_a_doubled_local_time_is_the_earlier() -> None:
    start = parse_time("2026-09-25 02:30")

    assert rfc3339_local(add_months(start, 1)) == "2026-10-25T02:30:00+02:00"


def test_times_are_shown_as_danes_read_them() -> None:
    instant = parse_time("2026-11-20T14:20:59.9Z")

    assert show_da(instant) == "fre. 20. nov. 2026 kl. 15.20"
    assert show_en(instant) == "Fri 20 Nov 2026 15:20"
    assert rfc3339_local(instant) == "2026-11-20T15:20:59+01:00"
    assert rfc3339_utc(instant) == "2026-11-20T14:20:59.900000Z"


def test_the_two_hours_of_an_autumn_night_are_shown_apart() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    assert (show_da(first), show_da(second)) == (
        "søn. 25. okt. 2026 kl. 02.30 (sommertid)",
        "søn. 25. okt. 2026 kl. 02.30 (vintertid)",
    )
    assert (show_en(first), show_en(second)) == ("Sun 25 Oct 2026 02:30 (summer time)", "Sun 25 Oct 2026 02:30 (winter time)")


@pytest.mark.parametrize(
    ("span", "danish", "english"),
    [
        (timedelta(hours=24, minutes=50), "24 t 50 min", "24 h 50 min"),
        (timedelta(hours=-24, minutes=-50), "24 t 50 min", "24 h 50 min"),
        (timedelta(minutes=40, seconds=59), "40 min", "40 min"),
        (timedelta(seconds=59), "under 1 min", "less than 1 min"),
        (timedelta(hours=72), "72 t 0 min", "72 h 0 min"),
        (timedelta(hours=72, minutes=1), "3 døgn 0 t", "3 days 0 h"),
        (timedelta(days=29, hours=3, minutes=59), "29 døgn 3 t", "29 days 3 h"),
    ],
)
def test_spans_are_shown_in_hours_to_72_and_in_days_beyond(span: timedelta, danish: str, english: str) -> None:
    assert (show_span_da(span), show_span_en(span)) == (danish, english)
