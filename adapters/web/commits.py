"""The wake-up call of everything in the process that follows the log."""

import asyncio
from collections.abc import Callable


class CommitSignal:
    """See `adapters.web.parts.Commits`. All methods belong to one event loop; `head` reads the log's highest position."""

    def __init__(self, head: Callable[[], int]) -> None:
        self._head = head
        self._next = asyncio.Event()
        self.closed = False
        self.count = 0

    def notify(self) -> None:
        """Something was committed, here or by another process: wake everybody, each looks for itself."""
        self.count += 1
        # A new event for those to come: whoever waits on the old one is woken exactly once.
        woken, self._next = self._next, asyncio.Event()
        woken.set()

    def close(self) -> None:
        """The process is about to end."""
        self.closed = True
        self.notify()

    async def wait_past(self, position: int, timeout_s: float) -> int:
        """The head as soon as it is past `position`; after the timeout, or once closed, whatever it is."""
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    # Taken before looking: a commit in between sets this very event.
                    news = self._next
                    head = self._head()
                    if head > position or self.closed:
                        return head
                    await news.wait()
        except TimeoutError:
            return self._head()
