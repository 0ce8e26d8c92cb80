"""Read models in JetStream key-value buckets: the latest value per key, for dashboards that watch."""

import re
from collections.abc import Mapping

from nats.aio.client import Client
from nats.js.errors import APIError

from adapters.bus.connection import ask
from adapters.bus.publishing import MAX_ATOMIC, Outgoing, append
from adapters.bus.streams import bucket_stream
from domain.errors import InvalidInputError

NO_MESSAGE_FOUND = 10037
_KEY = re.compile(r"[-/_=a-zA-Z0-9]+(\.[-/_=a-zA-Z0-9]+)*")


async def put_latest(nc: Client, bucket: str, documents: Mapping[str, bytes]) -> None:
    """Set keys of a bucket; watchers see each once. An empty document erases its key for good, see `erase`.

    Durable on return; after an error some may be set: set them all again.

    Raises:
        InvalidInputError: a key that JetStream does not allow; nothing was set.
        BusUnavailableError: no durable answer.
    """
    messages = [Outgoing(_subject(bucket, key), {}, document) for key, document in documents.items() if document]
    for start in range(0, len(messages), MAX_ATOMIC):
        await append(nc, messages[start : start + MAX_ATOMIC])
    for key in (key for key, document in documents.items() if not document):
        await erase(nc, bucket, key)


async def erase(nc: Client, bucket: str, key: str) -> None:
    """Remove a key for good: its bytes on disk are overwritten, and watchers see it go. A key that is not there is no error.

    Raises:
        BusUnavailableError: no durable answer; call it again.
    """
    subject, stream = _subject(bucket, key), bucket_stream(bucket)
    try:
        latest = await ask(nc, f"STREAM.MSG.GET.{stream}", {"last_by_subj": subject})
        await ask(nc, f"STREAM.MSG.DELETE.{stream}", {"seq": latest["message"]["seq"]})  # a purge would leave the bytes on disk
    except APIError as e:
        if e.err_code != NO_MESSAGE_FOUND:
            raise
    await append(nc, [Outgoing(subject, {"KV-Operation": "DEL"}, b"")])


def _subject(bucket: str, key: str) -> str:
    if not _KEY.fullmatch(key):
        raise InvalidInputError(f"{key!r} cannot be a key of bucket {bucket}: use letters a-z, digits and -/_=. only")
    return f"$KV.{bucket}.{key}"
