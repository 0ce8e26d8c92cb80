"""GET /healthz for whoever supervises the process, GET /metrics for Prometheus."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from adapters.web.answers import json_answer
from adapters.web.caller import Tells, obeying, tells
from adapters.web.parts import WebParts


def health_router(parts: WebParts) -> APIRouter:
    """Both are cheap enough to be asked every second."""
    router = obeying(tags=["operation"])

    @router.get("/healthz", summary="Whether this process should get requests; needs no token")
    @tells(Tells.COMMON)
    async def healthz() -> Response:
        health = parts.health()
        body = {"status": "ok" if health.ready else "unavailable", "version": parts.version, **health.details}
        return json_answer(body, 200 if health.ready else 503)

    @router.get("/metrics", summary="Prometheus text format")
    @tells(Tells.HOUSE)
    async def metrics() -> Response:
        return Response(generate_latest(parts.metrics), media_type=CONTENT_TYPE_LATEST)

    return router
