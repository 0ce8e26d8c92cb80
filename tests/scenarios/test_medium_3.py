"""Medium municipality 3: no duty roster; a leader phones the Stabschef at night, and the coordinator does the rest by hand."""

from pathlib import Path

from tests.scenarios.notices import BREACH, NOTIFICATION, REPORT
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

STAB_CHIEF, IT_LEADER, COORDINATOR, OWNER = "u-1", "u-2", "u-3", "u-40"


async def test_a_call_at_night_is_acted_upon_in_the_morning_by_the_coordinator_until_closing(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_3") as story:
        warnings = (await story.api.get("/api/v1/organisation/warnings")).json()
        assert {"no-deputy/laerkeborg/notifier", "contact-empty/csirt", "contact-empty/fallback"} <= {
            w["key"] for w in warnings
        }

        # Saturday night: the home care's leader phones the Stabschef, who writes one line.
        story.at("2026-11-21 23:40")
        await story.report(f"{STAB_CHIEF} as incident_receiver", "Køreplaner kan ikke åbnes", told_by="employee")
        assert await story.owed() == {"internal_assessment": "2026-11-22 03:40"}
        await story.does(
            f"{STAB_CHIEF} as decision_maker", "escalate", to_role="technical_lead", to=IT_LEADER, reason="Ring i nat"
        )

        # The four hours are the municipality's own: they pass, and nothing in law is missed.
        story.at("2026-11-22 08:30")
        assert await story.time_goes_on() == []
        await story.does(f"{COORDINATOR} as assessor", "correct", field="services", new="svc-hjemmepleje", reason="Kendt nu")
        await story.does(
            f"{COORDINATOR} as notifier", "significant-now", suspected_malicious="unknown", cross_border="no", reason="Medicin"
        )
        assert await story.owed() == {"early_warning": "2026-11-23 08:30", "incident_notification": "2026-11-25 08:30"}
        assert (await story.met())["internal_assessment"] == "2026-11-22 08:30 late"

        # The Stabschef knew at night: the awareness is moved earlier, which everybody may who judges.
        story.at("2026-11-22 09:00")
        await story.does(
            f"{COORDINATOR} as assessor",
            "declare-awareness",
            aware_at="2026-11-21 23:55",
            reason="Stabschefen var klar over det",
        )
        assert await story.owed() == {"early_warning": "2026-11-22 23:55", "incident_notification": "2026-11-24 23:55"}
        await story.refused(
            f"{COORDINATOR} as assessor",
            "declare-awareness",
            "awareness-moved-later",
            aware_at="2026-11-22 08:30",
            reason="Først da vurderede vi",
        )

        # The early warning goes out before anybody approved: recorded, and approved afterwards within this policy's 72 hours.
        await story.does(f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="unknown", cross_border="no")
        assert await story.deviations() == {"early-warning": ["not-approved"]}
        assert (await story.owed())["second_approval"] == "2026-11-25 09:00"
        await story.refused(f"{COORDINATOR} as decision_maker", "approve-assessment", "role-not-held")
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-assessment")
        (warned,) = await story.events("early-warning")
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-afterwards", approved_number=warned["version"])
        await story.does(f"{COORDINATOR} as notifier", "receipt", submission_number=warned["version"], receipt="V-3001")

        # The guide follows; the supplier is asked with a limit of its own.
        story.at("2026-11-22 11:00")
        await story.does(
            f"{COORDINATOR} as assessor",
            "assess",
            significant=True,
            nis2_category="high",
            answers={"q1.event_kind": "incident", "q1.cia": "availability", "q1.safety": "yes_possible"},
            explanations={"q1.safety": "Medicin kan blive glemt"},
        )
        await story.does(
            f"{COORDINATOR} as supplier_coordinator",
            "engage-supplier",
            supplier="ruteplan-as",
            request="Hvornår virker det igen?",
            answer_by="2026-11-22 13:00",
        )
        story.at("2026-11-22 12:30")
        await story.does(
            f"{COORDINATOR} as supplier_coordinator", "supplier-report", supplier="ruteplan-as", told="Rettet kl. 12.15"
        )
        await story.does(f"{COORDINATOR} as notifier", "identify-recipients", recipients="Borgere med hjemmepleje")
        assert (await story.owed())["recipients"] == "2026-11-23 00:30"
        await story.does(
            f"{COORDINATOR} as notifier", "recipients", recipients="Borgere med hjemmepleje", text="Vi kommer senere"
        )
        await story.does(f"{IT_LEADER} as restoration_lead", "mitigate", occurred_at="2026-11-22 12:15")

        # A breach that turned out to be none to notify, with the reason; the subject area contributes.
        await story.does(
            f"{COORDINATOR} as notifier", "breach", breach_aware_at="2026-11-22 09:00", risk="possible", nature="Ruter lå åbent"
        )
        assert (await story.owed())["gdpr_notification"] == "2026-11-25 09:00"
        await story.does("postkasse:dpo as dpo", "dpo-advice", advice="Anmeld")
        await story.refused(
            "postkasse:dpo as dpo", "breach", "role-not-permitted", breach_aware_at="2026-11-22 09:00", risk="high"
        )
        await story.does(f"{COORDINATOR} as notifier", "gdpr-notification", values=BREACH)
        await story.does(f"{OWNER} as system_owner", "data-subjects", recipients="De 12 på ruten", text="Din adresse lå åbent")

        # Notice and final report by hand; the coordinator evaluates.
        story.at("2026-11-24 15:00")
        for report, step, values in (
            ("incident_notification", "incident-notification", NOTIFICATION),
            ("final_report", "final-report", REPORT),
        ):
            await story.does(f"{COORDINATOR} as notifier", "draft-submission", report=report, values=values)
            await story.does(f"{STAB_CHIEF} as decision_maker", "approve-submission", report=report)
            await story.does(f"{COORDINATOR} as notifier", step, receipt="V-3002")
        await story.does(f"{COORDINATOR} as documentation_lead", "root-cause", cause="third_party_failures", third_party=True)
        await story.does(
            f"{COORDINATOR} as documentation_lead", "review", review="post_incident", conclusion="Vi mangler en vagt"
        )
        await story.does(f"{STAB_CHIEF} as decision_maker", "close", reason="resolved")

        # What was sent to Datatilsynet unapproved waits for a second person still; closing waits for no internal limit.
        assert await story.owed() == {"csirt_reply": "2026-11-23 09:00", "second_approval": "2026-11-25 12:30"}
        (told,) = await story.events("gdpr-notification")
        await story.does(f"{STAB_CHIEF} as decision_maker", "approve-afterwards", approved_number=told["version"])
        assert await story.owed() == {"csirt_reply": "2026-11-23 09:00"}
        assert await story.deviations() == {"early-warning": ["not-approved"], "gdpr-notification": ["not-approved"]}
        await holds_together(story)
