"""CPR numbers are recognised as people write them, and what only looks like one seldom is."""

from datetime import date
from random import Random

import pytest

from domain.cpr import cpr_numbers, fields_with_cpr, has_cpr
from tests.support.tree import ROOT

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "Borgeren 010190-1234 ringede",
        "cpr:010190-1234.",
        "(0101901234)",
        "cpr-0101901234",
        "»010190-1234«, mor til 020215-4321",
        "CPR-nr. 010190-1234",
        "010107-4000",
        "311299-3999",
    ],
)
def test_a_number_is_recognised_with_hyphen_with_a_space_and_without(text: str) -> None:
    assert has_cpr(text, TODAY)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("290204-0000", False),  # 1904 was a leap year, but nobody is that old
        ("290204-4000", True),  # 2004
        ("290200-5000", True),  # 2000 was a leap year
        ("290200-0000", False),  # 1900 was none
        ("290201-4000", False),
        ("290288-1000", True),  # 1988
        ("290289-1000", False),
        ("290240-9000", True),  # 1940
        ("290236-9000", False),  # 2036 is yet to come
    ],
)
def test_29_february_is_a_date_in_the_century_that_the_seventh_digit_tells(number: str, *, born: bool) -> None:
    assert has_cpr(number, TODAY) is born


@pytest.mark.parametrize(("seventh", "year"), [("0", 1926), ("3", 1926), ("4", 2026), ("9", 2026), ("5", 2026), ("8", 2026)])
def test_the_seventh_digit_tells_the_century(seventh: str, year: int) -> None:
    number = f"281126-{seventh}000"
    assert has_cpr(number, date(year, 11, 28))
    assert not has_cpr(number, date(year, 11, 27))
    assert not has_cpr(number, date(year + 121, 1, 1))


def test_modulus_11_is_not_asked_for_numbers_since_2007_may_fail_it() -> None:
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    fails = "010165-0012"
    assert sum(w * int(d) for w, d in zip(weights, fails.replace("-", ""), strict=True)) % 11 != 0
    assert has_cpr(fails, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Ring på 12 34 56 78 eller 01019012",
        "+45 01 01 90 12 34",
        "+4501019012",
        "0045 01019012",
        "H-2026-0042",
        "INC0101901234",
        "RITM0101901234",
        "sag 2026-010190-1234",
        "CVR 12345678",
        "EAN 5790010190123",
        "konto 1234 0101901234567",
        "4f0101901234a1b2c3d4e5f60718293a",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "550e8400-e29b-41d4-a716-010190123400",
        "10.101.90.123 og 192.168.10.1",
        "2026-11-29T10:15:00Z",
        "29-11-2026 10:15",
        "310290-1234",
        "001190-1234",
        "011390-1234",
        "1764441000",
        "999999-9999",
        "build_0101901234",
        "v1.0101901234",
        "https://intra/sag/0101901234/vis",
    ],
)
def test_telephone_numbers_references_hashes_addresses_and_times_are_none(text: str) -> None:
    assert list(cpr_numbers(text, TODAY)) == []


def test_of_ten_digits_in_a_row_drawn_by_chance_fewer_than_one_in_25_reads_as_one() -> None:
    chance, drawn = Random(7), 20_000
    taken = sum(has_cpr(f"Nr. {chance.randrange(10**10):010}", TODAY) for _ in range(drawn))
    assert 0 < taken / drawn < 1 / 25


def test_in_the_alerts_of_all_tools_there_is_none() -> None:
    bodies = [path for path in (ROOT / "tests/fixtures/intake").iterdir() if path.is_file() and ".expected" not in path.name]
    assert len(bodies) > 50
    found = {path.name: list(cpr_numbers(path.read_bytes().decode("utf-8", "replace"), TODAY)) for path in bodies}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_the_fields_in_which_one_is_written_are_named_also_deeper_down() -> None:
    told = {
        "title": "Nede",
        "text": "010190-1234",
        "values": {"summary": "Om 0101901234"},
        "others": ["x", "010190 1234"],
        "n": 3,
    }
    assert fields_with_cpr(told, TODAY) == ("text", "values", "others")
