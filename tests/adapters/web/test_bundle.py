"""An incident's bundle from its page: recorded first, then sent; for whoever may read the incident."""

from functools import partial
from pathlib import Path

import httpx
import pytest

from adapters.bundle.verify import verify
from domain.audit.events import AUDIT, BundleExported
from handlers.organisation import change
from tests.adapters.web.support import House
from tests.support.bundles import files_of
from tests.support.organisations import OTHER_CVR, registered

TOLD = {"recipient": "SAMSIK", "legal_basis": "NIS 2-loven § 21"}


async def fetched(house: House, reference: str, told: dict[str, str], token: str | None = None) -> httpx.Response:
    client = house.client() if token is None else house.visitor(Authorization=f"Bearer {token}")
    async with client:
        return await client.post(f"/haendelser/{reference}/bundt", data=told)


async def water(house: House) -> str:
    """Another reporting entity; the token of somebody who may see that one."""
    for entity in (registered(), registered("vand", cvr=OTHER_CVR, prefix="HV")):
        await house.parts.desk.committer.submit(partial(change, proposed=entity))
    return await house.grant("u-9", "vand")


async def test_the_bundle_verifies_and_its_export_was_recorded_with_who_gets_it(house: House, tmp_path: Path) -> None:
    reference = await house.report("Omsorgsjournalen svarer ikke")
    answer = await fetched(house, reference, TOLD)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert f"sporlog-{reference}-1.zip" in answer.headers["content-disposition"]
    (tmp_path / "b.zip").write_bytes(answer.content)
    assert verify(tmp_path / "b.zip").wrong == []
    assert b"Omsorgsjournalen svarer ikke" in files_of(answer.content)["opened.ndjson"]
    (recorded,) = house.store.read_stream(AUDIT)
    assert isinstance(recorded.event, BundleExported)
    assert (recorded.event.recipient, recorded.event.legal_basis) == ("SAMSIK", "NIS 2-loven § 21")
    assert recorded.event.zip_sha256 == answer.headers["x-content-sha256"]
    assert not recorded.event.with_keys


@pytest.mark.parametrize("told", [{}, {"recipient": "SAMSIK"}, {"legal_basis": "§ 21", "recipient": " "}])
async def test_without_recipient_or_basis_nothing_leaves(house: House, told: dict[str, str]) -> None:
    reference = await house.report()
    answer = await fetched(house, reference, told)
    assert answer.status_code == 422
    assert house.store.read_stream(AUDIT) == []


async def test_an_incident_that_may_not_be_seen_is_not_there(house: House) -> None:
    token, reference = await water(house), await house.report()
    assert (await fetched(house, reference, TOLD, token)).status_code == 404
    assert (await fetched(house, "H-2026-0404", TOLD)).status_code == 404
    assert house.store.read_stream(AUDIT) == []


async def test_stored_bytes_that_name_an_incident_one_may_not_see_are_not_given(house: House) -> None:
    token = await water(house)
    reference = await house.report()
    await house.step(reference, "share", entity="vand", reason="Fælles leverandør")
    shared = "HV-2026-0001"
    answer = await fetched(house, shared, TOLD, token)
    assert answer.status_code == 409, answer.text
    assert reference not in answer.text
    assert (await fetched(house, shared, TOLD)).status_code == 200


async def test_the_page_offers_it(house: House) -> None:
    reference = await house.report()
    async with house.client() as client:
        page = (await client.get(f"/haendelser/{reference}", headers={"Accept": "text/html"})).text
    assert f'action="/haendelser/{reference}/bundt"' in page
    assert "Bundt til tilsyn eller revision" in page
