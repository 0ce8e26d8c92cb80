"""A shared national service is down: nothing of ours is broken, we can mend nothing, and the duty is ours all the same."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.support.guide import HARMLESS

STAB_CHIEF, IT_LEADER, COORDINATOR = "u-1", "u-2", "u-3"


async def test_an_outage_that_is_not_ours_and_not_significant_is_closed_lightly_with_its_reason(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_3") as story:
        story.at("2026-11-24 10:02")
        await story.report("postkasse:it-support as incident_receiver", "NemLog-in svarer langsomt", told_by="citizen")
        await story.does(
            f"{COORDINATOR} as supplier_coordinator",
            "engage-supplier",
            supplier="digitaliseringsstyrelsen",
            request="Hvornår virker NemLog-in igen?",
        )
        answers = {**HARMLESS, "q1.supplier": "shared_solution"}
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=False, nis2_category="low", answers=answers)
        (assessed,) = await story.events("assess")
        assert assessed["data"]["recommendation"] == "not_significant"
        story.at("2026-11-24 10:40")
        await story.does(
            f"{COORDINATOR} as supplier_coordinator", "supplier-report", supplier="digitaliseringsstyrelsen", told="Løst"
        )
        await story.does(
            f"{COORDINATOR} as assessor", "close", reason="external_cause", summary="Ekstern årsag, intet at evaluere"
        )
        assert [one["step"] for one in await story.events()] == [
            *("report", "engage-supplier", "assess", "supplier-report", "close")
        ]
        row = await story.row()
        assert (row["status"], row["close_reason"], row["handled_at"]) == ("closed", "external_cause", None)
        await holds_together(story)


async def test_a_significant_outage_that_is_not_ours_is_notified_in_time_and_then_closed_lightly(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_3") as story:
        story.at("2026-11-24 10:02")
        await story.report("postkasse:it-support as incident_receiver", "Serviceplatformen er nede", severity="high")
        await story.does(
            f"{COORDINATOR} as assessor", "assess", significant=True, nis2_category="high", reason="Ydelser udbetales ikke"
        )
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-assessment")
        await story.does(f"{COORDINATOR} as assessor", "root-cause", cause="third_party_failures", third_party=True)
        assert await story.deviations() == {"root-cause": ["outside-role"]}
        await story.refused(f"{COORDINATOR} as assessor", "close", "open-statutory-duty", reason="external_cause")

        # One combined submission the same day, and the final report when the other side has mended it.
        story.at("2026-11-24 14:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-submission", report="incident_notification")
        await story.does(
            f"{COORDINATOR} as notifier", "incident-notification", combined=True, suspected_malicious="no", cross_border="no"
        )
        await story.does(f"{IT_LEADER} as restoration_lead", "mitigate", summary="Leverandøren melder løst")
        final = {
            **NOTIFICATION,
            "root_cause": "Uden for vores egne systemer",
            "mitigation.applied": "Udført af leverandøren",
            "mitigation.ongoing": "Ingen",
        }
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="final_report", values=final)
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-submission", report="final_report")
        await story.does(f"{COORDINATOR} as notifier", "final-report")
        await story.does(f"{COORDINATOR} as assessor", "close", reason="external_cause")
        assert await story.owed() == {"csirt_reply": "2026-11-25 14:00"}
        await holds_together(story)
