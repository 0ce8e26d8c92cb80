"""Virk cannot be reached: the alternative channel with its reason, and the later filing on Virk follows it."""

from pathlib import Path

from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

CHIEF, COORDINATOR, ARCHIVIST = "u-1", "u-13", "u-14"


async def test_the_other_channel_meets_the_duty_and_the_filing_on_virk_is_linked_to_it(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        contacts = (await story.api.get("/api/v1/organisation")).json()["contacts"]
        assert contacts["fallback"] == "Myndighedens døgntelefon"

        story.at("2026-11-24 01:00")
        await story.report("postkasse:vagttelefon as incident_receiver", "Internettet er væk på rådhuset", severity="critical")
        await story.does(f"{COORDINATOR} as notifier", "significant-now", reason="Intet virker")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        story.at("2026-11-24 22:30")
        first = await story.does(
            f"{COORDINATOR} as notifier",
            "early-warning",
            suspected_malicious="unknown",
            cross_border="unknown",
            submission_channel="alternative",
            channel_reason="Vi har intet net, og MitID svarer ikke",
        )
        assert (await story.met())["early_warning"] == "2026-11-24 22:30"

        # Three hours after the limit Virk works again: the same notice once more, in its place behind the first.
        story.at("2026-11-25 04:00")
        assert await story.time_goes_on() == []
        await story.does(
            f"{COORDINATOR} as notifier",
            "early-warning",
            suspected_malicious="unknown",
            cross_border="unknown",
            follows=first,
            receipt="V-9101",
        )
        await story.does(f"{ARCHIVIST} as documentation_lead", "receipt", submission_number=first, receipt="Telefonnotat 12")
        by_phone, on_virk = await story.events("early-warning")
        assert (by_phone["data"]["submission_channel"], by_phone["data"]["channel_reason"]) == (
            "alternative",
            "Vi har intet net, og MitID svarer ikke",
        )
        assert (on_virk["data"]["submission_channel"], on_virk["data"]["follows"]) == ("virk", first)
        assert (await story.met())["early_warning"] == "2026-11-24 22:30"
        assert await story.deviations() == {}
        await holds_together(story)


async def test_what_follows_nothing_of_its_kind_is_refused_as_a_wrong_number(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await story.report("postkasse:vagttelefon as incident_receiver", "Internettet er væk")
        await story.does(f"{COORDINATOR} as notifier", "significant-now")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        told = {"suspected_malicious": "no", "cross_border": "no"}
        await story.refused(f"{COORDINATOR} as notifier", "early-warning", "unknown-number", 422, **told, follows=99)
        first = await story.does(f"{COORDINATOR} as notifier", "early-warning", **told)
        await story.refused(
            f"{COORDINATOR} as notifier", "incident-notification", "unknown-number", 422, summary="x", follows=first
        )


async def test_the_other_channel_without_a_reason_is_recorded_and_marked(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await story.report("postkasse:vagttelefon as incident_receiver", "Internettet er væk")
        await story.does(f"{COORDINATOR} as notifier", "significant-now")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        await story.does(
            f"{COORDINATOR} as notifier",
            "early-warning",
            suspected_malicious="no",
            cross_border="no",
            submission_channel="alternative",
        )
        assert await story.deviations() == {"early-warning": ["no-reason"]}
