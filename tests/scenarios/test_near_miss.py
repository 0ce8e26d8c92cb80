"""A near miss: no duty, but the right of § 14. Whether it was used, and why not, is on record."""

from pathlib import Path

import pytest

from tests.scenarios.notices import NOTIFICATION
from tests.scenarios.story import Story, a_story
from tests.scenarios.truth import holds_together

LEADER, COORDINATOR = "u-10", "u-13"


async def a_near_miss(story: Story) -> None:
    story.at("2026-11-24 13:00")
    await story.report(
        "postkasse:servicedesk as incident_receiver", "Phishing stoppet før login", kind="near_miss", told_by="kommunecert"
    )
    answers = {"q1.event_kind": "near_miss", "q1.cia": "confidentiality"}
    await story.does(f"{COORDINATOR} as assessor", "assess", significant=False, nis2_category="medium", answers=answers)
    (assessed,) = await story.events("assess")
    assert (assessed["data"]["recommendation"], assessed["data"]["departs"]) == ("voluntary_possible", False)
    assert await story.owed() == {}


async def test_a_voluntary_notice_is_sent_early_and_stays_told_apart_from_the_duty(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await a_near_miss(story)
        story.at("2026-11-24 13:30")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="voluntary_notification", values=NOTIFICATION)
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="voluntary_notification")
        await story.does(f"{COORDINATOR} as notifier", "voluntary-notification", receipt="V-7001")
        await story.does(f"{COORDINATOR} as notifier", "csirt-reply", reply="Tak: tre andre kommuner har set den")
        assert await story.deviations() == {}

        # It starts no clock, discharges no duty, and is none of § 13's notices.
        assert await story.owed() == {}
        now = await story.incident()
        assert set(now["sent"]) == {"voluntary_notification", "csirt_reply"}
        assert (now["aware_at"], now["significant"]) == (None, False)
        await story.does(f"{LEADER} as decision_maker", "close", reason="near_miss")
        await holds_together(story)


async def test_a_voluntary_notice_that_was_considered_and_declined_is_on_record_with_its_reason(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await a_near_miss(story)
        await story.refused(f"{COORDINATOR} as notifier", "decline-voluntary", "invalid-fields", 422)
        await story.does(f"{COORDINATOR} as notifier", "decline-voluntary", reason="KommuneCERT har allerede delt den")
        (declined,) = await story.events("decline-voluntary")
        assert (declined["data"]["reason"], declined["role"]) == ("KommuneCERT har allerede delt den", "notifier")
        await story.does(f"{LEADER} as decision_maker", "close", reason="near_miss")
        assert (await story.row())["kind"] == "near_miss"
        await holds_together(story)


@pytest.mark.parametrize("sent_first", [True, False])
async def test_a_voluntary_notice_does_not_stand_for_an_early_warning_when_it_becomes_significant(
    tmp_path: Path, *, sent_first: bool
) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await a_near_miss(story)
        if sent_first:
            await story.does(f"{COORDINATOR} as notifier", "voluntary-notification", values=NOTIFICATION)
        story.at("2026-11-25 08:00")
        await story.does(f"{COORDINATOR} as notifier", "significant-now", reason="Nogen kom ind alligevel")
        owed = await story.owed()
        assert (owed["early_warning"], owed["incident_notification"]) == ("2026-11-26 08:00", "2026-11-28 08:00")
