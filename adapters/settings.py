"""Every setting there is, from the environment. The README's table is tested against `SETTINGS`."""

import os
import re
from collections.abc import Mapping
from email.utils import formataddr, getaddresses
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

from adapters.audit.anchor_settings import EVERY_HOURS, AnchorSettings, read_anchors
from adapters.evidence_settings import FILE_BYTES, INCIDENT_BYTES, EvidenceSettings, read_evidence
from adapters.management.settings import EVERY, ReportSettings, read_reports
from adapters.pack.settings import AT, PackSettings, read_pack
from adapters.register_settings import RegistersSettings, read_registers
from adapters.setting_error import SettingError
from adapters.ways_in.settings import WaysSettings, read_ways
from domain.ledger.encoding import MalformedError
from domain.ledger.key import check_name
from domain.reference import check_prefix

MAIL_PORTS = {"smtp": 25, "smtps": 465}
DEFAULT_ENTITY, DEFAULT_PREFIX, DEMO_ENTITY = "kommunen", "H", "Lærkeborg Kommune"


class Setting(NamedTuple):
    """One variable: its default and what it does."""

    variable: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("SPORLOG_DATA", "the user's data directory", "Where everything is kept: events, keyring, read models, NATS"),
    Setting("SPORLOG_KEYRING", "DATA/keyring", "Directory of the keyring and its master key; put it on another disk or backup"),
    Setting("SPORLOG_DATABASE", "SQLite in DATA", "postgresql://... keeps events and read models in PostgreSQL"),
    Setting("SPORLOG_HTTP", "127.0.0.1:8640", "Where page and API listen"),
    Setting("SPORLOG_NATS", "a nats-server of its own", "nats://... uses a NATS that runs elsewhere"),
    Setting("SPORLOG_NATS_PORT", "a free port", "Port of its own nats-server, on loopback"),
    Setting("SPORLOG_NATS_REPLICAS", "1", "Replicas of each stream: 3 in a cluster"),
    Setting("SPORLOG_PROCESSES", "1", "2 reads what comes by NATS in a process of its own: more alerts a second, more memory"),
    Setting("SPORLOG_INTAKE_MAX_BYTES", "1073741824", "Size of the INTAKE stream; publishers are refused beyond it"),
    Setting("SPORLOG_ENTITY", DEFAULT_ENTITY, "The reporting entity; fixed for good at the first start"),
    Setting("SPORLOG_PREFIX", DEFAULT_PREFIX, "The entity's prefix in references, as in H-2026-0042; fixed likewise"),
    Setting(
        "SPORLOG_ORIGIN", "sporlog/PREFIX", "Names the ledger in its checkpoints, as log.kommune.dk; taken when a key is made"
    ),
    Setting("SPORLOG_CHECKPOINT_S", "60", "Seconds between checkpoints at most, while events come in"),
    Setting("SPORLOG_MAIL_URL", "no mail", "smtp://user:password@host:587 sends reminders by mail; smtps:// is TLS throughout"),
    Setting("SPORLOG_MAIL_FROM", "none", "The sender's address"),
    Setting("SPORLOG_MAIL_TO", "none", "Who gets the reminders: one or more addresses, with commas"),
    Setting(
        "SPORLOG_REPORT_TO",
        "no reports",
        "direktion@kommune.dk,...; Sundhed: chef@kommune.dk,... get the management report, of all and of one administration",
    ),
    Setting("SPORLOG_REPORT_EVERY", EVERY, "month or quarter: the periods that it is sent of"),
    Setting("SPORLOG_WEBHOOK_URL", "no webhook", "https://... gets each reminder as JSON"),
    Setting("SPORLOG_WEBHOOK_SECRET", "unsigned", "Signs what the webhook gets (HMAC-SHA256)"),
    Setting("SPORLOG_PUBLIC_URL", "no links", "https://... where people reach the page: reminders link to it"),
    Setting("SPORLOG_SYSLOG", "no syslog", "udp://127.0.0.1:5514?source=auto,tcp://... takes CEF and LEEF in"),
    Setting("SPORLOG_IMAP", "no mailbox", "imaps://user:password@host/INBOX?source=email&every=60 takes mails in"),
    Setting("SPORLOG_GRAPH", "no pull", "graph://tenant:client:secret@graph.microsoft.com?every=60 takes Defender in"),
    Setting("SPORLOG_EVIDENCE_FILE_BYTES", str(FILE_BYTES), "The largest file of evidence, in bytes"),
    Setting("SPORLOG_EVIDENCE_INCIDENT_BYTES", str(INCIDENT_BYTES), "All evidence that is kept for one incident, in bytes"),
    Setting("SPORLOG_CLAMD", "no scan", "tcp://host:3310 or unix:///run/clamav/clamd.ctl scans evidence for malware"),
    Setting("SPORLOG_TSA_URL", "no time stamps", "https://... stamps checkpoints with an outside authority's time (RFC 3161)"),
    Setting("SPORLOG_TSA_CHAIN", "none", "PEM file with that authority's root certificate and what is between"),
    Setting("SPORLOG_ANCHOR_MAIL", "no mailbox", "One address outside the house that checkpoints are mailed to"),
    Setting("SPORLOG_ANCHOR_HOURS", EVERY_HOURS, "Hours between two checkpoints that are stamped and mailed"),
    Setting("SPORLOG_PACK_DIR", "no pack", "Directory on a drive of its own where the emergency pack is written each day"),
    Setting("SPORLOG_PACK_AT", AT, "When, Danish time"),
    Setting(
        "SPORLOG_PACK_RECIPIENTS", "none", "age1... keys, with commas: who opens the pack's backup; without one it has none"
    ),
    Setting("SPORLOG_PACK_ENCRYPT", "no", "yes: the pack's papers too can be opened by the recipients only"),
    Setting("SPORLOG_KITOS", "not read", "https://user:password@kitos.dk?organisation=UUID: systems and contracts, daily"),
    Setting("SPORLOG_SERVICENOW", "not read", "https://user:password@host?tables=cmdb_ci_service,...: the CMDB, daily"),
    Setting("SPORLOG_COMPLIANCE", "not read", "https://:API-KEY@host: assets, daily"),
    Setting("SPORLOG_LANG", "da", "Language of the command line: da, or en for English"),
    Setting("SPORLOG_LOG_LEVEL", "info", "debug, info, warning or error"),
)
DEFAULTS = {setting.variable: setting.default for setting in SETTINGS}


