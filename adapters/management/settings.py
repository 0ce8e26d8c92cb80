"""Who gets management reports by mail without asking, and how often: from the environment."""

import re
from collections.abc import Iterator, Mapping
from email.utils import formataddr, getaddresses
from typing import NamedTuple

from adapters.setting_error import SettingError
from domain.management.period import Every

EVERY = Every.QUARTER.value


class ReportSettings(NamedTuple):
    """`recipients` are the mail addresses by administration, None for the whole entity. Without any no report is sent."""

    recipients: Mapping[str | None, tuple[str, ...]]
    every: Every


def read_reports(environment: Mapping[str, str]) -> ReportSettings:
    """Read and check them. Raises `SettingError`."""
    told, every = environment.get("SPORLOG_REPORT_TO") or "", environment.get("SPORLOG_REPORT_EVERY") or EVERY
    if every not in set(Every):
        raise SettingError(
            f"SPORLOG_REPORT_EVERY er {every!r}: brug month eller quarter",
            f"SPORLOG_REPORT_EVERY is {every!r}: use month or quarter",
        )
    recipients: dict[str | None, tuple[str, ...]] = {}
    for administration, addresses in _parts(told):
        recipients[administration] = tuple(dict.fromkeys((*recipients.get(administration, ()), *addresses)))
    if recipients and not environment.get("SPORLOG_MAIL_URL"):
        raise SettingError(
            "SPORLOG_REPORT_TO er sat, og SPORLOG_MAIL_URL er ikke: angiv også mailserveren",
            "SPORLOG_REPORT_TO is set, and SPORLOG_MAIL_URL is not: name the mail server too",
        )
    return ReportSettings(recipients, Every(every))


def _parts(told: str) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """`direktion@kommune.dk, bi@kommune.dk; Sundhed: sundhed@kommune.dk`."""
    for part in filter(None, map(str.strip, told.split(";"))):
        administration, _, named = part.rpartition(":")
        addresses = getaddresses([named])
        if not addresses or not all(re.fullmatch(r"[^@\s]+@[^@\s]+", address) for _, address in addresses):
            raise SettingError(
                f"SPORLOG_REPORT_TO indeholder {part!r}: angiv mailadresser som direktion@kommune.dk, med komma imellem",
                f"SPORLOG_REPORT_TO holds {part!r}: give mail addresses as direktion@kommune.dk, with commas",
            )
        yield administration.strip() or None, tuple(map(formataddr, addresses))
