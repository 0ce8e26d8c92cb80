"""A house that sends messages, on both databases, and real servers that take them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.event_store.outbox import OutboxTables
from tests.support.incidents import assessed, aware, reported
from tests.support.post import House, MailServer, WebServer, a_house, mail_server, web_server
from tests.support.read_databases import OpenDatabase
from tests.support.stores import open_database


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, open_read_database: OpenDatabase) -> Iterator[House]:
    postgres = "postgres" in request.node.name
    place = request.getfixturevalue("postgres_url") if postgres else str(tmp_path / "messages.db")
    outbox = OutboxTables(open_database(place))
    with a_house(tmp_path / "log", open_read_database, outbox) as built:
        built.tell(reported(), assessed(), aware())
        yield built
    outbox.close()
