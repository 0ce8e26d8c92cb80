"""CloudEvents 1.0 in JSON: structured, batch, and binary mode over HTTP and NATS (headers `ce-*`).

    {"specversion": "1.0", "id": "41", "source": "/lager/alarm", "type": "dk.laerkeborg.alarm", "time": "<RFC 3339>",
     "data": {"title": "...", "severity": "high", "component": "lager-01"}}

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md. The envelope is read strictly, `data` leniently:
`severity`, `title|summary|message`, `description`, `component|components|host`, `category`, `status`, `references`.

An event is known by `<source> <id>`, the pair that the specification makes unique; a source holds no space. The raw bytes are
the body when it is one structured event; of a batch the event's own canonical JSON; in binary mode the structured form of
headers and body, with the body's exact bytes as `data_base64`: the headers say what happened as much as the body does.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from adapters.intake_formats.cloudevents_attributes import check_attributes
from adapters.intake_formats.common import (
    as_mapping,
    as_text,
    as_texts,
    build_signal,
    first_text,
    read_severity,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_list, read_object
from domain.signals import Signal

STRUCTURED = ("application/cloudevents", "application/cloudevents+json")
BATCH = "application/cloudevents-batch+json"
_PREFIX = "ce-"
_QUOTED_PAIR = re.compile(r"\\(.)")
_DATA = ("data", "data_base64")


def parse(body: bytes, request: Request) -> Parsed:
    """Read the event, or each event of a batch. Without a CloudEvents content type or `ce-` headers (a file) the body tells."""
    media = _media(request.headers.get("content-type", ""))
    if media.startswith("application/cloudevents"):
        if media == BATCH:
            return _batch(read_list(read_json(body), "the batch"), request)
        if media not in STRUCTURED:
            raise UnreadableError("content-type: of the structured modes only JSON is read: send application/cloudevents+json")
        return _structured(read_json(body), body, request)
    if any(name.startswith(_PREFIX) for name in request.headers):
        return take_each([body], lambda data: _binary(data, request))
    value = read_json(body)
    return _batch(read_list(value, "the batch"), request) if isinstance(value, list) else _structured(value, body, request)


def _structured(value: object, body: bytes, request: Request) -> Parsed:
    return take_each([value], lambda event: _event(event, body, request))


def _batch(events: list[object], request: Request) -> Parsed:
    return take_each(events, lambda event: _event(event, canonical(event), request))


def _event(item: object, raw: bytes, request: Request) -> Signal:
    event = read_object(item, "the event")
    attributes = {name: value for name, value in event.items() if name not in _DATA and value is not None}
    check_attributes(attributes)
    flags: list[str] = []
    encoded = event.get("data_base64")
    if encoded is None:
        return _signal(attributes, event.get("data"), raw, request, flags)
    if event.get("data") is not None:
        raise UnreadableError("data and data_base64: only one of the two may be there")
    if not isinstance(encoded, str):
        raise UnreadableError("data_base64: must be a text")
    try:
        content = b64decode(encoded, validate=True)
    except ValueError as error:
        raise UnreadableError("data_base64: not Base64 (RFC 4648 section 4)") from error
    return _signal(attributes, _content(content, attributes, flags), raw, request, flags)


def _binary(body: bytes, request: Request) -> Signal:
    headers = request.headers.items()
    attributes: dict[str, object] = {
        name.removeprefix(_PREFIX): _decoded(name, value) for name, value in headers if name.startswith(_PREFIX)
    }
    if media := request.headers.get("content-type"):
        # HTTP binding, section 3.1.1. Over NATS, whose headers have no content type of their own, the attribute stands alone.
        if "datacontenttype" in attributes:
            raise UnreadableError("ce-datacontenttype: beside content-type it is told twice: leave one of the two out")
        attributes["datacontenttype"] = media
    check_attributes(attributes)
    flags: list[str] = []
    data = _content(body, attributes, flags) if body else None
    raw = canonical({**attributes, "data_base64": b64encode(body).decode()} if body else attributes)
    return _signal(attributes, data, raw, request, flags)


def _decoded(name: str, value: str) -> str:
    # HTTP binding, section 3.1.3.2: quotes first, then percent-encoding, which hides UTF-8.
    text = value.strip()
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        text = _QUOTED_PAIR.sub(r"\1", text[1:-1])
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError as error:
        raise UnreadableError(f"{name[:40]}: not percent-encoded UTF-8") from error


def _content(content: bytes, attributes: Mapping[str, object], flags: list[str]) -> object:
    """Read data that came as bytes. Raises `UnreadableError` when it is said to be JSON and is not."""
    media = _media(as_text(attributes.get("datacontenttype")))
    if media.endswith(("/json", "+json")):
        try:
            return read_json(content)
        except UnreadableError as error:
            raise UnreadableError(f"data: {error}") from error
    if media.startswith("text/"):
        return content.decode(errors="replace")
    flags.append("unread-data")
    return None


def _media(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _signal(attributes: Mapping[str, object], data: object, raw: bytes, request: Request, flags: list[str]) -> Signal:
    fields = as_mapping(data)
    components = next((found for name in ("component", "components", "host") if (found := as_texts(fields.get(name)))), [])
    return build_signal(
        request,
        raw,
        event_id=f"{attributes['source']} {attributes['id']}",
        title=first_text(fields, "title", "summary", "message") or first_text(attributes, "subject", "type"),
        description=first_text(fields, "description") or as_text(data),
        severity=read_severity(first_text(fields, "severity"), flags),
        status=read_status(first_text(fields, "status"), flags),
        detected_at=read_time(attributes.get("time")),
        components=components,
        signal_category=first_text(fields, "category") or first_text(attributes, "type"),
        references=as_texts(fields.get("references")),
        flags=flags,
    )
