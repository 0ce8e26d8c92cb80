"""What came after the first night of the first incident: data protection, restoration, the notices, and what was learnt."""

from hashlib import sha256

from adapters.demo.chapters import care_answers as answers
from adapters.demo.chapters.cast import ADVISING, ASSESSING, DOCUMENTING, HOME_CARE, MANAGEMENT, NOTIFYING, RESTORING, TECHNICAL
from adapters.demo.steps import Step, take
from adapters.demo.times import Clock

FALLBACK, TASK, LISTS = 14, 18, 44
"""The numbers, within the incident, of the fallback operation, the task of the night and the first improvement."""

DAY = (
    Step(
        Clock(0, "06:40:00"),
        take(RESTORING, "task-done", task_number=TASK, result="Kopien fra kl. 01.00 er hel og kan læses."),
    ),
    Step(
        Clock(0, "08:20:00"),
        take(
            ADVISING,
            "dpo-advice",
            advice="Også utilgængelighed er et brud. Risikoen er ikke usandsynlig: anmeld til Datatilsynet.",
        ),
    ),
    Step(
        Clock(0, "08:40:00"),
        take(
            ASSESSING,
            "breach",
            breach_aware_at=Clock(0, "08:30:00"),
            risk="possible",
            data_types=("cpr", "health"),
            data_subjects=1900,
            nature="Helbredsoplysninger er utilgængelige. Intet tyder på, at nogen har set eller kopieret dem.",
            consequences="Forkert eller manglende medicin, mens listerne ikke kan åbnes.",
            measures="Udskrevne nødlister er i brug.",
        ),
    ),
    Step(
        Clock(0, "09:15:00"),
        take(
            DOCUMENTING,
            "note",
            occurred=Clock(0, "02:20:00"),
            text="Fra vagtens papirlog: nattevagten ringede og sagde, at medicinlisterne ikke kunne åbnes på tavlen.",
        ),
    ),
    Step(
        Clock(0, "09:40:00"),
        take(
            TECHNICAL,
            "evidence",
            sha256=sha256(b"DEMO: srv-omsorg-01, diskbillede").hexdigest(),
            bytes=549_755_813_888,
            name="Diskbillede af srv-omsorg-01",
            kept_at="Pengeskabet i driftsrummet, pose 3",
        ),
    ),
    Step(
        Clock(0, "11:20:00"),
        take(
            ASSESSING,
            "assess",
            significant=True,
            nis2_category="high",
            depth="full",
            answers=answers.FULL,
            explanations=answers.FULL_WORDS,
            reason="Den uddybende vurdering bekræfter nattens: væsentlig.",
        ),
    ),
    Step(Clock(0, "11:40:00"), take(MANAGEMENT, "approve-assessment", comment="Godkendt.")),
    Step(Clock(0, "13:00:00"), take(NOTIFYING, "draft-submission", report="gdpr_notification", values=answers.BREACH_NOTICE)),
    Step(Clock(0, "14:10:00"), take(MANAGEMENT, "approve-submission", report="gdpr_notification", comment="Godkendt.")),
    Step(Clock(0, "14:40:00"), take(NOTIFYING, "gdpr-notification", receipt="DEMO-1-DATATILSYNET")),
    Step(Clock(0, "19:40:00"), take(NOTIFYING, "csirt-reply", reply="Modtaget. Bevar diskene, og del indikatorerne med os.")),
)
RESTORED = (
    Step(
        Clock(1, "11:30:00"),
        take(RESTORING, "measure", measure="Serveren er sat op på ny. Data er lagt tilbage fra kopien kl. 01.00."),
    ),
    Step(
        Clock(1, "14:30:00"),
        take(RESTORING, "test-restoration", service=HOME_CARE, passed=True, result="Hjemmeplejen har prøvet 20 medicinlister."),
    ),
    Step(
        Clock(1, "15:20:00"),
        take(RESTORING, "service-restored", service=HOME_CARE, text="Alle medicinlister kan åbnes igen."),
    ),
    Step(
        Clock(1, "15:30:00"),
        take(RESTORING, "update-measure", measure_number=FALLBACK, state="done", comment="Nødlisterne er samlet ind."),
    ),
    Step(
        Clock(1, "15:40:00"),
        take(MANAGEMENT, "deactivate-contingency", contingency="fallback_operation", reason="Driften er normal."),
    ),
    Step(
        Clock(1, "16:00:00"),
        take(RESTORING, "mitigate", summary="Omsorgsjournalen er i drift. Hjemmeplejen har prøvet medicinlisterne."),
    ),
)
REPORTED = (
    Step(
        Clock(2, "10:30:00"),
        take(
            TECHNICAL,
            "root-cause",
            cause="malicious_actions",
            cause_key="servicekonto-uden-flerfaktor",
            text="En servicekonto uden flerfaktor blev misbrugt.",
        ),
    ),
    Step(
        Clock(2, "10:40:00"),
        take(
            TECHNICAL,
            "classify",
            incident_class="information-content-security.unauthorised-information-modification",
            tags=("T1078", "T1486"),
        ),
    ),
    Step(
        Clock(2, "11:20:00"),
        take(NOTIFYING, "draft-submission", report="incident_notification", values=answers.NOTIFICATION),
    ),
    Step(Clock(2, "13:30:00"), take(MANAGEMENT, "approve-submission", report="incident_notification", comment="Godkendt.")),
    Step(
        Clock(2, "14:05:00"),
        take(
            NOTIFYING,
            "incident-notification",
            receipt="DEMO-1-UNDERRETNING",
            summary="Ransomware på én server. Medicinlister utilgængelige i 38 timer. Ingen borgere kom til skade.",
        ),
    ),
)
LEARNT = (
    Step(
        Clock(8, "13:00:00"),
        take(
            DOCUMENTING,
            "review",
            review="post_incident",
            conclusion="Vagten handlede rigtigt. Nødlisterne reddede natten, men var to dage gamle.",
        ),
    ),
    Step(
        Clock(8, "13:40:00"),
        take(DOCUMENTING, "lesson", area="contingency", lesson="Nødlister skal udskrives hver aften, ikke hver mandag."),
    ),
    Step(
        Clock(8, "13:45:00"),
        take(DOCUMENTING, "lesson", area="technology", lesson="Servicekonti er også veje ind: de skal have flerfaktor."),
    ),
    Step(
        Clock(8, "13:50:00"),
        take(
            DOCUMENTING,
            "plan-follow-up",
            owner="rolle:systemejeromsorg",
            due_at=Clock(15, "12:00:00"),
            follow_up="Udskriv nødlisterne for medicin hver aften.",
        ),
    ),
    Step(
        Clock(8, "13:55:00"),
        take(
            DOCUMENTING,
            "plan-follow-up",
            owner=TECHNICAL.actor,
            due_at=Clock(60, "12:00:00"),
            follow_up="Giv alle servicekonti flerfaktor, eller luk dem.",
        ),
    ),
    Step(Clock(12, "09:00:00"), take(NOTIFYING, "draft-submission", report="final_report", values=answers.FINAL)),
    Step(Clock(12, "15:00:00"), take(MANAGEMENT, "approve-submission", report="final_report", comment="Godkendt.")),
    Step(
        Clock(13, "10:20:00"),
        take(
            NOTIFYING,
            "final-report",
            receipt="DEMO-1-RAPPORT",
            summary="Adgangen skete med en servicekonto uden flerfaktor. Kontoen er lukket, de øvrige gennemgået.",
        ),
    ),
    Step(
        Clock(13, "14:00:00"),
        take(DOCUMENTING, "follow-up-done", follow_up_number=LISTS, result="Nødlisterne udskrives hver aften kl. 21."),
    ),
    Step(
        Clock(13, "14:30:00"),
        take(DOCUMENTING, "journalise", system="esdh", case_number="DEMO-004711"),
    ),
    Step(
        Clock(13, "15:00:00"),
        take(
            DOCUMENTING,
            "close",
            reason="resolved",
            summary="Alle underretninger er sendt. Nødlister udskrives fremover hver aften.",
        ),
    ),
)
