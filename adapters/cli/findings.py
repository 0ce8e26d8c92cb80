"""What a check of the doctor found."""

from typing import Literal, NamedTuple

Level = Literal["ok", "warning", "error"]
Check = Literal[
    "data-directory",
    "disk",
    "time-zone",
    "store",
    "durability",
    "keyring",
    "clock",
    "read-models",
    "ledger",
    "anchors",
    "sources",
    "emergency-lists",
    "nats-server",
    "nats",
    "port",
    "reminders",
    "reports",
    "ways",
    "scanner",
    "pack",
    "registers",
]
"""What is looked at; stable names for machines."""


class Finding(NamedTuple):
    """`advice` says what to do, empty when there is nothing to do."""

    check: Check
    level: Level
    detail: str
    advice: str = ""


def good(check: Check, detail: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", detail)


def warning(check: Check, detail: str, advice: str) -> Finding:
    """It works, but not as it should."""
    return Finding(check, "warning", detail, advice)


def error(check: Check, detail: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(check, "error", detail, advice)
