"""A small municipality at two in the morning: one person holds every role, nobody answers, and nothing has to wait."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION, REPORT
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

ALONE, SECOND = "u-1", "u-2"


async def test_whoever_is_alone_on_duty_approves_their_own_and_the_second_person_approves_afterwards(tmp_path: Path) -> None:
    async with a_story(tmp_path, "small") as story:
        warnings = {one["key"] for one in (await story.api.get("/api/v1/organisation/warnings")).json()}
        assert {"one-holds-track-b/laerkeborg/u-1", "one-holds-many/laerkeborg/u-1", "filing-not-tested/laerkeborg"} <= warnings
        assert "no-deputy/laerkeborg/assessor" in warnings

        # 02:00: væsentlig nu, one step; the guide follows.
        story.at("2026-11-22 02:00")
        await story.report(f"{ALONE} as incident_receiver", "Telefonomstillingen er væk", severity="high")
        story.at("2026-11-22 02:04")
        await story.does(f"{ALONE} as assessor", "significant-now", suspected_malicious="unknown", cross_border="no")
        assert await story.owed() == {"early_warning": "2026-11-23 02:04", "incident_notification": "2026-11-25 02:04"}

        # Nobody answers: approving one's own is refused until it is said that one is alone.
        await story.refused(f"{ALONE} as decision_maker", "approve-assessment", "own-approval")
        alone = await story.does(f"{ALONE} as decision_maker", "approve-assessment", alone=True)
        assert (await story.owed())["second_approval"] == "2026-11-22 14:04"
        await story.does(
            f"{ALONE} as notifier", "early-warning", suspected_malicious="unknown", cross_border="no", receipt="V-5001"
        )
        story.at("2026-11-22 02:20")
        cut = await story.does(f"{ALONE} as technical_lead", "emergency-action", action="Omstillingen er genstartet")

        # In the morning: not the same person, then the other one, each thing by itself. The oldest set the limit.
        story.at("2026-11-22 09:00")
        await story.refused(f"{ALONE} as decision_maker", "approve-afterwards", "own-approval", approved_number=alone)
        await story.does(f"{SECOND} as decision_maker", "approve-afterwards", approved_number=alone)
        assert (await story.owed())["second_approval"] == "2026-11-22 14:20"
        await story.refused(f"{ALONE} as decision_maker", "approve-afterwards", "own-approval", approved_number=cut)
        await story.does(f"{SECOND} as decision_maker", "approve-afterwards", approved_number=cut)
        assert (await story.met())["second_approval"] == "2026-11-22 09:00"

        # The guide afterwards agrees, and moves no clock; the second person approves it.
        story.at("2026-11-22 10:00")
        await story.does(
            f"{ALONE} as assessor",
            "assess",
            significant=True,
            nis2_category="high",
            answers={"q1.event_kind": "incident", "q1.safety": "yes_possible"},
        )
        await story.does(f"{SECOND} as decision_maker", "approve-assessment")
        assert (await story.owed())["incident_notification"] == "2026-11-25 02:04"

        # Alone again, and the second person never looks: the internal limit is missed, and the duty is met all the same.
        story.at("2026-11-24 22:00")
        await story.does(f"{ALONE} as restoration_lead", "mitigate")
        await story.does(f"{ALONE} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.refused(f"{ALONE} as decision_maker", "approve-submission", "own-approval", report="incident_notification")
        await story.does(f"{ALONE} as decision_maker", "approve-submission", report="incident_notification", alone=True)
        await story.does(f"{ALONE} as notifier", "incident-notification", receipt="V-5002")
        assert await story.deviations() == {}
        assert (await story.owed())["second_approval"] == "2026-11-25 10:00"
        story.at("2026-11-26 08:00")
        assert await story.time_goes_on() == []
        (late,) = await story.events("approve-submission")
        await story.does(f"{SECOND} as decision_maker", "approve-afterwards", approved_number=late["version"])
        assert (await story.met())["second_approval"] == "2026-11-26 08:00 late"

        # The final report in daylight, with two.
        story.at("2026-12-01 10:00")
        await story.does(f"{ALONE} as notifier", "draft-submission", report="final_report", values=REPORT)
        await story.does(f"{SECOND} as decision_maker", "approve-submission", report="final_report")
        await story.does(f"{ALONE} as notifier", "final-report", receipt="V-5003")
        await story.does(f"{ALONE} as documentation_lead", "lesson", area="roles", lesson="Aftal en vagt med nabokommunen")
        await story.does(f"{ALONE} as documentation_lead", "review", review="post_incident", conclusion="For alene")
        await story.does(f"{SECOND} as decision_maker", "close", reason="resolved")
        assert (await story.row())["status"] == "closed"
        await holds_together(story)
