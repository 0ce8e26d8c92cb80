from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.web.support import House, a_house
from tests.adapters.web.towns import Town, a_town


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    async with a_house(tmp_path, postgres_url=url) as house:
        yield await a_town(house)
