"""Microsoft Defender's incidents with their alerts, pulled from Microsoft Graph by an application that may read them.

    POST <login>/<tenant>/oauth2/v2.0/token    grant_type=client_credentials
    GET <api>/v1.0/security/incidents?$expand=alerts&$filter=lastUpdateDateTime gt 2026-11-21T02:02:00Z&$orderby=...
    {"value": [<incident, see the format defender>, ...], "@odata.nextLink": "<the next page>"}

https://learn.microsoft.com/graph/api/security-list-incidents. The permission is SecurityIncident.Read.All. The cursor is the
highest lastUpdateDateTime that was taken, less an overlap: Graph may show an incident later than one that was updated after it.
What the overlap brings again is left out while the process lives, and counted by its key after a restart.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx
import orjson

from adapters.ways_in.contract import Post, WayError
from adapters.ways_in.settings import GraphSettings

LOGIN = "https://login.microsoftonline.com"
OVERLAP, FIRST_LOOK = timedelta(minutes=5), timedelta(days=7)
"""How far the cursor stands back, and how far back the very first look goes."""
TIMEOUT_S, LONGEST_WAIT_S = 30.0, 3600.0
"""For an answer, and for what Graph asks to be left alone."""

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_CODE, _ENTRA_CODE = re.compile(r"[A-Za-z_]{1,60}"), re.compile(r"AADSTS[0-9]+")


class GraphWay:
    """One tenant."""

    def __init__(
        self,
        settings: GraphSettings,
        limit: int,
        clock: Callable[[], datetime],
        *,
        login: str = LOGIN,
        api: str | None = None,
    ) -> None:
        """Make it; `limit` is the most bytes that a body may have, `login` and `api` are base addresses."""
        self.name = f"graph {settings.tenant} at {settings.host}"
        self.source = settings.source
        self._settings, self._limit, self._clock = settings, limit, clock
        self._login, self._api = login, api or f"https://{settings.host}"
        self._token = ""
        self._taken: dict[tuple[str, str], datetime] = {}
        """Incident and time of its update, as Graph wrote them, of those that the overlap brings again."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """The application's secret, and the token that it got for it."""
        return tuple(filter(None, (self._settings.secret, self._token)))

    async def run(self, post: Post) -> None:
        """Ask, and ask again."""
        async with httpx.AsyncClient(timeout=TIMEOUT_S) as http:
            while True:
                await self._look(post, http)
                await asyncio.sleep(self._settings.every_s)

    async def _look(self, post: Post, http: httpx.AsyncClient) -> None:
        cursor = await post.begin()
        since = datetime.fromisoformat(cursor) if cursor else self._clock() - FIRST_LOOK
        query = {
            "$expand": "alerts",
            "$filter": f"lastUpdateDateTime gt {_written(since)}",
            "$orderby": "lastUpdateDateTime",
        }
        url = str(httpx.URL(f"{self._api}/v1.0/security/incidents", params=query))
        while url:
            answer = await self._get(http, url)
            page = _page(answer.content)
            since = await self._take_page(post, answer.content, page["value"], since)
            url = str(page.get("@odata.nextLink") or "")
            if url and not url.startswith(f"{self._api}/"):
                # Whoever gets the token can read the tenant's incidents.
                raise WayError("Graph's next page is at another address than Graph: it was not asked for")
        self._taken = {key: updated for key, updated in self._taken.items() if updated > since}
        await post.worked()

    async def _take_page(self, post: Post, whole: bytes, incidents: Sequence[Any], since: datetime) -> datetime:
        fresh = [incident for incident in incidents if _key(incident) not in self._taken]
        if not fresh:
            return since
        for body in self._bodies(whole, incidents, fresh):
            await post.take(self.source, body, "application/json")
        updates = {_key(incident): updated for incident in fresh if (updated := _updated(incident))}
        self._taken |= updates
        since = max([since, *(updated - OVERLAP for updated in updates.values())])
        # Durable are the incidents: kill -9 before the cursor is costs this page once more, which their keys count.
        await post.worked(message=True, cursor=_written(since))
        return since

    def _bodies(self, whole: bytes, incidents: Sequence[Any], fresh: Sequence[Any]) -> Iterator[bytes]:
        """A page as it came, where all of it is new and it is no larger than a body may be; else its new incidents in parts."""
        if len(fresh) == len(incidents) and len(whole) <= self._limit:
            yield whole
            return
        part, size = list[bytes](), 0
        for incident in map(orjson.dumps, fresh):
            if part and size + len(incident) + 20 > self._limit:
                yield b'{"value":[' + b",".join(part) + b"]}"
                part, size = [], 0
            part.append(incident)
            size += len(incident) + 1
        yield b'{"value":[' + b",".join(part) + b"]}"

    async def _get(self, http: httpx.AsyncClient, url: str) -> httpx.Response:
        had_one = bool(self._token)
        answer = await self._ask(http, url)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and had_one:
            # Tokens live for an hour or so; a new one that is refused too means that something else is wrong.
            self._token = ""
            answer = await self._ask(http, url)
        _check(answer, "Graph")
        return answer

    async def _ask(self, http: httpx.AsyncClient, url: str) -> httpx.Response:
        if not self._token:
            self._token = await self._new_token(http)
        return await http.get(url, headers={"Authorization": f"Bearer {self._token}"})

    async def _new_token(self, http: httpx.AsyncClient) -> str:
        at = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": at.client,
            "client_secret": at.secret,
            "scope": f"https://{at.host}/.default",
        }
        answer = await http.post(f"{self._login}/{at.tenant}/oauth2/v2.0/token", data=form)
        _check(answer, "the login")
        token = _object(answer.content).get("access_token")
        if not isinstance(token, str) or not token.isascii():
            raise WayError("the login gave no token")
        return token


def _check(answer: httpx.Response, who: str) -> None:
    if answer.status_code == HTTPStatus.OK:
        return
    wait = answer.headers.get("Retry-After", "")
    after_s = min(float(wait), LONGEST_WAIT_S) if answer.status_code in _BUSY and re.fullmatch(r"[0-9]{1,9}", wait) else 0.0
    raise WayError(f"{who} answered {answer.status_code} {_reason(answer.content)}".rstrip(), after_s)


def _reason(body: bytes) -> str:
    """The error's code: the words around it may hold anything."""
    try:
        told = _object(body)
    except WayError:
        return ""
    error, described = told.get("error"), _ENTRA_CODE.search(str(told.get("error_description", "")))
    code = error.get("code") if isinstance(error, Mapping) else error
    codes = [code if isinstance(code, str) and _CODE.fullmatch(code) else "", described[0] if described else ""]
    return " ".join(each for each in codes if each)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        raise WayError("the answer is no JSON object")
    return told


def _page(body: bytes) -> Mapping[str, Any]:
    page = _object(body)
    if not isinstance(page.get("value"), list):
        raise WayError("the answer is no page of incidents: value is missing")
    return page


def _key(incident: object) -> tuple[str, str]:
    fields = incident if isinstance(incident, dict) else {}
    return str(fields.get("id")), str(fields.get("lastUpdateDateTime"))


def _updated(incident: object) -> datetime | None:
    try:
        updated = datetime.fromisoformat(_key(incident)[1])
    except ValueError:
        return None  # the format tells what is wrong with it; here it moves nothing
    return updated if updated.tzinfo else updated.replace(tzinfo=UTC)


def _written(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
