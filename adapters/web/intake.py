"""POST /intake/{source}: alerts from tools. The answer comes when everything taken is durable; it works while NATS is down.

200 when anything of a body was taken. When nothing was, what a tool makes of the answer decides. A source of the format
`json` is read by our own mapping: JSON that no mapping reads yet is no fault of the sender's. It is kept for a person and
read later, so it is accepted: 202, and no tool sends it again, tells its operator of a failure, or switches its webhook off,
as many do after some 4xx. A body that a named format cannot read, and one that is no JSON, is what a wrong address or a
broken template sends: 422, for whoever set that up should notice. It is kept all the same (the detail says where), and sent
again it is counted, not kept twice.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.connecting.mapping import awaits_mapping
from adapters.web.answers import json_answer, reading
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import Reader, WebParts
from adapters.web.problems import correlation_id, problem
from adapters.web.source_tokens import signed
from handlers.intake import Taken
from projections import register

EXAMPLE = {
    "source": "wazuh",
    "taken": [
        {"source_event_id": "1", "fate": "new", "times": 1, "text": "ny", "disposition": "opened", "ref": "H-2026-0042"},
        {"source_event_id": "0", "fate": "repeat", "times": 2, "text": "gentagelse 2", "disposition": None, "ref": None},
    ],
    "rejected": [{"item": 3, "reason": "rule.level is missing"}],
    "kept": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
}
WAITS_AT = "/alarmer"
"""The page of what waits for a person."""
KEPT_EXAMPLE = {
    "source": "forti",
    "taken": [],
    "rejected": [{"item": 0, "reason": "no mapping yet: it waits, and is read once `sporlog source map` has saved one"}],
    "kept": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    "waits_at": WAITS_AT,
}
WAITS: dict[str, Any] = {
    "description": "JSON that no mapping reads yet: kept for a person, durable, and not to be sent again",
    "content": {"application/json": {"example": KEPT_EXAMPLE}},
}
ANSWER: dict[str, Any] = {
    "description": "The fate of every item; what was taken is durable",
    "content": {"application/json": {"example": EXAMPLE}},
}
BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/json": {"schema": {}}}}}
KEPT = 10_000


def intake_router(parts: WebParts) -> APIRouter:
    """One address for every source."""
    router = obeying(tags=["intake"])
    references = References(parts.register)

    @router.post("/intake/{source}", summary="Take alerts in", responses={200: ANSWER, 202: WAITS}, openapi_extra=BODY)
    @tells(Tells.SOURCE)
    async def intake(source: str, request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        setup = parts.desk.history.intake_setup()
        if not signed(setup, source, body, headers):
            header = setup.source(source).signature_header
            detail = f"the header {header} must hold the HMAC-SHA256 of the body in hex; nothing of it was taken"
            return problem(request, "bad-signature", 401, detail)
        receipt = await parts.door.take(source, body, headers, correlation_id(request))
        rejected = [{"item": one.item, "reason": one.reason} for one in receipt.rejected]
        if rejected and not receipt.taken:
            if receipt.kept and awaits_mapping(setup, source, body):
                waits = {"source": source, "taken": [], "rejected": rejected, "kept": receipt.kept, "waits_at": WAITS_AT}
                return json_answer(waits, 202)
            detail = "; ".join(f"item {one.item}: {one.reason}" for one in receipt.rejected)
            if receipt.kept:
                detail += f". The body is kept for a person, sha256 {receipt.kept}: do not send it again"
            errors = [{"field": f"item {one.item}", "message": one.reason} for one in receipt.rejected]
            return problem(request, "all-rejected", 422, detail, errors=errors)
        await references.learn(receipt.taken)
        taken = [_fate(one, references) for one in receipt.taken]
        return json_answer({"source": source, "taken": taken, "rejected": rejected, "kept": receipt.kept})

    return router


class References:
    """Incident id to reference. Intake itself names only those that it opened; an older one is looked up once."""

    def __init__(self, register_reader: Reader) -> None:
        self._reader = register_reader
        self._known: dict[UUID, str] = {}

    async def learn(self, taken: Sequence[Taken]) -> None:
        """Look up those that these signals belong to. One that the register does not show yet stays unknown."""
        if len(self._known) > KEPT:
            self._known.clear()
        self._known.update({one.incident_id: one.reference for one in taken if one.incident_id and one.reference})
        # Asked one by one: a difference from the keys would go through all of them.
        unknown = {one.incident_id for one in taken if one.incident_id and one.incident_id not in self._known}
        if unknown:
            self._known.update(await reading(self._look_up, unknown))

    def of(self, incident_id: UUID | None) -> str | None:
        """The reference, if known."""
        return None if incident_id is None else self._known.get(incident_id)

    def _look_up(self, ids: set[UUID]) -> dict[UUID, str]:
        with self._reader() as connection:
            rows = (register.by_id(connection, one) for one in ids)
            return {row["id"]: row["reference"] for row in rows if row is not None}


def _fate(one: Taken, references: References) -> dict[str, Any]:
    return {
        "source_event_id": one.source_event_id,
        "fate": "new" if one.times == 1 else "repeat",
        "times": one.times,
        "text": "ny" if one.times == 1 else f"gentagelse {one.times}",
        "disposition": one.disposition,
        "incident_id": one.incident_id,
        "ref": one.reference or references.of(one.incident_id),
    }
