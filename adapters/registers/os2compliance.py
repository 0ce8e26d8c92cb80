"""OS2compliance's assets, by its API.

    GET /api/v1/assets?page=0&pageSize=500     ApiKey: ...
    {"totalPages": 3, "page": 0, "totalCount": 1200, "count": 500, "content": [{"id": 7, "name": "Omsorg", ...}, ...]}

The fields grew over its versions: what is missing is not told. Deleted assets are left out of the list: all is read each time.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx

from adapters.register_settings import RegisterSettings
from adapters.registers.http import MAX_PAGES, TIMEOUT_S, Caller
from adapters.registers.words import inside, listed, text, told
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie, Weight
from handlers.registers import Pulled, RegisterFailedError, RegisterObject, RegisterTie

PAGE = 500


class OS2Compliance:
    """See `handlers.registers.Register`."""

    name = "os2compliance"

    def __init__(self, settings: RegisterSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._sleep = settings, sleep
        self.where = settings.url

    def pull(self, cursor: str) -> Pulled:  # noqa: ARG002 - see the contract; here all is read each time
        """All assets and their suppliers."""
        objects: dict[str, RegisterObject] = {}
        with httpx.Client(timeout=TIMEOUT_S) as http:
            ask = Caller("OS2compliance", http, lambda: {"ApiKey": self._settings.password}, self._sleep)
            for asset in self._assets(ask):
                objects |= {one.key: one for one in _objects(asset)}
        return Pulled(tuple(objects.values()), "")

    def _assets(self, ask: Caller) -> Iterator[Mapping[str, Any]]:
        seen = 0
        for page in range(MAX_PAGES):
            answer, _ = ask.get(f"{self._settings.url}/api/v1/assets", {"page": str(page), "pageSize": str(PAGE)})
            rows = answer if isinstance(answer, list) else inside(answer, "content")
            if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
                raise RegisterFailedError("OS2compliance sent no page of assets")
            yield from rows
            seen += len(rows)
            total, pages = inside(answer, "totalCount"), inside(answer, "totalPages")
            if page + 1 >= pages if isinstance(pages, int) else len(rows) < PAGE:
                if isinstance(total, int) and seen < total:
                    raise RegisterFailedError(f"OS2compliance counts {total} assets and sent {seen}: they changed meanwhile")
                return
        raise RegisterFailedError(f"OS2compliance has more than {MAX_PAGES} pages of assets")


def _objects(asset: Mapping[str, Any]) -> Iterator[RegisterObject]:
    if asset.get("id") is None:
        raise RegisterFailedError("OS2compliance sent an asset without an id")
    key = f"asset:{asset['id']}"
    critical = [asset.get("sociallyCritical"), {"CRITICAL": True, "NON_CRITICAL": False}.get(str(asset.get("criticality")))]
    told_critical = [one for one in critical if isinstance(one, bool)]
    agreed = str(asset.get("dataProcessingAgreementStatus") or "")
    ties = list[RegisterTie]()
    suppliers = [asset.get("supplier"), *listed(asset.get("subSuppliers"))]
    for one in (supplier for supplier in suppliers if isinstance(supplier, Mapping) and supplier.get("id") is not None):
        supplier_key = f"supplier:{one['id']}"
        ties.append(RegisterTie(tie=Tie.SUPPLIED_BY, source=key, to=supplier_key, weight=Weight.DEGRADES))
        named = told(name=text(one.get("name")), cvr=text(one.get("cvr")))
        yield RegisterObject(kind=Kind.SUPPLIER, key=supplier_key, facts=named, lent=True)
    facts = told(
        name=text(asset.get("name")),
        administration=next((name for one in listed(asset.get("departments")) if (name := text(inside(one, "name")))), None),
        owner=_holder(asset, "systemOwners"),
        manager=_holder(asset, "responsibleUsers"),
        personal_data=True if agreed in {"YES", "ON_GOING"} else None,
        business_critical=any(told_critical) if told_critical else None,
    )
    tells = frozenset({Tie.SUPPLIED_BY})
    yield RegisterObject(kind=Kind.SYSTEM, key=key, facts=facts, ties=tuple(ties), tells=tells)


def _holder(asset: Mapping[str, Any], name: str) -> str | None:
    """Who it is, by the id alone: names of people stay in OS2compliance."""
    user = next((found for one in listed(asset.get(name)) if (found := text(inside(one, "uuid")))), None)
    return user and f"os2compliance:{user}"
