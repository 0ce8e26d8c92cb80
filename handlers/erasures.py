"""Which proposals to erase wait for a second person, over all incidents."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.incident import events as e
from domain.incident.evolve import replay
from domain.incident.work import Proposal
from handlers.history import History

TOPICS = tuple(event.TOPIC for event in (e.RedactionProposed, e.Redacted, e.DisposalProposed, e.ErasureRejected, e.Disposed))
PAGE = 1000


class Waiting(NamedTuple):
    """A proposal, as number `number` of its incident, with the reason that was given."""

    reference: str
    number: int
    proposal: Proposal
    reason: str | None
    recorded: Recorded


def waiting(history: History) -> list[Waiting]:
    """In the order of the incidents' first proposals, then by number. Reads the log through: people ask for it seldom."""
    incidents, position = dict[UUID, None](), 0
    while found := history.read(position, PAGE, topics=TOPICS):
        position = found[-1].position
        incidents |= dict.fromkeys(recorded.aggregate_id for recorded in found)
    return [one for incident in incidents for one in waiting_of(history.read_stream(incident))]


def waiting_of(told: Sequence[Recorded]) -> Iterator[Waiting]:
    """The proposals of one incident, of its whole history, that wait."""
    incident = replay(told[0].aggregate_id, (recorded.event for recorded in told))
    assert incident is not None, "a stream has events"  # noqa: S101 - a broken log, not bad input
    for number, proposal in sorted(incident.work.erasures.items()):
        recorded = told[number - 1]
        yield Waiting(incident.reference, number, proposal, getattr(recorded.event, "reason", None), recorded)
