"""What any long-running part needs: news of other processes' commits, a stop signal, loops that are kept alive."""

import asyncio
import contextlib
import gc
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog

from domain.errors import SporlogError, UnavailableError

log = structlog.get_logger(__name__)

POLL_S = 0.02
LONGEST_BACKOFF_S = 10.0
YOUNG_OBJECTS = 100_000
"""New objects after which Python looks for cycles among them: more than one batch makes."""


async def tell_changes(changed: Callable[[], bool], tell: Callable[[], None]) -> None:
    """Tell of what other processes commit: PRAGMA data_version or LISTEN, asked every 20 ms."""
    while True:
        if changed():
            tell()
        await asyncio.sleep(POLL_S)


async def keep_alive(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Run a loop for ever: what it raises is logged, and it starts again after a growing pause. Ends when cancelled."""
    pause = 0.1
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await run()
        # What Sporlog itself waits for or refuses says so in a line; only a defect needs its trace.
        except UnavailableError as error:
            log.warning("a part waits and starts again", part=name, again_in=pause, reason=str(error))
        except SporlogError as error:
            log.error("a part failed and starts again", part=name, again_in=pause, reason=str(error))  # noqa: TRY400
        except Exception:
            log.exception("a part failed and starts again", part=name, again_in=pause)
        if asyncio.get_running_loop().time() - began > 10 * pause:
            pause = 0.1
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_BACKOFF_S)


async def every(seconds: float, act: Callable[[], Awaitable[object]]) -> None:
    """Act for ever, with so long a pause in between."""
    while True:
        await act()
        await asyncio.sleep(seconds)


@contextlib.asynccontextmanager
async def background(name: str, run: Callable[[], Awaitable[None]]) -> AsyncIterator[asyncio.Task[None]]:
    """Run a loop beside the block and end it with the block."""
    task = asyncio.create_task(keep_alive(name, run), name=name)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def stop_signal() -> None:
    """Return on Ctrl-C or SIGTERM, the first of them; a second one ends the process at once."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):

        def stop(number: int = number) -> None:
            stopped.set()
            signal.signal(number, signal.SIG_DFL)

        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows has no signal handlers on its event loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    await stopped.wait()


def spare_the_collector() -> None:
    """Have Python look for cycles seldom, and not among what the start made."""
    # What the start made lives as long as the process. Looking at it again, and at every batch while it is in work, cost a
    # tenth of the processor time under load.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 10, 10)


async def end_child(process: Process, within_s: float) -> None:
    """Have a child end in order; what has not ended after so many seconds is killed. One that has ended is left alone."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), within_s)
    except TimeoutError:
        process.kill()
        await process.wait()


def own_group() -> dict[str, Any]:
    """How a child is started that Ctrl-C does not reach: its parent hears it, and ends the child in order."""
    if sys.platform == "win32":
        import subprocess  # noqa: PLC0415 - the flag exists on Windows only

        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
