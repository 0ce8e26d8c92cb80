"""One supplier, three reporting entities: each judges for itself, with its own clocks, references, submissions and access."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

WATER, HARBOUR = "laerkeborg-vand", "laerkeborg-havn"


async def test_a_supplier_incident_is_each_entitys_own_and_the_supplier_may_notify_on_behalf(tmp_path: Path) -> None:
    async with a_story(tmp_path, "three_entities") as town:
        town.at("2026-11-24 08:00")
        await town.report(
            "u-11", "Driftscentret er nede", severity="high", told_by="supplier", services=["svc-borger"], components=["dc-1"]
        )
        await town.does(
            "u-11 as supplier_coordinator",
            "engage-supplier",
            supplier="driftscenter",
            request="Status?",
            answer_by="2026-11-24 10:00",
        )

        # Shared with two others: each gets an incident of its own, unassessed, under its own prefix.
        town.at("2026-11-24 08:10")
        for entity in (WATER, HARBOUR):
            await town.does("u-12 as technical_lead", "share", entity=entity, reason="Samme leverandør")
        await town.refused("u-12 as technical_lead", "share", "same-entity", 422, entity="laerkeborg", reason="x")
        listed = {one["entity"]: one["ref"] for one in (await town.api.get("/api/v1/incidents")).json()}
        assert listed == {"laerkeborg": "H-2026-0001", WATER: "LV-2026-0001", HARBOUR: "LH-2026-0001"}
        water, harbour = await town.speaking_of("LV-2026-0001"), await town.speaking_of("LH-2026-0001")
        (begun,) = await water.events("report")
        assert begun["data"]["from_incident"] == (await town.incident())["id"]
        assert (await water.incident())["components"] == ["dc-1"]
        assert (await water.incident())["services"] == []
        assert await water.owed() == {"internal_assessment": "2026-11-24 12:10"}

        # Nobody of the one acts for the other, and the two never become one: each owes its own notices.
        await town.refused("u-12 as technical_lead", "merge", "other-entity", into=water.ref, reason="Samme fejl")
        await water.refused("u-13 as assessor", "assess", "role-not-held", significant=True, nis2_category="high")
        await town.refused("u-51 as assessor", "assess", "role-not-held", significant=True, nis2_category="high")

        # Access is each entity's own too: the water company's people see their incident, and that it came from another one.
        async with water.through_the_eyes_of("u-51", WATER) as own:
            assert [one["ref"] for one in (await own.api.get("/api/v1/incidents")).json()] == [water.ref]
            assert [one["ref"] for one in (await own.api.get("/api/v1/deadlines")).json()] == [water.ref]
            (begun,) = await own.events("report")
            assert begun["data"]["from_incident"] is None
            for hidden in (town.ref, harbour.ref, "H-2026-0999"):
                answer = await own.api.get(f"/api/v1/incidents/{hidden}")
                assert (answer.status_code, answer.json()["detail"].partition(":")[0]) == (
                    404,
                    f"there is no incident {hidden}",
                )
            await own.refused("u-50 as decision_maker", "note", "other-actor", text="I en andens navn")
            await own.does("u-51", "note", text="Vi ser på det")
            await town.house.withdraw("u-51")
            assert (await own.api.get("/api/v1/incidents")).status_code == 401

        # The town at nine, the water company at eleven, the harbour not at all: three judgements, their own clocks.
        town.at("2026-11-24 09:00")
        await town.does("u-13 as assessor", "assess", significant=True, nis2_category="high", reason="Borgerservice er lukket")
        await town.does("u-1 as decision_maker", "approve-assessment")
        town.at("2026-11-24 11:00")
        await water.does("u-51 as assessor", "assess", significant=True, nis2_category="high", reason="Styringen er nede")
        await water.does("u-50 as decision_maker", "approve-assessment")
        await harbour.does("u-61 as assessor", "assess", significant=False, nis2_category="low", reason="Vi har papir")
        assert (await town.owed())["early_warning"] == "2026-11-25 09:00"
        assert (await water.owed())["early_warning"] == "2026-11-25 11:00"
        assert await harbour.owed() == {}

        # The supplier notifies on the water company's behalf; the duty and the record stay with the company.
        town.at("2026-11-24 12:00")
        await water.does(
            "leverandoer-drift as notifier",
            "early-warning",
            suspected_malicious="no",
            cross_border="no",
            on_behalf_of=WATER,
            receipt="V-LV-1",
        )
        (warned,) = await water.events("early-warning")
        assert (warned["actor"], warned["on_behalf_of"]) == ("leverandoer-drift", WATER)
        assert await water.deviations() == {}
        assert "early_warning" in await town.owed()
        await town.does("u-13 as notifier", "incident-notification", combined=True, values=NOTIFICATION, receipt="V-H-1")
        assert "early_warning" not in await town.owed()
        assert "incident_notification" in await water.owed()

        # The supplier that promised an answer gave it late; that is on record with the one who asked.
        await town.does("u-11 as supplier_coordinator", "supplier-report", supplier="driftscenter", told="Strømmen er tilbage")
        await harbour.does("u-60 as decision_maker", "close", reason="external_cause")
        owed = (await town.api.get("/api/v1/deadlines")).json()
        assert {(one["ref"], one["kind"]) for one in owed} >= {
            ("LV-2026-0001", "incident_notification"),
            ("H-2026-0001", "status_report"),
        }
        assert not [one for one in owed if one["ref"].startswith("LH")]
        await holds_together(town)
