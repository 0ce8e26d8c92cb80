"""The story as it is told on days that are hard on clocks and calendars."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.demo.support import SUNDAY, Told, read, tell

STARTS = {
    "a Sunday": SUNDAY,
    "in January": datetime(2027, 1, 5, 9, 0, tzinfo=UTC),
    "on the day of summer time": datetime(2026, 3, 29, 8, 0, tzinfo=UTC),
    "on the day of winter time": datetime(2026, 10, 25, 9, 0, tzinfo=UTC),
    "in the doubled hour": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "the day after summer time": datetime(2026, 3, 30, 7, 0, tzinfo=UTC),
    "26 days after summer time": datetime(2026, 4, 24, 8, 0, tzinfo=UTC),
    "26 days after winter time": datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    "by night and between seconds": datetime(2026, 6, 14, 22, 30, 0, 750_000, tzinfo=UTC),
}

KEPT: dict[datetime, Told] = {}


@pytest.fixture(scope="session", params=list(STARTS.values()), ids=list(STARTS))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    # Kept beyond the fixture: the files of tests take turns with the starts, and a story takes seconds to tell.
    if request.param not in KEPT:
        data: Path = tmp_path_factory.mktemp("demo")
        KEPT[request.param] = read(data, tell(data, request.param))
    return KEPT[request.param]
