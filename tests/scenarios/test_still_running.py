"""Still running at one month: a statusrapport then, and the final report within a month of when it was handled."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION, REPORT, STATUS
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together

CHIEF, LEADER, TEAM, RESTORER, COORDINATOR, ARCHIVIST = "u-1", "u-10", "u-11", "u-12", "u-13", "u-14"


async def test_the_status_report_takes_the_final_ones_place_and_a_second_month_follows_the_handling(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-12-29 09:00")
        await story.report("postkasse:servicedesk as incident_receiver", "Lønsystemet er ødelagt", severity="high")
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=True, nis2_category="high", reason="Løn til 4000")
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        await story.does(f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="no", cross_border="no")
        story.at("2026-12-31 16:45")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="incident_notification")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification")
        assert (await story.owed())["status_report"] == "2027-01-31 16:45"

        # Sending again moves nothing.
        story.at("2027-01-05 09:00")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification", values=NOTIFICATION)
        assert (await story.owed())["status_report"] == "2027-01-31 16:45"

        # The CSIRT asks for a foreløbig rapport, with a date of its own: that one is no statusrapport.
        await story.does(
            f"{COORDINATOR} as notifier", "interim-request", send_by="2027-01-12 12:00", request="Hvor langt er I?"
        )
        assert (await story.owed())["interim_report"] == "2027-01-12 12:00"
        story.at("2027-01-12 10:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="interim_report", values=STATUS)
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="interim_report")
        await story.does(f"{COORDINATOR} as notifier", "interim-report")
        assert "interim_report" not in await story.owed()

        # It asks again: what was written for the first one is not what is sent now.
        story.at("2027-01-20 09:00")
        await story.does(f"{COORDINATOR} as notifier", "interim-request", send_by="2027-01-22 12:00", request="Og nu?")
        assert (await story.owed())["interim_report"] == "2027-01-22 12:00"
        await story.does(f"{COORDINATOR} as notifier", "interim-report", summary="Data bliver indlæst")
        first, second = await story.events("interim-report")
        assert (first["data"]["values"], second["data"]["values"]) == (STATUS, {"summary": "Data bliver indlæst"})

        # At the month it still runs: a final report is refused its approval, the statusrapport is what the law asks for.
        story.at("2027-01-31 10:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="final_report", values=REPORT)
        await story.refused(f"{LEADER} as decision_maker", "approve-submission", "final-before-handled", report="final_report")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="status_report", values=STATUS)
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="status_report")
        await story.does(f"{COORDINATOR} as notifier", "status-report", receipt="V-9002")
        owed = await story.owed()
        assert "final_report" not in owed
        assert "status_report" not in owed
        await story.refused(f"{CHIEF} as decision_maker", "close", "not-mitigated", reason="resolved")

        # Handled on 18 February: one month of the calendar at the same time of day.
        story.at("2027-02-18 13:20")
        await story.does(
            f"{RESTORER} as restoration_lead", "test-restoration", service="svc-løn", passed=True, result="Kørsel stemmer"
        )
        await story.does(f"{RESTORER} as restoration_lead", "mitigate", summary="Lønsystemet kører igen")
        assert (await story.owed())["final_report_after_status"] == "2027-03-18 13:20"
        await story.refused(f"{CHIEF} as decision_maker", "close", "open-statutory-duty", reason="resolved")
        story.at("2027-03-10 09:00")
        await story.does(f"{LEADER} as decision_maker", "approve-submission", report="final_report")
        await story.does(f"{COORDINATOR} as notifier", "final-report", receipt="V-9003")
        await story.does(f"{CHIEF} as decision_maker", "close", reason="resolved")
        assert await story.deviations() == {"incident-notification": ["already-recorded"], "interim-report": ["not-approved"]}
        await holds_together(story)


async def test_reopened_after_handling_the_old_second_month_is_replaced_by_the_new_one(tmp_path: Path) -> None:
    async with a_story(tmp_path, "medium_1") as story:
        story.at("2026-12-01 09:00")
        await story.report("postkasse:servicedesk as incident_receiver", "Lønsystemet er ødelagt")
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=True, nis2_category="high", reason="Løn")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification", values=NOTIFICATION, combined=True)
        story.at("2027-01-01 08:00")
        await story.does(f"{COORDINATOR} as notifier", "status-report", values=STATUS)
        story.at("2027-01-10 10:00")
        await story.does(f"{RESTORER} as restoration_lead", "mitigate")
        assert (await story.owed())["final_report_after_status"] == "2027-02-10 10:00"
        await story.does(f"{COORDINATOR} as notifier", "final-report", values=REPORT)
        await story.does(f"{CHIEF} as decision_maker", "close", reason="resolved")
        story.at("2027-01-12 08:00")
        await story.does(f"{TEAM} as technical_lead", "reopen", reason="Fejlen er der igen")
        assert (await story.incident())["handled_at"] is None
        story.at("2027-01-20 10:00")
        await story.does(f"{RESTORER} as restoration_lead", "mitigate")
        # The first final report stays in the log; it was not the last word, so that one more is owed.
        assert (await story.owed())["final_report_after_status"] == "2027-02-20 10:00"
        await story.refused(f"{CHIEF} as decision_maker", "close", "open-statutory-duty", reason="resolved")
        await story.does(f"{COORDINATOR} as notifier", "final-report", values=REPORT)
        await story.does(f"{CHIEF} as decision_maker", "close", reason="resolved")
        assert len(await story.events("final-report")) == 2
        await holds_together(story)
