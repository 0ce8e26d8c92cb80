"""GET /docs: the HTTP API as a plain page of our own, made from the OpenAPI document: it works on a closed network.

GET /openapi.json: that document.
"""

from typing import Any, NamedTuple

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.answers import json_answer
from adapters.web.caller import Tells, obeying, tells
from adapters.web.rendering import Pages


class Field(NamedTuple):
    """A parameter or a field of a body."""

    name: str
    type: str
    required: bool
    description: str


class Operation(NamedTuple):
    """One method of one address."""

    method: str
    path: str
    summary: str
    description: str
    fields: tuple[Field, ...]


def docs_router(app: FastAPI, pages: Pages) -> APIRouter:
    """`app` is the application that is described."""
    router = obeying(include_in_schema=False)

    @router.get("/openapi.json")
    @tells(Tells.COMMON)
    async def openapi() -> Response:
        return json_answer(app.openapi())

    @router.get("/docs")
    @tells(Tells.COMMON)
    async def docs(request: Request) -> Response:
        return pages.page(request, "docs.html", operations=operations(app.openapi()), base=str(request.base_url).rstrip("/"))

    return router


def operations(document: dict[str, Any]) -> tuple[Operation, ...]:
    """Every operation of an OpenAPI document, in its order."""
    return tuple(
        Operation(method.upper(), path, told.get("summary", ""), told.get("description", ""), tuple(_fields(told, document)))
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    )


def _fields(operation: dict[str, Any], document: dict[str, Any]) -> list[Field]:
    found = [
        Field(one["name"], _type(one["schema"]), one.get("required", False), one.get("description", ""))
        for one in operation.get("parameters", ())
    ]
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    required = set(schema.get("required", ()))
    found += [
        Field(name, _type(told), name in required, told.get("description", ""))
        for name, told in schema.get("properties", {}).items()
    ]
    return found


def _type(schema: dict[str, Any]) -> str:
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(_type(one) for one in schema[several] if one.get("type") != "null"))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rsplit("/", 1)[-1])
