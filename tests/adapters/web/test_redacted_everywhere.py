"""What is erased is shown by no address from then on, also while the worker has not run: one text, or all of an incident."""

from fastapi.routing import APIRoute

from tests.adapters.web.support import House
from tests.adapters.web.towns import TOWN, Town, addresses, asked, some_evidence, text_of

TITLE, NOTE, FILE = "Aase-Oersted-i-titlen", "Aase-Oersted-i-noten", "Aase-Oersted-i-filnavnet"
MARK = "Aase-Oersted"


async def showing(town: Town, reference: str, number: int) -> set[str]:
    """The routes that show one of the texts to a machine that may see everything, in bundles too."""
    town.house.parts.ledger.make()
    found = set[str]()
    async with town.house.client(Accept="text/html") as client:
        for route in town.house.app.routes:
            if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
                continue
            for address in addresses(route.path.replace("{number}", str(number)), reference):
                if MARK in text_of(await asked(town, client, address)):
                    found.add(route.path)
    return found


async def test_no_address_shows_a_text_that_was_redacted(town: Town) -> None:
    house = town.house
    reference = await house.report(TITLE, entity=TOWN)
    await house.step(reference, "note", text=NOTE, actor="u-1")
    await house.step(
        reference, "assess", significant=False, nis2_category="low", reason="Lille", actor="u-kommune", role="assessor"
    )
    await house.step(reference, "plan-task", owner="u-1", due_at="2026-11-22 10:00", task="Ring", actor="u-kommune")
    evidence = await some_evidence(house, reference, FILE, "Indholdet")
    before = await showing(town, reference, evidence)
    assert {"/", "/lister/{name}", "/haendelser/{reference}", "/api/v1/incidents", "/live"} <= before
    for number, path in ((1, "title"), (2, "text"), (evidence, "name")):
        proposal = {"redacted_number": number, "path": path, "legal_basis": "right_to_erasure", "reason": "Et navn"}
        await house.step(reference, "propose-redaction", actor="u-kommune", **proposal)
        waiting = house.parts.desk.replay(reference)[-1].recorded.version
        await house.step(reference, "redact", actor="u-deler", proposal_number=waiting)
    assert await showing(town, reference, evidence) == set()


async def test_no_address_shows_what_a_disposed_incidents_alerts_said(house: House) -> None:
    town = Town(house, {}, "", {}, "")
    rule = {"level": 15, "description": TITLE, "groups": ["ransomware"]}
    alert = {"id": "1", "timestamp": "2026-11-22T03:07:00.000+0100", "rule": rule, "full_log": NOTE, "agent": {"name": "srv-1"}}
    async with house.client() as client:
        assert (await client.post("/intake/wazuh", json=alert)).is_success
    await house.parts.wait_for(house.store.head())
    reference = "H-2026-0001"
    assert {"/", "/haendelser/{reference}", "/haendelser/{reference}/alarmer"} <= await showing(town, reference, 1)
    await house.step(reference, "close", reason="not_an_incident", actor="u-1")
    whole = {"ground": "stated", "archive_check": "delivered", "legal_basis": "storage_limitation", "reason": "Afleveret"}
    await house.step(reference, "propose-disposal", actor="u-1", **whole)
    waiting = house.parts.desk.replay(reference)[-1].recorded.version
    await house.step(reference, "dispose", actor="u-2", proposal_number=waiting)
    assert await showing(town, reference, 1) == set()
