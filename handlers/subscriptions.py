"""The one table: who listens to what, in which batches, and which function takes them.

Every row is a durable consumer of its own: it can be stopped, upgraded, rebuilt or run in a process of its own without the
others noticing. All acknowledge explicitly, after the function returned; a function that raises gets the whole batch again.
"""

from typing import NamedTuple


class Subscription(NamedTuple):
    """`name` is the durable's and the part's name in `sporlog run`; intake, ledger and notifications have no `projection`."""

    name: str
    stream: str
    subject: str
    batch_size: int
    projection: str | None


SUBSCRIPTIONS: tuple[Subscription, ...] = (
    # name, stream, subject, batch size, projection
    Subscription("intake", "INTAKE", "intake.>", 500, None),
    Subscription("register", "EVENTS", "event.>", 1000, "register"),
    Subscription("deadlines", "EVENTS", "event.>", 1000, "deadlines"),
    Subscription("reporting", "EVENTS", "event.>", 1000, "reporting"),
    Subscription("casework", "EVENTS", "event.>", 1000, "casework"),
    Subscription("signals", "EVENTS", "event.>", 1000, "signals"),
    Subscription("catalogue", "EVENTS", "event.>", 1000, "catalogue"),
    Subscription("ledger", "EVENTS", "event.>", 1000, None),
    Subscription("notifications", "EVENTS", "event.>", 1000, None),
)
