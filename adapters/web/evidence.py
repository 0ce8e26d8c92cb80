"""Evidence below /api/v1/incidents/{ref}: the list, a file in, a file out. Both ways in pieces, whatever its size."""

import base64
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from adapters.evidence_json import evidence_object
from adapters.web.answers import json_answer, reading
from adapters.web.as_of import Position
from adapters.web.caller import Tells, obeying, tells
from adapters.web.incidents import Ref
from adapters.web.parts import LAST_POSITION, WebParts
from adapters.web.problems import correlation_id
from adapters.web.uploads import digest_told, name_told
from domain.incident.events import Name
from domain.roles import Role
from handlers.evidence import Evidence, Sending, attach, evidence_of, give_out, one_evidence
from handlers.requests import When

Number = Annotated[int, Path(ge=1, le=LAST_POSITION, description="The evidence's number in the incident, as listed")]
Actor = Annotated[Name | None, Query(description="Opaque id of who acts; the signed-in one, if left out")]
Behalf = Annotated[Name | None, Query(description="For whom, when not for oneself")]
BODY = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}},
    409: {"description": "It holds malware: `infected=true` says that the caller knows"},
    410: {"description": "The incident's key was destroyed: the content is erased"},
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    413: {"description": "Larger than a file, or this incident's evidence, may be; nothing was kept"},
    422: {"description": "Empty, without a name, or not what `Content-Digest` says; nothing was kept"},
    503: {"description": "The disk is full or the store takes nothing now; nothing was kept, send it again"},
}


def evidence_router(parts: WebParts) -> APIRouter:
    """The log tells, the evidence store holds."""
    router = obeying(prefix="/api/v1", tags=["evidence"])

    @router.get("/incidents/{ref}/evidence", summary="An incident's evidence, each with its chain of custody")
    @tells(Tells.OWN)
    async def list_evidence(request: Request, ref: Ref, position: Position = None) -> Response:
        moments = await reading(parts.of(request).desk.replay, ref, position=position)
        return json_answer([evidence_object(one) for one in evidence_of(moment.recorded for moment in moments)])

    @router.post(
        "/incidents/{ref}/evidence/files",
        summary="Keep a file as evidence: the body is its content, Content-Disposition its name, Content-Digest its SHA-256",
        status_code=201,
        openapi_extra=BODY,
        responses=REFUSALS,
    )
    @tells(Tells.OWN)
    async def keep_file(
        request: Request,
        ref: Ref,
        *,
        actor: Actor = None,
        role: Annotated[Role | None, Query(description="In which role")] = None,
        on_behalf_of: Behalf = None,
        occurred_at: Annotated[When | None, Query(description="When it was secured; now, if left out")] = None,
    ) -> Response:
        own, length = parts.of(request), request.headers.get("content-length", "")
        sending = Sending(
            {
                "name": name_told(request),
                "actor": actor,
                "role": role,
                "on_behalf_of": on_behalf_of,
                "occurred_at": occurred_at,
            },
            claimed_type=request.headers.get("content-type"),
            sha256=digest_told(request),
            length=int(length) if length.isdigit() else None,
        )
        origin = own.origin("api", correlation_id(request))
        done = await attach(own.desk, own.evidence, ref, sending, request.stream(), origin=origin)
        reference, number = done.incident.reference, done.incident.version
        kept = await reading(one_evidence, own.desk, reference, number)
        headers = {"Location": f"/api/v1/incidents/{reference}/evidence/{number}/file"}
        return json_answer({"ref": reference, "position": done.position, **evidence_object(kept)}, 201, headers)

    @router.get(
        "/incidents/{ref}/evidence/{number}/file",
        summary="The content, as it was received; that it was given out is recorded first",
        responses=FILE,
    )
    @tells(Tells.OWN)
    async def fetch_file(
        request: Request,
        ref: Ref,
        number: Number,
        *,
        actor: Actor = None,
        on_behalf_of: Behalf = None,
        infected: Annotated[bool, Query(description="Also if it holds malware")] = False,
    ) -> Response:
        own = parts.of(request)
        own.desk.check_actor(actor)
        origin = own.origin("api", correlation_id(request))
        origin = origin if actor is None else origin._replace(actor=actor)
        found, content = await give_out(
            own.desk, own.evidence, ref, number, origin, on_behalf_of=on_behalf_of, despite_infection=infected
        )
        return file_answer(ref, found, content)

    return router


def file_answer(reference: str, found: Evidence, content: Iterator[bytes]) -> Response:
    """A piece of evidence, to be saved."""
    event = found.event
    return saved_answer(f"{reference}-{found.number}", event.name, Kept(event.sha256, event.bytes or 0), content)


class Kept(NamedTuple):
    """What is known of content: its SHA-256 in hex, and its size in bytes."""

    sha256: str
    size: int


def saved_answer(plain_name: str, name: str | None, kept: Kept, content: Iterator[bytes]) -> Response:
    """To be saved, never shown: whatever the content is, no browser runs it as a page of ours. The hash goes along.

    `plain_name` is for programs that read ASCII only, `name` for people; None: nobody told one.
    """
    disposition = f'attachment; filename="{plain_name}"'
    if name:
        disposition += f"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {
        "Content-Disposition": disposition,
        "Content-Length": str(kept.size),
        "Content-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(kept.sha256)).decode()}:",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(content, headers=headers, media_type="application/octet-stream")