class MailSettings(NamedTuple):
    """A mail server, and between whom mails go."""

    host: str
    port: int
    tls: bool
    """From the first byte; else STARTTLS where the server offers it, and always before a password."""
    user: str | None
    password: str | None
    sender: str
    recipients: tuple[str, ...]


class WebhookSettings(NamedTuple):
    """Where reminders are posted, and what signs them."""

    url: str
    secret: str | None


class Settings(NamedTuple):
    """The settings, read and checked."""

    data: Path
    keyring: Path
    database: str | None
    http_host: str
    http_port: int
    nats: str | None
    nats_port: int | None
    nats_replicas: int
    processes: int
    intake_max_bytes: int
    entity: str | None
    default_entity: str
    prefix: str | None
    origin: str | None
    checkpoint_s: int
    log_level: str
    mail: MailSettings | None
    webhook: WebhookSettings | None
    public_url: str | None
    ways: WaysSettings
    evidence: EvidenceSettings
    anchors: AnchorSettings
    registers: RegistersSettings
    pack: PackSettings
    reports: ReportSettings


def read_settings(
    environment: Mapping[str, str] = os.environ,
    *,
    data: Path | None = None,
    http: str | None = None,
    nats: str | None = None,
    database: str | None = None,
    demo: bool = False,
) -> Settings:
    """Read the environment; what is given here (command-line options) wins. Raises `SettingError`.

    The demo keeps to a data directory of its own beside the real one.
    """
    prefix = environment.get("SPORLOG_PREFIX")
    here = data or _path(environment, "SPORLOG_DATA") or user_data_path("sporlog")
    if demo and data is None:
        here = here.with_name(here.name + "-demo")
    host, port = _address(http or environment.get("SPORLOG_HTTP") or DEFAULTS["SPORLOG_HTTP"])
    level = environment.get("SPORLOG_LOG_LEVEL") or DEFAULTS["SPORLOG_LOG_LEVEL"]
    if level not in {"debug", "info", "warning", "error"}:
        raise SettingError(
            f"SPORLOG_LOG_LEVEL er {level!r}: brug debug, info, warning eller error",
            f"SPORLOG_LOG_LEVEL is {level!r}: use debug, info, warning or error",
        )
    here = here.expanduser().resolve()
    return Settings(
        data=here,
        keyring=_path(environment, "SPORLOG_KEYRING") or here / "keyring",
        database=_scheme("SPORLOG_DATABASE", database or environment.get("SPORLOG_DATABASE"), "postgresql", "postgres"),
        http_host=host,
        http_port=port,
        nats=_scheme("SPORLOG_NATS", nats or environment.get("SPORLOG_NATS"), "nats", "tls"),
        nats_port=_number(environment, "SPORLOG_NATS_PORT"),
        nats_replicas=_number(environment, "SPORLOG_NATS_REPLICAS") or 1,
        processes=_processes(environment),
        intake_max_bytes=_number(environment, "SPORLOG_INTAKE_MAX_BYTES") or int(DEFAULTS["SPORLOG_INTAKE_MAX_BYTES"]),
        entity=environment.get("SPORLOG_ENTITY") or None,
        default_entity=DEMO_ENTITY if demo else DEFAULT_ENTITY,
        prefix=check_prefix(prefix) if prefix else None,
        origin=_origin(environment),
        checkpoint_s=_number(environment, "SPORLOG_CHECKPOINT_S") or int(DEFAULTS["SPORLOG_CHECKPOINT_S"]),
        log_level=level,
        mail=_mail(environment),
        webhook=_webhook(environment),
        public_url=_web_address(environment, "SPORLOG_PUBLIC_URL"),
        ways=read_ways(environment),
        evidence=read_evidence(environment),
        anchors=read_anchors(environment),
        registers=read_registers(environment),
        pack=read_pack(environment),
        reports=read_reports(environment),
    )


