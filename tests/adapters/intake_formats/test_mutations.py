"""Every format against its own fixtures broken on purpose, the same way each time: no error, no square, no flood of memory."""

import re
import tracemalloc
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import orjson
import pytest

from adapters.intake_formats.contract import Format
from adapters.intake_formats.formats import FORMATS
from tests.adapters.intake_formats.support import fixtures, request

SMALL = 16_000
LARGE = 4 * SMALL
"""Bytes. What takes four times as long at four times the size is linear; a square takes sixteen times."""
MAX_RATIO = 12
NOISE = 0.02
"""Seconds of processor time below which a ratio says nothing; a square of LARGE takes longer in any loop of Python's."""
SLOW = 2.0
"""Seconds of processor time for one body: a hundred times what any of them takes."""
MEMORY_BODY = 200_000
SPOTS = 16
"""Places of a fixture that are tried, evenly spread over it."""

FILLERS = [
    *(
        b"x",
        b" ",
        b"\\",
        b"=",
        b" a=",
        b"|",
        b"[",
        b"{",
        b"<a>",
        b"&",
        b"\n",
        b"\r\n ",
        b"\t",
        b",",
        b";",
        b":",
        b"%",
        b"1",
        b"9.",
    ),
    *(b"(", b"-", b"'", b"\xc3\xa6", b"=?utf-8?q?a?= ", b"<!--", b'a="b" ', b"\\n", b"00:", b"@", b"/", b'"'),
]
VALUES: list[Any] = [
    None,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"a": {}},
    True,
    -1,
    0.5,
    1e308,
    10**18,
    2**64 - 1,
    "",
    " ",
    "\u0000",
    "9" * 500,
]


def words_of(body: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"[\w.:+-]{2,}", body))


