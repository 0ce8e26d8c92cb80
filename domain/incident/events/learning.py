"""After the incident: lessons, what was agreed and whether it was done, reviews, and whether it had happened before."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.events import Confidential, DomainEvent
from domain.incident.events.common import Fact, Name, Number, Text


class LessonRecorded(Fact):
    """Something learnt, and what it is about."""

    TOPIC: ClassVar[str] = "incident.lesson-recorded.1"

    area: Literal["risk_assessment", "criticality", "suppliers", "procedures", "contingency", "roles", "technology", "other"]
    lesson: Confidential[Text] = None


class FollowUpPlanned(DomainEvent):
    """An improvement was agreed, with an owner and a date."""

    TOPIC: ClassVar[str] = "incident.follow-up-planned.1"

    owner: Name
    due_at: AwareDatetime
    follow_up: Confidential[Text] = None


class FollowUpDone(Fact):
    """An improvement is in place."""

    TOPIC: ClassVar[str] = "incident.follow-up-done.1"

    follow_up_number: Number
    result: Confidential[Text] = None


class ReviewHeld(Fact):
    """The incident was gone through together: right after it, or at the weekly or monthly meeting."""

    TOPIC: ClassVar[str] = "incident.review-held.1"

    review: Literal["post_incident", "weekly", "monthly"]
    conclusion: Confidential[Text] = None


class RecurrenceConsidered(DomainEvent):
    """A person decided whether incidents of the same cause within six months are significant together (IR 2024/2690 art. 4)."""

    TOPIC: ClassVar[str] = "incident.recurrence-considered.1"

    others: tuple[UUID, ...] = Field(min_length=1)
    significant_together: bool
    reason: Confidential[Text] = None
