import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.tree import ROOMS, ROOT, imports, python_files

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD_HOOK = ROOT / CONFIG["tool"]["hatch"]["build"]["hooks"]["custom"]["path"]


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


DISTRIBUTIONS = packages_distributions()
RUNTIME = declared(CONFIG["project"]["dependencies"])
BUILD = declared(CONFIG["build-system"]["requires"])
TEST = RUNTIME | declared(CONFIG["project"]["optional-dependencies"]["test"])


@pytest.mark.parametrize("path", python_files(*ROOMS, "tests"), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_file_imports_is_declared(path: Path) -> None:
    allowed = BUILD if path == BUILD_HOOK else TEST if path.is_relative_to(ROOT / "tests") else RUNTIME
    tops = {module.split(".")[0] for module in imports(path)} - sys.stdlib_module_names - {*ROOMS, "tests"}
    undeclared = {top for top in tops if not {canonicalize_name(name) for name in DISTRIBUTIONS[top]} & allowed}
    assert undeclared == set()
