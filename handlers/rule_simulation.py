"""What would these rules have done in the last days? Read from the log in stretches, beside what really happened then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from domain.errors import InvalidInputError
from domain.intake.events import INTAKE, IntakeChange, IntakeEvent
from domain.intake.rules import Rules
from domain.intake.simulation import OPEN_FOR, Outcome, Simulation, Tally
from domain.intake.state import IntakeSetup, evolve, replay
from domain.signals import SignalsReceived
from handlers.history import History

READ = 1_000
"""Events read from the log at once."""
MOST_DAYS = 366
EARLIER = "earlier"
"""The rule of signals from before there were rules."""
TOPICS = (SignalsReceived.TOPIC, *(change.TOPIC for change in IntakeChange.__subclasses__()))
OnProgress = Callable[[int, int], None]
"""Called with (position reached, position aimed at) after each stretch of the log."""


class Simulated(NamedTuple):
    """The answer for what was recorded in a period, its bounds UTC: what the rules would have done, and what was done."""

    begins_at: datetime
    ends_at: datetime
    signals: int
    would: Tally
    was: Tally


def unheard(position: int, aim: int) -> None:
    """Nobody watches the progress."""


def simulate(history: History, rules: Rules | None, days: int, now: datetime, on_progress: OnProgress = unheard) -> Simulated:
    """Let `rules`, or those in force, decide what the last `days` brought; maintenance counts as it was announced then.

    The day before the period is read too and not counted, so that windows are filled and incidents open when it begins.
    Raises `InvalidInputError` for no or too many days.
    """
    if not 1 <= days <= MOST_DAYS:
        msg = f"days: {days} cannot be simulated, choose 1 to {MOST_DAYS}"
        raise InvalidInputError(msg)
    begins_at = now - timedelta(days=days)
    begin, aim = history.position_at(begins_at), history.head()
    after = history.position_at(begins_at - OPEN_FOR)
    setup = replay((one.event for one in history.read_stream(INTAKE, upto=after)), IntakeSetup())
    wanted = history.intake_setup().rules if rules is None else rules
    simulation, would, was = Simulation(replace(setup, rules=wanted)), Tally(), Tally()
    while batch := history.read(after, READ, upto=aim, topics=TOPICS):
        for recorded in batch:
            event = recorded.event
            if not isinstance(event, SignalsReceived):
                simulation.setup = replace(evolve(simulation.setup, cast("IntakeEvent", event)), rules=wanted)
                continue
            for signal in event.signals:
                outcome = simulation.take(event.source, signal, recorded.recorded_at)
                if recorded.position > begin:
                    would.add(outcome, signal)
                    was.add(Outcome(signal.rule or EARLIER, signal.disposition), signal)
        after = batch[-1].position
        on_progress(after, aim)
    return Simulated(begins_at, now, was.outcomes.total(), would, was)
