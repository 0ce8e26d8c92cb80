"""The settings of the ways in: lists of addresses with commas. What is special in a password is percent-encoded."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from adapters.setting_error import SettingError

AUTO = "auto"
"""Of syslog: each line tells by its marker what it is."""
IMAPS_PORT, GRAPH_HOST = 993, "graph.microsoft.com"
EVERY_S, SHORTEST_EVERY_S = 60, 5

T = TypeVar("T")


class SyslogSettings(NamedTuple):
    """A listener."""

    transport: str
    """udp or tcp."""
    host: str
    port: int
    source: str


class ImapSettings(NamedTuple):
    """A mailbox that is looked into every `every_s` seconds. TLS from the first byte."""

    host: str
    port: int
    user: str
    password: str
    mailbox: str
    source: str
    every_s: int
    seen: bool
    """Whether mails are marked as read once they are taken."""


class GraphSettings(NamedTuple):
    """An application of a tenant's that may read its security incidents, asked every `every_s` seconds."""

    host: str
    tenant: str
    client: str
    secret: str
    source: str
    every_s: int


class WaysSettings(NamedTuple):
    """All that are configured."""

    syslog: tuple[SyslogSettings, ...] = ()
    imap: tuple[ImapSettings, ...] = ()
    graph: tuple[GraphSettings, ...] = ()


def read_ways(environment: Mapping[str, str]) -> WaysSettings:
    """Read and check all of them. Raises `SettingError`, which repeats no address: it may hold a password."""
    return WaysSettings(
        _each(environment, "SPORLOG_SYSLOG", "udp://127.0.0.1:5514?source=auto or tcp://127.0.0.1:6514?source=cef", _syslog),
        _each(environment, "SPORLOG_IMAP", "imaps://user:password@host/INBOX?source=email&every=60", _imap),
        _each(environment, "SPORLOG_GRAPH", f"graph://tenant:client:secret@{GRAPH_HOST}?source=defender&every=60", _graph),
    )


class _WrongError(Exception):
    """What is wrong with one address, in words that hold nothing of it."""

    def __init__(self, danish: str, english: str) -> None:
        super().__init__(danish, english)
        self.danish, self.english = danish, english


def _each(environment: Mapping[str, str], variable: str, example: str, read: Callable[[SplitResult], T]) -> tuple[T, ...]:
    found = list[T]()
    for number, address in enumerate(filter(None, map(str.strip, environment.get(variable, "").split(","))), start=1):
        try:
            found.append(read(urlsplit(address)))
        except (_WrongError, ValueError) as error:
            wrong = error if isinstance(error, _WrongError) else _WrongError("det er ingen adresse", "it is no address")
            raise SettingError(
                f"{variable}, adresse {number}, kan ikke bruges: {wrong.danish}; skriv {example}",
                f"{variable}, address {number} cannot be used: {wrong.english}; write {example}",
            ) from None
    return tuple(found)


def _syslog(at: SplitResult) -> SyslogSettings:
    _scheme(at, "udp", "tcp")
    options = _options(at, source=AUTO)
    if at.username is not None or at.path not in ("", "/"):
        raise _WrongError("syslog har hverken bruger eller sti", "syslog has neither user nor path")
    if at.port is None:
        raise _WrongError("porten mangler", "the port is missing")
    return SyslogSettings(at.scheme, at.hostname or "", at.port, options["source"])


def _imap(at: SplitResult) -> ImapSettings:
    _scheme(at, "imaps")
    options = _options(at, source="email", every=str(EVERY_S), seen="no")
    user, password, mailbox = (unquote(part or "") for part in (at.username, at.password, at.path.removeprefix("/")))
    if not user or not password:
        raise _WrongError("bruger eller adgangskode mangler", "user or password is missing")
    if not mailbox.isascii() or not mailbox.isprintable():
        raise _WrongError(
            "postkassens navn har bogstaver, som IMAP skriver anderledes: brug det navn, som serveren viser",
            "the mailbox's name has letters that IMAP writes otherwise: use the name that the server lists",
        )
    if options["seen"] not in {"yes", "no"}:
        raise _WrongError("seen er yes eller no", "seen is yes or no")
    seen, every = options["seen"] == "yes", _every(options)
    return ImapSettings(
        at.hostname or "", at.port or IMAPS_PORT, user, password, mailbox or "INBOX", options["source"], every, seen
    )


def _graph(at: SplitResult) -> GraphSettings:
    _scheme(at, "graph")
    options = _options(at, source="defender", every=str(EVERY_S))
    client, _, secret = (at.password or "").partition(":")
    tenant, client, secret = (unquote(part or "") for part in (at.username, client, secret))
    if not (tenant and client and secret) or at.path not in ("", "/") or at.port is not None:
        raise _WrongError(
            "den skal have tenant, client og secret og hverken port eller sti",
            "it takes tenant, client and secret, and neither port nor path",
        )
    if not all(re.fullmatch(r"[\w.-]+", part, re.ASCII) for part in (tenant, client)):
        raise _WrongError(
            "tenant og client er de id'er, som Entra viser, eller tenantens domæne",
            "tenant and client are the ids that Entra shows, or the tenant's domain",
        )
    return GraphSettings(at.hostname or "", tenant, client, secret, options["source"], _every(options))


def _scheme(at: SplitResult, *schemes: str) -> None:
    if at.scheme not in schemes:
        raise _WrongError(
            f"den begynder ikke med {' eller '.join(f'{scheme}://' for scheme in schemes)}",
            f"it does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}",
        )
    if not at.hostname or at.fragment:
        raise _WrongError(
            "værten mangler, eller et # er ikke procentkodet", "the host is missing, or a # is not percent-encoded"
        )


def _options(at: SplitResult, **defaults: str) -> dict[str, str]:
    given = dict(parse_qsl(at.query, strict_parsing=True)) if at.query else {}
    if given.keys() - defaults.keys():
        raise _WrongError(f"mulighederne er {', '.join(defaults)}", f"the options are {', '.join(defaults)}")
    options = defaults | given
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", options["source"]):
        raise _WrongError("source er intet navn på en kilde", "source is no name of a source")
    return options


def _every(options: Mapping[str, str]) -> int:
    every = options["every"]
    if not re.fullmatch(r"\d{1,5}", every, re.ASCII) or int(every) < SHORTEST_EVERY_S:
        raise _WrongError(
            f"every er et antal sekunder, mindst {SHORTEST_EVERY_S}",
            f"every is a number of seconds, at least {SHORTEST_EVERY_S}",
        )
    return int(every)
