"""The timeline of an incident as bytes: made once per incident and state of the log, then handed out to all who see all."""

from collections import OrderedDict
from typing import NamedTuple, TypeVar
from uuid import UUID

from adapters.incident.json import event_object
from adapters.web.answers import reading, to_json
from domain.incident.events import Disposed, Redacted
from handlers.desk import Desk
from handlers.history import History

K = TypeVar("K")
V = TypeVar("V")
KEPT = 256
LOOK_BACK = 1000
ERASURES = frozenset({Disposed.TOPIC, Redacted.TOPIC})
"""Events behind which it is cheaper to read the incident again than to look whether any was its own."""


class _Kept(NamedTuple):
    head: int
    """The position up to which the body is known to be complete."""
    body: bytes


class Timelines:
    """Always as fresh as the log: before a kept body is used, the events since are looked through for the incident's own."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._ids: OrderedDict[str, UUID] = OrderedDict()
        self._kept: OrderedDict[tuple[UUID, int | None], _Kept] = OrderedDict()

    async def body(self, desk: Desk, reference: str, upto: int | None) -> bytes:
        """JSON list of the incident's events, as of position `upto`, as that desk shows them. Raises `NotFoundError`."""
        if desk.scope is not None:
            return (await reading(_render, desk, await reading(desk.find, reference), upto)).body
        incident_id = self._ids.get(reference)
        if incident_id is None:
            # A reference is given once and for ever.
            incident_id = _keep(self._ids, reference, await reading(desk.find, reference))
        key = (incident_id, upto)
        kept = self._kept.get(key)
        if kept is not None and self._is_fresh(key, kept):
            desk.note(incident_id)
            return kept.body
        return _keep(self._kept, key, await reading(_render, desk, incident_id, upto)).body

    def _is_fresh(self, key: tuple[UUID, int | None], kept: _Kept) -> bool:
        incident_id, upto = key
        head = self._history.head()
        if head == kept.head:
            return True
        since = self._history.rows(kept.head, LOOK_BACK)
        # The past stays as it was, but for what is erased from it.
        past = upto is not None and upto <= kept.head
        own = (row for row in since if row.aggregate_id == incident_id and (not past or row.topic in ERASURES))
        if len(since) == LOOK_BACK or any(own):
            return False
        _keep(self._kept, key, kept._replace(head=since[-1].position))
        return True


def _render(desk: Desk, incident_id: UUID, upto: int | None) -> _Kept:
    # The head is read first: an event that comes in between is in the body, and looked for again, never missed.
    head = desk.history.head()
    recorded = desk.history.read_stream(incident_id, upto=upto)
    return _Kept(head, to_json([event_object(one, desk.sees) for one in recorded]))


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> V:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return value
