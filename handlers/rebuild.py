"""Making a projection again from the log while the live one goes on serving, and proving that both agree."""

import secrets
from contextlib import closing
from itertools import zip_longest
from typing import NamedTuple

from handlers.event_log import EventLog
from handlers.read_database import ReadDatabase
from handlers.refolding import OnProgress, Refold, Scratch, as_of, unheard
from projections.folding import Record, Rejected
from projections.projection import Projection
from projections.rows import Row
from projections.table_set import BESIDE, STATE, TableSet


class Rebuilt(NamedTuple):
    """The position that the new tables hold, and what could not be taken."""

    position: int
    rejected: list[Rejected]


class Difference(NamedTuple):
    """The first row in which the live tables and their rebuild disagree; None where a side has no such row."""

    table: str
    live: Row | None
    rebuilt: Row | None


class Verified(NamedTuple):
    """At which position both were compared, how many rows were equal, and the first difference, if there is one."""

    position: int
    rows: int
    difference: Difference | None


def rebuild(
    projection: Projection, database: ReadDatabase, log: EventLog, record: Record, on_progress: OnProgress = unheard
) -> Rebuilt:
    """Build beside the live tables, then take their place in one transaction.

    Live events keep coming meanwhile; readers see the old tables or the new ones, never none. After a crash the live tables are
    as they were, and the next rebuild drops what this one left. Raises `RebuildOvertakenError`, `UnavailableError`.
    """
    live, beside = TableSet(projection), TableSet(projection, BESIDE)
    mine = secrets.randbits(62)
    with database.write() as connection:
        STATE.create_all(connection)
        beside.create(connection, generation=mine)
    work = Refold(projection, beside, log, record, generation=mine)
    work.run(database, log.head(), on_progress)
    # What came meanwhile, so that little is left to do under the lock.
    work.run(database, log.head(), on_progress)
    with database.write() as connection:
        progress = live.progress(connection)
        # Asked under the lock, so never behind the live tables: a position that a reader has seen stays true.
        work.finish(connection, log.head())
        beside.replace(connection, live, generation=progress.generation + 1 if progress else 1)
    return Rebuilt(work.position, work.rejected)


def verify(projection: Projection, database: ReadDatabase, log: EventLog, record: Record, scratch: Scratch) -> Verified:
    """Fold the log in memory up to where the live tables are, and compare row by row in order of primary key.

    Live events may keep coming: the live tables are read as of one moment.
    """
    tables, compared = TableSet(projection), 0
    with database.snapshot() as ours:
        progress = tables.progress(ours)
        position = progress.position if progress else 0
        with (
            as_of(projection, position, log, record=record, scratch=scratch) as made,
            closing(tables.dump(ours)) as all_live,
            closing(tables.dump(made)) as all_rebuilt,
        ):
            for live, rebuilt in zip_longest(all_live, all_rebuilt):
                if live != rebuilt:
                    return Verified(position, compared, _difference(tables, live, rebuilt))
                compared += 1
    return Verified(position, compared, None)


def _difference(tables: TableSet, live: tuple[str, Row] | None, rebuilt: tuple[str, Row] | None) -> Difference:
    if live is not None and rebuilt is not None and (mine := tables.place(*live)) != (theirs := tables.place(*rebuilt)):
        # One side lacks a row: it is the one whose row comes later.
        live, rebuilt = (live, None) if mine < theirs else (None, rebuilt)
    table = (live or rebuilt or ("", {}))[0]
    return Difference(table, live[1] if live else None, rebuilt[1] if rebuilt else None)
