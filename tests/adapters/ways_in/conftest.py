import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.ways import Ways, hurry


@pytest.fixture
async def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ways]:
    hurry(monkeypatch)
    house = Ways(tmp_path)
    yield house
    await asyncio.sleep(0)
    house.memory.close()
