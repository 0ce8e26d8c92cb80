"""Not significant after all, when the early warning had gone out: authority and CSIRT are told, and nothing is forgotten."""

from pathlib import Path

from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

LEADER, COORDINATOR = "u-10", "u-13"


async def test_a_downgrade_stops_each_clock_with_its_reason_and_the_withdrawal_is_sent(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-11-24 10:00")
        await story.report("postkasse:servicedesk as incident_receiver", "Data ser ud til at være væk", severity="high")
        await story.does(f"{COORDINATOR} as notifier", "significant-now", suspected_malicious="yes")
        story.at("2026-11-24 11:00")
        await story.does(f"{LEADER} as decision_maker", "approve-assessment")
        await story.does(
            f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="yes", cross_border="no", receipt="V-8001"
        )
        await story.does(f"{COORDINATOR} as notifier", "identify-recipients", recipients="Skolernes forældre")
        assert set(await story.owed()) == {"incident_notification", "recipients", "csirt_reply"}

        # The data are found. Without a reason nothing is taken back.
        story.at("2026-11-24 15:00")
        await story.refused(
            f"{COORDINATOR} as assessor", "assess", "reason-missing", 422, significant=False, nis2_category="low"
        )
        await story.does(
            f"{COORDINATOR} as assessor", "assess", significant=False, nis2_category="low", reason="Data lå i en anden mappe"
        )
        cancelled = await story.events("deadline-cancelled")
        assert [(one["data"]["kind"], one["data"]["reason"]) for one in cancelled] == [
            ("recipients", "Data lå i en anden mappe"),
            ("incident_notification", "Data lå i en anden mappe"),
        ]
        assert await story.owed() == {}
        assert (await story.row())["next_deadline"] is None

        # Authority and CSIRT are told; that needs no approval and is no deviation.
        await story.does(
            f"{COORDINATOR} as notifier",
            "withdrawal",
            values={"withdrawal.reason": "Data er fundet", "withdrawal.decided_at": "2026-11-24 15:00"},
        )
        await story.does(f"{LEADER} as decision_maker", "approve-assessment")
        await story.does(f"{LEADER} as decision_maker", "close", reason="not_significant")
        assert await story.deviations() == {}

        # What was sent stays sent, and nothing is missed when the old limits pass.
        story.at("2026-11-28 10:00")
        assert await story.time_goes_on() == []
        now = await story.incident()
        assert set(now["sent"]) == {"early_warning", "withdrawal"}
        assert now["aware_at"] == "2026-11-24T09:00:00Z"
        await holds_together(story)


async def test_significant_again_the_first_awareness_still_counts_and_what_was_sent_counts_too(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-11-24 10:00")
        await story.report("postkasse:servicedesk as incident_receiver", "Data ser ud til at være væk")
        await story.does(f"{COORDINATOR} as notifier", "significant-now")
        await story.does(f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="yes", cross_border="no")
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=False, nis2_category="low", reason="Fundet")
        story.at("2026-11-26 10:00")
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=True, nis2_category="high", reason="Ikke fundet")
        assert (await story.owed())["incident_notification"] == "2026-11-27 10:00"
        assert (await story.met())["early_warning"] == "2026-11-24 10:00"
        await story.does(
            f"{LEADER} as decision_maker", "declare-awareness", aware_at="2026-11-26 10:00", reason="Først da vidste vi det"
        )
        assert (await story.owed())["incident_notification"] == "2026-11-29 10:00"
        await holds_together(story)
