"""Emergency lists as JSON values: enumerations as their English words, times RFC 3339 UTC."""

from datetime import datetime
from typing import Any

from domain.emergency_lists.events import began
from domain.emergency_lists.state import EmergencyList, Released
from domain.time import rfc3339_utc
from handlers.emergency_lists import Look


def list_object(one: EmergencyList, now: datetime) -> dict[str, Any]:
    """What is expected of a list, and how it stands at `now`. `outcome` is its worst problem, `arrived`, or `unwatched`."""
    last = one.checked
    problems = [problem.value for problem in last.problems] if last else []
    outcome = "unwatched" if last is None or one.is_unwatched(now) else (*problems, "arrived")[0]
    return {
        "name": one.name,
        **one.expected.model_dump(mode="json"),
        "folder": one.folder,
        "outcome": outcome,
        "in_order": last is not None and one.is_in_order(now),
        "problems": problems,
        "trouble": last and last.trouble,
        "since": last and rfc3339_utc(began(last)),
        "checked_at": last and rfc3339_utc(last.meta.occurred_at),
        "written_at": last and last.written_at and rfc3339_utc(last.written_at),
        "bytes": last and last.bytes,
        "sha256": last and last.sha256,
        "files_of_days": last.days_kept if last else 0,
        "access_checked": bool(last and last.access_checked),
        "releases": [_released(each) for each in one.released],
    }


def _released(one: Released) -> dict[str, Any]:
    return {
        **one._asdict(),
        "at": rfc3339_utc(one.at),
        "written_at": one.written_at and rfc3339_utc(one.written_at),
    }


def look_object(look: Look) -> dict[str, Any]:
    """What a look found just now, recorded or not. The file's name is told here, and stands in no event of it."""
    event, newest = look.checked, look.seen.newest
    return {
        "name": look.list.name,
        "outcome": (*event.problems, "arrived")[0],
        "problems": list(event.problems),
        "trouble": event.trouble,
        "file": newest and newest.name,
        "written_at": newest and rfc3339_utc(newest.written_at),
        "bytes": event.bytes,
        "sha256": event.sha256,
        "files_of_days": event.days_kept,
        "access_checked": event.access_checked,
    }
