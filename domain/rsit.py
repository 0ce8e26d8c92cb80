"""The Reference Security Incident Taxonomy (ENISA and TF-CSIRT, machinev1 v1003, CC0): classes and their entries.

An incident's class is written `availability.outage`: the class, or the class and one of its entries.
"""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from domain.errors import InvalidInputError


class UnknownClassError(InvalidInputError):
    """The taxonomy has no such class or entry."""

    code: ClassVar[str] = "unknown-class"


class RsitClass(NamedTuple):
    """One of the eleven classes, with its entries."""

    danish: str
    english: str
    entries: tuple[str, ...]


RSIT: Mapping[str, RsitClass] = {
    "abusive-content": RsitClass("Uønsket indhold", "Abusive content", ("spam", "harmful-speech", "violence")),
    "malicious-code": RsitClass(
        "Ondsindet kode",
        "Malicious code",
        ("infected-system", "c2-server", "malware-distribution", "malware-configuration"),
    ),
    "information-gathering": RsitClass(
        "Informationsindsamling", "Information gathering", ("scanner", "sniffing", "social-engineering")
    ),
    "intrusion-attempts": RsitClass("Indtrængningsforsøg", "Intrusion attempts", ("ids-alert", "brute-force", "exploit")),
    "intrusions": RsitClass(
        "Indtrængning",
        "Intrusions",
        (
            "privileged-account-compromise",
            "unprivileged-account-compromise",
            "application-compromise",
            "system-compromise",
            "burglary",
        ),
    ),
    "availability": RsitClass("Tilgængelighed", "Availability", ("dos", "ddos", "misconfiguration", "sabotage", "outage")),
    "information-content-security": RsitClass(
        "Informationssikkerhed (indhold)",
        "Information content security",
        ("unauthorised-information-access", "unauthorised-information-modification", "data-loss", "data-leak"),
    ),
    "fraud": RsitClass("Svindel", "Fraud", ("unauthorised-use-of-resources", "copyright", "masquerade", "phishing")),
    "vulnerable": RsitClass(
        "Sårbarhed",
        "Vulnerable",
        ("weak-crypto", "ddos-amplifier", "potentially-unwanted-accessible", "information-disclosure", "vulnerable-system"),
    ),
    "other": RsitClass("Andet", "Other", ("other", "undetermined")),
    "test": RsitClass("Test", "Test", ("test",)),
}


def check_class(written: str) -> str:
    """The class, if the taxonomy has it. Raises `UnknownClassError`."""
    name, dot, entry = written.partition(".")
    known = RSIT.get(name)
    if known is None:
        raise UnknownClassError(f"there is no RSIT class {name!r}: use one of {', '.join(RSIT)}, as availability.outage")
    if dot and entry not in known.entries:
        raise UnknownClassError(f"the RSIT class {name} has no entry {entry!r}: use one of {', '.join(known.entries)}")
    return written


def class_name_da(written: str) -> str:
    """What people call it, Danish: `Tilgængelighed (outage)`."""
    name, _, entry = written.partition(".")
    return RSIT[name].danish + (f" ({entry})" if entry else "") if name in RSIT else written
