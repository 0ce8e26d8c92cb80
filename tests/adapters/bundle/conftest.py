from pathlib import Path

import pytest

from adapters.event_store.application import EventStore
from handlers.exporting import Wanted
from tests.support.bundles import anchored, bundle_of, with_evidence
from tests.support.stores import Place
from tests.support.time_stamping import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Of time."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def logged(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> EventStore:
    """A log that is only read, of which others have the first seven events."""
    folder = tmp_path_factory.mktemp("logged")
    store = Place(str(folder / "events.db"), folder / "keyring").open()
    with_evidence(store)
    anchored(store, authority, 7)
    return store


@pytest.fixture(scope="session")
def bundle(logged: EventStore) -> bytes:
    """Of one incident, with keys."""
    return bundle_of(logged, Wanted("H-2026-0042"), with_keys=True)


@pytest.fixture
def zipped(bundle: bytes, tmp_path: Path) -> Path:
    (tmp_path / "bundt.zip").write_bytes(bundle)
    return tmp_path / "bundt.zip"
