"""The contract can be exported without a running Sporlog, and says what is served."""

import pytest

from adapters.asyncapi import asyncapi
from adapters.contract import event_contracts
from handlers.requests import REQUESTS
from tests.adapters.cli.conftest import Sporlog


def test_every_step_of_the_http_api_is_in_the_exported_openapi_document(sporlog: Sporlog) -> None:
    document = sporlog("contract", "openapi").json

    steps = {f"/api/v1/incidents/{{ref}}/{step}" for step in REQUESTS if step != "report"}
    assert steps | {"/api/v1/incidents", "/intake/{source}", "/api/v1/deadlines", "/api/v1/stream"} <= set(document["paths"])


def test_the_exported_asyncapi_document_is_the_served_one(sporlog: Sporlog) -> None:
    assert sporlog("contract", "asyncapi").json == asyncapi()


def test_every_event_version_is_exported_with_its_schema(sporlog: Sporlog) -> None:
    exported = {event["topic"]: event["schema"] for event in sporlog("contract", "events").json["events"]}

    assert exported == {one.topic: one.schema for one in event_contracts()}


@pytest.mark.parametrize("document", [[], ["raml"]])
def test_an_unknown_document_is_wrong_usage(sporlog: Sporlog, document: list[str]) -> None:
    assert sporlog("contract", *document).code == 2
