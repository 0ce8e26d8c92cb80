"""The action cards (KL's bilag 4c): for each role a page that can hang on the wall, and be followed without a computer."""

from collections.abc import Iterable
from typing import NamedTuple

from adapters.reports.typesetting import Stamp, typeset
from domain.roles import ROLES, Role, Track

_TRACKS = {Track.A: "Spor A: drift", Track.B: "Spor B: efterlevelse", Track.BOTH: "Rådgiver begge spor"}


class CardStep(NamedTuple):
    """One thing to do."""

    text: str
    paragraph: str | None = None
    """The law's or the plan's, where the step follows from one."""
    needs: tuple[str, ...] = ()
    """What must be at hand: facts, people, access."""


class ActionCard(NamedTuple):
    """One role's steps, in the order in which they are taken, and what is good to know beside them, in lines."""

    role: Role
    steps: tuple[CardStep, ...]
    people: tuple[str, ...] = ()
    """Who has the role, and who stands in."""
    rules: tuple[str, ...] = ()
    """What the municipality decided."""
    contacts: tuple[str, ...] = ()


def action_cards_pdf(cards: Iterable[ActionCard], stamp: Stamp) -> bytes:
    """Make the cards, as PDF/UA-1: one page a role, in the largest size in which it fits."""
    return typeset(
        "action_card.typ",
        {
            "title": f"Handlingskort, {stamp.entity}",
            "cards": [
                {
                    "role": ROLES[card.role].danish,
                    "track": _TRACKS[ROLES[card.role].track],
                    "task": ROLES[card.role].task_da,
                    "steps": [step._asdict() for step in card.steps],
                    "beside": [
                        {"heading": heading, "lines": lines}
                        for heading, lines in (
                            ("Hvem", card.people),
                            ("Det gælder hos os", card.rules),
                            ("Kontakter", card.contacts),
                        )
                        if lines
                    ],
                }
                for card in cards
            ],
            "stamp": stamp.data,
        },
    )
