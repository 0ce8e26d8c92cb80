"""A real `sporlog up --demo`, as a newcomer starts it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.house import ENVIRONMENT, SPORLOG, free_port
from tests.support.waiting import until

LAST_WORD = "Ctrl-C"


@dataclass(frozen=True)
class Demo:
    """What it printed, and where it is."""

    printed: str
    data: Path
    url: str

    @property
    def token(self) -> str:
        return (self.data / "token").read_text().strip()


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[Demo]:
    """Started, and ended by Ctrl-C on leaving."""
    data, address, output = folder / "data", f"127.0.0.1:{free_port()}", folder / "printed"
    with output.open("wb") as printed, (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            SPORLOG, "up", "--demo", "--data", data, "--http", address, stdout=printed, stderr=log, env=ENVIRONMENT
        )
    try:
        await until(lambda: LAST_WORD in output.read_text(encoding="utf-8"), 60)
        yield Demo(output.read_text(encoding="utf-8"), data, f"http://{address}")
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 30) == 0, (folder / "log").read_text()[-2000:]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
