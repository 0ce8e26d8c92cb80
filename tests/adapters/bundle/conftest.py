from pathlib import Path

import pytest

from adapters.event_store.application import EventStore
from handlers.exporting import Wanted
from tests.support.bundles import bundle_of, with_evidence
from tests.support.stores import Place


@pytest.fixture(scope="session")
def logged(tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    """A log that is only read."""
    folder = tmp_path_factory.mktemp("logged")
    store = Place(str(folder / "events.db"), folder / "keyring").open()
    with_evidence(store)
    return store


@pytest.fixture(scope="session")
def bundle(logged: EventStore) -> bytes:
    """Of one incident, with keys."""
    return bundle_of(logged, Wanted("H-2026-0042"), with_keys=True)


@pytest.fixture
def zipped(bundle: bytes, tmp_path: Path) -> Path:
    (tmp_path / "bundt.zip").write_bytes(bundle)
    return tmp_path / "bundt.zip"
