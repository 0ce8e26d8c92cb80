"""The README as data: its blocks of code are run as they stand there."""

import re

from tests.support.tree import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
"""Language and text."""


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def program(name: str) -> str:
    """The block whose first line is a comment that begins with the file's name."""
    found = [text for _, text in BLOCKS if re.match(rf"(#|//) {re.escape(name)}:", text)]
    assert len(found) == 1, f"the README has {len(found)} blocks named {name}"
    return str(found[0])
