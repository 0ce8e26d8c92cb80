"""The doctor's look at the malware scanner."""

import asyncio
from collections.abc import Iterator

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say
from adapters.settings import Settings


def check_scanner(settings: Settings) -> Iterator[Finding]:
    """One that is away is a warning: evidence is then kept unscanned. None is only a remark."""
    from adapters import main

    scanner = main.make_scanner(settings)
    if scanner is None:
        yield good("scanner", say("ikke sat op (SPORLOG_CLAMD)", "none (SPORLOG_CLAMD)"))
        return
    try:
        yield good("scanner", f"{scanner.place}: {asyncio.run(scanner.version())}")
    except (OSError, EOFError) as fault:
        told = say(f"{scanner.place} svarer ikke: {fault}", f"{scanner.place} does not answer: {fault}")
        yield warning("scanner", told, say("beviser gemmes uden scanning imens", "evidence is kept unscanned meanwhile"))
