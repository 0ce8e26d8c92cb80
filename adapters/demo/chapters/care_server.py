"""The first incident, closed: ransomware on the care server, handled from the first minute to the final report.

What came after its first night is in care_days.py.
"""

from adapters.demo.alerts import Alertmanager, Wazuh
from adapters.demo.chapters import care_answers as answers
from adapters.demo.chapters import care_days as days
from adapters.demo.chapters.cast import (
    ASSESSING,
    CARE_RECORD,
    CARE_SERVER,
    CARE_STORAGE,
    DOCUMENTING,
    HOME_CARE,
    MANAGEMENT,
    MEDICINE,
    NOTIFYING,
    PHONE,
    RESTORING,
    TECHNICAL,
    names,
)
from adapters.demo.steps import Alert, Step, take
from adapters.demo.times import Clock

RANSOMWARE = Wazuh(
    CARE_SERVER,
    15,
    100215,
    ("syscheck", "ransomware"),
    "Mulig ransomware: mange filer omdøbt på kort tid",
    "1.214 filer under /srv/omsorg/journal er omdøbt på 60 sekunder",
)
CARE_DOWN = Alertmanager(
    "OmsorgDown",
    "critical",
    f"{CARE_SERVER}:9100",
    CARE_RECORD,
    "Omsorgsjournalen svarer ikke",
    "Ingen svar fra omsorgsjournalen i 90 sekunder",
)
HELD_BACK = (*(32,) * 12, 28)
"""How often the alert came again in each half minute until the server was off the network: 412 times."""

EMERGENCY = 4
"""The number of the emergency action within the incident."""

ALARM = (
    Step(Clock(0, "02:07:06"), Alert(RANSOMWARE, Clock(0, "02:07:04"))),
    *(
        Step(Clock(0, f"02:{7 + half // 2:02}:{half % 2 * 30:02}"), Alert(RANSOMWARE, Clock(0, "02:07:04"), copies))
        for half, copies in enumerate(HELD_BACK, start=1)
    ),
    Step(Clock(0, "02:09:03"), Alert(CARE_DOWN, Clock(0, "02:08:51"))),
)
NIGHT = (
    Step(
        Clock(0, "02:14:00"),
        take(PHONE, "emergency-action", action="Serveren srv-omsorg-01 er taget af nettet. Kunne ikke vente."),
    ),
    Step(
        Clock(0, "02:18:00"),
        take(TECHNICAL, "service-degraded", service=HOME_CARE, degree="down", text="Medicinlisterne kan ikke åbnes."),
    ),
    Step(
        Clock(0, "02:26:00"),
        take(
            TECHNICAL,
            "correct",
            field="components",
            new=names(CARE_SERVER, CARE_STORAGE, CARE_RECORD, MEDICINE),
            reason="Omsorgsjournalen og dens medicinmodul kører på serveren.",
        ),
    ),
    Step(
        Clock(0, "02:27:00"),
        take(ASSESSING, "correct", field="services", new=HOME_CARE, reason="Hjemmeplejen slår medicin op i omsorgsjournalen."),
    ),
    Step(
        Clock(0, "02:31:00"),
        take(
            ASSESSING,
            "assess",
            significant=True,
            nis2_category="high",
            answers=answers.QUICK,
            explanations=answers.QUICK_WORDS,
            reason="Medicinlisterne kan ikke åbnes. Borgere i hjemmeplejen kan få forkert medicin eller ingen.",
        ),
    ),
    Step(
        Clock(0, "02:35:00"),
        take(ASSESSING, "escalate", to_role="decision_maker", to=MANAGEMENT.actor, reason="Væsentlig: vurderet Høj."),
    ),
    Step(Clock(0, "02:52:00"), take(MANAGEMENT, "approve-assessment", comment="Enig. Kommunens vigtigste ydelse er ramt.")),
    Step(
        Clock(0, "02:53:00"),
        take(MANAGEMENT, "approve-afterwards", approved_number=EMERGENCY, comment="Rigtigt at tage serveren af nettet."),
    ),
    Step(
        Clock(0, "02:55:00"),
        take(MANAGEMENT, "activate-contingency", contingency="fallback_operation", reason="Nødplan for medicin."),
    ),
    Step(
        Clock(0, "03:10:00"),
        take(RESTORING, "measure", state="ongoing", measure="Nattevagterne bruger de udskrevne nødlister."),
    ),
    Step(
        Clock(0, "03:40:00"),
        take(NOTIFYING, "early-warning", suspected_malicious="yes", cross_border="no", receipt="DEMO-1"),
    ),
    Step(
        Clock(0, "03:50:00"),
        take(
            NOTIFYING,
            "identify-recipients",
            services=(HOME_CARE,),
            recipients="Nattevagter, plejecentre og borgere med medicinhjælp.",
        ),
    ),
    Step(
        Clock(0, "04:10:00"),
        take(
            NOTIFYING,
            "recipients",
            channels=("phone", "direct"),
            recipients="Nattevagter og plejecentre er ringet op. Borgere med medicinhjælp får besked ved morgenbesøget.",
        ),
    ),
    Step(
        Clock(0, "04:30:00"),
        take(
            DOCUMENTING,
            "plan-task",
            owner=RESTORING.actor,
            due_at=Clock(0, "08:00:00"),
            task="Find den seneste kopi fra før angrebet, og prøv at den kan læses.",
        ),
    ),
)
CARE_SERVER_STEPS: tuple[Step, ...] = (*ALARM, *NIGHT, *days.DAY, *days.RESTORED, *days.REPORTED, *days.LEARNT)
"""All of it, in the order in which it was recorded."""
