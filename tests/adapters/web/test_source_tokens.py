"""Whose token it is, and whether a body is signed."""

import hmac
from collections.abc import Mapping
from hashlib import sha256

import pytest

from adapters.web.source_tokens import signed, source_of
from domain.intake import events as e
from domain.intake.state import IntakeSetup, Source, replay
from handlers.intake_setup import change
from tests.adapters.web.support import House
from tests.browser.story import alerts
from tests.support.incidents import meta
from tests.support.intake import do

BODY = b'{"a": 1}'
SIGNED = hmac.digest(b"hemmelig", BODY, "sha256").hex()
SETUP = IntakeSetup(
    sources={
        "forti": Source("json", token_sha256=sha256(b"t-forti").hexdigest(), signature_header="X-Signature", secret="hemmelig"),
        "wazuh": Source("wazuh", token_sha256=sha256(b"t-wazuh").hexdigest()),
        "ny": Source("json", signature_header="X-Signature"),
    }
)


@pytest.mark.parametrize(("token", "source"), [("t-forti", "forti"), ("t-wazuh", "wazuh"), ("", None), ("t-æ", None)])
def test_a_token_is_its_own_sources_and_nobody_elses(token: str, source: str | None) -> None:
    assert source_of(SETUP, sha256(token.encode()).hexdigest()) == source


@pytest.mark.parametrize("given", [SIGNED, f"sha256={SIGNED}", f" sha256={SIGNED.upper()} "])
def test_a_body_with_its_signature_is_signed(given: str) -> None:
    assert signed(SETUP, "forti", BODY, {"x-signature": given})


@pytest.mark.parametrize("headers", [{}, {"x-signature": ""}, {"x-signature": "æ"}, {"x-signature": f"sha1={SIGNED}"}])
def test_a_body_without_its_signature_is_not(headers: Mapping[str, str]) -> None:
    assert not signed(SETUP, "forti", BODY, headers)
    assert not signed(SETUP, "forti", BODY + b" ", {"x-signature": SIGNED})


def test_a_source_that_signs_nothing_needs_no_signature_and_one_without_a_secret_has_none() -> None:
    assert signed(SETUP, "wazuh", BODY, {})
    assert signed(SETUP, "unknown", BODY, {})
    assert not signed(SETUP, "ny", BODY, {"x-signature": hmac.digest(b"", BODY, "sha256").hex()})


async def test_a_body_of_a_source_that_signs_is_taken_with_its_signature_alone(house: House) -> None:
    events = (
        e.SourceSet(meta=meta(0), source="alertmanager", format="alertmanager", signature_header="X-Signature"),
        e.SecretSet(meta=meta(0), source="alertmanager", secret="hemmelig"),
    )
    do(house.store, lambda uow: change(uow, events))
    body = alerts(0, 1)
    signature = hmac.digest(b"hemmelig", body, "sha256").hex()
    async with house.client() as client:
        refused = await client.post("/intake/alertmanager", content=body, headers={"X-Signature": "sha256=" + "0" * 64})
        missing = await client.post("/intake/alertmanager", content=body)
        before = house.store.head()
        taken = await client.post("/intake/alertmanager", content=body, headers={"X-Signature": f"sha256={signature}"})
    assert (refused.status_code, refused.json()["code"]) == (401, "bad-signature")
    assert (missing.status_code, before) == (401, len(events))
    assert taken.status_code == 200
    assert house.store.intake_setup() == replay(events, IntakeSetup())
