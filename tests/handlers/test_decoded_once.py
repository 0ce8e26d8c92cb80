"""Decoding for several projections: once for all that come soon, never the wrong event."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from domain.events import Recorded, StoredRow
from handlers import decoded_once
from handlers.decoded_once import DecodedOnce
from tests.support.incidents import reported

STREAM = uuid4()


def row(position: int, state: bytes) -> StoredRow:
    return StoredRow(position, 0, STREAM, position, "incident.reported.1", state)


class Decoder:
    """Counts what it is asked for; a state that begins with `!` is no event."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, bytes]] = []

    def __call__(self, stored: StoredRow) -> Recorded:
        self.asked.append((stored.position, stored.state[:1]))
        if stored.state.startswith(b"!"):
            raise ValueError(stored.position)
        return Recorded(stored.position, 0, STREAM, stored.version, stored.topic, reported())


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


def large(first: bytes) -> bytes:
    return first * decoded_once.LARGE


def test_a_large_event_is_decoded_once_for_all_who_come(decoder: Decoder) -> None:
    shared = DecodedOnce(decoder)
    together = threading.Barrier(8)

    def follow(_follower: int) -> list[Recorded]:
        together.wait()
        return [shared(row(position, large(b"a"))) for position in range(1, 20)]

    with ThreadPoolExecutor(8) as threads:
        first, *others = threads.map(follow, range(8))
    assert len(decoder.asked) == 19
    assert [one.position for one in first] == list(range(1, 20))
    assert all(mine is theirs for other in others for mine, theirs in zip(first, other, strict=True))


def test_another_event_in_the_same_place_is_not_taken_for_it(decoder: Decoder) -> None:
    shared = DecodedOnce(decoder)
    for state in (b"a", b"b", b"b", b"a"):
        shared(row(1, large(state)))
    assert decoder.asked == [(1, b"a"), (1, b"b"), (1, b"a")]


def test_what_is_no_event_is_refused_for_each_who_comes(decoder: Decoder) -> None:
    shared = DecodedOnce(decoder)
    for _ in range(2):
        with pytest.raises(ValueError, match="1"):
            shared(row(1, large(b"!")))


def test_small_events_are_not_kept_and_of_large_ones_only_the_latest(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoded_once, "MOST", 2)
    shared = DecodedOnce(decoder)
    for _ in range(2):
        shared(row(1, b"a"))
    assert len(decoder.asked) == 2
    for position in (2, 3, 4, 4, 3, 2):
        shared(row(position, large(b"a")))
    assert [position for position, _ in decoder.asked[2:]] == [2, 3, 4, 2]
