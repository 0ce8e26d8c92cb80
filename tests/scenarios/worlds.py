"""Where a single step is tried: how far the incident has come, in medium municipality 1."""

from collections.abc import Awaitable, Callable, Mapping

from tests.scenarios.notices import NOTIFICATION, REPORT
from tests.scenarios.story import Story

World = Callable[[Story], Awaitable[None]]
CHIEF, BOTH, TECH, RESTORER, JUDGE, ARCHIVIST = "u-1", "u-10", "u-11", "u-12", "u-13", "u-14"
"""BOTH holds two roles: assessor and decision_maker, each as a deputy."""


async def nothing(story: Story) -> None:
    story.at("2026-11-24 09:00")


async def reported(story: Story) -> None:
    story.at("2026-11-24 08:00")
    await story.report("postkasse:servicedesk as incident_receiver", "Mail er nede", services=["svc-mail"])
    story.at("2026-11-24 09:00")


async def significant(story: Story) -> None:
    await reported(story)
    await story.does(f"{BOTH} as assessor", "assess", significant=True, nis2_category="high", reason="Mail er kritisk")


async def approved(story: Story) -> None:
    await significant(story)
    await story.does(f"{CHIEF} as decision_maker", "approve-assessment")


async def drafted(story: Story) -> None:
    await approved(story)
    await story.does(f"{BOTH} as assessor", "draft-submission", report="incident_notification", values=NOTIFICATION)
    await story.does(f"{JUDGE} as notifier", "draft-submission", report="final_report", values=REPORT)


async def warned(story: Story) -> None:
    await approved(story)
    await story.does(f"{JUDGE} as notifier", "early-warning", suspected_malicious="no", cross_border="no")


async def notified(story: Story) -> None:
    await warned(story)
    await story.does(f"{JUDGE} as notifier", "incident-notification", values=NOTIFICATION)


async def handled(story: Story) -> None:
    await notified(story)
    await story.does(f"{RESTORER} as restoration_lead", "mitigate")


async def handled_after_a_status_report(story: Story) -> None:
    await notified(story)
    story.at("2026-12-24 09:00")
    await story.does(f"{JUDGE} as notifier", "status-report", summary="Det kører endnu")
    story.at("2027-01-05 09:00")
    await story.does(f"{RESTORER} as restoration_lead", "mitigate")


async def affected(story: Story) -> None:
    await reported(story)
    await story.does(f"{JUDGE} as notifier", "identify-recipients", recipients="Borgere")
    await story.does(f"{JUDGE} as assessor", "assess", significant=True, nis2_category="high", reason="Mail er kritisk")
    await story.does(f"{JUDGE} as notifier", "incident-notification", values=NOTIFICATION)
    await story.does(f"{RESTORER} as restoration_lead", "mitigate")
    await story.does(f"{JUDGE} as notifier", "final-report", values=REPORT)


async def asked_by_the_csirt(story: Story) -> None:
    await handled(story)
    await story.does(f"{JUDGE} as notifier", "final-report", values=REPORT)
    await story.does(f"{JUDGE} as notifier", "interim-request", send_by="2026-11-30 12:00", request="Status?")


async def breached(story: Story) -> None:
    await reported(story)
    await story.does(f"{JUDGE} as notifier", "breach", breach_aware_at="2026-11-24 08:30", risk="possible")


async def breached_at_high_risk(story: Story) -> None:
    await reported(story)
    await story.does(f"{JUDGE} as notifier", "breach", breach_aware_at="2026-11-24 08:30", risk="high")
    await story.does(f"{JUDGE} as notifier", "gdpr-notification")


async def acted_in_an_emergency(story: Story) -> None:
    await reported(story)
    await story.does(BOTH, "emergency-action", action="Serveren er slukket")


async def not_significant(story: Story) -> None:
    await reported(story)
    await story.does(f"{JUDGE} as assessor", "assess", significant=False, nis2_category="low", reason="Kun to brugere")


async def closed(story: Story) -> None:
    await reported(story)
    await story.does(f"{CHIEF} as decision_maker", "close", reason="not_an_incident")


async def two_of_which_one_is_closed(story: Story) -> None:
    await closed(story)
    await reported(story)


async def held(story: Story) -> None:
    await closed(story)
    await story.does(f"{CHIEF} as decision_maker", "place-hold", reason="Politiet har bedt om det")


async def held_after_a_proposal(story: Story) -> None:
    await closed(story)
    await story.does(f"{ARCHIVIST} as documentation_lead", "propose-disposal", **DISPOSAL)
    await story.does(f"{CHIEF} as decision_maker", "place-hold", reason="Politiet har bedt om det")


async def disposed(story: Story) -> None:
    await closed(story)
    await story.does(f"{ARCHIVIST} as documentation_lead", "propose-disposal", **DISPOSAL)
    await story.does(f"{CHIEF} as decision_maker", "dispose", proposal_number=3)


DISPOSAL = {"ground": "stated", "archive_check": "delivered", "legal_basis": "storage_limitation", "reason": "Afleveret"}
OPEN_DUTIES: Mapping[str, World] = {
    "early_warning": approved,
    "incident_notification": warned,
    "status_report": notified,
    "final_report": handled,
    "final_report_after_status": handled_after_a_status_report,
    "recipients": affected,
    "interim_report": asked_by_the_csirt,
    "gdpr_notification": breached,
    "data_subjects": breached_at_high_risk,
}
"""Kind of duty to a world in which it is owed."""
