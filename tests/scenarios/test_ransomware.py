"""Ransomware with personal data: NIS2 and GDPR side by side, each with its own awareness, clocks, recipient and receipt."""

from pathlib import Path

import pytest

from tests.scenarios.notices import BREACH, NOTIFICATION, REPORT
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.support.guide import HARMLESS

ANSWERS = {
    **HARMLESS,
    "q1.critical_service": "yes_happened",
    "q1.disruption_now": "total",
    "q1.data": "yes_possible",
    "q1.data_damage": "yes_possible",
    "q1.malicious": "yes_inside",
}
CHIEF, LEADER, TEAM, RESTORER, COORDINATOR, ARCHIVIST = "u-1", "u-10", "u-11", "u-12", "u-13", "u-14"


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_both_regimes_run_in_parallel_and_neither_waits_for_the_other(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgres" else None
    async with a_story(tmp_path, "medium_1", postgres_url=url) as story:
        story.at("2026-11-21 05:30")
        await story.report(
            "postkasse:vagttelefon as incident_receiver",
            "Filer på fællesdrevet er krypteret",
            severity="critical",
            told_by="employee",
            services=["svc-omsorg", "svc-filer"],
            components=["srv-fil-1", "srv-fil-2"],
        )
        # Spor A at once, spor B beside it.
        cut = await story.does(
            f"{TEAM} as technical_lead", "emergency-action", action="Netværket er delt, sikkerhedskopien koblet fra"
        )
        await story.does(
            f"{TEAM} as technical_lead",
            "evidence",
            name="Løsesumsbrevet",
            sha256="ab" * 32,
            bytes=2048,
            kept_at="Bevisskabet",
        )
        await story.does(
            f"{CHIEF} as decision_maker", "activate-contingency", contingency="crisis_staff", reason="Løsepenge kræves"
        )
        await story.does(f"{TEAM} as technical_lead", "service-degraded", service="svc-omsorg", degree="down")
        story.at("2026-11-21 06:15")
        await story.does(f"{COORDINATOR} as assessor", "assess", significant=True, nis2_category="high", answers=ANSWERS)
        await story.does(f"{CHIEF} as decision_maker", "approve-assessment")
        await story.does(f"{LEADER} as decision_maker", "approve-afterwards", approved_number=cut)

        # The two facts that the law asks for at 24 hours; the rest is not known yet.
        story.at("2026-11-21 07:00")
        await story.does(
            f"{COORDINATOR} as notifier", "early-warning", suspected_malicious="yes", cross_border="unknown", receipt="V-6001"
        )
        (warned,) = await story.events("early-warning")
        assert warned["data"]["values"] == {"suspected_malicious": "yes", "cross_border": "unknown"}
        assert len(warned["data"]["filed_sha256"]) == 64

        # GDPR has an awareness of its own: only at noon is it reasonably certain that journals were copied.
        story.at("2026-11-21 12:30")
        await story.does(
            f"{COORDINATOR} as assessor",
            "breach",
            breach_aware_at="2026-11-21 12:10",
            risk="possible",
            data_types=["health", "cpr"],
            data_subjects=1400,
            nature="Journaler blev kopieret",
        )
        assert await story.owed() == {
            "incident_notification": "2026-11-24 06:15",
            "gdpr_notification": "2026-11-24 12:10",
            "csirt_reply": "2026-11-22 07:00",
        }

        # The DPO advises, the controller decides: the risk is high, so the data subjects are to be told too (art. 34).
        story.at("2026-11-21 15:00")
        await story.does("postkasse:dpo as dpo", "dpo-advice", advice="Risikoen er høj: CPR og helbred sammen")
        await story.refused(
            "postkasse:dpo as dpo", "breach", "role-not-permitted", breach_aware_at="2026-11-21 12:10", risk="high"
        )
        await story.does(
            f"{COORDINATOR} as assessor", "breach", breach_aware_at="2026-11-21 12:10", risk="high", data_subjects=1400
        )
        assert (await story.owed())["gdpr_notification"] == "2026-11-24 12:10"
        assert (await story.owed())["data_subjects"] == "2026-11-24 15:00"

        # § 15: those who get the service, another circle than those whose data it is.
        await story.does(f"{COORDINATOR} as notifier", "identify-recipients", recipients="Alle borgere med hjemmepleje")
        await story.does(
            f"{COORDINATOR} as notifier", "recipients", recipients="Alle borgere med hjemmepleje", text="Vi kører efter papir"
        )
        assert "data_subjects" in await story.owed()

        # Datatilsynet within 72 hours of its own awareness, complete; the data subjects a day later than the target.
        story.at("2026-11-23 09:00")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="gdpr_notification", values=BREACH)
        await story.does(f"{CHIEF} as decision_maker", "approve-submission", report="gdpr_notification")
        await story.does(f"{COORDINATOR} as notifier", "gdpr-notification", receipt="DT-77")
        assert await story.deviations() == {}

        # NIS2's notification comes too late by an hour: recorded, marked, with the reason.
        story.at("2026-11-24 07:15")
        assert await story.time_goes_on() == ["incident_notification"]
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION)
        await story.does(f"{CHIEF} as decision_maker", "approve-submission", report="incident_notification")
        await story.does(f"{COORDINATOR} as notifier", "incident-notification", late_reason="Vi ventede på IoC'er")
        assert await story.deviations() == {"incident-notification": ["late"]}
        assert (await story.met())["incident_notification"] == "2026-11-24 07:15 late"
        story.at("2026-11-25 10:00")
        await story.does(
            f"{COORDINATOR} as notifier", "data-subjects", recipients="1400 borgere", channels=["letter"], text="Dine data"
        )
        assert (await story.met())["data_subjects"] == "2026-11-25 10:00 late"

        # Restored, tested first; closing waits for the last duty.
        story.at("2026-11-28 18:00")
        await story.does(
            f"{RESTORER} as restoration_lead", "test-restoration", service="svc-omsorg", passed=True, result="Data er hele"
        )
        await story.does(f"{RESTORER} as restoration_lead", "service-restored", service="svc-omsorg")
        await story.does(f"{RESTORER} as restoration_lead", "mitigate")
        await story.does(
            f"{CHIEF} as decision_maker", "deactivate-contingency", contingency="crisis_staff", reason="Driften er normal"
        )
        assert await story.owed() == {"csirt_reply": "2026-11-22 07:00", "final_report": "2026-12-24 07:15"}
        await story.refused(f"{CHIEF} as decision_maker", "close", "open-statutory-duty", reason="resolved")
        await story.does(f"{TEAM} as technical_lead", "root-cause", cause="malicious_actions", text="Phishing")
        await story.does(f"{COORDINATOR} as notifier", "draft-submission", report="final_report", values=REPORT)
        await story.does(f"{CHIEF} as decision_maker", "approve-submission", report="final_report")
        await story.does(f"{COORDINATOR} as notifier", "final-report")
        await story.does(f"{ARCHIVIST} as documentation_lead", "lesson", area="procedures", lesson="Øv papirdrift")
        await story.does(f"{CHIEF} as decision_maker", "close", reason="resolved")
        assert (await story.incident())["missed"].keys() == {"incident_notification"}
        await holds_together(story)
