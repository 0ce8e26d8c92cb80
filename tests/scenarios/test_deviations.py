"""What happened outside Sporlog is recorded whatever it is; how it departs from the process stands beside it."""

from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from domain.incident.events import Deviation
from tests.scenarios import worlds as w
from tests.scenarios.notices import NOTIFICATION
from tests.scenarios.story import a_story
from tests.scenarios.worlds import JUDGE, RESTORER, TECH, World

NOTIFIER, RESTORING = f"{JUDGE} as notifier", f"{RESTORER} as restoration_lead"
TWO_FACTS = {"suspected_malicious": "no", "cross_border": "no"}
NEXT_DAY, LATER = "2026-11-25 09:00:01", "2026-11-28 09:00"


class Odd(NamedTuple):
    """What happened where, when it was recorded, and what the log says of it."""

    world: World
    who: str
    step: str
    fields: dict[str, Any]
    deviations: list[str]
    at: str = "2026-11-24 09:00"


TABLE = (
    Odd(w.approved, NOTIFIER, "early-warning", TWO_FACTS, ["late"], NEXT_DAY),
    Odd(w.approved, NOTIFIER, "early-warning", {**TWO_FACTS, "occurred_at": "2026-11-25 09:00"}, [], NEXT_DAY),
    Odd(w.significant, NOTIFIER, "early-warning", TWO_FACTS, ["not-approved"]),
    Odd(w.reported, NOTIFIER, "early-warning", TWO_FACTS, ["not-assessed"]),
    Odd(w.not_significant, NOTIFIER, "early-warning", TWO_FACTS, ["not-significant"]),
    Odd(w.warned, NOTIFIER, "early-warning", TWO_FACTS, ["already-recorded"]),
    Odd(w.warned, NOTIFIER, "final-report", {"summary": "Færdig"}, ["not-approved", "out-of-order", "before-handled"]),
    Odd(w.notified, NOTIFIER, "interim-report", {"summary": "Status"}, ["not-approved", "not-requested"]),
    Odd(w.approved, NOTIFIER, "incident-notification", {"values": {"summary": "Nede"}}, ["not-approved", "incomplete"]),
    Odd(w.approved, NOTIFIER, "early-warning", {**TWO_FACTS, "submission_channel": "alternative"}, ["no-reason"]),
    Odd(w.breached, NOTIFIER, "gdpr-notification", {}, ["late", "no-reason", "not-approved"], LATER),
    Odd(w.reported, RESTORING, "service-restored", {"service": "svc-mail"}, ["not-tested"]),
    Odd(w.handled, RESTORING, "mitigate", {}, ["already-recorded"]),
    Odd(w.closed, RESTORING, "mitigate", {}, ["after-close"]),
    Odd(
        w.reported,
        f"{TECH} as technical_lead",
        "activate-contingency",
        {"contingency": "crisis_staff", "reason": "Nu"},
        ["outside-role"],
    ),
    Odd(w.reported, "u-99", "measure", {"measure": "Stik trukket ud"}, ["outside-role"]),
    Odd(w.approved, f"{TECH} as notifier", "early-warning", TWO_FACTS, ["role-not-held"]),
    Odd(
        w.closed,
        "u-99 as notifier",
        "incident-notification",
        {"values": NOTIFICATION},
        ["not-assessed", "role-not-held", "after-close"],
    ),
)


@pytest.mark.parametrize("world", dict.fromkeys(odd.world for odd in TABLE), ids=lambda world: world.__name__)
async def test_it_is_recorded_with_how_it_departs_and_never_refused(world: World, tmp_path: Path) -> None:
    for number, odd in enumerate(odd for odd in TABLE if odd.world is world):
        (folder := tmp_path / str(number)).mkdir()
        async with a_story(folder, "medium_1") as story:
            await world(story)
            story.at(odd.at)
            await story.does(odd.who, odd.step, **odd.fields)
            recorded = (await story.events(odd.step))[-1]
            assert recorded["data"].get("deviations", []) == odd.deviations, odd


def test_every_deviation_is_in_the_table() -> None:
    assert {name for odd in TABLE for name in odd.deviations} == set(get_args(Deviation))
