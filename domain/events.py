"""What every event is: a frozen fact with an origin, a topic that is a storage contract, and text that is born sealed.

An event knows nothing of its place in the log. `Recorded` adds that place: the position, the version in its stream and the
time at which the store took it. Both are assigned by the store under its write lock.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar
from uuid import UUID

from eventsourcing.utils import register_topic
from pydantic import AwareDatetime, BaseModel, ConfigDict

T = TypeVar("T")


class _ConfidentialMark:
    """Marks a field that is stored and sent only as ciphertext (free text, names, contact data)."""


CONFIDENTIAL = _ConfidentialMark()

Confidential = Annotated[T | None, CONFIDENTIAL]
"""A field of this type is None when nobody told it, and also while its event is still sealed: declare it with `= None`."""


class Frozen(BaseModel):
    """A value: compared by content, never changed, strict about what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sealed(Frozen):
    """AES-256-GCM ciphertext of an event's confidential fields.

    As stored: `{"kid":"<key id>","nonce":"<base64, 12 bytes>","ct":"<base64>"}`. Losing the key `kid` erases the text, and
    every hash over the stored bytes still verifies.
    """

    kid: str
    nonce: str
    ct: str


class Meta(Frozen):
    """Where an event comes from. `occurred_at` is the time as told, days before `recorded_at` when paper is entered late."""

    actor: str
    """Opaque id of who acted: a user, a mailbox or `source:<name>`; never a person's name."""
    role: str | None = None
    on_behalf_of: str | None = None
    channel: str
    """How it reached Sporlog: web, cli, api, intake, system, demo; paper, when it was written by hand and entered late."""
    os_user: str | None = None
    """The operating system's user when the store was written directly (CLI): file access equals operator trust."""
    occurred_at: AwareDatetime
    correlation_id: str
    """The same through everything that one alert or one command set in motion."""
    demo: Literal[True] | None = None
    """Set by the store on every event of a demo, and on no other."""
    causation_id: str | None = None
    """The event `<aggregate id>/<version>` or message that caused this one."""


class DomainEvent(Frozen):
    """A fact, in the past tense.

    TOPIC is what is stored, `<aggregate>.<event>.<version>`: the class may move, the topic may not. Within a version fields are
    only added, with a default; anything else is a new version and an upcaster.
    """

    TOPIC: ClassVar[str]
    CONFIDENTIAL_FIELDS: ClassVar[frozenset[str]] = frozenset()
    FILLED_IN: ClassVar[frozenset[str]] = frozenset({"meta", "sealed"})
    """Fields that Sporlog fills in itself: nobody is asked for them."""

    meta: Meta
    sealed: Sealed | None = None
    """The ciphertext that the confidential fields were read from; None on an event that was never stored."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - pydantic's own signature
        super().__pydantic_init_subclass__(**kwargs)
        cls.CONFIDENTIAL_FIELDS = frozenset(n for n, f in cls.model_fields.items() if CONFIDENTIAL in f.metadata)
        if "TOPIC" in cls.__dict__:
            register_topic(cls.TOPIC, cls)
            EVENT_TYPES[cls.TOPIC] = cls


EVENT_TYPES: dict[str, type[DomainEvent]] = {}
"""The catalogue: current topic to class. OpenAPI, AsyncAPI and the contract page are made from it."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[str, tuple[str, Upcaster]] = {}
"""Old topic to (next topic, how its state becomes the next version's)."""


def upcast(topic: str, state: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored state of any version to the current topic and shape; stored bytes are never rewritten."""
    while topic in UPCASTERS:
        topic, step = UPCASTERS[topic]
        state = step(state)
    return topic, state


class Recorded(NamedTuple):
    """An event in its place. `position` is dense from 1 over the whole log; `recorded_at_us` (µs, UTC) never decreases."""

    position: int
    recorded_at_us: int
    aggregate_id: UUID
    version: int
    topic: str
    event: DomainEvent

    @property
    def recorded_at(self) -> datetime:
        """When the store took the event, UTC."""
        return datetime.fromtimestamp(self.recorded_at_us / 1_000_000, UTC)

    @property
    def id(self) -> str:
        """`<aggregate id>/<version>`: the CloudEvents id and what a causation id points at."""
        return f"{self.aggregate_id}/{self.version}"


class StoredRow(NamedTuple):
    """The bytes as stored and as sent on the bus: what the ledger hashes, what the relay publishes."""

    position: int
    recorded_at_us: int
    aggregate_id: UUID
    version: int
    topic: str
    state: bytes


def subject_of(topic: str, aggregate_id: UUID) -> str:
    """`incident.early-warning-sent.1` of aggregate X is published on `event.incident.X.early-warning-sent`."""
    aggregate, name, _version = topic.split(".")
    return f"event.{aggregate}.{aggregate_id}.{name}"


def cloudevents_type(topic: str) -> str:
    """`incident.reported.1` has the CloudEvents type `dk.sporlog.incident.reported.v1`."""
    aggregate, name, version = topic.split(".")
    return f"dk.sporlog.{aggregate}.{name}.v{version}"


def clear_fields(model: type[DomainEvent]) -> Mapping[str, Any]:
    """The fields of an event that subscribers see in clear, by name."""
    return {n: f for n, f in model.model_fields.items() if n not in model.CONFIDENTIAL_FIELDS and n != "sealed"}
