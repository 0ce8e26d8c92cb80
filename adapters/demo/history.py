"""Plays the story into the store: each step is one commit, at the time that the story gives it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from adapters.demo.cataloguing import Cataloguer
from adapters.demo.chapters.catalogue import CATALOGUE
from adapters.demo.chapters.organisation import ORGANISATION
from adapters.demo.large import generated as generated_incidents
from adapters.demo.large_setting import attempts, whole_catalogue
from adapters.demo.mark import DemoStore, begin, generated_of
from adapters.demo.steps import (
    Alert,
    BoardApproves,
    Catalogued,
    FilingTested,
    Missed,
    Organise,
    Over,
    PlanFiled,
    Step,
    Take,
    Who,
)
from adapters.demo.story import STORY
from adapters.demo.times import After, Before, Clock, When, instant_of
from domain.deadline_rules import DeadlineKind
from domain.deadlines import limit_of
from domain.events import Meta, Recorded
from domain.incident.events import DeadlineMissed, Reported
from handlers import commands
from handlers.desk import Desk
from handlers.evidence import EvidenceRoom
from handlers.intake_door import IntakeDoor
from handlers.organisation import change, configure, filing_tested
from handlers.requests import Origin

PAGE = 1000
ORGANISED, CATALOGUED, ATTEMPTS = "organisation", "catalogue", "attempts"
NO_INCIDENT = frozenset({ORGANISED, CATALOGUED, ATTEMPTS})
"""The chapters that are no incident's."""


class StoryClock:
    """The demo's own clock, which the player moves. It exists only while the story is told; `up` runs on the real one."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """What the story's clock shows, UTC."""
        return self.now


