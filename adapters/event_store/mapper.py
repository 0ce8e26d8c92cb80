"""Between events and stored bytes: orjson with sorted keys, confidential fields sealed, old versions upcast on reading.

A stored state shows clear fields in clear and all confidential ones as one ciphertext:
`{"field":"title","meta":{...},"sealed":{"ct":"...","kid":"incident:6f...","nonce":"..."}}`
"""

import base64
import secrets
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder

from adapters.event_store.erasing_now import redacted_number
from adapters.event_store.keyring import NONCE_BYTES, Keyring, MasterKeyError
from domain.errors import SporlogError
from domain.events import EVENT_TYPES, UPCASTERS, DomainEvent, Recorded, Sealed, StoredRow, upcast
from domain.incident.events import Disposed, Redacted


class UnknownTopicError(SporlogError):
    """A stored event is of a kind that this version cannot read."""

    code: ClassVar[str] = "unknown-topic"


Redactions = Callable[[UUID], Sequence[StoredRow]]


class Placed(NamedTuple):
    """An event that knows its place in its stream: what the eventsourcing library calls a domain event."""

    originator_id: UUID
    originator_version: int
    event: DomainEvent


class EventMapper(Mapper[UUID]):
    """The library's mapper builds objects around pydantic's validation; this one goes through it, both ways."""

    def __init__(self, transcoder: Transcoder, keyring: Keyring) -> None:
        super().__init__(transcoder)
        self.keyring = keyring
        self.demo = False
        """Whether every event says that it is a demo's."""
        self.redactions: Redactions = no_redactions
        """A stream's Redacted events, the latest first: an event whose key is gone has the texts that it keeps there."""
        self.is_erased: Callable[[UUID, int], bool] = lambda _stream, _version: False
        """Whether an erasure that is recorded took an event's texts, although its key may still be there."""

    def to_stored_event(self, domain_event: Placed) -> StoredEvent:  # type: ignore[override]
        """Encode and seal. The data key must exist already (`Keyring.ensure`)."""
        stream, version, event = domain_event
        return StoredEvent(stream, version, event.TOPIC, self.encode(stream, version, event))

    def to_domain_event(self, stored_event: StoredEvent) -> Placed:
        """Decode and open; confidential fields whose key is gone are None."""
        stream = stored_event.originator_id
        assert isinstance(stream, UUID)  # noqa: S101 - the recorder reads nothing else
        version = stored_event.originator_version
        return Placed(stream, version, self._event(stored_event.topic, stored_event.state, (stream, version)))

    def encode(self, stream: UUID, version: int, event: DomainEvent) -> bytes:
        """The bytes that are stored, hashed and published."""
        state = event.model_dump(mode="json", exclude_none=True, exclude={"sealed"})
        if self.demo:
            state["meta"]["demo"] = True
        secret = {name: state.pop(name) for name in event.CONFIDENTIAL_FIELDS if name in state}
        if secret:
            state["sealed"] = self._seal(kid_of(stream, event.TOPIC.partition(".")[0]), place_of(stream, version), secret)
        return orjson.dumps(state, option=orjson.OPT_SORT_KEYS)

    def record(self, row: StoredRow, *, opened: bool = False) -> Recorded:
        """A stored row as an event in its place."""
        event = self._event(row.topic, row.state, (row.aggregate_id, row.version) if opened else None)
        return Recorded(row.position, row.recorded_at_us, row.aggregate_id, row.version, event.TOPIC, event)

    def open_stream(self, rows: Sequence[StoredRow]) -> list[Recorded]:
        """A whole stream, opened. What was erased is gone from the moment that this was recorded, not only once its key is."""
        if any(row.topic == Disposed.TOPIC for row in rows):
            return [self.record(row) for row in rows]
        gone = {redacted_number(row) for row in rows if row.topic == Redacted.TOPIC}
        # By the rows at hand, which may hold a redaction that is not committed yet.
        return [self._without_own_key(row) if row.version in gone else self.record(row, opened=True) for row in rows]

    def _without_own_key(self, row: StoredRow) -> Recorded:
        current: dict[str, Any] = orjson.loads(row.state)
        current |= self._kept(row.aggregate_id, row.version) or {}
        topic, current = upcast(row.topic, current)
        event = EVENT_TYPES[topic].model_validate(current)
        return Recorded(row.position, row.recorded_at_us, row.aggregate_id, row.version, topic, event)

    def _kept(self, stream: UUID, version: int) -> dict[str, Any] | None:
        row = next((row for row in self.redactions(stream) if redacted_number(row) == version), None)
        if row is None:
            return None
        state = orjson.loads(row.state)
        opened = self.unseal(stream, row.version, Sealed.model_validate(state["sealed"])) if "sealed" in state else None
        return None if opened is None else opened["kept"]

    def _event(self, topic: str, state: bytes, place: tuple[UUID, int] | None) -> DomainEvent:
        """Validate and bring to the current version. With a place the text is opened first, so that upcasters see all of it.

        Without one, or when its key was destroyed, confidential fields are None.
        """
        if place is None and topic in EVENT_TYPES and topic not in UPCASTERS:
            return EVENT_TYPES[topic].model_validate_json(state)
        current: dict[str, Any] = orjson.loads(state)
        if place is not None and "sealed" in current:
            current |= self.unseal(*place, Sealed.model_validate(current["sealed"])) or {}
        topic, current = upcast(topic, current)
        if topic not in EVENT_TYPES:
            msg = f"this Sporlog does not know events of topic {topic}: a newer one wrote them, use that"
            raise UnknownTopicError(msg)
        return EVENT_TYPES[topic].model_validate(current)

    def unseal(self, stream: UUID, version: int, sealed: Sealed) -> dict[str, Any] | None:
        """The confidential fields that are left; None when the key was destroyed, or is going to be.

        Raises `MasterKeyError` if it is not this event's text.
        """
        place = place_of(stream, version)
        key = self.text_key(stream, version, sealed)
        if key is None:
            return self._kept(stream, version)
        nonce, ciphertext = base64.b64decode(sealed.nonce), base64.b64decode(sealed.ct)
        try:
            plain = AESGCM(key).decrypt(nonce, ciphertext, place.encode())
        except InvalidTag as error:
            msg = f"the sealed text of {stream}/{version} does not open with key {sealed.kid}: the store or keyring was changed"
            raise MasterKeyError(msg) from error
        secret: dict[str, Any] = orjson.loads(plain)
        return secret

    def text_key(self, stream: UUID, version: int, sealed: Sealed) -> bytes | None:
        """The AES-256-GCM key of one event's confidential fields; None when it was destroyed, or is going to be."""
        return None if self.is_erased(stream, version) else self.keyring.key_for(sealed.kid, place_of(stream, version))

    def _seal(self, kid: str, place: str, secret: dict[str, Any]) -> dict[str, str]:
        self.keyring.ensure([kid])
        key = self.keyring.key_for(kid, place)
        if key is None:
            msg = f"the key {kid} was destroyed: nothing confidential can be added to its stream"
            raise MasterKeyError(msg)
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = AESGCM(key).encrypt(nonce, orjson.dumps(secret, option=orjson.OPT_SORT_KEYS), place.encode())
        return {"kid": kid, "nonce": base64.b64encode(nonce).decode(), "ct": base64.b64encode(ciphertext).decode()}


def kid_of(stream: UUID, aggregate: str = "incident") -> str:
    """The data key of a stream, named after the kind of aggregate that its topics begin with."""
    return f"{aggregate}:{stream.hex}"


def place_of(stream: UUID, version: int) -> str:
    """Bound into key and tag: a ciphertext moved to another event does not open."""
    return f"{stream.hex}/{version}"


def no_redactions(stream: UUID) -> Sequence[StoredRow]:  # noqa: ARG001 - as `Redactions`
    """Of a mapper without a store behind it."""
    return ()
