"""Incidents that turn out to be one, or two: whoever knew first knew for both, and no duty is owed twice or lost."""

from pathlib import Path

from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

CHIEF, TEAM, COORDINATOR = "u-1", "u-11", "u-13"


async def test_merged_the_earliest_awareness_and_what_was_sent_go_on_and_the_other_owes_nothing(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as first:
        first.at("2026-11-24 08:00")
        await first.report("postkasse:servicedesk as incident_receiver", "Mail er nede", components=["srv-mail"])
        await first.does(f"{COORDINATOR} as notifier", "significant-now")
        await first.does(f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="no", cross_border="no")
        first.at("2026-11-24 10:00")
        second = await first.speaking_of("")
        await second.report("postkasse:servicedesk as incident_receiver", "Kalenderen er nede", components=["srv-kalender"])
        first.at("2026-11-24 11:00")
        await second.does(f"{COORDINATOR} as notifier", "significant-now")
        assert (await second.owed())["early_warning"] == "2026-11-25 11:00"

        first.at("2026-11-24 12:00")
        await first.refused(f"{TEAM} as technical_lead", "merge", "same-incident", 422, into=first.ref, reason="x")
        await first.does(f"{TEAM} as technical_lead", "merge", into=second.ref, reason="Samme server")
        assert ((await first.row())["status"], (await first.row())["close_reason"]) == ("closed", "duplicate")
        inherited = await second.incident()
        assert inherited["aware_at"] == "2026-11-24T07:00:00Z"
        assert inherited["detected_at"] == "2026-11-24T07:00:00Z"
        assert (await second.owed())["incident_notification"] == "2026-11-27 08:00"
        assert "early_warning" not in await second.owed()

        # The one that ended owes nothing more: its clocks go on in the other.
        assert set(await first.owed()) <= {"second_approval"}
        owed = (await first.api.get("/api/v1/deadlines")).json()
        assert {one["ref"] for one in owed if one["statutory"]} == {second.ref}
        first.at("2026-11-28 12:00")
        assert await first.time_goes_on() == ["incident_notification"]
        assert (await second.incident())["missed"].keys() == {"incident_notification"}
        await holds_together(first)


async def test_merged_into_one_that_is_not_assessed_it_is_significant_from_the_first_awareness(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as first:
        first.at("2026-11-24 08:00")
        await first.report("postkasse:servicedesk as incident_receiver", "Mail er nede")
        await first.does(f"{COORDINATOR} as notifier", "significant-now")
        first.at("2026-11-24 09:00")
        second = await first.speaking_of("")
        await second.report("postkasse:servicedesk as incident_receiver", "Mail er nede igen")
        await first.does(f"{TEAM} as technical_lead", "merge", into=second.ref, reason="Samme server")
        assert (await second.incident())["significant"] is True
        assert (await second.owed())["early_warning"] == "2026-11-25 08:00"
        await holds_together(first)


async def test_split_off_a_part_it_keeps_the_clocks_that_ran_already(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as first:
        first.at("2026-11-24 08:00")
        await first.report("postkasse:servicedesk as incident_receiver", "To ting på én gang", services=["svc-mail"])
        await first.does(f"{COORDINATOR} as notifier", "significant-now")
        first.at("2026-11-24 12:00")
        await first.refused(f"{CHIEF} as decision_maker", "split", "role-not-permitted", title="Den anden")
        await first.does(f"{TEAM} as technical_lead", "split", title="Printerne", reason="En anden fejl")
        second = await first.speaking_of("H-2026-0002")
        assert (await second.incident())["title"] == "Printerne"
        assert (await second.owed())["early_warning"] == "2026-11-25 08:00"
        assert (await first.owed())["early_warning"] == "2026-11-25 08:00"

        # The part is judged by itself, and then owes nothing.
        await second.does(f"{COORDINATOR} as assessor", "assess", significant=False, nis2_category="low", reason="Kun printere")
        assert await second.owed() == {}
        assert "early_warning" in await first.owed()
        await holds_together(first)
