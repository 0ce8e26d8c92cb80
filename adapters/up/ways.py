"""The ways in of a running Sporlog: each a loop of its own, and how they do."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

from adapters import main
from adapters.process import background
from adapters.settings import Settings
from adapters.ways_in.contract import Post, keep_coming
from handlers.intake_door import IntakeDoor
from handlers.ways_in import WayState


async def run_ways(stack: AsyncExitStack, settings: Settings, door: IntakeDoor) -> None:
    """Let those that are configured bring to the door what comes, until the stack is closed."""
    if not (ways := main.make_ways(settings)):
        return
    memory = main.open_ways_memory(settings)
    stack.callback(memory.close)
    for way in ways:
        post = Post(way, door.take, memory, main.utc_now)
        await stack.enter_async_context(background(way.name, partial(keep_coming, post)))


def ways_of(stack: AsyncExitStack, settings: Settings) -> Callable[[], Sequence[WayState]]:
    """How those that are configured here do, whichever process runs them; those that never ran are left out."""
    names = [way.name for way in main.make_ways(settings)]
    if not names:
        return list
    memory = main.open_ways_memory(settings)
    stack.callback(memory.close)

    def states() -> list[WayState]:
        known = memory.states()
        return [known[name] for name in names if name in known]

    return states
