from datetime import UTC, datetime

from adapters.reports.action_card import ActionCard, CardStep, action_cards_pdf
from adapters.reports.typesetting import Stamp
from domain.roles import ROLES, Role
from tests.support.papers import pages

STAMP = Stamp("Lærkeborg Kommune", 1234, datetime(2026, 11, 20, 14, 20, tzinfo=UTC))
STEPS = (
    CardStep("Udfyld tidlig varsling", "NIS 2-loven § 13, stk. 1, nr. 1", ("MitID Erhverv", "kopiark")),
    CardStep("Gem kvitteringen"),
)


def test_each_role_has_its_page_with_its_name_track_and_task() -> None:
    printed = pages(action_cards_pdf([ActionCard(role, STEPS) for role in Role], STAMP))

    assert len(printed) == len(Role)
    for role, page in zip(Role, printed, strict=True):
        line = " ".join(page.split())
        assert ROLES[role].danish in line
        assert ROLES[role].task_da in line
        assert ("Rådgiver begge spor" if ROLES[role].track == "A+B" else f"Spor {ROLES[role].track}:") in line


def test_steps_are_numbered_and_tell_their_paragraph_and_what_is_needed() -> None:
    (page,) = pages(action_cards_pdf([ActionCard(Role.NOTIFIER, STEPS)], STAMP))
    line = " ".join(page.split())

    assert "1. Udfyld tidlig varsling NIS 2-loven § 13, stk. 1, nr. 1 Du skal bruge: MitID Erhverv, kopiark" in line
    assert "2. Gem kvitteringen" in line
