"""OCSF's enumerations: each an `_id` with a number, and beside it a word that counts when the number says unknown or other.

https://schema.ocsf.io/profiles/incident and the attributes `severity_id`, `status_id`, `state_id` and `activity_id` of the
finding classes.
"""

from collections.abc import Mapping

from adapters.intake_formats.common import as_text, first_text, read_severity
from domain.signals import Severity, SignalStatus

_SEVERITIES = {
    "1": Severity.INFO,
    "2": Severity.LOW,
    "3": Severity.MEDIUM,
    "4": Severity.HIGH,
    "5": Severity.CRITICAL,
    "6": Severity.CRITICAL,
}
"""6 is fatal. 0 is unknown and 99 other."""

_STATUS_WORDS = {
    "new": SignalStatus.FIRING,
    "inprogress": SignalStatus.ACKNOWLEDGED,
    "onhold": SignalStatus.ACKNOWLEDGED,
    "suppressed": SignalStatus.ACKNOWLEDGED,
    "resolved": SignalStatus.RESOLVED,
    "closed": SignalStatus.RESOLVED,
    "archived": SignalStatus.RESOLVED,
    "deleted": SignalStatus.RESOLVED,
}
_OF_FINDING = {"1": "new", "2": "inprogress", "3": "suppressed", "4": "resolved", "5": "archived", "6": "deleted"}
_OF_INCIDENT = {"1": "new", "2": "inprogress", "3": "onhold", "4": "resolved", "5": "closed"}
_STATUS_FIELD = {"2001": ("state", _OF_FINDING), "2005": ("status", _OF_INCIDENT)}
_REVIEWED = {"suppressed", "deleted"}
"""Somebody has looked, and takes it for nothing or for an error."""
_CLOSE = "3"

_VERDICTS = {"1": "false-positive", "3": "disregarded", "5": "benign", "6": "test", "10": "duplicate"}
_VERDICT_WORDS = {
    "falsepositive": "false-positive",
    "disregard": "disregarded",
    "benign": "benign",
    "test": "test",
    "duplicate": "duplicate",
}


def whole(value: object) -> str:
    """Give a number of an enumeration as text: some products write 4 as `4.0` or as a text."""
    return as_text(value).strip().removesuffix(".0")


def read_finding_severity(event: Mapping[str, object], flags: list[str]) -> Severity:
    """Read `severity_id`, else the word `severity`. Neither, or neither known, is medium and flagged."""
    number = whole(event.get("severity_id"))
    if severity := _SEVERITIES.get(number):
        return severity
    return read_severity(first_text(event, "severity") or number, flags)


def read_finding_status(event: Mapping[str, object], class_uid: str, flags: list[str]) -> SignalStatus:
    """Read how far somebody is with it (`state` in class 2001, where `status` is an outcome), else whether it was closed."""
    name, of_number = _STATUS_FIELD.get(class_uid, ("status", _OF_FINDING))
    number = whole(event.get(f"{name}_id"))
    word = of_number.get(number) or first_text(event, name).replace(" ", "").casefold()
    if word in _REVIEWED:
        flags.append(word)
    if status := _STATUS_WORDS.get(word):
        return status
    if word or number:
        flags.append("unknown-status")
    return SignalStatus.RESOLVED if whole(event.get("activity_id")) == _CLOSE else SignalStatus.FIRING


def word_flags(event: Mapping[str, object]) -> list[str]:
    """Flag what a person must see: a suspected breach, which starts other duties, and a verdict that it was no attack."""
    number = whole(event.get("verdict_id"))
    verdict = _VERDICTS.get(number) or _VERDICT_WORDS.get(first_text(event, "verdict").replace(" ", "").casefold())
    breach = ["suspected-breach"] if event.get("is_suspected_breach") is True else []
    return [*breach, verdict] if verdict else breach
