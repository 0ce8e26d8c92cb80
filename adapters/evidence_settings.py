"""The settings of the evidence store: how large a file and an incident's evidence may be, and who scans it."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from adapters.setting_error import SettingError
from handlers.evidence_store import Limits

CLAMD_PORT = 3310
FILE_BYTES, INCIDENT_BYTES = 1 << 30, 10 << 30


class ClamdPlace(NamedTuple):
    """A TCP address, or the path of a Unix socket."""

    host: str | None
    port: int
    path: str | None

    def __str__(self) -> str:
        return f"tcp://{self.host}:{self.port}" if self.path is None else f"unix://{self.path}"


class EvidenceSettings(NamedTuple):
    """Bytes, and the scanner: None until one is configured."""

    limits: Limits
    clamd: ClamdPlace | None


def read_evidence(environment: Mapping[str, str]) -> EvidenceSettings:
    """Read the environment. Raises `SettingError`."""
    limits = Limits(
        _bytes(environment, "SPORLOG_EVIDENCE_FILE_BYTES", FILE_BYTES),
        _bytes(environment, "SPORLOG_EVIDENCE_INCIDENT_BYTES", INCIDENT_BYTES),
    )
    return EvidenceSettings(limits, _clamd(environment.get("SPORLOG_CLAMD")))


def _bytes(environment: Mapping[str, str], variable: str, default: int) -> int:
    value = environment.get(variable) or str(default)
    if not value.isdecimal() or int(value) == 0:
        raise SettingError(
            f"{variable} er {value!r}: brug et helt tal over nul",
            f"{variable} is {value!r}: use a whole number above zero",
        )
    return int(value)


def _clamd(url: str | None) -> ClamdPlace | None:
    if not url:
        return None
    wrong = SettingError(
        f"SPORLOG_CLAMD er {url!r}: skriv tcp://vært:{CLAMD_PORT} eller unix:///run/clamav/clamd.ctl",
        f"SPORLOG_CLAMD is {url!r}: write tcp://host:{CLAMD_PORT} or unix:///run/clamav/clamd.ctl",
    )
    at = urlsplit(url)
    try:
        port = at.port or CLAMD_PORT
    except ValueError as error:
        raise wrong from error
    if at.scheme == "tcp" and at.hostname:
        return ClamdPlace(at.hostname, port, None)
    if at.scheme == "unix" and not at.netloc and len(at.path) > 1:
        return ClamdPlace(None, 0, at.path)
    raise wrong
