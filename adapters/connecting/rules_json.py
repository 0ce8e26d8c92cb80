"""Rules, maintenance and the simulator's answer as JSON values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.events import cloudevents_type
from domain.intake.events import INTAKE
from domain.intake.rules import Rules
from domain.intake.state import Maintenance
from domain.time import rfc3339_utc
from handlers.intake_setup import SetUp
from handlers.rule_simulation import Simulated

MOST_COMPONENTS = 10


def rules_object(rules: Rules) -> dict[str, Any]:
    """The number, and the rules in order, without what is left at its default: sent back they are the same rules."""
    shown = [rule.model_dump(mode="json", exclude_defaults=True) for rule in rules.rules]
    return {"number": rules.number, "rules": shown}


def maintenance_objects(maintenances: Mapping[str, Maintenance], now: datetime) -> list[dict[str, Any]]:
    """All that was announced, in order of time, and how each stands now."""
    return [
        {
            "name": name,
            "begins_at": rfc3339_utc(work.begins_at),
            "ends_at": rfc3339_utc(work.ends_at),
            "components": list(work.patterns),
            "standing": work.standing(now),
        }
        for name, work in in_time(maintenances)
    ]


def in_time(maintenances: Mapping[str, Maintenance]) -> list[tuple[str, Maintenance]]:
    """By when they begin."""
    return sorted(maintenances.items(), key=lambda item: (item[1].begins_at, item[0]))


def set_up_object(done: SetUp) -> dict[str, Any]:
    """The number of the rules that hold, and the events in their order; none when all was so already."""
    version, count = done.setup.version, len(done.events)
    events = [
        {
            "id": f"{INTAKE}/{version - count + number}",
            "position": done.position - count + number,
            "type": cloudevents_type(event.TOPIC),
        }
        for number, event in enumerate(done.events, start=1)
    ]
    return {"version": version, "position": done.position, "rules": done.setup.rules.number, "events": events}


def simulated_object(found: Simulated) -> dict[str, Any]:
    """What the rules would have done beside what was done, by rule and by component."""
    return {
        "from": rfc3339_utc(found.begins_at),
        "to": rfc3339_utc(found.ends_at),
        "signals": found.signals,
        "incidents": {"would": found.would.incidents, "was": found.was.incidents},
        "outcomes": outcome_objects(found),
        "components": component_objects(found),
    }


def outcome_objects(found: Simulated) -> list[dict[str, Any]]:
    """Signals by rule and disposition, by rule in the order of its name."""
    would, was = found.would.outcomes, found.was.outcomes
    return [
        {"rule": outcome.rule, "disposition": outcome.disposition.value, "would": would[outcome], "was": was[outcome]}
        for outcome in sorted(would.keys() | was.keys())
    ]


def component_objects(found: Simulated) -> list[dict[str, Any]]:
    """The components with the most incidents."""
    would, was = found.would.components, found.was.components

    def most(name: str) -> tuple[int, int, str]:
        return -would[name], -was[name], name

    names = sorted(would.keys() | was.keys(), key=most)[:MOST_COMPONENTS]
    return [{"component": name, "would": would[name], "was": was[name]} for name in names]
