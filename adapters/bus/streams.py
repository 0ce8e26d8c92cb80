"""The streams and buckets: what they are, made when missing, compared when present, never changed behind anybody's back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import structlog
from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.connection import ask
from adapters.bus.errors import StreamConfigurationError

log = structlog.get_logger(__name__)

INTAKE = "INTAKE"
EVENTS = "EVENTS"
DEADLETTER = "DEADLETTER"
CHECKPOINTS = "CHECKPOINTS"
BUCKETS = ("register", "deadlines", "services", "reporting")

DEFAULT_INTAKE_BYTES = 1024 * 1024 * 1024
STREAM_NOT_FOUND = 10059
INSUFFICIENT_STORAGE = (10023, 10047)

_EVERYWHERE: Mapping[str, Any] = {
    "retention": "limits",
    "storage": "file",
    "max_consumers": -1,
    "max_msgs": -1,
    "max_bytes": -1,
    "max_msg_size": -1,
    "max_msgs_per_subject": -1,
    "max_age": 0,
    "discard": "new",  # a full stream refuses: a publisher then knows, and nothing that was acknowledged makes room
    "no_ack": False,
    "sealed": False,
    "deny_delete": False,
    "deny_purge": False,
    "allow_rollup_hdrs": False,
    "allow_direct": True,
    "allow_atomic": True,
    "allow_msg_ttl": False,
}


class Declared(NamedTuple):
    """A stream as it is on the server. `created` (RFC 3339, nanoseconds) tells it from a later stream of the same name."""

    name: str
    created: str
    fresh: bool
    """Made just now, so empty: who filled it before must fill it again."""
    messages: int


def bucket_stream(bucket: str) -> str:
    """The stream behind a key-value bucket."""
    return f"KV_{bucket}"


def definitions(*, replicas: int = 1, intake_max_bytes: int = DEFAULT_INTAKE_BYTES) -> dict[str, dict[str, Any]]:
    """Every stream by its name, with each property that Sporlog's promises rest on."""
    everywhere = {**_EVERYWHERE, "num_replicas": replicas}
    streams: dict[str, dict[str, Any]] = {
        INTAKE: {**everywhere, "subjects": ["intake.>"], "max_bytes": intake_max_bytes},
        EVENTS: {**everywhere, "subjects": ["event.>"], "deny_delete": True, "deny_purge": True},
        DEADLETTER: {**everywhere, "subjects": ["deadletter.>"]},
        CHECKPOINTS: {**everywhere, "subjects": ["checkpoint.>"], "deny_delete": True, "deny_purge": True},
    }
    for bucket in BUCKETS:  # deletable, unlike nats-py's own buckets: a revision that must be erased is overwritten on disk
        streams[bucket_stream(bucket)] = {
            **everywhere,
            "subjects": [f"$KV.{bucket}.>"],
            "max_msgs_per_subject": 1,
            "allow_rollup_hdrs": True,
        }
    return {name: {"name": name, **config} for name, config in streams.items()}


async def ensure(nc: Client, *, replicas: int = 1, intake_max_bytes: int = DEFAULT_INTAKE_BYTES) -> dict[str, Declared]:
    """Create what is missing and compare what exists; safe to call at any time and by several processes at once.

    Raises:
        StreamConfigurationError: a live stream differs, or there is no room for it. Live streams are never changed.
        nats.errors.Error: JetStream does not answer.
    """
    wanted = definitions(replicas=replicas, intake_max_bytes=intake_max_bytes)
    return {name: await _ensure_one(nc, config) for name, config in wanted.items()}


async def stream_info(nc: Client, name: str) -> dict[str, Any] | None:
    """The server's own account of a stream (`config`, `created`, `state`), None when there is no such stream."""
    try:
        return await ask(nc, f"STREAM.INFO.{name}")
    except APIError as e:
        if e.err_code == STREAM_NOT_FOUND:
            return None
        raise


async def _ensure_one(nc: Client, wanted: dict[str, Any]) -> Declared:
    name = wanted["name"]
    info = await stream_info(nc, name)
    fresh = info is None
    if info is None:
        try:
            info = await ask(nc, f"STREAM.CREATE.{name}", wanted)  # a second creator with the same wishes gets the same answer
        except APIError as e:
            if e.err_code in INSUFFICIENT_STORAGE:
                raise StreamConfigurationError(
                    f"Stream {name} does not fit (max_bytes {wanted['max_bytes']}): {e.description}. "
                    "Raise the server's max_file_store, free disk space, or lower the setting for INTAKE's size."
                ) from e
            raise
        log.info("stream created", stream=name, created=info["created"])
    compare(name, wanted, info["config"])
    return Declared(name, info["created"], fresh, info["state"]["messages"])


def compare(name: str, wanted: Mapping[str, Any], live: Mapping[str, Any]) -> None:
    """Raise `StreamConfigurationError` naming the first property in which the live stream differs."""
    for field, expected in wanted.items():
        actual = live.get(field, _EVERYWHERE.get(field))  # the server leaves out what is unset
        if actual != expected:
            raise StreamConfigurationError(
                f"Stream {name}: {field} is {actual!r} on the server, Sporlog needs {expected!r}. Nothing was changed. "
                f"If the server is wrong, mend it with `nats stream edit {name}`; if the setting is, change the setting."
            )
