"""The newest checkpoint and proofs against it by HTTP, and what the overview tells of them."""

from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.encoding import decode
from domain.ledger.note import parse_note
from domain.ledger.proof import parse_proof
from domain.merkle import verify_consistency
from handlers.ledger_tables import Difference, Differs
from tests.adapters.web.support import House


async def test_a_checkpoint_is_text_or_json_and_a_proof_holds_in_it(house: House) -> None:
    async with house.client() as client:
        none = await client.get("/api/v1/ledger/checkpoint")
        await house.report()
        house.parts.ledger.make()
        text = await client.get("/api/v1/ledger/checkpoint")
        told = (await client.get("/api/v1/ledger/checkpoint", headers={"Accept": "application/json"})).json()
        await house.report("Noget andet")
        house.parts.ledger.make()
        proof = await client.get("/api/v1/ledger/proof", params={"position": 1})
        grown = (await client.get("/api/v1/ledger/consistency", params={"from": told["size"]})).json()
    assert (none.status_code, none.json()["code"]) == (404, "not-signed-yet")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert told["checkpoint"] == text.text
    filed = parse_proof(proof.content)
    assert filed.extra is not None
    filed.check_entry(filed.extra)
    newest = parse_checkpoint(parse_note(grown["checkpoint"].encode()).text)
    nodes = [decode(each, "hash") for each in grown["proof"]]
    verify_consistency(told["size"], newest.size, nodes, decode(told["root"], "root"), newest.root)


async def test_what_cannot_be_proved_is_a_problem_with_a_code(house: House) -> None:
    await house.report()
    house.parts.ledger.make()
    async with house.client() as client:
        for path, status, code in (
            ("proof?position=99", 404, "not-signed-yet"),
            ("proof?position=0", 422, "invalid-fields"),
            ("proof", 422, "invalid-fields"),
            ("consistency?from=99", 422, "invalid-input"),
        ):
            answer = await client.get(f"/api/v1/ledger/{path}")
            assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_the_overview_says_how_far_the_log_is_signed_and_what_differs(house: House) -> None:
    async with house.client(Accept="text/html") as client:
        assert "Loggen er ikke underskrevet endnu." in (await client.get("/")).text
        await house.report()
        made = house.parts.ledger.make()
        assert made is not None
        assert f"Loggen er underskrevet til begivenhed {made.signed.size}, senest" in (await client.get("/")).text
        house.parts.ledger.tables.note(Difference(1, Differs.STORED, bytes(32), house.clock.now))
        page = (await client.get("/")).text
    assert 'class="alert alert-error"' in page
    assert "Begivenhed 1 er ændret i lageret" in page
    assert "ændr intet" in page
