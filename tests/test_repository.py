import json
import re
import statistics
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.support.tree import ROOMS, ROOT, files, is_ignored, python_files

LOCK = ROOT / ".ci" / "requirements.lock"
TOP_LEVEL = {*ROOMS, "deploy", "tests", "pyproject.toml", "README.md", "LICENSE"}
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|npmjs|yarnpkg|npmmirror|artifactory", re.IGNORECASE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked() -> dict[str, str]:
    """Name to the rest of its entry: version, marker and hashes."""
    entries = re.split(r"^(?=[a-z0-9])", LOCK.read_text(), flags=re.MULTILINE)[1:]
    return {name: rest for name, _, rest in (entry.partition("==") for entry in entries)}


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not is_ignored(path)} == TOP_LEVEL


def test_every_locked_requirement_has_a_version_and_a_hash() -> None:
    assert locked()
    assert {name for name, entry in locked().items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)} == set()


@pytest.mark.parametrize("declared", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"])
def test_every_declared_requirement_is_locked_within_its_range(declared: str) -> None:
    requirement = Requirement(declared)
    assert requirement.specifier.contains(locked()[requirement.name].split()[0])


def test_the_lock_files_name_no_address() -> None:
    assert "://" not in LOCK.read_text()
    for path in (path for path in files() if path.name == "package-lock.json"):
        packages = json.loads(path.read_text())["packages"]
        assert {
            name for name, package in packages.items() if name and ("resolved" in package or "integrity" not in package)
        } == set(), path


def test_no_file_names_a_registry() -> None:
    texts = [path for path in files() if path != Path(__file__)]
    assert [path for path in texts if REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_python_files_are_short() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*ROOMS, "tests")}
    assert {path: size for path, size in sizes.items() if size > 400} == {}
    assert statistics.median(sizes.values()) < 100
