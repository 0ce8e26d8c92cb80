import ast
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOMS, ROOT, imports, python_files

THIRD_PARTY_OF_THE_DOMAIN = ("pydantic", "eventsourcing.utils")
IMPURE = {"asyncio", "http", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3"} | {
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
CLOCKS_AND_CHANCE = {"now", "utcnow", "today", "uuid1", "uuid4", "open", "print", "input"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", python_files(*ROOMS), ids=name_of)
def test_imports_point_inwards_only(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    outer = {*ROOMS[ROOMS.index(room) + 1 :], "tests", "deploy"}
    assert {module for module in imports(path) if module.split(".")[0] in outer} == set()


@pytest.mark.parametrize("path", python_files("domain"), ids=name_of)
def test_the_domain_stands_on_the_standard_library_pydantic_and_the_topic_registry(path: Path) -> None:
    pure = (sys.stdlib_module_names - IMPURE) | {"domain"}
    foreign = {module for module in imports(path) if module.split(".")[0] not in pure}
    assert {module for module in foreign if not module.startswith(THIRD_PARTY_OF_THE_DOMAIN)} == set()


@pytest.mark.parametrize("path", python_files("domain"), ids=name_of)
def test_the_domain_has_no_clock_no_chance_and_no_files(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = {f.attr if isinstance(f, ast.Attribute) else f.id for f in calls if isinstance(f, ast.Attribute | ast.Name)}
    assert names & CLOCKS_AND_CHANCE == set()


PARTS = {"anchors", "bundle", "bus", "channels", "cli", "demo", "event_store"} | {
    "evidence",
    "intake_formats",
    "read_models",
    "registers",
    "reports",
    "transparency",
    "ways_in",
    "web",
}
"""The folders of adapters that are a part of the outside world; all others hold what several parts share of one matter."""


@pytest.mark.parametrize("path", python_files("adapters"), ids=name_of)
def test_only_main_and_up_know_more_than_one_part_of_the_outside_world(path: Path) -> None:
    inside = path.relative_to(ROOT / "adapters")
    used = {module.split(".")[1] for module in imports(path) if module.startswith("adapters.")} & PARTS
    own = {inside.parts[0]} & PARTS
    assert inside.parts[0] in {"main.py", "up"} or len(used | own) <= 1, (
        f"{inside} knows {sorted(used | own)}; wire them in adapters/main.py or adapters/up/"
    )


def test_every_part_of_the_outside_world_is_a_folder() -> None:
    assert {folder.name for folder in (ROOT / "adapters").iterdir() if folder.is_dir()} >= PARTS
