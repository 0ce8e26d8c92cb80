"""On which days a Danish municipality's offices are open: Monday to Friday, but for holidays and the days beside them."""

from datetime import date, timedelta

_CLOSED = frozenset({(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)})
"""Month and day: New Year's Day, Constitution Day, Christmas with its eve, New Year's Eve."""
_AFTER_EASTER = frozenset({-3, -2, 1, 39, 50})
"""Days after Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday.

Great Prayer Day (the 26th) is none since 2024, before which Sporlog sent nothing.
"""
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the offices are open that day. 1 May, when some close at noon, counts as one."""
    closed = (day.month, day.day) in _CLOSED or (day - _easter(day.year)).days in _AFTER_EASTER
    return day.weekday() < _SATURDAY and not closed


def first_working_day(day: date) -> date:
    """The day itself, or the next one on which the offices are open."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the first Sunday after the full moon on or after 21 March, as the Church counts.

    By the rule of Meeus, Jones and Butcher, good for every year.
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
