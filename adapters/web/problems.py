"""Errors as RFC 9457 problem details: one shape for everything that goes wrong, never a stack trace."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.language import language_of
from adapters.words.error_texts import error_words
from domain.errors import SporlogError, UnavailableError
from handlers.requests import InvalidFieldsError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = "2"
CODES = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
"""Code of an HTTP status that no error of Sporlog's stands behind."""


def correlation_id(request: Request) -> str:
    """The id that the gate gave this request."""
    return str(request.state.correlation_id)


def problem(
    request: Request,
    code: str,
    status: int,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`{"type":"urn:sporlog:problem:<code>","title":...,"status":409,"detail":...,"instance":...,"correlation_id":...}`.

    `title` is for people, in the caller's language; `detail` and the optional `errors` (field, message) are for developers.
    """
    body: dict[str, Any] = {
        "type": f"urn:sporlog:problem:{code}",
        "title": error_words(code, status).to(language_of(request)),
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
        "correlation_id": correlation_id(request),
    }
    if errors:
        body["errors"] = errors
    return Response(orjson.dumps(body), status, dict(headers or {}), MEDIA_TYPE)


def on_sporlog_error(request: Request, error: SporlogError) -> Response:
    """A refusal, a conflict, bad input or an unavailable store."""
    headers = {"Retry-After": RETRY_AFTER_S} if isinstance(error, UnavailableError) else None
    errors = [{"field": field, "message": message} for field, message in wrong_fields(error).items()]
    return problem(request, error.code, error.status, str(error), errors=errors, headers=headers)


def wrong_fields(error: SporlogError) -> dict[str, str]:
    """Field to what is wrong with it, where the error knows."""
    cause = error.__cause__
    if not isinstance(error, InvalidFieldsError) or cause is None:
        return {}
    found: Sequence[Mapping[str, Any]] = getattr(cause, "errors", list)()
    return {".".join(map(str, one["loc"])): str(one["msg"]) for one in found}


def on_invalid_request(request: Request, error: RequestValidationError) -> Response:
    """A body or parameter that is not what OpenAPI says. What was sent is not repeated: it may be confidential."""
    errors = [{"field": ".".join(map(str, one["loc"][1:])), "message": str(one["msg"])} for one in error.errors()]
    detail = "; ".join(f"{one['field'] or 'body'}: {one['message']}" for one in errors)
    return problem(request, InvalidFieldsError.code, 422, detail, errors=errors)


def on_http_error(request: Request, error: HTTPException) -> Response:
    """What the framework itself refuses: unknown address, wrong method."""
    code = CODES.get(error.status_code, "invalid-input")
    return problem(
        request, code, error.status_code, f"{request.method} {request.url.path}: {error.detail}", headers=error.headers
    )
