"""The report as a file of each format: the same report gives the same bytes."""

from typing import NamedTuple

from adapters.lists.spreadsheet import SPREADSHEET, csv_bytes
from adapters.management.document import document_of
from adapters.management.formats import ReportFormat
from adapters.management.json import COLUMNS, report_json, report_rows
from adapters.management.made import Made
from adapters.reports.management import management_html, management_pdf
from adapters.reports.sections import Document
from adapters.reports.typesetting import Stamp
from adapters.reports.workbook import Cell, Sheet, workbook
from adapters.words.wording import Language
from domain.management.facts import Case, Limit


class ReportFile(NamedTuple):
    """A file's name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


MEDIA = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.CSV: "text/csv; charset=utf-8",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.JSON: "application/json",
}
_CASE = tuple(name for name in Case._fields if name != "hit")
_LIMIT = tuple(name for name in Limit._fields if name != "hit")


def report_file(made: Made, format_: ReportFormat, language: Language) -> ReportFile:
    """The report in that format. A CSV is for the spreadsheet of whoever reads the language."""
    period = made.report.facts.period.name
    return ReportFile(f"{_STEM[language]}-{period}.{format_.value}", MEDIA[format_], _content(made, format_, language))


_STEM: dict[Language, str] = {"da": "ledelsesrapport", "en": "management-report"}


def _content(made: Made, format_: ReportFormat, language: Language) -> bytes:
    match format_:
        case ReportFormat.JSON:
            return report_json(made)
        case ReportFormat.CSV:
            return csv_bytes(COLUMNS, report_rows(made.report), *SPREADSHEET[language])
        case ReportFormat.XLSX:
            return workbook(_sheets(document_of(made, language), made))
        case ReportFormat.HTML:
            return management_html(document_of(made, language), stamp_of(made))
        case ReportFormat.PDF:
            return management_pdf(document_of(made, language), stamp_of(made))


def stamp_of(made: Made) -> Stamp:
    """From which point of the log it is."""
    return Stamp(made.entity, made.report.facts.position, made.report.facts.now, made.demo)


def _sheets(document: Document, made: Made) -> list[Sheet]:
    answers = [(one.question, line.cells[0]) for one in document.answers for line in one.lines] or [("", "")]
    verdicts = [(one.question, one.answer) for one in document.answers if one.answer]
    first = Sheet(document.title, ("", ""), [("", document.lead), *verdicts, *answers])
    tables = [
        Sheet(
            f"{section.heading} {table.caption}" if table.caption != section.heading else section.heading,
            table.columns,
            [line.cells for line in table.lines],
        )
        for section in document.sections
        for table in section.tables
    ]
    told = [(section.heading, section.text) for section in document.sections if section.text]
    figures = Sheet("figures", COLUMNS, [[_cell(row[name]) for name in COLUMNS] for row in report_rows(made.report)])
    cases = Sheet("incidents", _CASE, [[_cell(getattr(case, name)) for name in _CASE] for case in made.report.facts.cases])
    limits = Sheet("deadlines", _LIMIT, [[_cell(getattr(one, name)) for name in _LIMIT] for one in made.report.facts.limits])
    again = [
        (one.cause_key or one.cause or "", len(one.incidents), _cell([trace.reference for trace in one.incidents]))
        for one in made.report.facts.recurring
    ]
    recurring = Sheet("recurring", ("cause", "count", "incidents"), again)
    return [first, *tables, Sheet("notes", ("", ""), told), figures, cases, limits, recurring]


def _cell(value: object) -> Cell:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case tuple() | list():
            return "; ".join(map(str, value))
        case _:
            return str(value)
