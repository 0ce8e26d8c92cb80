"""Large municipality: what hits one administration is that administration's, what hits all is Central IT's; the CISO checks."""

from pathlib import Path

from tests.scenarios.notices import NOTIFICATION, REPORT
from tests.scenarios.story import a_story
from tests.scenarios.truth import holds_together
from tests.support.guide import HARMLESS

DIRECTOR, CISO, GRC, SOC = "u-1", "u-2", "postkasse:grc", "postkasse:soc"
CARE_CHIEF, CARE_COORDINATOR, CARE_DEPUTY, CARE_OWNER = "u-30", "u-31", "u-32", "u-33"
CARE = "Sundhed og Omsorg"
SCREEN = {**HARMLESS, "q1.critical_service": "yes_happened", "q1.disruption_now": "serious", "q1.spread": "administrations"}


async def test_an_incident_of_one_administration_is_its_own_coordinators_from_discovery_to_closing(tmp_path: Path) -> None:
    async with a_story(tmp_path, "large") as story:
        # ITSM: impact and urgency; the line-of-business system belongs to one administration.
        story.at("2026-11-24 07:20")
        await story.report(
            "postkasse:itsm as incident_receiver",
            "Omsorgsjournalen mister notater",
            severity="high",
            impact="high",
            urgency="high",
            administration=CARE,
            services=["svc-omsorg"],
        )
        (reported,) = await story.events("report")
        assert (reported["data"]["impact"], reported["data"]["urgency"]) == ("high", "high")
        assert (await story.row())["severity"] == "critical", "impact and urgency weigh more than what was said"

        # Central roles do not judge it; the technical ones, which the administration has none of, are central.
        story.at("2026-11-24 08:00")
        await story.refused(
            f"{GRC} as assessor", "assess", "role-not-held", significant=True, nis2_category="high", answers=SCREEN
        )
        await story.does(f"{SOC} as technical_lead", "measure", state="ongoing", measure="Skrivning er slået fra")
        await story.does(
            f"{CARE_COORDINATOR} as assessor",
            "assess",
            significant=True,
            nis2_category="high",
            answers=SCREEN,
            explanations={"q1.threat_context": "Ingen kendte trusler; SOC'en har spurgt naboerne"},
        )
        (judged,) = await story.events("assess")
        assert judged["data"]["explanations"] == {"q1.threat_context": "Ingen kendte trusler; SOC'en har spurgt naboerne"}
        await story.refused(f"{DIRECTOR} as decision_maker", "approve-assessment", "role-not-held")
        await story.does(f"{CARE_CHIEF} as decision_maker", "approve-assessment")
        assert await story.owed() == {"early_warning": "2026-11-25 08:00", "incident_notification": "2026-11-27 08:00"}

        # Director and CISO are told by how critical it is; the system owner contributes without deciding.
        await story.does(
            f"{CARE_COORDINATOR} as assessor", "escalate", to_role="decision_maker", to=CISO, reason="Påvirkning høj"
        )
        (escalated,) = await story.events("escalate")
        assert (escalated["data"]["to_role"], escalated["data"]["to"]) == ("decision_maker", CISO)
        await story.does(f"{CARE_OWNER} as system_owner", "note", text="Notater siden kl. 06 mangler")
        await story.refused(
            f"{CARE_OWNER} as system_owner", "assess", "role-not-permitted", significant=False, nis2_category="low"
        )

        # One submission for both notices within the day: two records, one receipt.
        story.at("2026-11-24 16:00")
        await story.does(
            f"{CARE_COORDINATOR} as notifier", "draft-submission", report="incident_notification", values=NOTIFICATION
        )
        await story.does(f"{CISO} as decision_maker", "approve-submission", report="incident_notification")
        await story.does(
            f"{CARE_COORDINATOR} as notifier",
            "incident-notification",
            combined=True,
            suspected_malicious="no",
            cross_border="no",
            receipt="V-4001",
        )
        both = await story.events("early-warning", "incident-notification")
        assert [(one["step"], one["data"]["receipt"]) for one in both] == [
            ("early-warning", "V-4001"),
            ("incident-notification", "V-4001"),
        ]
        assert (await story.owed())["status_report"] == "2026-12-24 16:00"

        # Central IT restores, and says when; untested restoration is recorded and marked.
        story.at("2026-11-25 10:00")
        await story.does("u-11 as restoration_lead", "service-restored", service="svc-omsorg")
        await story.does("u-11 as restoration_lead", "mitigate")
        assert await story.deviations() == {"service-restored": ["not-tested"]}
        story.at("2026-12-20 09:00")
        await story.does("u-13 as documentation_lead", "root-cause", cause="system_failures", cause_key="omsorg-skrivefejl")
        await story.does(f"{CARE_COORDINATOR} as notifier", "draft-submission", report="final_report", values=REPORT)
        await story.does(f"{CISO} as decision_maker", "approve-submission", report="final_report", comment="Kvalitetssikret")
        await story.does(f"{CARE_COORDINATOR} as notifier", "final-report", receipt="V-4002")
        await story.does(
            "u-13 as documentation_lead", "review", review="post_incident", conclusion="Slå skrivning fra tidligere"
        )
        await story.does(f"{CARE_CHIEF} as decision_maker", "close", reason="resolved")
        assert (await story.met())["final_report"] == "2026-12-20 09:00"
        assert await story.owed() == {"csirt_reply": "2026-11-25 16:00"}
        await holds_together(story)


async def test_an_incident_across_administrations_is_central_its_and_no_administrations(tmp_path: Path) -> None:
    async with a_story(tmp_path, "large") as story:
        story.at("2026-11-24 07:20")
        await story.report(
            "postkasse:soc as incident_receiver", "Netværkskernen er ustabil", severity="critical", told_by="alarm"
        )
        await story.refused(
            f"{CARE_COORDINATOR} as assessor", "assess", "role-not-held", significant=True, nis2_category="high"
        )
        await story.does(f"{GRC} as assessor", "assess", significant=True, nis2_category="high", answers=SCREEN)
        await story.does(f"{DIRECTOR} as decision_maker", "approve-assessment")

        await story.does(f"{GRC} as notifier", "draft-submission", report="early_warning", values={})

        # It turns out to be one administration's: the report is corrected, and from then on it is theirs.
        await story.does(f"{SOC} as technical_lead", "correct", field="administration", new=CARE, reason="Kun deres segment")
        await story.refused(f"{GRC} as notifier", "draft-submission", "role-not-held", report="early_warning", values={})
        await story.does(f"{CARE_DEPUTY} as notifier", "early-warning", suspected_malicious="no", cross_border="no")
        assert await story.deviations() == {}
        assert (await story.met())["early_warning"] == "2026-11-24 07:20"

        # So is what is split off it.
        await story.does(f"{SOC} as technical_lead", "split", title="En enkelt switch")
        part = await story.speaking_of("H-2026-0002")
        assert (await part.incident())["administration"] == CARE
        await part.refused(
            f"{GRC} as assessor", "assess", "role-not-held", significant=False, nis2_category="low", reason="Lille"
        )
        await holds_together(story)
