"""Reading a PDF back as its reader's software does."""

from io import BytesIO

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All text, in one line: where the lines break is the typesetter's choice."""
    return " ".join(" ".join(pages(pdf)).split())
