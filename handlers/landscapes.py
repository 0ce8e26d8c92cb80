"""The landscape as it stands, read again only when the catalogue changed."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from domain.catalogue.landscape import Landscape
from projections.catalogue import landscape, position


class Landscapes:
    """Reads the catalogue's tables through `open_tables`; used on several threads."""

    def __init__(self, open_tables: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._open = open_tables
        self._lock = threading.Lock()
        self._known: tuple[int, Landscape] = 0, Landscape((), ())

    def now(self) -> Landscape:
        """As the tables show it: whoever must see what was just recorded catches the projection up first."""
        with self._lock, self._open() as connection:
            at = position(connection)
            if at != self._known[0]:
                self._known = at, landscape(connection)
            return self._known[1]
