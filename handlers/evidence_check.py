"""Whether the evidence is still what was received, and nothing lies there that the log does not speak of."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from domain.catalogue.events import Described, Registered
from domain.catalogue.kinds import PlanFacts
from domain.incident.events import EvidenceAttached
from handlers.evidence_store import (
    EvidenceDamagedError,
    EvidenceErasedError,
    EvidenceMissingError,
    EvidenceStore,
    Held,
)
from handlers.history import History
from handlers.unit_of_work import Committer, UnitOfWork

CHUNK = 1000
Condition = Literal["whole", "missing", "damaged", "erased"]


class Checked(NamedTuple):
    """One content that the log says is kept. `erased` is as it should be after its key was destroyed."""

    incident: UUID
    sha256: str
    bytes: int
    condition: Condition


class Tidied(NamedTuple):
    """What was removed: content that no event names, and what broken uploads left."""

    orphans: tuple[Held, ...]
    litter: int


def named(history: History) -> dict[Held, int]:
    """Every content that the log says Sporlog keeps, with its size: evidence, and the files of emergency plans."""
    found, after = dict[Held, int](), 0
    while events := history.read(after, CHUNK, topics=[EvidenceAttached.TOPIC, Registered.TOPIC, Described.TOPIC]):
        for one in events:
            after, event = one.position, one.event
            if isinstance(event, EvidenceAttached) and event.stored:
                found[Held(one.aggregate_id, event.sha256)] = event.bytes or 0
            elif isinstance(event, Registered | Described) and isinstance(event.facts, PlanFacts) and event.facts.sha256:
                found[Held(one.aggregate_id, event.facts.sha256)] = event.facts.bytes
    return found


def verify(store: EvidenceStore, kept: Sequence[tuple[Held, int]], came: Callable[[int], None]) -> Iterator[Checked]:
    """Read each content from first to last byte against its hash; `came` is told how many bytes each piece had."""
    for (incident, sha256), size in kept:
        yield Checked(incident, sha256, size, _condition(store, incident, sha256, came))


def orphans(history: History, store: EvidenceStore) -> list[Held]:
    """What lies there and no event names: an upload died between the file and its event, or runs just now."""
    lies = set(store.held())
    return sorted(lies - named(history).keys()) if lies else []


async def tidy(committer: Committer, history: History, store: EvidenceStore) -> Tidied:
    """Remove what no event names.

    Under the write lock, in which each upload gives its file a name and its event a place: none is between the two meanwhile.
    """

    def work(_: UnitOfWork) -> tuple[Held, ...]:
        found = orphans(history, store)
        for one in found:
            store.delete(one.incident, one.sha256)
        return tuple(found)

    return Tidied(await committer.submit(work), store.clear_litter())


def _condition(store: EvidenceStore, incident: UUID, sha256: str, came: Callable[[int], None]) -> Condition:
    digest = hashlib.sha256()
    try:
        for piece in store.read(incident, sha256):
            digest.update(piece)
            came(len(piece))
    except EvidenceMissingError:
        return "missing"
    except EvidenceErasedError:
        return "erased"
    except EvidenceDamagedError:
        return "damaged"
    return "whole" if digest.hexdigest() == sha256 else "damaged"
