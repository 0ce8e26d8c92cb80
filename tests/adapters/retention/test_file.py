"""The file of periods: what is written is read again, and each mistake is named by its key."""

from datetime import date
from pathlib import Path

import pytest

from adapters.retention.file import UnreadablePeriodsError, WantedPeriods, read_periods, write_periods
from adapters.retention.texts import KINDS, period_words
from domain.retention.periods import ENDS, Periods


@pytest.mark.parametrize("day", [None, date(2027, 1, 1)])
def test_what_is_written_is_read_again(tmp_path: Path, day: date | None) -> None:
    wanted = WantedPeriods(effective_from=day, periods=Periods(logs="1 years", payloads="20 months"))
    file = tmp_path / "frister.toml"
    file.write_text(write_periods(wanted.periods, wanted.effective_from), encoding="utf-8")
    assert read_periods(file) == wanted


def test_every_kind_of_record_has_its_words() -> None:
    assert list(KINDS) == list(ENDS)
    assert period_words("1 months", "da") == "1 måned"
    assert period_words("10 years", "en") == "10 years"


LOGS, DAY = 'logs = "90 days"', "# effective_from = 2027-01-01"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (LOGS, 'logs = "et år"', r"frister.toml: periods\.logs: write a number and days, months or years"),
        (LOGS, "logs = 90", r"periods\.logs: Input should be a valid string"),
        (LOGS, "", "periods: logs is missing: write all of them"),
        (
            LOGS,
            'logs = "90 days"\nlog = "1 years"',
            r"periods\.log: there is no such key, possible are incident_files",
        ),
        (
            DAY,
            "fra = 2027-01-01",
            "fra: there is no such key, possible are effective_from, periods",
        ),
        (DAY, 'effective_from = "i morgen"', "effective_from: Input should be a valid date"),
        ('signals = "12 months"', 'signals = "9 years"', "periods: signals cannot be kept longer than payloads"),
        ("[periods]", "[periods", "is no TOML file in UTF-8"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, before: str, after: str, says: str) -> None:
    text = write_periods(Periods(), None)
    assert before in text
    file = tmp_path / "frister.toml"
    file.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(UnreadablePeriodsError, match=says):
        read_periods(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePeriodsError, match=r"frister.toml cannot be read: No such file"):
        read_periods(tmp_path / "frister.toml")