def some(places: list[Any]) -> list[Any]:
    return places[:: max(1, len(places) // SPOTS)][:SPOTS]


def documents(fixture: Path) -> list[Any]:
    """The JSON documents of a fixture, a line each or one over many lines; none for other kinds of bodies."""
    body = fixture.read_bytes()
    for parts in ([body], body.splitlines()):
        try:
            return [orjson.loads(part) for part in parts if part.strip()]
        except orjson.JSONDecodeError:
            continue
    return []


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    yield path
    for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths_of(child, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:  # noqa: ANN401 - any JSON
    if not path:
        return new
    entries: Any = dict(value) if isinstance(value, dict) else list(value)
    entries[path[0]] = replaced(value[path[0]], path[1:], new)
    return entries


def found(value: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any JSON
    for key in path:
        value = value[key]
    return value


def written(values: list[Any]) -> bytes:
    return b"\n".join(orjson.dumps(value) for value in values)


def broken(fixture: Path) -> Iterator[bytes]:
    """Bytes flipped, the body cut at every twentieth, blocks told twice, numbers and texts grown out of all proportion."""
    body = fixture.read_bytes()
    random = Random(body)  # the same for the same bytes
    for _ in range(30):
        flipped = bytearray(body)
        for at in random.choices(range(len(body)), k=random.randint(1, 3)):
            flipped[at] ^= 1 << random.randrange(8)
        yield bytes(flipped)
    for part in range(1, 20):
        yield body[: len(body) * part // 20]
    for _ in range(10):
        start, end = sorted(random.choices(range(len(body) + 1), k=2))
        yield body[:end] + body[start:end] * random.choice((1, 2, 50)) + body[end:]
    for number in some(list(re.finditer(rb"\d+", body))):
        for huge in (b"9" * 20, b"9" * 5_000, b"1e999", b"-0"):
            yield body[: number.start()] + huge + body[number.end() :]
    for word in some(words_of(body)):
        yield body[: word.start()] + b"y" * 100_000 + body[word.end() :]


def exchanged(fixture: Path) -> Iterator[bytes]:
    """Of a JSON fixture: each value exchanged by one of another kind, and texts by long ones."""
    values = documents(fixture)
    for path in some(list(paths_of(values))[1:]):
        for new in VALUES:
            yield written(replaced(values, path, new))
        if isinstance(found(values, path), str):
            yield written(replaced(values, path, "z" * 100_000))


def grown(fixture: Path, size: int) -> Iterator[bytes]:
    """One shape after the other, each about `size` bytes long: a text filled up, at one place of the fixture each, then many
    of everything. The same number of shapes in the same order for every size.
    """
    body, values = fixture.read_bytes(), documents(fixture)
    texts = some([path for path in paths_of(values) if isinstance(found(values, path), str)])
    words = some(words_of(body))
    for turn in range(max(len(FILLERS), len(texts or words))):
        filler = FILLERS[turn % len(FILLERS)]
        long = filler * (size // len(filler))
        if texts:
            path = texts[turn % len(texts)]
            yield written(replaced(values, path, found(values, path) + long.decode()))
        else:
            word = words[turn % len(words)]
            yield body[: word.end()] + long + body[word.end() :]
    yield from many(body, values, size)


def many(body: bytes, values: list[Any], size: int) -> Iterator[bytes]:
    """The whole again and again, its last line, line breaks, and keys without end."""
    last = body.rstrip().splitlines()[-1] + b"\n"
    yield (body + b"\n") * (size // (len(body) + 1))
    yield body + b"\n" + last * (size // len(last))
    yield b"\n" * (size - 2) + b"x\n"
    yield b"a\n" * (size // 2)
    for pattern in (b" k%d=v", b"\tk%d=v", b",k%d", b";k%d", b"<k%d/>", b"k%d: v\n"):
        yield body.rstrip() + b"".join(pattern % number for number in range(size // 8))
    keys = {f"k{number}": number for number in range(size // 16)}
    for path in islice((path for path in paths_of(values) if isinstance(found(values, path), dict)), 6):
        yield written(replaced(values, path, found(values, path) | keys))
    for path in islice((path for path in paths_of(values) if isinstance(found(values, path), list)), 1, 6):
        entries = found(values, path) or [{"name": "navn", "id": 7}]
        yield written(replaced(values, path, entries * (1 + size // (1 + len(orjson.dumps(entries))))))


def read(form: Format, name: str, body: bytes) -> None:
    parsed = form.read(form.redact(body), request(name))
    assert all(rejected.reason for rejected in parsed.rejected)


def seconds(form: Format, name: str, body: bytes) -> float:
    start = process_time()
    read(form, name, body)
    return process_time() - start


@pytest.mark.parametrize("name", FORMATS)
def test_a_broken_body_is_answered_and_soon(name: str) -> None:
    for fixture in fixtures(name):
        for body in chain(broken(fixture), exchanged(fixture)):
            assert seconds(FORMATS[name], name, body) < SLOW, body[:200]


@pytest.mark.parametrize("name", FORMATS)
def test_four_times_the_size_takes_four_times_the_time_and_not_sixteen(name: str) -> None:
    form = FORMATS[name]
    for fixture in fixtures(name):
        for shape, (small, large) in enumerate(zip(grown(fixture, SMALL), grown(fixture, LARGE), strict=True)):
            if seconds(form, name, large) < NOISE:
                continue
            once, four = (min(seconds(form, name, body) for _ in range(3)) for body in (small, large))
            assert four < MAX_RATIO * max(once, NOISE / MAX_RATIO), f"{fixture.name}, shape {shape}: {once:.3f} s, {four:.3f} s"


@pytest.mark.parametrize("name", FORMATS)
def test_a_body_needs_no_more_memory_than_twenty_times_its_size(name: str) -> None:
    form = FORMATS[name]
    fixture = fixtures(name)[0]
    one, values = fixture.read_bytes(), documents(fixture)
    # Whole items again and again cost most time and least memory: a few of them are enough.
    shapes = chain(islice(many(one, values, MEMORY_BODY // 8), 2), islice(many(one, values, MEMORY_BODY), 2, None))
    for shape, body in enumerate(shapes):
        tracemalloc.start()
        try:
            read(form, name, body)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 20 * len(body) + 5_000_000, f"{fixture.name}, shape {shape}: {peak} bytes for {len(body)}"
