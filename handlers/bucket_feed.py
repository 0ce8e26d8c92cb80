"""What a KV bucket still has to be told.

It is read from the tables, never remembered, so that nothing gets lost between processes: a page or a CLI may have caught the
projection up, and the bucket learns of it all the same.
"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from handlers.read_database import ReadDatabase
from projections.projection import Bucket, Projection
from projections.table_set import KV_MARKS, TableSet


class Pending(NamedTuple):
    """Documents by key, and the position that the bucket shows once they are written."""

    position: int
    documents: dict[str, bytes]


class BucketFeed:
    """One bucket of one projection.

    Write what is `pending`, then call `written`. A crash in between writes the same latest values again, and a bucket that was
    made anew (`created` differs) gets every document.
    """

    def __init__(self, projection: Projection, bucket: Bucket, database: ReadDatabase) -> None:
        self.name = bucket.name
        self._bucket, self._database = bucket, database
        self._tables = TableSet(projection)
        self._mark = select(KV_MARKS.c.created, KV_MARKS.c.position).where(KV_MARKS.c.bucket == self.name)

    def pending(self, created: str) -> Pending:
        """What changed since the bucket was last written; `created` is when JetStream made the bucket, in its own words."""
        with self._database.snapshot() as connection:
            progress = self._tables.progress(connection)
            mark = connection.execute(self._mark).one_or_none()
            after = mark.position if mark is not None and mark.created == created else 0
            position = progress.position if progress else 0
            return Pending(position, dict(self._bucket.changed(connection, after)) if after < position else {})

    def written(self, created: str, position: int) -> None:
        """The bucket holds everything up to this position. If a crash loses this mark, the documents are written once more."""
        values = {"bucket": self.name, "created": created, "position": position}
        with self._database.write() as connection:
            insert = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(KV_MARKS).values(values)
            connection.execute(insert.on_conflict_do_update(index_elements=["bucket"], set_=values))
