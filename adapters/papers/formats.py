"""In which forms a paper can be had. The same words in the API and on the command line."""

from enum import StrEnum


class PaperFormat(StrEnum):
    """To print, to paste and read aloud, or for a machine."""

    PDF = "pdf"
    TEXT = "text"
    JSON = "json"


class CardFormat(StrEnum):
    """Action cards are for the wall, or for a machine."""

    PDF = "pdf"
    JSON = "json"
