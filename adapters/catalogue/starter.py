"""The starter catalogue: what a Danish municipality may begin with, as a file to edit."""

from pathlib import Path

FILE = Path(__file__).with_name("starter.toml")


def starter_catalogue() -> str:
    """The file's text, in the form that `read_catalogue` reads."""
    return FILE.read_text(encoding="utf-8")