async def tell_history(  # noqa: PLR0917 - what the story is told to, and when
    store: DemoStore,
    desk: Desk,
    door: IntakeDoor,
    evidence: EvidenceRoom,
    clock: StoryClock,
    now: datetime,
    *,
    generated: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> datetime:
    """Record the story, up to `now`, through the desk and the intake; `store`, `desk` and `door` are on `clock`.

    The emergency plans' files are put into `evidence`; `progress` is told how many steps of how many are done.

    So many `generated` incidents come before it. The start of the story, UTC. Called again it does nothing; after a crash it
    goes on from the first step that is not in the log, with the first start.
    Raises `RealStoreError`, `DemoStoreError`, and `UnavailableError`: then call it again.
    """
    start = begin(store, now, generated)
    steps = [*_story(is_large=generated_of(store) > 0), *_large(store, start)]
    teller = _Teller(store, desk, door, evidence, start, steps)
    left = sorted(_not_in_log(store, steps), key=lambda each: instant_of(each.step.at, start))
    for number, told in enumerate(left, start=1):
        clock.now = instant_of(told.step.at, start)
        await teller.tell(told)
        progress(number, len(left))
    return start


def references(store: DemoStore) -> Mapping[str, str]:
    """The references that the incidents of the story got, by their names within the story."""
    return _references(store, _story())


class _Told(NamedTuple):
    """A step of the organisation or an incident, under a name that is the same at every start."""

    name: str
    chapter: str
    step: Step


def _references(store: DemoStore, steps: Iterable[_Told]) -> dict[str, str]:
    opening: dict[str, str] = {}
    for told in steps:
        if told.chapter not in NO_INCIDENT:
            opening.setdefault(told.chapter, told.name)
    waited_for = {name: chapter for chapter, name in opening.items()}
    found: dict[str, str] = {}
    for recorded in read_log(store):
        if isinstance(recorded.event, Reported):
            incident = waited_for.pop(recorded.event.meta.correlation_id, None)
            found |= {incident: recorded.event.reference} if incident else {}
        if not waited_for:
            break
    return found


class _Teller:
    def __init__(  # noqa: PLR0917 - what a step is told to, and when
        self,
        store: DemoStore,
        desk: Desk,
        door: IntakeDoor,
        evidence: EvidenceRoom,
        start: datetime,
        steps: Iterable[_Told],
    ) -> None:
        self._store, self._desk, self._door, self._start = store, desk, door, start
        self._cataloguer = Cataloguer(desk, evidence)
        self._references = _references(store, steps)

    async def tell(self, told: _Told) -> None:
        """Record one step."""
        match told.step.what:
            case Alert(alert, seen, copies):
                await self._send(told, alert.source, b"\n".join([alert.body(self._at(seen))] * copies))
            case Over(alert, seen):
                await self._send(told, alert.source, alert.body(self._at(seen), resolved_at=self._at(told.step.at)))
            case Take():
                await self._take(told, told.step.what)
            case Missed(kind):
                await self._miss(told, kind)
            case Organise(who, wanted):
                entity = self._desk.entity
                organisation = wanted(entity, self._store.organisation().prefixes[entity])
                await self._desk.committer.submit(partial(configure, wanted=organisation, origin=self._origin(told, who)))
            case FilingTested(who, filer):
                tested = filing_tested(self._desk.entity, filer, self._origin(told, who))
                await self._desk.committer.submit(partial(change, proposed=tested))
            case Catalogued() | PlanFiled() | BoardApproves():
                await self._cataloguer.tell(told.step.what, self._origin(told, told.step.what.who), self._at)

    def _at(self, when: When) -> datetime:
        return instant_of(when, self._start)

    def _told(self, value: object) -> object:
        return self._at(value) if isinstance(value, Clock | Before | After) else value

    def _origin(self, told: _Told, who: Who) -> Origin:
        return Origin(who.actor, "demo", told.name, self._at(told.step.at))

    async def _send(self, told: _Told, source: str, body: bytes) -> None:
        receipt = await self._door.take(source, body, {}, told.name)
        if (reference := receipt.taken[0].reference) is not None:
            self._references[told.chapter] = reference

    async def _take(self, told: _Told, what: Take) -> None:
        fields = {name: self._told(value) for name, value in what.fields.items()}
        fields |= {"role": what.who.role, "occurred_at": self._at(what.occurred or told.step.at)}
        origin = self._origin(told, what.who)
        if what.step == "report":
            self._references[told.chapter] = (await self._desk.report(fields, origin)).incident.reference
        else:
            await self._desk.take_step(self._references[told.chapter], what.step, fields, origin)

    async def _miss(self, told: _Told, kind: DeadlineKind) -> None:
        incident = self._desk.replay(self._references[told.chapter])[-1].after
        limit = limit_of(kind, incident.clock_facts())
        if limit is None:
            msg = f"the story's {told.chapter} has no limit {kind} to miss"
            raise LookupError(msg)
        meta = Meta(actor="system:deadlines", channel="demo", occurred_at=self._at(told.step.at), correlation_id=told.name)
        missed = DeadlineMissed(meta=meta, kind=kind, due_at=limit.due_at)
        await self._desk.committer.submit(partial(commands.take_step, incident_id=incident.id, proposed=missed))


def _not_in_log(store: DemoStore, steps: Iterable[_Told]) -> Iterable[_Told]:
    # Every step is one transaction whose events carry the step's name: what is in the log is done, what is not is not.
    left = {told.name: told for told in steps}
    for recorded in read_log(store):
        left.pop(recorded.event.meta.correlation_id, None)
        if not left:
            break
    return left.values()


def _story(*, is_large: bool = False) -> Iterator[_Told]:
    # Last, so that the steps before it keep the names that they had in a demo that was begun before there was a catalogue.
    chapters = {ORGANISED: ORGANISATION, **STORY, CATALOGUED: whole_catalogue() if is_large else CATALOGUE}
    steps = ((chapter, step) for chapter, steps in chapters.items() for step in steps)
    return (_Told(f"demo-{number:03}", *each) for number, each in enumerate(steps, start=1))


def _large(store: DemoStore, start: datetime) -> Iterator[_Told]:
    count = generated_of(store)
    for number, step in enumerate(attempts(count), start=1):
        yield _Told(f"attempt-{number:05}", ATTEMPTS, step)
    for incident in generated_incidents(start, count):
        for number, step in enumerate(incident.steps, start=1):
            yield _Told(f"{incident.name}-{number:02}", incident.name, step)


def read_log(store: DemoStore) -> Iterator[Recorded]:
    """Everything in the log, in order, text sealed."""
    after = 0
    while page := store.read(after, PAGE):
        yield from page
        after = page[-1].position
