"""What can change in how alerts come in. A replay shows by which rules a signal was judged that day."""

from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, Field, StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events import Line, Name, Sha256, Text, ToldBy, Word
from domain.intake.mapping import Mapping
from domain.intake.rules import Pattern, Rule

INTAKE: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/intake")
"""The one stream of the intake's set-up: the same in every installation."""

SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""A source instance: one word on the bus (`intake.<source>`) and in an address (`/intake/<source>`)."""
Minutes = Annotated[int, Field(ge=1, le=44_640)]
"""Up to 31 days."""


class IntakeChange(DomainEvent):
    """Somebody changed how alerts come in, or what becomes of them."""

    reason: Confidential[Text] = None


class SourceSet(IntakeChange):
    """A source is known from now on, or what was known of it is replaced as a whole. Its token and secret stay."""

    TOPIC: ClassVar[str] = "intake.source-set.1"

    source: SourceName
    format: Word
    """One of the formats, or `json`: then its mapping says how it is read."""
    channel: ToldBy = ToldBy.ALARM
    """Through which channel what it tells was discovered."""
    entity: Name | None = None
    """Whose incidents it opens; None: the log's own entity's."""
    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,60}$")] = "UTC"
    """Of its times that tell none (IANA name)."""
    expected_minutes: Minutes | None = None
    """How often it speaks at least, test messages included; None: nobody expects anything."""
    signature_header: Word | None = None
    """The header in which it signs its bodies (HMAC-SHA256, hex); None: it does not."""


class SourceRemoved(IntakeChange):
    """Nothing is taken from it any more. What it told stays."""

    TOPIC: ClassVar[str] = "intake.source-removed.1"

    source: SourceName


class TokenIssued(IntakeChange):
    """The source has a new token from now on; the old one is worthless. Only its hash is kept."""

    TOPIC: ClassVar[str] = "intake.token-issued.1"

    source: SourceName
    token_sha256: Sha256


class SecretSet(IntakeChange):
    """What the source signs with. Without a secret none of its bodies is taken while it has a `signature_header`."""

    TOPIC: ClassVar[str] = "intake.secret-set.1"

    source: SourceName
    secret: Confidential[Line] = None


class MappingSaved(IntakeChange):
    """How a source's JSON is read from now on; earlier versions stay in the log."""

    TOPIC: ClassVar[str] = "intake.mapping-saved.1"

    source: SourceName
    mapping: Mapping


class RulesSet(IntakeChange):
    """The rules of correlation from now on, all of them."""

    TOPIC: ClassVar[str] = "intake.rules-set.1"
    FILLED_IN: ClassVar[frozenset[str]] = IntakeChange.FILLED_IN | {"number"}

    number: int = 0
    """Counts up with each change; a signal's record names it."""
    rules: tuple[Rule, ...]


class MaintenanceAnnounced(IntakeChange):
    """Planned work: what it explains is counted and marked, and opens nothing. Bounds are UTC, the end not included."""

    TOPIC: ClassVar[str] = "intake.maintenance-announced.1"

    name: Word
    begins_at: AwareDatetime
    ends_at: AwareDatetime
    components: tuple[Pattern, ...] = Field(min_length=1)
    """Components or services, as patterns."""


class MaintenanceCancelled(IntakeChange):
    """The work was called off, or ended early: at `meta.occurred_at`."""

    TOPIC: ClassVar[str] = "intake.maintenance-cancelled.1"

    name: Word


class SourceFellSilent(DomainEvent):
    """A source that was expected to speak has not, since this time (UTC). Noted once for each silence."""

    TOPIC: ClassVar[str] = "intake.source-fell-silent.1"

    source: SourceName
    since: AwareDatetime


IntakeEvent = (
    SourceSet
    | SourceRemoved
    | TokenIssued
    | SecretSet
    | MappingSaved
    | RulesSet
    | MaintenanceAnnounced
    | MaintenanceCancelled
    | SourceFellSilent
)
