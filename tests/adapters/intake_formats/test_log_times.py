from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.intake_formats.contract import Request
from adapters.intake_formats.log_times import read_log_time
from tests.adapters.intake_formats.support import ARRIVED

AT = datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)


def told(text: str, pattern: str = "", zone: str = "UTC", arrived_at: datetime = ARRIVED) -> tuple[datetime | None, list[str]]:
    flags: list[str] = []
    return read_log_time(text, Request("cef", arrived_at, zone=ZoneInfo(zone)), flags, pattern), flags


@pytest.mark.parametrize(
    "text",
    [
        "1772327469",
        "1772327469000",
        "Mar 01 2026 01:11:09",
        "Mar  1 2026 01:11:09.000",
        "Mar 1 2026 02:11:09 CET",
        "mar 01 2026 02:11:09.0 +0100",
        "Mar 01 01:11:09",
        "Mar 01 03:11:09 GMT+02:00",
        "2026-03-01T02:11:09+01:00",
        " Mar 01 2026 01:11:09 UTC ",
    ],
)
def test_one_instant_in_the_writing_of_any_log(text: str) -> None:
    assert told(text) == (AT, [])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy-MM-dd HH:mm:ss", "2026-03-01 01:11:09"),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2026-03-01T02:11:09.000+0100"),
        ("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-03-01T02:11:09+01:00"),
        ("yyyy-MM-dd'T'HH:mm:ssX", "2026-03-01T01:11:09Z"),
        ("MMM dd yyyy HH:mm:ss.SSS zzz", "Mar 01 2026 02:11:09.000 CET"),
        ("dd/MMM/yyyy:HH:mm:ss Z", "01/Mar/2026:02:11:09 +0100"),
        ("EEE MMM d HH:mm:ss z yyyy", "Sun Mar 1 01:11:09 UTC 2026"),
        ("dd-MM-yy h:mm:ss a", "01-03-26 1:11:09 AM"),
        ("MM/dd/yyyy KK:mm:ss aa", "03/01/2026 01:11:09 am"),
        ("d. MMMM yyyy 'kl.' HH.mm.ss", "1. marts 2026 kl. 01.11.09"),
        ("yyyyMMddHHmmss", "20260301011109"),
        ("HH 'o''clock' mm ss dd MM yyyy", "01 o'clock 11 09 01 03 2026"),
    ],
)
def test_common_patterns_of_java_are_followed(pattern: str, text: str) -> None:
    assert told(text, pattern) == (AT, [])


def test_noon_and_midnight_are_what_java_says() -> None:
    for text, hour in (("12:00 AM", 0), ("12:00 PM", 12), ("01:00 PM", 13)):
        assert told(f"2026-03-01 {text}", "yyyy-MM-dd hh:mm a")[0] == datetime(2026, 3, 1, hour, tzinfo=UTC)
    assert told("2026-03-01 24:00", "yyyy-MM-dd kk:mm")[0] == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("pattern", ["", "qqqq", "yyyy yyyy", "y" * 65, "YYYY-ww", "'", "HH:mm"])
def test_a_pattern_that_does_not_fit_leaves_the_usual_ones(pattern: str) -> None:
    assert told("Mar 01 2026 01:11:09", pattern)[0] == AT


def test_without_a_zone_it_is_the_sources_summer_and_winter() -> None:
    assert told("Mar 01 2026 02:11:09", zone="Europe/Copenhagen")[0] == AT
    assert told("2026-07-01 02:00:00", "yyyy-MM-dd HH:mm:ss", "Europe/Copenhagen")[0] == datetime(2026, 7, 1, tzinfo=UTC)
    assert told("2026-03-01 02:11:09", zone="Europe/Copenhagen")[0] == AT


def test_a_zone_that_nobody_knows_is_flagged() -> None:
    assert told("Mar 01 2026 02:11:09 XYZ", zone="Europe/Copenhagen") == (AT, ["unknown-zone"])
    assert told("Mar 01 2026 01:11:09 +99:00")[1] == ["unknown-zone"]


def test_a_time_without_a_year_is_the_latest_that_is_not_to_come() -> None:
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)
    assert told("Dec 31 23:59:00", arrived_at=new_year)[0] == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    before = datetime(2026, 12, 31, 23, 55, tzinfo=UTC)
    assert told("Jan 01 00:01:00", arrived_at=before)[0] == datetime(2027, 1, 1, 0, 1, tzinfo=UTC)
    assert told("Feb 29 12:00:00", arrived_at=datetime(2029, 1, 1, tzinfo=UTC))[0] == datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "-", "i går", "Foo 01 2026 01:11:09", "Mar 32 2026 01:11:09", "Mar 01 2026 25:11:09", "9" * 65, "0", "²"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert told(text)[0] is None
