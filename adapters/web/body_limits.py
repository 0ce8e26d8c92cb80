"""How large a body each address takes: most are forms and alerts; a source's format and a file of evidence may be larger."""

import re
import sys
from collections.abc import Callable

_INTAKE = "/intake/"
_EVIDENCE = re.compile(r"/api/v1/incidents/[^/]+/evidence/files|/haendelser/[^/]+/bevis|/katalog/[^/]+/fil/ny")
MAX_BODY = 1_048_576
"""Bytes, 1 MiB: alerts and forms alike, but for sources whose format takes more (mails) and for evidence."""


def body_limit(intake_limit: Callable[[str], int]) -> Callable[[str], int]:
    """Path to bytes. Evidence has limits of its own, counted where it is taken in: it is never held in memory."""

    def limit(path: str) -> int:
        if path.startswith(_INTAKE):
            return intake_limit(path.removeprefix(_INTAKE))
        return sys.maxsize if _EVIDENCE.fullmatch(path) else MAX_BODY

    return limit
