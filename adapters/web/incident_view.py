"""One incident's page: as it is now, or as it was known at a position or a time."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from adapters.field_labels import short_label
from adapters.incident_json import duties_after
from adapters.web.clocks import Clock, clock
from adapters.web.parts import WebParts
from adapters.web.timeline import Entry, shown, timeline
from adapters.wording import Language
from domain.errors import UnavailableError
from domain.incident.state import Incident, Status
from domain.incident.transitions import TRANSITIONS, Nature
from domain.roles import Track
from handlers.desk import Moment
from projections import register

NO_CHANGE = frozenset({"id", "version", "reference", "entity", "work"})


class Change(NamedTuple):
    """A field that the shown step changed."""

    label: str
    before: Any
    after: Any


class Past(NamedTuple):
    """The replay: as of which moment, what changed there, what had happened but was not entered, and the ways on."""

    instant: datetime
    position: int
    changes: tuple[Change, ...]
    unknown_then: tuple[Entry, ...]
    previous: int | None
    following: int | None


class View(NamedTuple):
    """What the page shows. `incident` is None when it was not yet reported then."""

    reference: str
    incident: Incident | None
    clocks: tuple[Clock, ...]
    timeline: tuple[Entry, ...]
    occurred_at: datetime | None
    recorded_at: datetime | None
    signal_count: int
    past: Past | None
    recommended: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    """Track to its steps."""


def read_view(
    parts: WebParts, reference: str, language: Language, *, at: datetime | None = None, position: int | None = None
) -> View:
    """Reads the log; call it beside the event loop. Raises `NotFoundError`."""
    history = parts.desk.history
    everything = parts.desk.replay(reference)
    upto = history.position_at(at) if at is not None else position
    known = [m for m in everything if upto is None or m.recorded.position <= upto]
    past = None if upto is None else _past(parts, everything, len(known), (at, upto), language)
    now = past.instant if past else parts.clock()
    incident = known[-1].after if known else None
    clocks = tuple(clock(duty, now, language) for duty in duties_after(known))
    recommended = _recommended(incident, clocks) if incident and not past else ()
    return View(
        reference=everything[0].after.reference,
        incident=incident,
        clocks=clocks,
        timeline=timeline([m.recorded for m in known], history, language),
        occurred_at=known[0].recorded.event.meta.occurred_at if known else None,
        recorded_at=known[0].recorded.recorded_at if known else None,
        signal_count=_signal_count(parts, known, current=past is None),
        past=past,
        recommended=recommended,
        others=_others(incident, recommended) if incident and not past else {},
    )


def _signal_count(parts: WebParts, known: Sequence[Moment], *, current: bool) -> int:
    """Now: with the repeats, which the register counts. In the past: the signals that had joined by then."""
    joined = sum(len(getattr(m.recorded.event, "signals", ())) for m in known)
    if not current:
        return joined
    # The incident's own page must open also when the read model does not.
    with suppress(UnavailableError), parts.register() as connection:
        row = register.by_reference(connection, known[-1].after.reference)
        return joined if row is None else max(joined, row["signal_count"])
    return joined


def _past(
    parts: WebParts, everything: Sequence[Moment], count: int, as_of: tuple[datetime | None, int], language: Language
) -> Past:
    (at, upto), known, later = as_of, everything[:count], everything[count:]
    instant = at or (known[-1].recorded.recorded_at if known else everything[0].recorded.event.meta.occurred_at)
    happened = [m.recorded for m in later if m.recorded.event.meta.occurred_at <= instant]
    return Past(
        instant=instant,
        position=upto,
        changes=_changes(known[-1], language) if known else (),
        unknown_then=timeline(happened, parts.desk.history, language),
        previous=known[-2].recorded.position if len(known) > 1 else None,
        following=later[0].recorded.position if later else None,
    )


def _changes(moment: Moment, language: Language) -> tuple[Change, ...]:
    before, after = moment.before, moment.after
    if before is None:
        return ()
    names = [f.name for f in fields(Incident) if f.name not in NO_CHANGE]
    pairs = [(name, _told(getattr(before, name)), _told(getattr(after, name))) for name in names]
    return tuple(
        Change(short_label(name, language), shown(name, old, language), shown(name, new, language))
        for name, old, new in pairs
        if old != new
    )


def _told(value: object) -> object:
    # Of what was sent only the kinds are shown: the times are in the timeline.
    return tuple(value) if isinstance(value, Mapping) else value


def _recommended(incident: Incident, clocks: Sequence[Clock]) -> tuple[str, ...]:
    """What to do now: the duty that presses most first."""
    found = [one.step for one in sorted(clocks, key=lambda c: c.rank) if one.owed and one.step]
    if incident.status is Status.CLOSED:
        return ()
    if incident.significant is None:
        found.append("assess")
    elif incident.significant and not incident.approved:
        found.append("approve-assessment")
    if not found:
        found = ["close"] if incident.handled_at or incident.significant is False else ["mitigate"]
    return tuple(dict.fromkeys(found))[:3]


def _others(incident: Incident, recommended: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Every other step that is possible: facts always are."""
    by_track: dict[str, tuple[str, ...]] = {track.value: () for track in Track}
    for one in TRANSITIONS:
        possible = one.nature is Nature.FACT or (one.nature is Nature.ACT and incident.status in one.allowed_from)
        if possible and one.step != "report" and one.step not in recommended:
            by_track[one.track.value] += (one.step,)
    return {track: steps for track, steps in by_track.items() if steps}
