"""The fifth incident waits for whoever tries the demo: reported by telephone, not assessed."""

from adapters.demo.chapters.cast import CARE_ADMINISTRATION, DESK, HOME_CARE, NURSING, PHONE, ROUTE_SERVER, ROUTES, TABLETS
from adapters.demo.steps import Step, take
from adapters.demo.times import Before

TABLETS_STEPS: tuple[Step, ...] = (
    Step(
        Before(2, 40),
        take(
            PHONE,
            "report",
            occurred=Before(2, 50),
            title="Tablets i hjemmeplejen viser ingen kørelister",
            description="En leder i hjemmeplejen ringer: dagens kørelister er tomme på alle tablets.",
            place="Hjemmeplejen, distrikt Vest",
            administration=CARE_ADMINISTRATION,
            told_by="employee",
            severity="high",
            services=(HOME_CARE, NURSING),
            components=(TABLETS, ROUTES, ROUTE_SERVER),
        ),
    ),
    Step(
        Before(2, 10), take(DESK, "note", text="Genstart af tablets hjælper ikke. Ruterne deles ud fra de udskrevne nødlister.")
    ),
)
"""All of it so far."""
