"""Medium municipality 2: management assesses within four hours and appoints the coordinator as notifier; Lav, Mellem, Høj."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION, REPORT
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.support.guide import HARMLESS

CHIEF, SECTION, COORDINATOR, OPERATIONS = "u-1", "u-2", "u-3", "postkasse:drift"
PORTAL_DOWN = {**HARMLESS, "q1.critical_service": "yes_happened", "q1.disruption_now": "total", "q1.disruption_worst": "total"}


async def test_management_assesses_in_four_hours_and_the_appointed_coordinator_notifies_until_closing(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_2") as story:
        # The helpdesk's form; the four hours of this policy count from the first observation.
        story.at("2026-11-23 09:30")
        await story.report(
            "postkasse:helpdesk as incident_receiver",
            "Selvbetjeningen er nede",
            severity="high",
            told_by="citizen",
            detected_at="2026-11-23 08:45",
            services=["svc-selvbetjening"],
        )
        assert await story.owed() == {"internal_assessment": "2026-11-23 12:45"}

        # Operations work by their own procedure, in parallel.
        story.at("2026-11-23 09:40")
        measure = await story.does(OPERATIONS, "measure", state="ongoing", measure="Opdateringen rulles tilbage")
        await story.does(f"{OPERATIONS} as technical_lead", "note", to_track="B", text="Databasen er låst efter opdateringen")

        # The facts do not suffice at first: Mellem. An hour later more is known: Høj, which is a new assessment.
        story.at("2026-11-23 10:00")
        await story.refused(
            f"{COORDINATOR} as assessor", "assess", "role-not-held", significant=False, nis2_category="medium", reason="Uklart"
        )
        await story.does(
            f"{SECTION} as assessor",
            "assess",
            significant=False,
            nis2_category="medium",
            answers={**HARMLESS, "q1.critical_service": "unknown", "q1.disruption_now": "noticeable"},
            reason="Vi ved endnu ikke, hvem der er ramt",
        )
        assert await story.owed() == {}
        story.at("2026-11-23 11:15")
        await story.does(
            f"{SECTION} as assessor", "assess", significant=True, nis2_category="high", depth="full", answers=PORTAL_DOWN
        )
        await story.refused(f"{SECTION} as decision_maker", "approve-assessment", "own-approval")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        first, second = await story.events("assess")
        assert [one["data"]["recommendation"] for one in (first, second)] == [
            "more_information_needed",
            "significant_recommended",
        ]
        assert await story.owed() == {"early_warning": "2026-11-24 11:15", "incident_notification": "2026-11-26 11:15"}
        assert (await story.met())["internal_assessment"] == "2026-11-23 10:00"

        # Høj: management appoints the notifier for this incident.
        await story.refused(
            f"{COORDINATOR} as decision_maker", "assign-role", "role-not-held", assigned_role="notifier", holder="u-3"
        )
        await story.does(
            f"{CHIEF} as decision_maker", "assign-role", assigned_role="notifier", holder=COORDINATOR, reason="Høj"
        )
        await story.does(
            f"{CHIEF} as decision_maker", "activate-contingency", contingency="fallback_operation", reason="Telefonbetjening"
        )
        story.at("2026-11-23 12:00")
        await story.does(
            f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="no", cross_border="no", receipt="V-2001"
        )
        await story.does(
            f"{COORDINATOR} as notifier", "journalise", system="esdh", case_number="26/2001", document="Tidlig varsling"
        )

        # One who holds the role for nobody is recorded all the same, and marked.
        await story.does(f"{OPERATIONS} as notifier", "csirt-reply", reply="Tak, vi følger med")
        assert await story.deviations() == {"csirt-reply": ["role-not-held"]}

        story.at("2026-11-23 16:00")
        await story.does(OPERATIONS, "update-measure", measure_number=measure, state="done")
        await story.does("u-22 as restoration_lead", "mitigate", summary="Selvbetjeningen er oppe")
        await story.does(
            f"{CHIEF} as decision_maker", "deactivate-contingency", contingency="fallback_operation", reason="I drift"
        )

        # The follow-up notice in the ordinary way; the final report is checked by management.
        story.at("2026-11-25 10:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.does(f"{CHIEF} as decision_maker", "approve-submission", report="incident_notification")
        story.at("2026-11-25 10:20")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification", receipt="V-2002")
        await story.does(f"{COORDINATOR} as documentation_lead", "journalise", system="isms", case_number="ISMS-77")
        assert await story.owed() == {"final_report": "2026-12-25 10:20"}
        story.at("2026-12-18 09:00")
        await story.does(
            f"{OPERATIONS} as technical_lead", "root-cause", cause="human_errors", text="Opdateringen var ikke prøvet"
        )
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="final_report", values=REPORT)
        await story.does(f"{SECTION} as decision_maker", "approve-submission", report="final_report", comment="Kvalitetssikret")
        await story.does(f"{COORDINATOR} as notifier", "final-report", receipt="V-2003")

        # The weekly and the monthly item.
        await story.does(f"{SECTION} as decision_maker", "review", review="weekly", conclusion="Prøv opdateringer af først")
        await story.does(f"{CHIEF} as decision_maker", "review", review="monthly", conclusion="Fire timer var nok")
        await story.does("postkasse:helpdesk as incident_receiver", "close", reason="resolved")

        assert [(one["data"]["system"], one["data"]["case_number"]) for one in await story.events("journalise")] == [
            ("esdh", "26/2001"),
            ("isms", "ISMS-77"),
        ]
        assert [one["data"]["review"] for one in await story.events("review")] == ["weekly", "monthly"]
        assert (await story.row())["nis2_category"] == "high"
        assert await story.owed() == {}
        await holds_together(story)
