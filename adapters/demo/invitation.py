"""What the demo prints: three things to try, and how to begin for real."""

import shlex
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from adapters.demo.alerts import Alertmanager
from adapters.demo.chapters.cast import ASSESSING, NOTIFYING, PRINT_SERVER, PRINTING
from adapters.demo.chapters.mailbox import WARNING
from adapters.demo.history import references
from adapters.demo.mark import DemoStore, start_of
from adapters.demo.steps import Who
from adapters.demo.story import DUE_SOON, WAITING

PRINTER = Alertmanager(
    "PrinterNede", "critical", f"{PRINT_SERVER}:9100", PRINTING, "Printserveren svarer ikke", "Sendt af dig, fra demoen"
)


class Try(NamedTuple):
    """Something to try: what it shows (Danish, then English) and what to open or paste into a shell, one way a line."""

    title: str
    ways: tuple[str, ...]


FOR_REAL = Try("Begynd for alvor, i en tom mappe / Begin for real, in an empty directory:", ("sporlog up",))
"""The last line of what the demo prints."""


def things_to_try(store: DemoStore, http_url: str, token: str, data: Path) -> list[Try]:
    """Three things, each ready to use as it stands. The commands are for a POSIX shell; the token is in them.

    Ask once the history is told. The alert is the same at every start: pasted again, it is a repeat and opens nothing.
    """
    url, found = http_url.rstrip("/"), references(store)
    waiting, due = found[WAITING], found[DUE_SOON]
    return [
        Try(
            'Send en alarm; send den igen, og den er "gentagelse 2" / Send an alert, then send it again:',
            (_send(store, url, token),),
        ),
        Try(
            f"Vurdér {waiting} med spørgeguiden, på siden eller her / Assess the incident that waits for you, by the guide:",
            (f"{url}/haendelser/{waiting}/vurder", _assess(waiting, data)),
        ),
        Try(
            f"Registrér kvitteringen for {due}, hvis varsling er godkendt / Record the receipt of an early warning:",
            (_early_warning(due, data),),
        ),
    ]


def _send(store: DemoStore, url: str, token: str) -> str:
    alert = PRINTER.body(start_of(store) + timedelta(seconds=1)).decode()
    return (
        f"curl -sS {url}/intake/alertmanager -H {shlex.quote(f'Authorization: Bearer {token}')}"
        f" -H 'Content-Type: application/json' --data {shlex.quote(alert)}"
    )


def _assess(reference: str, data: Path) -> str:
    answers = {"q1.event_kind": "incident", "q1.cia": "availability", "q1.critical_service": "yes_happened", "q1.safety": "yes"}
    return _step(
        "assess",
        reference,
        ASSESSING,
        data,
        "--significant --nis2-category high",
        *(f"--answers {question}={answer}" for question, answer in answers.items()),
        f"--reason {shlex.quote('Hjemmeplejen kan ikke se, hvem der skal have hjælp.')}",
    )


def _early_warning(reference: str, data: Path) -> str:
    told = f"--suspected-malicious {WARNING['suspected_malicious']} --cross-border {WARNING['cross_border']}"
    return _step("early-warning", reference, NOTIFYING, data, told, "--receipt DEMO-2")


def _step(step: str, reference: str, who: Who, data: Path, *options: str) -> str:
    # The command line acts as its user, who holds no role here; whoever reaches the store may act for the mailbox.
    acting = f"--actor {who.actor} --role {who.role} --data {shlex.quote(str(data))}"
    return " ".join(["sporlog incident", step, reference, *options, acting])
