import re
import shutil
from pathlib import Path

import pytest

from adapters.web.build_assets import PINS, STAMP, TAKEN, AssetsError, vendor
from tests.support.tree import ROOT

WEB = ROOT / "adapters" / "web"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """adapters/web with its assets, on a machine that reaches no registry and has nothing in npm's cache."""
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    web = tmp_path / "web"
    shutil.copytree(vendor(WEB), web / "static" / "vendor")
    for name in PINS:
        shutil.copy(WEB / name, web)
    return web


@pytest.mark.parametrize("package", TAKEN)
def test_the_files_that_the_pages_name_are_there_with_their_licence(package: str) -> None:
    folder = vendor(WEB) / package
    assert [name for name in TAKEN[package] if not (folder / name).stat().st_size] == []
    assert list(folder.glob("LICENSE*"))
    assert re.search(rf"^{re.escape(package)} \d+\.\d+\.\d+: \S+", (folder.parent / "NOTICE.txt").read_text(), re.MULTILINE)


def test_every_font_and_icon_that_the_stylesheet_refers_to_is_there() -> None:
    css = vendor(WEB) / "dkfds" / "css" / "dkfds.min.css"
    references = [name for name in re.findall(r"url\(([^)]+)\)", css.read_text()) if not name.startswith("data:")]
    assert len(references) > 100
    assert [name for name in references if not (css.parent / name).is_file()] == []


def test_assets_that_are_there_are_not_fetched_again(copy: Path) -> None:
    assert (vendor(copy) / "htmx.org" / "htmx.min.js").is_file()


def test_assets_of_other_pins_are_fetched_anew_and_without_a_registry_the_build_says_what_to_do(copy: Path) -> None:
    with (copy / "package-lock.json").open("a") as lock:
        lock.write("\n")
    with pytest.raises(AssetsError, match="Check the network"):
        vendor(copy)


def test_a_fetch_that_was_cut_short_starts_over(copy: Path) -> None:
    (copy / "static" / "vendor" / STAMP).unlink()
    with pytest.raises(AssetsError):
        vendor(copy)
