"""GET /contract: what subscribers may rely on, as a page and as JSON. GET /asyncapi: the same for machines, AsyncAPI 3.0."""

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.asyncapi import BUCKETS, asyncapi
from adapters.contract import contract_object, event_contracts
from adapters.web.answers import json_answer
from adapters.web.caller import Tells, obeying, tells
from adapters.web.rendering import Pages


def contract_router(pages: Pages) -> APIRouter:
    """Both are made from the events themselves."""
    router = obeying(tags=["contract"])

    @router.get("/asyncapi", summary="Streams, subjects, events and KV buckets as AsyncAPI 3.0")
    @tells(Tells.COMMON)
    async def asyncapi_document() -> Response:
        return json_answer(asyncapi())

    @router.get("/contract.json", summary="Every event version: JSON Schema, clear and sealed fields")
    @tells(Tells.COMMON)
    async def contract_document() -> Response:
        return json_answer(contract_object(BUCKETS))

    @router.get("/contract", include_in_schema=False)
    @tells(Tells.COMMON)
    async def contract(request: Request) -> Response:
        events = [(one, orjson.dumps(one.schema, option=orjson.OPT_INDENT_2).decode()) for one in event_contracts()]
        return pages.page(request, "contract.html", events=events, buckets=BUCKETS)

    return router
