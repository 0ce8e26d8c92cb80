"""Other registers that hold the municipality's systems: read by a cursor, remembered as they told, compared, never obeyed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple, Protocol

import structlog
from pydantic import Field
from sqlalchemy import Connection

from domain.catalogue.importing import Comparison, Difference, Problem, Wanted, WantedTie
from domain.catalogue.kinds import Kind
from domain.catalogue.taking import Because
from domain.catalogue.telling import WrongValuesError, told_of
from domain.catalogue.ties import Need, Tie, Weight
from domain.errors import NotFoundError, UnavailableError
from domain.events import Frozen
from domain.incident.errors import ReasonMissingError
from handlers.catalogue_imports import Taken, Told, compare_source, keep, pick, take_over
from handlers.desk import Desk
from handlers.history import History
from handlers.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

DAILY, AFTER_FAULT = timedelta(hours=24), timedelta(hours=1)
"""How long a register is left alone after it was read, and after a fault."""


class RegisterTie(Frozen):
    """A tie between two objects of one register, by their keys."""

    tie: Tie
    source: str
    to: str
    need: Need = Need.OTHER
    weight: Weight = Weight.STOPS


class RegisterObject(Frozen):
    """An object as a register tells it, in our words; no text that may be of a person is among it."""

    kind: Kind
    key: str
    facts: dict[str, Any]
    """Field to JSON value; `name` is always among them. What the register does not know is left out."""
    ties: tuple[RegisterTie, ...] = ()
    """Wherever the register tells them: with either end, or with a third object."""
    tells: frozenset[Tie] = Field(default_factory=frozenset)
    """Of these ties from it the register tells all there are."""
    lent: bool = False
    """Known only because another object is tied to it, as a supplier is by a contract."""


class Pulled(NamedTuple):
    """What a register told."""

    objects: Sequence[RegisterObject]
    cursor: str
    """Where the next look goes on."""
    whole: bool = True
    """Whether that is all it has; else it is what changed since the cursor, and `gone` is what was deleted."""
    gone: frozenset[str] = frozenset()


class RegisterFailedError(UnavailableError):
    """The other register did not answer as it should; the message holds no secret. Nothing of what it told is kept."""

    code: ClassVar[str] = "register-failed"


class NoRegisterError(NotFoundError):
    """No register of that name is configured."""

    code: ClassVar[str] = "no-register"


class Register(Protocol):
    """One register.

    Guarantees: reads only; all pages or an error, never a part; what was told is in our words.
    """

    name: str
    """The source's name in the catalogue: os2kitos, servicenow, os2compliance."""
    where: str
    """Its address without secrets."""

    def pull(self, cursor: str) -> Pulled:
        """What it has, or what changed since the cursor; an empty cursor asks for all. Raises `RegisterFailedError`."""


class RegisterState(NamedTuple):
    """What is remembered of a register. Times are UTC."""

    name: str
    cursor: str = ""
    objects: tuple[RegisterObject, ...] = ()
    read_at: datetime | None = None
    last_error: str | None = None
    error_at: datetime | None = None

    @property
    def is_failing(self) -> bool:
        """Whether the last look failed."""
        return self.error_at is not None and (self.read_at is None or self.error_at > self.read_at)


class RegisterMemory(Protocol):
    """Keeps what registers told, durable on return; raises `UnavailableError` and then keeps what it had."""

    def state(self, name: str) -> RegisterState:
        """What is remembered; empty for one that was never read."""

    def read(self, name: str, cursor: str, objects: Sequence[RegisterObject], now: datetime) -> None:
        """The objects and the cursor in one write: neither is ever there without the other."""

    def failed(self, name: str, now: datetime, error: str) -> None:
        """A look failed; what was told before stays."""


def sync(register: Register, memory: RegisterMemory, now: datetime) -> RegisterState:
    """Read a register and remember what it told. Raises `RegisterFailedError`, `UnavailableError`.

    Killed before the write, the next look asks from the old cursor again: what changed is told once more, and is the same.
    """
    state = memory.state(register.name)
    try:
        objects, cursor = _merged(state, register.pull(state.cursor))
    except RegisterFailedError as error:
        memory.failed(register.name, now, str(error))
        raise
    memory.read(register.name, cursor, objects, now)
    return memory.state(register.name)


def preview(register: Register, memory: RegisterMemory) -> RegisterState:
    """What `sync` would remember; nothing is written. Raises `RegisterFailedError`."""
    state = memory.state(register.name)
    objects, cursor = _merged(state, register.pull(state.cursor))
    return state._replace(objects=objects, cursor=cursor)


