"""The files of this repository, without what .gitignore leaves out; works in a tree without git too."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "projections", "handlers", "adapters")
IGNORED = [*(ROOT / ".gitignore").read_text().split(), ".git"]


def is_ignored(path: Path) -> bool:
    inside = path.relative_to(ROOT)
    anchored = any(f"/{inside}" == pattern.rstrip("/") for pattern in IGNORED)
    return anchored or any(fnmatch(inside.name, pattern.rstrip("/")) for pattern in IGNORED)


def files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if is_ignored(path):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def python_files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in files(ROOT / room) if path.suffix == ".py"]


def imports(path: Path) -> set[str]:
    """The full names of the modules that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{path}: imports are absolute here"
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module in ROOMS)
    return found
