"""OS2kitos, the municipalities' shared register of systems and contracts: API v2.

    POST /api/authorize/gettoken {"email": ..., "password": ...}     {"response": {"token": ..., "expires": ...}}
    GET  /api/v2/it-system-usages?organizationUuid=U&changedSinceGtEq=2026-11-21T02:00:00Z&page=0&pageSize=100     [usage, ...]
    GET  /api/v2/it-contracts?...                                     the same
    GET  /api/v2/delta-feed/deleted-entities?deletedSinceUTC=...      [{"entityUuid", "entityType", "occurredAtUtc"}, ...]

https://kitos.dk/swagger. Criticality and hosting stand under `general`, in an older generation under `gdpr`; enumerations are
words, or the numbers that the system uses inside. With changedSinceGtEq a list is in the order of lastModified.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from adapters.register_settings import RegisterSettings
from adapters.registers.http import MAX_PAGES, TIMEOUT_S, Caller
from adapters.registers.words import inside, listed, text, told
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Need, Tie, Weight
from domain.time import rfc3339_utc
from handlers.registers import Pulled, RegisterFailedError, RegisterObject, RegisterTie

PAGE = 100
OVERLAP, WHOLE_AFTER = timedelta(minutes=5), timedelta(days=7)
"""How far the cursor stands back, for what was stored late; how often all is read, for what no feed told of."""

_HOSTING = {"onpremise": "own", "1": "own", "external": "supplier", "2": "supplier", "hybrid": "shared", "3": "shared"}
_YES = frozenset({"yes", "1", "true"})
_NOT_PERSONAL = frozenset({"none", "nonpersondata", "0"})
_UNUSED = frozenset({"notinuse", "1"})
_OWNERS, _MANAGERS = ("systemejer",), ("systemansvarlig", "systemforvalter", "driftsansvarlig")
_OF_A_SYSTEM = frozenset({Tie.DEPENDS_ON, Tie.UNDER_CONTRACT, Tie.SUPPLIED_BY})
_ENTITIES = ("ItSystemUsage", "ItContract")


class OS2Kitos:
    """See `handlers.registers.Register`."""

    name = "os2kitos"

    def __init__(
        self, settings: RegisterSettings, clock: Callable[[], datetime], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings, self._clock, self._sleep = settings, clock, sleep
        self.where = settings.url

    def pull(self, cursor: str) -> Pulled:
        """What changed since the cursor, or all: at first, once a week, and when the cursor cannot be read."""
        now = self._clock()
        since, whole_at = _read_cursor(cursor)
        if since is None or whole_at is None or now > whole_at + WHOLE_AFTER:
            since, whole_at = None, now
        with httpx.Client(timeout=TIMEOUT_S) as http:
            ask = Caller("OS2kitos", http, lambda: self._sign(http), self._sleep)
            newest = [since - OVERLAP] if since else []
            changed = {"changedSinceGtEq": rfc3339_utc(since - OVERLAP)} if since else {}
            organisation = {"organizationUuid": self._settings.option, **changed}
            usages = list(self._pages(ask, "it-system-usages", organisation))
            contracts = list(self._pages(ask, "it-contracts", organisation))
            deleted = list(self._deleted(ask, since - OVERLAP)) if since else []
        newest += filter(None, (_time(one.get("lastModified")) for one in (*usages, *contracts)))
        newest += filter(None, (_time(one.get("occurredAtUtc")) for one in deleted))
        gone = {str(one.get("entityUuid")) for one in deleted} | {_key(one) for one in usages if not _in_use(one)}
        objects = [*map(_system, filter(_in_use, usages)), *(made for one in contracts for made in _contract(one))]
        told_at = max(newest, default=now)
        return Pulled(objects, _write_cursor(told_at, whole_at), whole=since is None, gone=frozenset(gone))

    def _sign(self, http: httpx.Client) -> Mapping[str, str]:
        at = self._settings
        body = {"email": at.user, "password": at.password}
        answer = Caller("OS2kitos", http, dict, self._sleep).post(f"{at.url}/api/authorize/gettoken", body)
        token = text(inside(answer, "response", "token"))
        if token is None or not token.isascii():
            raise RegisterFailedError("OS2kitos gave no token: its user needs access to the API")
        return {"Authorization": f"Bearer {token}"}

    def _deleted(self, ask: Caller, since: datetime) -> Iterator[Mapping[str, Any]]:
        for entity in _ENTITIES:
            wanted = {"entityType": entity, "deletedSinceUTC": rfc3339_utc(since)}
            yield from self._pages(ask, "delta-feed/deleted-entities", wanted)

    def _pages(self, ask: Caller, what: str, params: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for page in range(MAX_PAGES):
            asked = {**params, "page": str(page), "pageSize": str(PAGE)}
            answer, _ = ask.get(f"{self._settings.url}/api/v2/{what}", asked)
            if not isinstance(answer, list) or not all(isinstance(one, Mapping) for one in answer):
                raise RegisterFailedError(f"OS2kitos sent no list of {what}: is the address that of API v2?")
            yield from answer
            if len(answer) < PAGE:
                return
        raise RegisterFailedError(f"OS2kitos has more than {MAX_PAGES} pages of {what}")


def _read_cursor(cursor: str) -> tuple[datetime | None, datetime | None]:
    try:
        known = json.loads(cursor) if cursor else None
    except ValueError:
        known = None
    return _time(inside(known, "since")), _time(inside(known, "whole_at"))


def _write_cursor(since: datetime, whole_at: datetime) -> str:
    return json.dumps({"since": rfc3339_utc(since), "whole_at": rfc3339_utc(whole_at)})


def _time(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _key(one: Mapping[str, Any]) -> str:
    key = text(one.get("uuid"))
    if key is None:
        raise RegisterFailedError("OS2kitos sent something without a uuid")
    return key


def _word(value: object) -> str:
    """An enumeration's value, whether it came as a word or as a number."""
    return "" if value is None else str(value).lower()


