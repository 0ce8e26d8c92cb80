"""Makes the message that nobody may rely on an emergency list: of what the log says of it, or of how it stands now."""

import hashlib
from datetime import datetime

from domain.emergency_lists.events import EMERGENCY_LISTS, ListChecked, began
from domain.emergency_lists.state import replay
from domain.events import Recorded
from domain.time import rfc3339_utc
from handlers.history import History
from handlers.outbox import LIST_ALARM, ListAlarm


def alarm_noted(history: History, recorded: Recorded, event: ListChecked, *, demo: bool) -> ListAlarm:
    """As the list was expected when the problem was noted."""
    told = history.read_stream(EMERGENCY_LISTS, upto=recorded.position)
    system = replay(each.event for each in told).get(event.list_name).expected.system
    return alarm_of(event, system, event.meta.occurred_at, demo=demo)


def alarm_of(checked: ListChecked, system: str, noted_at: datetime, *, demo: bool) -> ListAlarm:
    """The message about a look that found problems. Times are UTC."""
    since = began(checked)
    return ListAlarm(
        id=alarm_id(checked.list_name, since),
        list_name=checked.list_name,
        system=system,
        problems=checked.problems,
        trouble=checked.trouble,
        since=since,
        written_at=checked.written_at,
        noted_at=noted_at,
        demo=demo,
    )


def alarm_id(name: str, since: datetime) -> str:
    """32 hex digits of SHA-256 over the two and their kind: at one time a list has one set of problems."""
    return hashlib.sha256(f"{LIST_ALARM}\n{name}\n{rfc3339_utc(since)}".encode()).hexdigest()[:32]
