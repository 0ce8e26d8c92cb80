"""The two readings of an incident by HTTP and as a page."""

from tests.adapters.web.support import House


async def entered_late(house: House) -> str:
    reference = await house.report("Alt er nede")
    house.clock.go_on(hours=6)
    judged = {"significant": True, "nis2_category": "high", "role": "assessor"}
    await house.step(reference, "assess", occurred_at="2026-11-22 10:30", **judged)
    return reference


async def test_the_api_gives_both_orders_and_where_they_differ(house: House) -> None:
    reference = await entered_late(house)
    address = f"/api/v1/incidents/{reference}"
    async with house.client() as client:
        recorded = (await client.get(f"{address}/replay")).json()
        occurred = (await client.get(f"{address}/replay", params={"by": "occurred", "at": "2026-11-22 10:45"})).json()
        differ = {one["field"]: one for one in (await client.get(f"{address}/readings")).json()}
        wrong = await client.get(f"{address}/replay", params={"by": "chance"})
        nobody = await client.get("/api/v1/incidents/L-2026-0404/readings")
    assert [one["step"] for one in recorded][:2] == ["report", "assess"]
    assert [one["state"]["status"] for one in occurred] == ["reported", "assessed", "assessed"]
    significant = differ["significant"]
    assert (significant["recorded"], significant["occurred"], significant["since"]) == (None, True, "2026-11-22T09:30:00Z")
    assert (wrong.status_code, nobody.status_code) == (422, 404)


async def test_the_page_shows_them_side_by_side_or_that_there_is_nothing_to_show(house: House) -> None:
    late, prompt = await entered_late(house), await house.report("Nu")
    async with house.client() as client:
        shown = (await client.get(f"/haendelser/{late}/laesninger")).text
        same = (await client.get(f"/haendelser/{prompt}/laesninger")).text
        english = (await client.get(f"/haendelser/{late}/laesninger?lang=en")).text
    assert "Loggen sagde" in shown
    assert "Ur: Tidlig varsling" in shown
    assert "The log said" in english
    assert "Alt er indført, som det skete." in same
