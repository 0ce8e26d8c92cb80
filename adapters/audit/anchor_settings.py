"""Which anchors are configured: from the environment."""

import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from adapters.setting_error import SettingError

EVERY_HOURS = "24"


class AuthoritySettings(NamedTuple):
    """A time stamping authority, and the file of its certificates."""

    url: str
    chain: Path


class AnchorSettings(NamedTuple):
    """Who outside gets checkpoints, and how often."""

    authority: AuthoritySettings | None
    chain: Path | None
    """The authority's certificates, also when nothing is stamped any more: old stamps are verified with them."""
    mailbox: str | None
    every: timedelta


def read_anchors(environment: Mapping[str, str]) -> AnchorSettings:
    """Read and check them. Raises `SettingError`."""
    url, chain = environment.get("SPORLOG_TSA_URL"), environment.get("SPORLOG_TSA_CHAIN")
    path = Path(chain).expanduser().resolve() if chain else None
    if url and path is None:
        raise SettingError(
            "SPORLOG_TSA_URL er sat, og SPORLOG_TSA_CHAIN er ikke: angiv PEM-filen med tjenestens rodcertifikat",
            "SPORLOG_TSA_URL is set, and SPORLOG_TSA_CHAIN is not: name the PEM file of the authority's root certificate",
        )
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        # The address may hold a password: it is not repeated.
        raise SettingError(
            "SPORLOG_TSA_URL kan ikke bruges: skriv https://vært/sti",
            "SPORLOG_TSA_URL cannot be used: write https://host/path",
        )
    authority = AuthoritySettings(url, path) if url and path is not None else None
    return AnchorSettings(authority, path, _mailbox(environment), _every(environment))


def _mailbox(environment: Mapping[str, str]) -> str | None:
    mailbox = environment.get("SPORLOG_ANCHOR_MAIL")
    if not mailbox:
        return None
    address = parseaddr(mailbox)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address[1]):
        raise SettingError(
            f"SPORLOG_ANCHOR_MAIL er {mailbox!r}: angiv én mailadresse som log@arkiv.dk",
            f"SPORLOG_ANCHOR_MAIL is {mailbox!r}: give one mail address as log@arkiv.dk",
        )
    if not environment.get("SPORLOG_MAIL_URL"):
        raise SettingError(
            "SPORLOG_ANCHOR_MAIL er sat, og SPORLOG_MAIL_URL er ikke: angiv også mailserveren",
            "SPORLOG_ANCHOR_MAIL is set, and SPORLOG_MAIL_URL is not: name the mail server too",
        )
    return formataddr(address)


def _every(environment: Mapping[str, str]) -> timedelta:
    hours = environment.get("SPORLOG_ANCHOR_HOURS") or EVERY_HOURS
    if not hours.isdecimal() or int(hours) == 0:
        raise SettingError(
            f"SPORLOG_ANCHOR_HOURS er {hours!r}: brug et helt tal over nul",
            f"SPORLOG_ANCHOR_HOURS is {hours!r}: use a whole number above zero",
        )
    return timedelta(hours=int(hours))
