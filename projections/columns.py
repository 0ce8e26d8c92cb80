"""Column types of read tables: the same values and the same order on SQLite and PostgreSQL, readable in any SQL tool.

A time is RFC 3339 UTC text of fixed width, `2026-11-20T14:20:00.000000Z`: it sorts as time does. Lists are JSON text.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of(recorded_at_us: int) -> datetime:
    """The instant of a log entry, UTC, exact to the microsecond."""
    return EPOCH + timedelta(microseconds=recorded_at_us)


@lru_cache(maxsize=1000)
def _written(utc: datetime) -> str:
    # What one event tells has one time, and writing that out costs ten times what finding it here does.
    return utc.isoformat(timespec="microseconds")[:-6] + "Z"


class Words(TypeDecorator[Any]):
    """Text compared by its bytes, so that PostgreSQL sorts as SQLite does, whatever the server's language."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type in the database."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:  # noqa: ARG002 - SQLAlchemy's signature
        """Value to text."""
        text_of = self._text
        return lambda value: None if value is None else text_of(value)

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
        coltype: object,  # noqa: ARG002 - the same
    ) -> Callable[[str | None], Any] | None:
        """Text to value. In one step: reports read millions of them."""
        if self._value is None:
            return None
        value_of = self._value
        return lambda text: None if text is None else value_of(text)

    def _text(self, value: Any) -> str:  # noqa: ANN401 - as many types as there are kinds of columns
        return str(value)

    _value: Callable[[str], Any] | None = None
    """None: as it stands."""


class Id(Words):
    """A UUID, written with its hyphens."""

    cache_ok = True

    def _value(self, text: str) -> UUID:
        return UUID(text)


class Instant(Words):
    """An aware datetime, UTC when read."""

    cache_ok = True

    def _text(self, value: datetime) -> str:
        # In UTC before it is looked up: of an hour that the clocks repeat, Python holds both for the same.
        return _written(value.astimezone(UTC))

    def _value(self, text: str) -> datetime:
        return datetime.fromisoformat(text)


class OneOf(Words):
    """A word of an enumeration."""

    cache_ok = True

    def __init__(self, options: type[StrEnum]) -> None:
        super().__init__()
        self.options = options

    def _text(self, value: StrEnum | str) -> str:
        # Drivers treat a StrEnum in ways of their own (psycopg writes its name): hand them the plain word.
        return value.value if isinstance(value, StrEnum) else value

    def _value(self, text: str) -> StrEnum:
        return self.options(text)


class WordList(Words):
    """A tuple of words in its own order."""

    cache_ok = True

    def _text(self, value: tuple[str, ...]) -> str:
        return orjson.dumps(value).decode()

    def _value(self, text: str) -> tuple[str, ...]:
        return tuple(orjson.loads(text))


class Instants(Words):
    """A mapping of word to instant, as a JSON object with sorted keys."""

    cache_ok = True

    def _text(self, value: Mapping[str, datetime]) -> str:
        in_utc = {word: instant.astimezone(UTC) for word, instant in value.items()}
        return orjson.dumps(in_utc, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z).decode()

    def _value(self, text: str) -> dict[str, datetime]:
        return {word: datetime.fromisoformat(instant) for word, instant in orjson.loads(text).items()}


class Numbers(Words):
    """A mapping of word to numbers, as a JSON object with sorted keys."""

    cache_ok = True

    def _text(self, value: Mapping[str, tuple[int, ...]]) -> str:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def _value(self, text: str) -> dict[str, tuple[int, ...]]:
        return {word: tuple(numbers) for word, numbers in orjson.loads(text).items()}


class WordMap(Words):
    """A mapping of word to word, as a JSON object with sorted keys."""

    cache_ok = True

    def _text(self, value: Mapping[str, str]) -> str:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def _value(self, text: str) -> dict[str, str]:
        return dict(orjson.loads(text))
