"""A part that ends is begun anew, and says why at the height that it deserves."""

import asyncio

import pytest
from structlog.testing import capture_logs

from adapters.process import keep_alive
from domain.errors import SporlogError, UnavailableError


class RefusedError(SporlogError):
    code = "refused"


@pytest.mark.parametrize(
    ("error", "level", "traced"),
    [
        (UnavailableError("NATS is away"), "warning", False),
        (RefusedError("there is no room"), "error", False),
        (ValueError("a defect"), "error", True),
    ],
)
async def test_what_is_waited_for_is_a_warning_and_only_a_defect_shows_its_trace(
    error: Exception, level: str, *, traced: bool
) -> None:
    begun = asyncio.Event()
    times = 0

    async def part() -> None:
        nonlocal times
        times += 1
        if times > 2:
            begun.set()
            await asyncio.sleep(60)
        raise error

    with capture_logs() as lines:
        running = asyncio.create_task(keep_alive("part", part))
        await asyncio.wait_for(begun.wait(), 10)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert [(line["log_level"], line["part"]) for line in lines] == [(level, "part")] * 2
    assert [bool(line.get("exc_info")) for line in lines] == [traced] * 2
    assert lines[1]["again_in"] > lines[0]["again_in"]
