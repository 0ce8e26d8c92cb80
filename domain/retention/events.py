"""What can happen to the periods, and what was deleted by them. A replay shows by which period something was let go."""

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import NonNegativeInt, PositiveInt, StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events import Text
from domain.retention.periods import Periods

RETENTION: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/retention")
"""The one stream of it: the same in every installation."""

Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""UTC's, as payloads are keyed."""


What = Literal["signals", "payloads"]
"""Of a month's payloads: those of signals that became no incident, or all of them."""


class PeriodsSet(DomainEvent):
    """The periods from a day on, all of them. Earlier ones stay in the log."""

    TOPIC: ClassVar[str] = "retention.periods-set.1"
    FILLED_IN: ClassVar[frozenset[str]] = DomainEvent.FILLED_IN | {"number"}

    number: int = 0
    """Counts up with each change; what is deleted names it."""
    effective_from: date
    """Copenhagen's day."""
    periods: Periods
    reason: Confidential[Text] = None


class PayloadsErased(DomainEvent):
    """A month's payloads were let go: those of signals that never became incidents, or all of them with their key.

    Appended in the transaction that deletes the rows; the key is destroyed after it, again at each start until it is gone.
    """

    TOPIC: ClassVar[str] = "retention.payloads-erased.1"

    month: Month
    what: What
    rows: NonNegativeInt
    key: Annotated[str, StringConstraints(pattern=r"^payload:[0-9]{4}-[0-9]{2}$")] | None = None
    """The key that is destroyed; None: it stays, for what is left of the month."""
    number: int
    """Of the periods by which it happened; 0 those that Sporlog brings."""


class DeadLettersErased(DomainEvent):
    """Dead letters that were put aside before a day were let go, unread or not."""

    TOPIC: ClassVar[str] = "retention.dead-letters-erased.1"

    before: date
    letters: PositiveInt
    upto: PositiveInt
    """The last one's number in the stream: deleting them is tried again until none is left up to it."""
    number: int


RetentionEvent = PeriodsSet | PayloadsErased | DeadLettersErased
