"""GET /api/v1/ledger: the newest checkpoint, and proofs against it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from adapters.audit.ledger_json import checkpoint_object, consistency_object
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import LAST_POSITION, WebParts
from adapters.web.steps import PROBLEM
from handlers.proving import newest, prove

TEXT = "text/plain; charset=utf-8"
NONE: dict[int | str, dict[str, Any]] = {404: {"description": "Nothing is signed yet, or not that far", "content": PROBLEM}}
Place = Annotated[int, Query(ge=1, le=LAST_POSITION)]


def ledger_router(parts: WebParts) -> APIRouter:
    """Reads only: Sporlog signs by itself, and `sporlog audit` on demand."""
    router = obeying(prefix="/api/v1/ledger", tags=["ledger"])

    @router.get("/checkpoint", summary="The newest signed checkpoint; as text it is the C2SP note", responses=NONE)
    @tells(Tells.COMMON)
    async def checkpoint(request: Request) -> Response:
        def look() -> Response:
            signed = newest(parts.ledger)
            if "application/json" in request.headers.get("accept", ""):
                return json_answer(checkpoint_object(signed, parts.ledger.keys()))
            return Response(signed.note, media_type=TEXT)

        return await reading(look)

    @router.get("/proof", summary="That an event is in the newest checkpoint's tree, as a C2SP .tlog-proof", responses=NONE)
    @tells(Tells.WHOLE)
    async def proof(position: Place) -> Response:
        return Response(str(await reading(prove, parts.ledger, position)), media_type=TEXT)

    @router.get("/consistency", summary="That a smaller tree is the beginning of the newest checkpoint's", responses=NONE)
    @tells(Tells.COMMON)
    async def consistency(size1: Annotated[int, Query(alias="from", ge=1, le=LAST_POSITION)]) -> Response:
        def look() -> Response:
            signed = newest(parts.ledger)
            nodes = parts.ledger.ledger.consistency(size1, signed.size)
            return json_answer(consistency_object(size1, signed.size, nodes, signed.note))

        return await reading(look)

    return router
