"""What a municipality chooses for itself, and what it tells: phases, examples, channels of discovery, the public, lessons."""

from pathlib import Path
from typing import get_args

from domain.incident.events import ToldBy
from domain.incident.events.learning import LessonRecorded
from domain.incident.phases import PHASES, Phase
from domain.incident.transitions import TRANSITIONS
from domain.policy import DEFAULT_PHASES, Policy
from tests.scenarios import worlds as w
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.scenarios.worlds import ARCHIVIST, BOTH, CHIEF, JUDGE, RESTORER, TECH


async def test_the_seven_phases_are_the_default_and_a_municipality_may_show_its_own(tmp_path: Path) -> None:
    assert tuple(PHASES) == DEFAULT_PHASES
    assert {row.phase for row in TRANSITIONS} == set(Phase)
    own = ["discovery", "handling", "authorities", "learning"]
    async with a_story(tmp_path, "medium_1") as story:
        wanted = (await story.api.get("/api/v1/organisation")).json()
        assert wanted["policy"]["phases"] == [*DEFAULT_PHASES]
        wanted |= {"policy": {**wanted["policy"], "phases": own}, "reason": "Sådan arbejder vi"}
        assert (await story.api.put("/api/v1/organisation", json=wanted)).status_code == 200
        assert (await story.api.get("/api/v1/organisation")).json()["policy"]["phases"] == own


async def test_own_examples_of_the_three_criteria_are_kept_and_none_are_invented(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_2") as story:
        examples = (await story.api.get("/api/v1/organisation")).json()["policy"]["examples"]
        assert examples["operation"] == ["Borgerservice kan ikke betjene nogen en hel dag"]
        assert "economy" not in examples
    assert Policy().examples == {}


async def test_a_policy_is_changed_only_with_its_reason(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        wanted = (await story.api.get("/api/v1/organisation")).json()
        changed = {**wanted, "policy": {**wanted["policy"], "approve_within_hours": 48}}
        answer = await story.api.put("/api/v1/organisation", json=changed)
        assert (answer.status_code, answer.json()["code"]) == (422, "reason-missing")


async def test_an_incident_is_discovered_through_any_channel_in_a_few_words(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_3") as story:
        for told_by in (None, *ToldBy):
            fields = {"told_by": told_by} if told_by else {}
            await story.report("postkasse:dpo", "Login er nede", place="Rådhuset", occurred_at="2026-11-20 07:45", **fields)
            (reported,) = await story.events("report")
            assert reported["data"].get("told_by") == told_by
            now = await story.incident()
            assert (now["title"], now["place"], now["detected_at"]) == ("Login er nede", "Rådhuset", "2026-11-20T06:45:00Z")


async def test_the_hearing_before_the_public_is_told_and_what_was_decided_are_on_record(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await w.warned(story)
        for stage, text, more in (
            ("heard", "Myndigheden vil orientere offentligheden", {"answer_by": "2026-11-24 12:00"}),
            ("answered", "Vi har ingen indvendinger", {}),
            ("decided", "Kommunen skal selv orientere på sin hjemmeside", {}),
        ):
            await story.does(f"{JUDGE} as notifier", "public-hearing", stage=stage, text=text, **more)
        told = await story.events("public-hearing")
        assert [one["data"]["stage"] for one in told] == ["heard", "answered", "decided"]
        assert told[0]["data"]["answer_by"] == "2026-11-24T11:00:00Z"
        await holds_together(story)


async def test_advice_against_a_threat_is_another_duty_than_telling_of_the_effect(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await w.warned(story)
        await story.does(f"{JUDGE} as notifier", "identify-recipients", recipients="Forældre")
        advice = {"recipients": "Forældre", "text": "Falske beskeder", "advice": "Tryk ikke på linket", "channels": ["aula"]}
        await story.does(f"{JUDGE} as notifier", "recipients", threat=True, **advice)
        assert "recipients" in await story.owed()
        await story.does(f"{JUDGE} as notifier", "recipients", **advice)
        assert "recipients" not in await story.owed()


async def test_learning_names_what_is_to_change_and_a_person_decides_on_recurrence(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        await w.reported(story)
        first = story.ref
        await w.reported(story)
        await story.does(f"{TECH} as technical_lead", "root-cause", cause="system_failures", cause_key="mailserver")
        await story.does(f"{JUDGE} as assessor", "recurrence", others=[first], significant_together=False, reason="Få brugere")
        (considered,) = await story.events("recurrence")
        assert considered["data"]["others"] == [(await (await story.speaking_of(first)).incident())["id"]]
        for area in get_args(LessonRecorded.model_fields["area"].annotation):
            await story.does(f"{ARCHIVIST} as documentation_lead", "lesson", area=area, lesson="Ret den")
        task = await story.does(
            f"{TECH} as technical_lead", "plan-task", owner=RESTORER, task="Udvid disken", due_at="2026-11-25 12:00"
        )
        await story.does(RESTORER, "task-done", task_number=task, result="Gjort")
        await story.does(f"{BOTH} as decision_maker", "escalate", to_role="decision_maker", to=CHIEF, reason="Budget")
        assert await story.deviations() == {}


async def test_a_trust_service_has_a_day_for_its_notification(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-03-28 14:00")
        await story.report("postkasse:servicedesk as incident_receiver", "Signaturtjenesten er nede", trust_service=True)
        await story.does(f"{JUDGE} as notifier", "significant-now")
        # The night of the spring change: 24 elapsed hours read as 25 on the wall.
        assert await story.owed() == {"early_warning": "2026-03-29 15:00", "incident_notification": "2026-03-29 15:00"}
