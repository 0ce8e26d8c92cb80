"""Deciding: from what is on record and what somebody wants recorded to the events that are, or a named refusal."""

from datetime import datetime, timedelta
from typing import assert_never

from domain.incident.errors import ReasonMissingError
from domain.intake import errors as err
from domain.intake import events as e
from domain.intake.state import IntakeSetup, Source

LONGEST_MAINTENANCE = timedelta(days=31)
"""Beyond this a window hides alarms rather than explaining them."""


def decide(  # noqa: PLR0911 - one case an event, kept in one place on purpose
    setup: IntakeSetup, proposed: e.IntakeEvent, *, now: datetime
) -> list[e.IntakeEvent]:
    """The events of a change; none when it is on record already. Raises the named refusals, and changes nothing then."""
    match proposed:
        case e.SourceSet():
            return [] if _same_source(setup.sources.get(proposed.source), proposed) else [proposed]
        case e.SourceRemoved() | e.TokenIssued() | e.SecretSet():
            _known(setup, proposed.source)
            return [proposed]
        case e.MappingSaved():
            return [] if _known(setup, proposed.source).mapping == proposed.mapping else [proposed]
        case e.RulesSet():
            return _rules(setup, proposed)
        case e.MaintenanceAnnounced():
            _check_times(proposed)
            return [proposed]
        case e.MaintenanceCancelled():
            work = setup.maintenances.get(proposed.name)
            if work is None or work.ends_at <= now:
                msg = f"no maintenance {proposed.name!r} is announced that is not over: see `sporlog maintenance list`"
                raise err.UnknownMaintenanceError(msg)
            return [proposed]
        case e.SourceFellSilent():
            known = _known(setup, proposed.source)
            # Two processes may look at the same clock: each silence is noted once.
            return [] if known.silent_since == proposed.since else [proposed]
        case _:
            assert_never(proposed)


def _known(setup: IntakeSetup, source: str) -> Source:
    known = setup.sources.get(source)
    if known is None:
        msg = f"there is no source {source!r}: add it with `sporlog source add`"
        raise err.UnknownSourceError(msg)
    return known


def _same_source(known: Source | None, proposed: e.SourceSet) -> bool:
    return known is not None and all(
        getattr(known, name) == getattr(proposed, name)
        for name in ("format", "channel", "entity", "zone", "expected_minutes", "signature_header")
    )


def _rules(setup: IntakeSetup, proposed: e.RulesSet) -> list[e.IntakeEvent]:
    if proposed.rules == setup.rules.rules:
        return []
    if not proposed.reason:
        msg = "reason: say why the rules change; they decide which alarms become incidents"
        raise ReasonMissingError(msg)
    return [proposed.model_copy(update={"number": setup.rules.number + 1})]


def _check_times(proposed: e.MaintenanceAnnounced) -> None:
    if proposed.ends_at <= proposed.begins_at:
        msg = "ends_at: the maintenance must end after it begins"
        raise err.MaintenanceTimesError(msg)
    if proposed.ends_at - proposed.begins_at > LONGEST_MAINTENANCE:
        msg = f"ends_at: no longer than {LONGEST_MAINTENANCE.days} days at a time, announce the rest later"
        raise err.MaintenanceTimesError(msg)
