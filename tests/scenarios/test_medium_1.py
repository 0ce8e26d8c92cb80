"""Medium municipality 1: the MDR tells, the team stops it first and asks afterwards, the IT-chef approves."""

from pathlib import Path

from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.support.guide import HARMLESS

LEADER, TEAM, RESTORER, COORDINATOR, ARCHIVIST, CHIEF = "u-10", "u-11", "u-12", "u-13", "u-14", "u-1"
ANSWERS = {**HARMLESS, "q1.critical_service": "yes_happened", "q1.malicious": "yes_inside"}
NOTIFICATION = {
    "summary": "En servicekonto blev misbrugt på omsorgssystemets servere",
    "suspected_malicious": "yes",
    "cross_border": "no",
    "severity": "critical",
    "impact": "Omsorgssystemet var lukket i to timer",
    "indicators": "203.0.113.9",
}


async def test_the_team_acts_without_approval_and_every_duty_is_met_from_discovery_to_closing(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        # Opdagelse: the MDR tells the duty phone on a Friday evening.
        story.at("2026-11-20 20:10")
        await story.report(
            "postkasse:vagttelefon as incident_receiver",
            "Servicekonto logger ind fra ukendt sted",
            severity="critical",
            told_by="alarm",
            detected_at="2026-11-20 20:05",
            services=["svc-omsorg"],
            components=["srv-omsorg-1"],
        )
        assert await story.owed() == {"internal_assessment": "2026-11-21 00:10"}

        # The mandate: nobody is asked before the servers are cut off.
        story.at("2026-11-20 20:25")
        cut = await story.does(f"{TEAM} as technical_lead", "emergency-action", action="Serverne er taget af nettet")
        await story.does(f"{TEAM} as technical_lead", "service-degraded", service="svc-omsorg", degree="down")
        assert (await story.owed())["second_approval"] == "2026-11-21 20:25"
        await story.refused(f"{TEAM} as decision_maker", "approve-afterwards", "role-not-held", approved_number=cut)
        await story.refused(f"{TEAM} as technical_lead", "approve-afterwards", "role-not-permitted", approved_number=cut)
        await story.does(f"{LEADER} as decision_maker", "approve-afterwards", approved_number=cut)
        assert "second_approval" not in await story.owed()

        # Første vurdering: the guide, and the approval of somebody else; only the first moves a clock.
        story.at("2026-11-20 21:00")
        await story.refused(f"{TEAM} as technical_lead", "assess", "role-not-permitted", significant=True, nis2_category="high")
        await story.does(
            f"{COORDINATOR} as assessor",
            "assess",
            significant=True,
            nis2_category="high",
            answers=ANSWERS,
            reason="Omsorg er ramt",
        )
        (assessed,) = await story.events("assess")
        assert (assessed["data"]["recommendation"], assessed["data"]["departs"]) == ("significant_recommended", False)
        story.at("2026-11-20 21:30")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        assert await story.owed() == {"early_warning": "2026-11-21 21:00", "incident_notification": "2026-11-23 21:00"}

        # Underretning: the early warning the same night, approved with the assessment.
        story.at("2026-11-20 22:00")
        await story.does(
            f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="yes", cross_border="no", receipt="V-1001"
        )
        assert (await story.owed())["csirt_reply"] == "2026-11-21 22:00"
        await story.does(f"{COORDINATOR} as notifier", "csirt-help", request="Kender I 203.0.113.9?")
        story.at("2026-11-21 09:00")
        await story.does(f"{COORDINATOR} as notifier", "csirt-reply", reply="Ja, spær hele nettet")
        asked, answered = await story.events("csirt-help", "csirt-reply")
        assert (asked["data"]["request"], answered["data"]["reply"]) == ("Kender I 203.0.113.9?", "Ja, spær hele nettet")

        # Berørte modtagere: found out, then told.
        await story.does(
            f"{COORDINATOR} as notifier", "identify-recipients", recipients="Borgere med hjemmepleje", services=["svc-omsorg"]
        )
        assert (await story.owed())["recipients"] == "2026-11-22 09:00"
        story.at("2026-11-21 10:00")
        await story.does(
            f"{COORDINATOR} as notifier",
            "recipients",
            recipients="Borgere med hjemmepleje",
            channels=["website", "phone"],
            text="Besøg kan blive forsinket",
            advice="Ring, hvis din medicin mangler",
        )
        (told,) = await story.events("recipients")
        assert told["data"]["channels"] == ["website", "phone"]
        assert (told["data"]["text"], told["data"]["advice"]) == ("Besøg kan blive forsinket", "Ring, hvis din medicin mangler")

        # Håndtering: tested before it goes live, handled.
        await story.does(
            f"{RESTORER} as restoration_lead", "test-restoration", service="svc-omsorg", passed=True, result="Login virker"
        )
        await story.does(f"{RESTORER} as restoration_lead", "service-restored", service="svc-omsorg")
        story.at("2026-11-21 12:00")
        await story.does(f"{RESTORER} as restoration_lead", "mitigate", summary="Kontoen er spærret, driften er normal")

        # Hændelsesunderretning: drafted, approved by another, sent; the month of the final report begins.
        story.at("2026-11-22 14:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.refused(
            f"{COORDINATOR} as notifier", "approve-submission", "role-not-permitted", report="incident_notification"
        )
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="incident_notification")
        story.at("2026-11-22 15:30")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification", receipt="V-1002")
        assert await story.owed() == {"final_report": "2026-12-22 15:30"}

        # Opfølgning: cause, final report checked by the leader, lessons; closing only when nothing is owed.
        story.at("2026-12-10 10:00")
        await story.does(
            f"{TEAM} as technical_lead", "root-cause", cause="malicious_actions", cause_key="servicekonto", text="Svag kode"
        )
        await story.does(f"{ARCHIVIST} as documentation_lead", "classify", incident_class="intrusions")
        await story.refused(f"{CHIEF} as decision_maker", "close", "open-statutory-duty", reason="resolved")
        final = {
            **NOTIFICATION,
            "root_cause": "Svag kode",
            "mitigation.applied": "Kontoen spærret",
            "mitigation.ongoing": "Ingen",
        }
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="final_report", values=final)
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="final_report")
        await story.does(f"{COORDINATOR} as notifier", "final-report", receipt="V-1003")
        await story.does(f"{ARCHIVIST} as documentation_lead", "journalise", system="esdh", case_number="26/4411")
        await story.does(
            f"{ARCHIVIST} as documentation_lead", "lesson", area="risk_assessment", lesson="Servicekonti har ingen udløb"
        )
        todo = await story.does(
            f"{ARCHIVIST} as documentation_lead",
            "plan-follow-up",
            owner=TEAM,
            due_at="2027-01-15 12:00",
            follow_up="Gennemgå konti",
        )
        await story.does(f"{LEADER} as decision_maker", "review", review="post_incident", conclusion="Mandatet virkede")
        await story.does(f"{CHIEF} as decision_maker", "close", reason="resolved")
        story.at("2027-01-14 09:00")
        await story.does(f"{TEAM} as technical_lead", "follow-up-done", follow_up_number=todo)

        row = await story.row()
        assert (row["status"], row["close_reason"], row["next_deadline"]) == ("closed", "resolved", None)
        assert (row["aware_at"], row["handled_at"]) == ("2026-11-20T20:00:00Z", "2026-11-21T11:00:00Z")
        assert await story.met() == {
            "internal_assessment": "2026-11-20 21:00",
            "second_approval": "2026-11-20 20:25",
            "early_warning": "2026-11-20 22:00",
            "csirt_reply": "2026-11-21 09:00",
            "recipients": "2026-11-21 10:00",
            "incident_notification": "2026-11-22 15:30",
            "final_report": "2026-12-10 10:00",
        }
        assert await story.deviations() == {}
        assert await story.time_goes_on() == []
        await holds_together(story)
