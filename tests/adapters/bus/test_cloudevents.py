"""Events on the bus: CloudEvents 1.0 in binary mode, byte for byte what the store holds."""

import re
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.bus import cloudevents
from adapters.bus.cloudevents import decode, encode, encode_headers
from adapters.bus.errors import MalformedEventError
from domain.events import EVENT_TYPES, StoredRow
from domain.incident import events as _events  # noqa: F401 - fills the catalogue

ROW = StoredRow(
    42,
    1795422000123456,
    UUID("6b1f4c5e-8f3c-4a8e-9d3e-0f6f3a1c2b4d"),
    1,
    "incident.reported.1",
    b'{"meta":{},"severity":"high"}',
)


class Message(NamedTuple):
    headers: dict[str, str] | None
    data: bytes


def test_the_bytes_are_those_that_the_documentation_shows() -> None:
    shown = re.findall(r"^    ((?:ce-|Sporlog-)\S+): (.+)$", cloudevents.__doc__ or "", re.MULTILINE)
    assert dict(shown) == encode_headers(ROW)
    assert f"PUB {encode(ROW).subject}" in (cloudevents.__doc__ or "")
    assert encode(ROW).data == ROW.state


def test_what_cloudevents_requires_is_there() -> None:
    assert encode_headers(ROW).keys() >= {"ce-id", "ce-source", "ce-specversion", "ce-type"}


@given(
    st.builds(
        StoredRow,
        st.integers(1, 2**53),
        st.integers(0, 2**62),
        st.uuids(),
        st.integers(1, 10**6),
        st.sampled_from(sorted(EVENT_TYPES)),
        st.binary(),
    )
)
def test_every_row_comes_back_as_it_went(row: StoredRow) -> None:
    sent = encode(row)
    assert decode(Message(dict(sent.headers), sent.data)) == row


@pytest.mark.parametrize("header", ["ce-id", "ce-type", "Sporlog-Position", "Sporlog-Recorded-At"])
def test_a_missing_header_is_named(header: str) -> None:
    headers = encode_headers(ROW)
    del headers[header]
    with pytest.raises(MalformedEventError, match=header):
        decode(Message(headers, b"{}"))


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce-id", "17"),
        ("ce-id", "x/1"),
        ("ce-type", "com.example.thing"),
        ("ce-type", "dk.sporlog.reported"),
        ("Sporlog-Position", "x"),
    ],
)
def test_a_strangers_message_is_refused(header: str, value: str) -> None:
    with pytest.raises(MalformedEventError):
        decode(Message({**encode_headers(ROW), header: value}, b"{}"))


def test_a_message_without_headers_is_refused() -> None:
    with pytest.raises(MalformedEventError):
        decode(Message(None, b"{}"))
