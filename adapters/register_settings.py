"""The settings of other registers: an address each, off until it is given. What is special in a password is percent-encoded."""

import ipaddress
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from adapters.setting_error import SettingError
from adapters.words.wording import Words

NO_ADDRESS = Words("det er ingen adresse", "it is no address")
TABLES = "cmdb_ci_service,cmdb_ci_appl,cmdb_ci_server"


class RegisterSettings(NamedTuple):
    """Where a register is, and how one signs in."""

    url: str
    """Without a slash at its end."""
    user: str
    password: str
    option: str = ""
    """OS2kitos: the organisation's UUID; ServiceNow: the tables, with commas."""


class RegistersSettings(NamedTuple):
    """Those that are configured."""

    os2kitos: RegisterSettings | None = None
    servicenow: RegisterSettings | None = None
    os2compliance: RegisterSettings | None = None


def read_registers(environment: Mapping[str, str]) -> RegistersSettings:
    """Read and check all of them. Raises `SettingError`, which repeats no address: it holds a password."""
    kitos = _read(environment, "SPORLOG_KITOS", "https://user:password@kitos.dk?organisation=UUID", "organisation", "")
    now = _read(environment, "SPORLOG_SERVICENOW", f"https://user:password@host?tables={TABLES}", "tables", TABLES)
    compliance = _read(environment, "SPORLOG_COMPLIANCE", "https://:API-KEY@host", None, "")
    if kitos is not None:
        try:
            UUID(kitos.option)
        except ValueError:
            raise SettingError(
                "SPORLOG_KITOS kan ikke bruges: organisation er kommunens UUID dér",
                "SPORLOG_KITOS cannot be used: organisation is the UUID of the municipality there",
            ) from None
    return RegistersSettings(kitos, now, compliance)


def _read(
    environment: Mapping[str, str], variable: str, example: str, option: str | None, default: str
) -> RegisterSettings | None:
    address = environment.get(variable)
    if not address:
        return None
    try:
        at = urlsplit(address)
        port = f":{at.port}" if at.port else ""
        options = dict(parse_qsl(at.query, strict_parsing=True)) if at.query else {}
    except ValueError:
        raise _refused(variable, NO_ADDRESS, example) from None
    user, password = (unquote(part or "") for part in (at.username, at.password))
    reason: Words | None = None
    if not at.hostname or at.fragment or at.scheme not in {"https", "http"}:
        reason = Words(
            "det er ingen https-adresse, eller et # er ikke procentkodet",
            "it is no https address, or a # is not percent-encoded",
        )
    elif at.scheme == "http" and not _is_here(at.hostname):
        reason = Words("over http kan alle undervejs læse adgangskoden", "over http everybody on the way reads the password")
    elif not password or (option is not None and not user):
        reason = Words("bruger eller adgangskode mangler", "user or password is missing")
    elif options.keys() - ({option} if option else set()):
        reason = (
            Words(f"den eneste mulighed er {option}", f"the only option is {option}")
            if option
            else Words("den har ingen muligheder", "it takes no options")
        )
    if reason:
        raise _refused(variable, reason, example)
    url = f"{at.scheme}://{at.hostname}{port}{at.path.rstrip('/')}"
    return RegisterSettings(url, user, password, options.get(option or "", default))


def _refused(variable: str, reason: Words, example: str) -> SettingError:
    return SettingError(
        f"{variable} kan ikke bruges: {reason.da}; skriv {example}", f"{variable} cannot be used: {reason.en}; write {example}"
    )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
