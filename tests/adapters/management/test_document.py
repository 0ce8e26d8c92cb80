"""What of a report is printed when there is far too much of it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

from adapters.management.document import LINES, document_of
from adapters.management.files import report_file
from adapters.management.formats import ReportFormat
from adapters.management.made import Made
from domain.management.facts import Facts, Limit
from domain.management.period import parse_period
from domain.management.report import make

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
PERIOD = parse_period("2026-Q4")
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def limit(number: int, *, after: float | None) -> Limit:
    """Of 24 hours; met so many hours after it began."""
    began = BEGAN + timedelta(hours=number)
    done = None if after is None else began + timedelta(hours=after)
    named = ("early_warning", "Tidlig varsling", "Early warning", f"H-2026-{number:04}")
    return Limit(*named, began, began + timedelta(hours=24), done, frozenset(), number)


def made(limits: list[Limit]) -> Made:
    facts = Facts(PERIOD, NOW, 1, limits=limits)
    return Made(make(facts, Facts(PERIOD.before, NOW, 1)), None, (), None, "1", "Lærkeborg", demo=False)


def test_of_very_many_deadlines_those_that_went_wrong_are_printed_and_the_workbook_has_all() -> None:
    wrong = [limit(1, after=None), limit(2, after=30)]
    told = made([*wrong, *(limit(number, after=2) for number in range(3, 300))])
    section = next(one for one in document_of(told, "da").sections if one.key == "limits")
    (table,) = section.tables
    assert section.text == (
        "Viser 60 af 299: det, der mangler, kom for sent eller løber, går forud. Alle står i regnearket og i JSON."
    )
    assert [line.cells[0] for line in table.lines[:2]] == ["H-2026-0001", "H-2026-0002"]
    assert len(table.lines) == LINES
    assert table.lines[-1].cells[0] == "H-2026-0299", "the newest of the rest"
    assert b"H-2026-0150" in report_file(told, ReportFormat.JSON, "da").content
    with ZipFile(BytesIO(report_file(told, ReportFormat.XLSX, "da").content)) as workbook:
        assert any(b"H-2026-0150" in workbook.read(name) for name in workbook.namelist())


def test_few_deadlines_are_printed_in_the_order_in_which_they_fell_due() -> None:
    section = next(
        one for one in document_of(made([limit(2, after=30), limit(1, after=2)]), "en").sections if one.key == "limits"
    )
    assert section.text is None
    assert [line.cells[0] for line in section.tables[0].lines] == ["H-2026-0001", "H-2026-0002"]
