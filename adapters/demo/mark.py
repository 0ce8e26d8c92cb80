"""A store is a demo for good, or real for good."""

from datetime import UTC, datetime
from typing import ClassVar, Protocol

from domain.errors import RefusedError
from handlers.history import History

MARK = "demo"
"""The fact that makes a store a demo; its value is the start that all times of the story are counted from, RFC 3339, UTC."""

GENERATED = "demo-generated"
"""The fact that tells with how many generated incidents, besides the story, a demo was begun."""


class DemoStore(History, Protocol):
    """What the demo asks of the event store besides reading the log."""

    def fact(self, name: str) -> str | None:
        """A lasting fact about the store; None while it is not set."""

    def set_fact(self, name: str, value: str) -> None:
        """Set a fact for good, once; a later one is ignored. Durable on return."""


class RealStoreError(RefusedError):
    """The demo was asked to play in a store that holds real events. Nothing was written."""

    code: ClassVar[str] = "real-store"


class DemoStoreError(RefusedError):
    """A real start was asked for on a demo's store. Nothing was written."""

    code: ClassVar[str] = "demo-store"


def check_demo(store: DemoStore) -> None:
    """Raise `RealStoreError` unless the store is a demo or still empty."""
    if store.fact(MARK) is None and (events := store.head()):
        msg = f"this data directory holds {events} real events, the demo stays out of it: give it its own with --data"
        raise RealStoreError(msg)


def check_real(store: DemoStore) -> None:
    """Raise `DemoStoreError` if the store is a demo."""
    if (start := store.fact(MARK)) is not None:
        msg = f"this data directory is a demo since {start}, and stays one: start with --demo, or give another with --data"
        raise DemoStoreError(msg)


def begin(store: DemoStore, now: datetime, generated: int = 0) -> datetime:
    """Make the store a demo, or find that it is one. The start of its story, UTC, the same at every later call.

    Raises `RealStoreError`, and `DemoStoreError` when it was begun without the generated incidents: they are older than its
    story, and no log runs backwards. On return the mark is durable, before the first event of the story can be.
    """
    check_demo(store)
    store.set_fact(GENERATED, str(generated))
    if generated > generated_of(store):
        msg = "this demo was begun without the many incidents of --demo=large: give another directory with --data"
        raise DemoStoreError(msg)
    # Whole seconds: the law's limits are cut to the second, and so nothing of the story is late by a fraction of one.
    store.set_fact(MARK, now.astimezone(UTC).replace(microsecond=0).isoformat())
    return start_of(store)


def start_of(store: DemoStore) -> datetime:
    """The start of a demo's story, UTC. Raises `RealStoreError` for a store that is no demo."""
    start = store.fact(MARK)
    if start is None:
        msg = "this data directory is no demo: start it with `sporlog up --demo`"
        raise RealStoreError(msg)
    return datetime.fromisoformat(start)


def generated_of(store: DemoStore) -> int:
    """With how many generated incidents the demo was begun."""
    return int(store.fact(GENERATED) or 0)
