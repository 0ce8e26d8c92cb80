"""What can go wrong between Sporlog and NATS, by what the operator can do about it."""

from typing import ClassVar

from domain.errors import InvalidInputError, SporlogError, UnavailableError


class NatsServerError(SporlogError):
    """The nats-server that `sporlog up` looks after cannot run; the message holds the server's own words."""

    code: ClassVar[str] = "nats-server"


class NatsServerVersionError(NatsServerError):
    """The nats-server found is older than Sporlog's promises allow."""

    code: ClassVar[str] = "nats-server-version"


class StreamConfigurationError(SporlogError):
    """A live stream or consumer is not what Sporlog relies on. Nothing was changed: a person decides which side is right."""

    code: ClassVar[str] = "stream-configuration"


class BusUnavailableError(UnavailableError):
    """JetStream did not take a message: away, full or overloaded. Nothing was accepted; the same call may succeed later."""

    code: ClassVar[str] = "bus-unavailable"


class LostRaceError(UnavailableError):
    """Another writer appended to the stream first (JetStream error 10071): read its end again and go on from there."""

    code: ClassVar[str] = "lost-race"


class StoreMismatchError(SporlogError):
    """Stream and store cannot belong together: the stream is ahead of the store, or the store's log has a gap."""

    code: ClassVar[str] = "store-mismatch"


class MalformedEventError(InvalidInputError):
    """A message on the bus is not an event as Sporlog writes it."""

    code: ClassVar[str] = "malformed-event"
