"""MITRE ATT&CK techniques, which every tool writes in its own way."""

import re
from collections.abc import Iterable

_TECHNIQUE = re.compile(r"(?<![A-Za-z0-9])T\d{4}(?:\.\d{3})?(?!\d)", re.ASCII)


def techniques(texts: Iterable[str]) -> list[str]:
    """List the ids as references: `T1566.001`, and `Phishing (T1566)` too, become `mitre:<id>`."""
    return [f"mitre:{found}" for text in texts for found in _TECHNIQUE.findall(text)]
