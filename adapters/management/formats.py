"""In which formats the management report can be had. The same words in the API and on the command line."""

from enum import StrEnum


class ReportFormat(StrEnum):
    """The formats, by the ending of their files."""

    PDF = "pdf"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
