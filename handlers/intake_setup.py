"""What people do to how alerts come in: all of a change in one unit of work, or none of it."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.intake.events import INTAKE, IntakeEvent
from domain.intake.state import IntakeSetup, evolve
from domain.intake.steps import decide
from handlers.unit_of_work import UnitOfWork


class SetUp(NamedTuple):
    """What a change led to. `position` is the last one stored; without a change there are no events."""

    setup: IntakeSetup
    position: int
    events: tuple[IntakeEvent, ...]


def change(uow: UnitOfWork, proposed: Sequence[IntakeEvent]) -> SetUp:
    """Record the changes in order, or raise the domain's named refusal."""
    before = after = uow.intake_setup()
    events: list[IntakeEvent] = []
    for each in proposed:
        for event in decide(after, each, now=uow.recorded_at):
            after = evolve(after, event)
            events.append(event)
    position = uow.append(INTAKE, events, expected=before.version) if events else 0
    return SetUp(after, position, tuple(events))
