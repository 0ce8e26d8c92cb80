"""`sporlog contract`: what `/openapi.json`, `/asyncapi` and `/contract.json` serve, without a running Sporlog."""

import asyncio
import sys
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from adapters.cli.language import say
from adapters.cli.office import new_app

app = new_app()


class Document(StrEnum):
    """Which description."""

    OPENAPI = "openapi"
    ASYNCAPI = "asyncapi"
    EVENTS = "events"


@app.command(
    help=say(
        "Skriv kontrakten som JSON: openapi (HTTP), asyncapi (NATS) eller events (hver hændelsestypes skema).",
        "Write the contract as JSON: openapi (HTTP), asyncapi (NATS) or events (each event version's schema).",
    )
)
def contract(
    document: Annotated[Document, typer.Argument(help=say("Hvilken beskrivelse", "Which description"))],
) -> None:
    """Print one document."""
    sys.stdout.write(orjson.dumps(_read(document), option=orjson.OPT_INDENT_2).decode() + "\n")


def _read(document: Document) -> dict[str, Any]:
    match document:
        case Document.OPENAPI:
            from adapters.up.web import openapi_document

            return asyncio.run(openapi_document())
        case Document.ASYNCAPI:
            from adapters.asyncapi import asyncapi

            return asyncapi()
        case Document.EVENTS:
            from adapters.asyncapi import BUCKETS
            from adapters.contract import contract_object

            return contract_object(BUCKETS)
