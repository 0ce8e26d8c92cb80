"""One incident's page: as it is now, or as it was known at a position or a time."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from adapters.incident.json import duties_after
from adapters.web.clocks import Clock, clock
from adapters.web.evidence_view import EvidenceLine, evidence_lines
from adapters.web.impact_view import ImpactView, read_impact
from adapters.web.numbers import told_by_number
from adapters.web.parts import WebParts
from adapters.web.related import Related, related
from adapters.web.standing import Standing
from adapters.web.timeline import Entry, referee, removed_facts, shown, timeline
from adapters.web.tracks import Tracks, tracks
from adapters.web.ways_on import WaysOn, ways_on
from adapters.words.field_labels import short_label
from adapters.words.wording import Language
from domain.errors import UnavailableError
from domain.incident.state import Incident
from domain.organisation.access import Scope, is_audit
from handlers.readings import Moment
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
    exercise: bool
    occurred_at: datetime | None
    recorded_at: datetime | None
    signal_count: int
    past: Past | None
    related: tuple[Related, ...]
    tracks: Tracks | None
    evidence: tuple[EvidenceLine, ...]
    impact: ImpactView | None
    ways_on: WaysOn | None
    """None in the past, and for an auditor."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Those whose forms stand in the list of steps."""
        return self.ways_on.steps if self.ways_on else ()


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
    # Of the whole history: what is removed is removed from what was known before, too.
    removed = removed_facts([m.recorded for m in everything], language)
    clocks = tuple(clock(duty, now, language) for duty in duties_after(known))
    standing = _standing(parts, known, clocks, language)
    further = ways_on(standing) if standing and _goes_on(standing, past, parts.desk.scope) else None
    return View(
        reference=everything[0].after.reference,
        incident=incident,
        clocks=clocks,
        timeline=timeline([m.recorded for m in known], parts.desk, language, removed),
        exercise=everything[0].after.exercise,
        occurred_at=known[0].recorded.event.meta.occurred_at if known else None,
        recorded_at=known[0].recorded.recorded_at if known else None,
        signal_count=_signal_count(parts, known, current=past is None),
        past=past,
        related=related((m.recorded.event for m in known), referee(parts.desk), language),
        tracks=tracks(standing) if standing else None,
        evidence=evidence_lines((m.recorded for m in known), language),
        impact=_impact(parts, incident, past, further, language),
        ways_on=further,
    )


def _impact(
    parts: WebParts, incident: Incident | None, past: Past | None, further: WaysOn | None, language: Language
) -> ImpactView | None:
    if incident is None or incident.disposed:
        return None
    seen = parts.as_of(past.position, past.instant) if past else parts
    return read_impact(seen, incident, language, correctable=further is not None and "correct" in further.everywhere)


def _goes_on(standing: Standing, past: Past | None, scope: Scope) -> bool:
    """Whether whoever looks may take a step: not in the past, not of what is gone, and not an auditor."""
    return past is None and not standing.incident.disposed and not is_audit(scope)


def _standing(parts: WebParts, moments: Sequence[Moment], clocks: tuple[Clock, ...], language: Language) -> Standing | None:
    """None before the first moment."""
    if not moments:
        return None
    incident = moments[-1].after
    policy = parts.desk.organisation().authority(incident.entity, incident.administration).policy
    return Standing(incident, tuple(moments), clocks, policy, told_by_number(moments, language), language)


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
        unknown_then=timeline(happened, parts.desk, language, removed_facts([m.recorded for m in everything], language)),
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
