"""An exercise: everything as it would be, and nothing of it in the figures."""

from pathlib import Path

from domain.management.period import parse_period
from projections.reporting_queries import CASE, months, registered
from tests.scenarios.story import Story, a_story
from tests.scenarios.truth import holds_together

CHIEF, TEAM, COORDINATOR = "u-1", "u-11", "u-13"


async def played(story: Story, *, exercise: bool) -> None:
    await story.report("postkasse:servicedesk as incident_receiver", "Alt er krypteret", severity="high", exercise=exercise)
    await story.does(f"{COORDINATOR} as notifier", "significant-now")
    await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
    await story.does(f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="yes", cross_border="no")


async def test_an_exercise_runs_like_the_real_thing_and_is_kept_out_of_the_figures(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-11-24 09:00")
        await played(story, exercise=True)
        drill = story.ref
        assert (await story.incident())["exercise"] is True
        assert "incident_notification" in await story.owed()
        await played(story, exercise=False)
        assert (await story.incident())["exercise"] is False

        # What is played and what is real are never one.
        await story.refused(f"{TEAM} as technical_lead", "merge", "exercise-mixed", into=drill, reason="Samme")

        # What was split off an exercise is one too.
        told = await story.speaking_of(drill)
        await told.does(f"{TEAM} as technical_lead", "split", title="Del af øvelsen")
        part = await story.speaking_of("H-2026-0003")
        assert (await part.incident())["exercise"] is True

        with story.house.read["reporting"].snapshot() as connection:
            (figures,) = months(connection, "2026-11", "2026-11")
            november = parse_period("2026-11")
            behind = registered(connection, november.start, november.end, None)
        assert (figures["incidents"], figures["significant"], figures["notified"]) == (1, 1, 0)
        assert [row[CASE.index("reference")] for row in behind] == [story.ref]
        await holds_together(story)