def _general(usage: Mapping[str, Any], name: str, older: str | None = None) -> str:
    """A field that stands under `general` today and stood under `gdpr` before."""
    return _word(inside(usage, "general", name)) or _word(inside(usage, "gdpr", older or name))


def _in_use(usage: Mapping[str, Any]) -> bool:
    stage = _word(inside(usage, "general", "validity", "lifeCycleStatus"))
    return stage not in _UNUSED and inside(usage, "systemContext", "deactivated") is not True


def _system(usage: Mapping[str, Any]) -> RegisterObject:
    key, own = _key(usage), text(inside(usage, "general", "localCallName"))
    name = text(inside(usage, "systemContext", "name")) or own
    levels = [_word(level) for level in listed(inside(usage, "gdpr", "dataSensitivityLevels"))]
    critical = {_general(usage, "isBusinessCritical", "businessCritical"), _general(usage, "isSociallyCritical")} - {""}
    facts = told(
        name=name,
        aliases=[own] if own and own != name else None,
        administration=text(inside(usage, "organizationUsage", "responsibleOrganizationUnit", "name")),
        owner=_holder(usage, _OWNERS),
        manager=_holder(usage, _MANAGERS),
        hosting=_HOSTING.get(_general(usage, "hostedAt")),
        personal_data=any(level not in _NOT_PERSONAL for level in levels) if levels else None,
        business_critical=bool(critical & _YES) if critical else None,
    )
    return RegisterObject(kind=Kind.SYSTEM, key=key, facts=facts, ties=tuple(_relations(key, usage)), tells=_OF_A_SYSTEM)


def _holder(usage: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Who has the first of these roles, by the id alone: names of people stay in OS2kitos."""
    roles = listed(usage.get("roles"))
    for wanted in names:
        for one in roles:
            if _word(inside(one, "role", "name")) == wanted and (user := text(inside(one, "user", "uuid"))):
                return f"os2kitos:{user}"
    return None


def _relations(key: str, usage: Mapping[str, Any]) -> Iterator[RegisterTie]:
    for one in listed(usage.get("outgoingSystemRelations")):
        to = text(inside(one, "toSystemUsage", "uuid"))
        if to is not None and to != key:
            need = Need.INTEGRATION if inside(one, "relationInterface", "uuid") else Need.DATA
            yield RegisterTie(tie=Tie.DEPENDS_ON, source=key, to=to, need=need, weight=Weight.DEGRADES)


def _contract(one: Mapping[str, Any]) -> Iterator[RegisterObject]:
    key, supplier = _key(one), inside(one, "supplier", "organization")
    supplier_key = text(inside(supplier, "uuid"))
    ends = text(inside(one, "general", "validity", "validTo"))
    facts = told(name=text(one.get("name")), number=text(inside(one, "general", "contractId")), ends_on=ends and ends[:10])
    ties = list[RegisterTie]()
    for system in (text(inside(usage, "uuid")) for usage in listed(one.get("systemUsages"))):
        if system is not None:
            ties.append(RegisterTie(tie=Tie.UNDER_CONTRACT, source=system, to=key))
        if system is not None and supplier_key is not None:
            ties.append(RegisterTie(tie=Tie.SUPPLIED_BY, source=system, to=supplier_key, weight=Weight.DEGRADES))
    if supplier_key is not None:
        ties.append(RegisterTie(tie=Tie.SUPPLIED_BY, source=key, to=supplier_key))
        named = told(name=text(inside(supplier, "name")), cvr=text(inside(supplier, "cvr")))
        yield RegisterObject(kind=Kind.SUPPLIER, key=supplier_key, facts=named, lent=True)
    tells = frozenset({Tie.SUPPLIED_BY})
    yield RegisterObject(kind=Kind.CONTRACT, key=key, facts=facts, ties=tuple(ties), tells=tells)
