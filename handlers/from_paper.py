"""Late entry from paper: what was written by hand while nothing ran, each line with its true time, in one unit of work.

A line of the log sheet is `2026-11-29 02:10; vagt-3; N; Ringede til driften`: when (Danish time), who, kind, what.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from domain.errors import InvalidInputError
from domain.incident.events import IncidentEvent, Reported
from domain.organisation.steps import check_can_report
from domain.time import parse_time
from handlers import commands
from handlers.commands import Done
from handlers.desk import Desk
from handlers.requests import InvalidFieldsError, Origin, to_event
from handlers.unit_of_work import UnitOfWork

PAPER = "paper"
"""The channel of what was entered late: a replay shows it beside both times."""
MOST_LINES = 500
_WHO = re.compile(r"\S{1,120}")


class PaperLineError(InvalidInputError):
    """A line of the log sheet cannot be read. Nothing was recorded."""

    code: ClassVar[str] = "paper-line"


class Kind(NamedTuple):
    """What a letter on the sheet stands for: the step, and its field that the text goes into.

    With `subject` the text begins with the name of a service or supplier, and a colon.
    """

    step: str
    text: str
    subject: str | None = None
    fixed: Mapping[str, str] = {}


KINDS: Mapping[str, Kind] = {
    "N": Kind("note", "text"),
    "F": Kind("measure", "measure"),
    "D": Kind("service-degraded", "text", "service", {"degree": "down"}),
    "G": Kind("service-restored", "text", "service"),
    "L": Kind("engage-supplier", "request", "supplier"),
    "V": Kind("significant-now", "reason"),
}
"""As the blank log sheet names them."""


class PaperLine(NamedTuple):
    """A line as it was written. `at` is UTC, `who` an opaque id."""

    at: datetime
    who: str
    kind: str
    what: str

    @property
    def step(self) -> str:
        """The step that it becomes."""
        return KINDS[self.kind].step

    @property
    def fields(self) -> dict[str, Any]:
        """What the step is asked, in the words of `handlers.requests`."""
        kind, what = KINDS[self.kind], self.what
        told: dict[str, Any] = {"occurred_at": self.at, "on_behalf_of": self.who, **kind.fixed}
        if kind.subject is not None:
            subject, _, what = what.partition(":")
            told[kind.subject] = subject.strip()
        return {**told, kind.text: what.strip()}


def read_lines(text: str) -> list[PaperLine]:
    """The lines of a log sheet, earliest first; those of one minute stay in their order. Raises `PaperLineError`."""
    written = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(written) > MOST_LINES:
        raise PaperLineError(f"{len(written)} lines are more than {MOST_LINES}: enter them in several sittings")
    return sorted((_line(number, line) for number, line in written), key=lambda one: one.at)


def _line(number: int, line: str) -> PaperLine:
    parts = [part.strip() for part in line.split(";", maxsplit=3)]
    if len(parts) != 4:  # noqa: PLR2004 - when, who, kind, what
        raise PaperLineError(
            f"line {number} {line.strip()!r}: write when; who; kind; what, as 2026-11-29 02:10; vagt-3; N; ..."
        )
    when, who, letter, what = parts
    try:
        at = parse_time(when)
    except InvalidInputError as error:
        raise PaperLineError(f"line {number}: {error}") from error
    if not _WHO.fullmatch(who):
        raise PaperLineError(f"line {number}: who is {who!r}: write an id or a mailbox without spaces, never a name")
    kind = KINDS.get(letter.upper())
    if kind is None:
        raise PaperLineError(f"line {number}: there is no kind {letter!r}: use one of {', '.join(KINDS)}")
    if not what or (kind.subject and not (what.partition(":")[0].strip())):
        raise PaperLineError(f"line {number}: {kind.subject or 'what'} is empty: write what the paper says")
    return PaperLine(at, who, letter.upper(), what)


async def record_paper(
    desk: Desk, lines: list[PaperLine], origin: Origin, *, reference: str | None = None, report: Mapping[str, Any] | None = None
) -> Done:
    """Record a new incident (`report`, as its step asks) or go on with one (`reference`), and every line as its own step.

    All of it or nothing: a refusal of one line leaves no half of the night in the log. The true times are the lines' own; the
    store notes when they were entered. Raises `InvalidFieldsError` naming the line, the domain's refusals, `NotFoundError`.
    """
    origin = origin._replace(channel=PAPER)
    proposed = [_event(desk, line, origin) for line in lines]
    if reference is not None:
        if not proposed:
            raise PaperLineError("there is nothing to record: write at least one line of the log sheet")
        incident_id = desk.find(reference)
        return await desk.committer.submit(partial(_take, incident_id=incident_id, proposed=proposed))
    request = desk.parse("report", {"entity": desk.entity, **(report or {})})
    entity = str(getattr(request, "entity"))  # noqa: B009 - the model is made from the event
    if desk.scope is not None:
        check_can_report(desk.organisation(), entity)
    incident_id = desk.new_id()

    def make(taken: str) -> Reported:
        event = to_event("report", request, origin, reference=taken)
        assert isinstance(event, Reported)  # noqa: S101 - the step's own event
        return event

    def work(uow: UnitOfWork) -> Done:
        done = commands.report(uow, incident_id, entity, make)
        return _take(uow, incident_id, proposed) if proposed else done

    return await desk.committer.submit(work)


def _event(desk: Desk, line: PaperLine, origin: Origin) -> IncidentEvent:
    try:
        return to_event(line.step, desk.parse(line.step, line.fields), origin)
    except InvalidFieldsError as error:
        raise InvalidFieldsError(f"{line.kind} {line.what!r}: {error}") from error


def _take(uow: UnitOfWork, incident_id: UUID, proposed: list[IncidentEvent]) -> Done:
    events: list[IncidentEvent] = []
    done: Done | None = None
    for event in proposed:
        done = commands.take_step(uow, incident_id, event)
        events += done.events
    assert done is not None, "there is a line"  # noqa: S101 - asked for before
    return done._replace(events=tuple(events))
