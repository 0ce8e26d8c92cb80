"""What the demo prints: three things to try, and how to begin for real."""

import shlex
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from adapters.demo.alerts import Alertmanager
from adapters.demo.history import references
from adapters.demo.mark import DemoStore, start_of
from adapters.demo.story import WAITING

PRINTER = Alertmanager(
    "PrinterNede", "critical", "print-01:9100", "print", "Printserveren svarer ikke", "Sendt af dig, fra demoen"
)


class Try(NamedTuple):
    """Something to try: what it shows (Danish, then English) and what to open or paste into a shell."""

    title: str
    command: str


FOR_REAL = Try("Begynd for alvor, i en tom mappe / Begin for real, in an empty directory:", "sporlog up")
"""The last line of what the demo prints."""


def things_to_try(store: DemoStore, http_url: str, token: str, data: Path) -> list[Try]:
    """Three things, each ready to use as it stands. The commands are for a POSIX shell; the token is in them.

    Ask once the history is told. The alert is the same at every start: pasted again, it is a repeat and opens nothing.
    """
    url, waiting = http_url.rstrip("/"), references(store)[WAITING]
    alert = PRINTER.body(start_of(store) + timedelta(seconds=1)).decode()
    return [
        Try("Åbn siden / Open the page:", f"{url}/?token={token}"),
        Try(
            'Send en alarm; send den igen, og den er "gentagelse 2" / Send an alert, then send it again:',
            f"curl -sS {url}/intake/alertmanager -H {shlex.quote(f'Authorization: Bearer {token}')}"
            f" -H 'Content-Type: application/json' --data {shlex.quote(alert)}",
        ),
        Try(
            f"Vurdér {waiting}, som venter på dig / Assess the incident that waits for you:",
            f"sporlog incident assess {waiting} --significant --nis2-category high"
            f" --reason {shlex.quote('Hjemmeplejen kan ikke se, hvem der skal have hjælp.')} --data {shlex.quote(str(data))}",
        ),
    ]
