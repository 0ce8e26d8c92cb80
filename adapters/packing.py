"""Files that become one zip, the same to the byte for the same files."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no date before this one: all files carry it, so that time leaves no trace in the bytes."""


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Names and contents, in this order."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    return made.getvalue()