def _merged(state: RegisterState, pulled: Pulled) -> tuple[tuple[RegisterObject, ...], str]:
    if pulled.whole and state.objects and not pulled.objects:
        told = f"{state.name} told of nothing at all, and had {len(state.objects)} objects before: nothing is changed"
        raise RegisterFailedError(f"{told}; may its user still read?")
    known = {} if pulled.whole else {one.key: one for one in state.objects}
    known |= {one.key: one for one in pulled.objects}
    known = {key: one for key, one in known.items() if key not in pulled.gone}
    named = {end for one in known.values() for tie in one.ties for end in (tie.source, tie.to)}
    return tuple(one for one in known.values() if not one.lent or one.key in named), pulled.cursor


def drift(history: History, connection: Connection, state: RegisterState) -> Comparison:
    """In what the catalogue and what the register last told differ, as both stand now."""
    wanted, problems = wanted_of(state.objects)
    found = compare_source(history, connection, Told(state.name, wanted))
    return found._replace(problems=(*problems, *found.problems))


def wanted_of(objects: Iterable[RegisterObject]) -> tuple[list[Wanted], list[Problem]]:
    """As the catalogue compares them. A value that cannot be used is left out alone, and told."""
    wanted, problems = list[Wanted](), list[Problem]()
    ties: dict[str, dict[tuple[Tie, str], WantedTie]] = {}
    objects = list(objects)
    for tie in (tie for one in objects for tie in one.ties):
        ties.setdefault(tie.source, {})[tie.tie, tie.to] = WantedTie(tie.tie, tie.to, None, tie.need, tie.weight)
    for one in objects:
        place = str(one.facts.get("name") or one.key)
        told, wrong = _usable(one, place)
        problems += wrong
        if told is not None:
            wanted.append(Wanted(one.kind, one.key, told, tuple(ties.get(one.key, {}).values()), one.tells, place))
    return wanted, problems


def _usable(one: RegisterObject, place: str) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    try:
        return told_of(one.kind, one.facts, {}), []
    except WrongValuesError as error:
        fields = {field for field, _, _ in error.wrong}
        left = {name: value for name, value in one.facts.items() if name not in fields}
        told = None if "name" in fields else told_of(one.kind, left, {})
        return told, list(error.problems(place))


class Decision(NamedTuple):
    """What a person chose of the differences, by their ids. What is kept is not taken over."""

    take: Sequence[str] = ()
    keep: Sequence[str] = ()
    rule: Callable[[Sequence[Difference]], Sequence[Difference]] = lambda _: ()
    """Takes some over without naming them."""


class Decided(NamedTuple):
    """What was recorded, all of it in one transaction. `taken` is an import, its number 0 when nothing was taken over."""

    taken: Taken
    kept: int
    position: int


async def decide_drift(desk: Desk, source: str, differences: Sequence[Difference], decision: Decision, why: Because) -> Decided:
    """Record a person's choice; durable on return.

    Raises `ReasonMissingError`, `DifferenceGoneError`, `TargetMissingError`, `ConflictError`, `UnavailableError`.
    """
    if not why.reason.strip():
        raise ReasonMissingError("reason: say why; the catalogue is what supervision asks about")
    kept = pick(differences, decision.keep)
    named = (*decision.rule(differences), *pick(differences, decision.take))
    chosen = [one for one in {one.id: one for one in named}.values() if one.id not in decision.keep]

    def work(uow: UnitOfWork) -> Decided:
        taken = take_over(uow, Told(source, ()), chosen, why)
        position = keep(uow, source, kept, why)
        return Decided(taken, len(kept), position or taken.position)

    return await desk.committer.submit(work)


class RegisterWatch:
    """Reads each configured register once a day. It computes and remembers; it never records: a person decides."""

    def __init__(self, registers: Sequence[Register], memory: RegisterMemory, clock: Callable[[], datetime]) -> None:
        self._registers, self._memory, self._clock = registers, memory, clock

    def look(self) -> None:
        """Read those whose time has come; a fault of one is kept, shown by the doctor, and costs the others nothing."""
        for register in self._registers:
            state, now = self._memory.state(register.name), self._clock()
            wait = AFTER_FAULT if state.is_failing else DAILY
            latest = max((at for at in (state.read_at, state.error_at) if at is not None), default=None)
            if latest is not None and now < latest + wait:
                continue
            try:
                read = sync(register, self._memory, now)
            except UnavailableError as error:
                log.error("a register could not be read", register=register.name, reason=str(error))  # noqa: TRY400 - told
            else:
                log.info("a register was read", register=register.name, objects=len(read.objects))
