"""The contract page and the AsyncAPI document are served, complete, to whoever has the token."""

from adapters.contract import event_contracts
from tests.adapters.web.support import House


async def test_the_contract_page_shows_every_event_with_its_sealed_fields(house: House) -> None:
    async with house.client() as client:
        page = (await client.get("/contract")).text

    for one in event_contracts():
        assert one.ce_type in page
        assert all(f"<code>{name}</code>" in page for name in one.confidential)


async def test_the_asyncapi_document_and_the_schemas_are_served(house: House) -> None:
    async with house.client() as client:
        document = (await client.get("/asyncapi")).json()
        contract = (await client.get("/contract.json")).json()

    assert document["asyncapi"].startswith("3.")
    assert {event["topic"] for event in contract["events"]} == {one.topic for one in event_contracts()}


async def test_the_contract_needs_the_token(house: House) -> None:
    async with house.visitor() as client:
        assert (await client.get("/asyncapi")).status_code == 401