def _path(environment: Mapping[str, str], variable: str) -> Path | None:
    value = environment.get(variable)
    return Path(value).expanduser().resolve() if value else None


def _number(environment: Mapping[str, str], variable: str) -> int | None:
    value = environment.get(variable)
    if not value:
        return None
    if not value.isdecimal() or int(value) == 0:
        raise SettingError(
            f"{variable} er {value!r}: brug et helt tal over nul",
            f"{variable} is {value!r}: use a whole number above zero",
        )
    return int(value)


def _processes(environment: Mapping[str, str]) -> int:
    value = environment.get("SPORLOG_PROCESSES") or DEFAULTS["SPORLOG_PROCESSES"]
    if value not in {"1", "2"}:
        raise SettingError(
            f"SPORLOG_PROCESSES er {value!r}: brug 1 eller 2",
            f"SPORLOG_PROCESSES is {value!r}: use 1 or 2",
        )
    return int(value)


def _origin(environment: Mapping[str, str]) -> str | None:
    value = environment.get("SPORLOG_ORIGIN")
    try:
        return check_name(value) if value else None
    except MalformedError as error:
        raise SettingError(
            f"SPORLOG_ORIGIN kan ikke bruges: {error}",
            f"SPORLOG_ORIGIN cannot be used: {error}",
        ) from error


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the highest port there is
        raise SettingError(
            f"HTTP-adressen {text!r} kan ikke bruges: skriv VÆRT:PORT, for eksempel 127.0.0.1:8640",
            f"the HTTP address {text!r} cannot be used: write HOST:PORT, as 127.0.0.1:8640",
        )
    return host.strip("[]"), int(port)


def _scheme(variable: str, url: str | None, *schemes: str) -> str | None:
    # The address may hold a password: it is not repeated. NATS and PostgreSQL read the rest, several hosts included.
    if url and not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise SettingError(
            f"{variable} kan ikke bruges: skriv {schemes[0]}://vært",
            f"{variable} cannot be used: write {schemes[0]}://host",
        )
    return url or None


def _mail(environment: Mapping[str, str]) -> MailSettings | None:
    url = environment.get("SPORLOG_MAIL_URL")
    if not url:
        return None
    at = urlsplit(url)
    try:
        port = at.port
    except ValueError:
        port = 0
    if at.scheme not in MAIL_PORTS or not at.hostname or port == 0:
        # The address holds a password: it is not repeated.
        raise SettingError(
            "SPORLOG_MAIL_URL kan ikke bruges: skriv smtp://bruger:adgangskode@vært:587, smtp://vært eller smtps://...",
            "SPORLOG_MAIL_URL cannot be used: write smtp://user:password@host:587, smtp://host or smtps://...",
        )
    sender, to = environment.get("SPORLOG_MAIL_FROM", ""), environment.get("SPORLOG_MAIL_TO", "")
    for variable, value in (("SPORLOG_MAIL_FROM", sender), ("SPORLOG_MAIL_TO", to)):
        addresses = [address for _, address in getaddresses([value])]
        if not addresses or not all(re.fullmatch(r"[^@\s]+@[^@\s]+", address) for address in addresses):
            raise SettingError(
                f"SPORLOG_MAIL_URL er sat, og {variable} er {value!r}: angiv en mailadresse som navn@kommune.dk",
                f"SPORLOG_MAIL_URL is set, and {variable} is {value!r}: give a mail address as name@kommune.dk",
            )
    user, password = (unquote(part) if part else None for part in (at.username, at.password))
    recipients = tuple(dict.fromkeys(formataddr(address) for address in getaddresses([to])))
    return MailSettings(at.hostname, port or MAIL_PORTS[at.scheme], at.scheme == "smtps", user, password, sender, recipients)


def _webhook(environment: Mapping[str, str]) -> WebhookSettings | None:
    url = _web_address(environment, "SPORLOG_WEBHOOK_URL")
    return WebhookSettings(url, environment.get("SPORLOG_WEBHOOK_SECRET") or None) if url else None


def _web_address(environment: Mapping[str, str], variable: str) -> str | None:
    url = environment.get(variable)
    if not url:
        return None
    at = urlsplit(url)
    if at.scheme not in {"http", "https"} or not at.hostname:
        raise SettingError(
            f"{variable} kan ikke bruges: skriv https://vært/sti",
            f"{variable} cannot be used: write https://host/path",
        )
    return url
