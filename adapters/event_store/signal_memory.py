"""What the store remembers of signals beside the events: who was here, how often, in which episode, counted by which rule.

It is written in the events' own transaction and read under its lock: duplicates are found here, and nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from adapters.event_store.keyring import Keyring
from adapters.event_store.payloads import Sealable, seal_payloads
from adapters.event_store.transaction import MAX_VARIABLES, WriteTransaction
from domain.intake.rules import Counted
from domain.signals import Disposition, Signal, SignalStatus
from handlers.unit_of_work import Body, Episode, KnownSignal, NewSignal, SignalKey

T = TypeVar("T")
KNOWN = "incident_id, count, payload, disposition, status, told_at_us"
"""The columns of what is remembered of a signal, as `as_known` reads them."""


class SignalMemory:
    """See `handlers.unit_of_work.UnitOfWork` for the guarantees of each method."""

    def __init__(self, transaction: WriteTransaction, keyring: Keyring) -> None:
        self.transaction, self._keyring = transaction, keyring

    @property
    def recorded_at(self) -> datetime:
        """UTC."""
        return _instant(self.transaction.recorded_at_us)

    def known_signals(self, keys: Sequence[SignalKey]) -> Mapping[SignalKey, KnownSignal]:
        """By source, in chunks."""
        return {
            (source, event_id): as_known(columns)
            for source, (event_id, *columns) in self._by_source(
                f"SELECT source_event_id, {KNOWN} FROM signals WHERE source = ? AND source_event_id IN",  # noqa: S608 - constants
                keys,
            )
        }

    def remember_signals(self, signals: Sequence[NewSignal]) -> None:
        """One row a signal, and its payload."""
        columns = "source, source_event_id, incident_id, count, payload, disposition, status, told_at_us, version"
        self.transaction.cursor.executemany(
            f"INSERT INTO signals ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - the columns above
            [
                (
                    new.signal.source,
                    new.signal.source_event_id,
                    new.incident_id.hex if new.incident_id else None,
                    new.times,
                    bytes.fromhex(new.signal.payload_sha256),
                    new.disposition.value,
                    new.latest.status.value,
                    _micros(new.latest.told_at),
                    new.version,
                )
                for new in signals
            ],
        )
        self.store_payloads([new.signal for new in signals])

    def store_payloads(self, signals: Sequence[Signal]) -> None:
        """Payloads are content-addressed: the same bytes twice are stored once and counted."""
        self._store([Sealable(s.payload_sha256, s.raw, s.title, s.description, s.references) for s in signals])

    def store_bodies(self, bodies: Sequence[Body]) -> None:
        """As payloads, their headers in the place of references."""
        self._store([Sealable(body.sha256, body.raw, "", "", body.headers) for body in bodies])

    def _store(self, payloads: Sequence[Sealable]) -> None:
        if payloads:
            self.transaction.cursor.executemany(
                "INSERT INTO payloads (sha256, kid, nonce, ct, refs) VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT (sha256) DO UPDATE SET refs = payloads.refs + 1",
                seal_payloads(self._keyring, payloads, self.recorded_at),
            )

    def assign_signals(self, places: Mapping[SignalKey, tuple[Disposition, UUID | None]]) -> None:
        """One statement for all."""
        self.transaction.cursor.executemany(
            "UPDATE signals SET disposition = ?, incident_id = ? WHERE source = ? AND source_event_id = ?",
            [(disposition.value, incident and incident.hex, *key) for key, (disposition, incident) in places.items()],
        )

    def count_repeats(self, counts: Mapping[SignalKey, tuple[int, SignalStatus, datetime | None]]) -> None:
        """One statement for all."""
        self.transaction.cursor.executemany(
            "UPDATE signals SET count = count + ?, status = ?, told_at_us = ? WHERE source = ? AND source_event_id = ?",
            [(times, status.value, _micros(told_at), *key) for key, (times, status, told_at) in counts.items()],
        )

    def count_waiting(self, source: str, prefix: str, upto: int) -> int:
        """A look along the primary key."""
        ((found,),) = self.transaction.rows(
            "SELECT count(*) FROM (SELECT 1 FROM signals WHERE source = ? AND source_event_id >= ? AND source_event_id < ?"
            " AND disposition = ? LIMIT ?) AS waiting",
            (source, prefix, prefix + "\U0010ffff", Disposition.TO_PERSON.value, upto),
        )
        return int(found)

    def latest_episodes(self, episodes: Collection[SignalKey]) -> Mapping[SignalKey, Episode]:
        """By source, in chunks."""
        return {
            (source, episode): Episode(event_id, bool(is_open))
            for source, (episode, event_id, is_open) in self._by_source(
                "SELECT episode, source_event_id, is_open FROM episodes WHERE source = ? AND episode IN", episodes
            )
        }

    def set_episodes(self, episodes: Mapping[SignalKey, Episode]) -> None:
        """One statement for all."""
        self.transaction.cursor.executemany(
            "INSERT INTO episodes (source, episode, source_event_id, is_open) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (source, episode) DO UPDATE"
            " SET source_event_id = excluded.source_event_id, is_open = excluded.is_open",
            [(*key, episode.source_event_id, int(episode.is_open)) for key, episode in episodes.items()],
        )

    def twins(self, names: Collection[str]) -> Mapping[str, SignalKey]:
        """In chunks."""
        found = self._chunked("SELECT name, source, source_event_id FROM twins WHERE name IN", (), names)
        return {name: (source, event_id) for name, source, event_id in found}

    def set_twins(self, names: Mapping[str, SignalKey]) -> None:
        """The first one stays."""
        self.transaction.cursor.executemany(
            "INSERT INTO twins (name, source, source_event_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(name, *key) for name, key in names.items()],
        )

    def window_counts(self, lines: Mapping[Counted, int]) -> Mapping[Counted, Mapping[int, int]]:
        """By rule, in chunks; each from the earliest minute that any of its lines asks for."""
        counts: dict[Counted, dict[int, int]] = defaultdict(dict)
        for rule in dict.fromkeys(line.rule for line in lines):
            groups = {line.group: first for line, first in lines.items() if line.rule == rule}
            found = self._chunked(
                "SELECT grouped, minute, n FROM windows WHERE rule = ? AND minute > ? AND grouped IN",
                (rule, min(groups.values())),
                groups,
            )
            for group, minute, n in found:
                counts[Counted(rule, group)][int(minute)] = int(n)
        return counts

    def add_window_counts(self, counts: Mapping[tuple[Counted, int], int], oldest: int) -> None:
        """One statement for all."""
        cursor = self.transaction.cursor
        cursor.executemany(
            "INSERT INTO windows (rule, grouped, minute, n) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (rule, grouped, minute) DO UPDATE SET n = windows.n + excluded.n",
            [(*line, minute, n) for (line, minute), n in counts.items()],
        )
        cursor.execute("DELETE FROM windows WHERE minute < ?", (oldest,))

    def recorded_in(self, keys: Iterable[SignalKey]) -> dict[SignalKey, int | None]:
        """The version of the event in its source's stream that records each; None: from before that was noted."""
        found = self._by_source("SELECT source_event_id, version FROM signals WHERE source = ? AND source_event_id IN", keys)
        return {(source, event_id): version and int(version) for source, (event_id, version) in found}

    def _by_source(self, sql: str, keys: Iterable[SignalKey]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        names: dict[str, list[str]] = defaultdict(list)
        for source, name in keys:
            names[source].append(name)
        for source, wanted in names.items():
            yield from ((source, row) for row in self._chunked(sql, (source,), wanted))

    def _chunked(self, sql: str, before: tuple[Any, ...], wanted: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        left = iter(wanted)
        while part := tuple(islice(left, MAX_VARIABLES)):
            yield from self.transaction.rows(f"{sql} ({','.join('?' * len(part))})", (*before, *part))


def as_known(columns: Sequence[Any]) -> KnownSignal:
    """What is remembered of one signal, from its columns `KNOWN`."""
    incident, times, payload, disposition, status, told_at = columns
    return KnownSignal(
        UUID(hex=incident) if incident else None,
        int(times),
        bytes(payload).hex(),
        Disposition(disposition),
        SignalStatus(status),
        None if told_at is None else _instant(told_at),
    )


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


def _micros(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1_000_000)
