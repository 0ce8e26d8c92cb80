"""No requirement is forgotten, and what is said to show one is there."""

import ast
from functools import cache

import pytest

from tests.requirements import CONTEXT, OF_KIND_C, REQUIREMENTS, SUBJECTS
from tests.support.tree import ROOT


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, read and not run; none where there is no such file."""
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def test_every_requirement_is_in_the_table_and_no_other() -> None:
    assert list(REQUIREMENTS) == [f"R{number:03}" for number in range(1, 214)]


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_what_shows_a_requirement_is_a_test_that_exists_or_a_subject_to_come(requirement: str) -> None:
    shown_by = REQUIREMENTS[requirement]
    assert shown_by
    assert len(set(shown_by)) == len(shown_by)
    for one in shown_by:
        path, _, name = one.partition("::")
        assert one == CONTEXT or one in SUBJECTS or name in names_in(path), one


def test_only_a_row_that_asks_nothing_is_context_and_then_it_is_nothing_else() -> None:
    context = {row: shown_by for row, shown_by in REQUIREMENTS.items() if CONTEXT in shown_by}
    assert context.keys() <= OF_KIND_C
    assert set(context.values()) == {(CONTEXT,)}


def test_a_row_about_handling_incidents_is_shown_by_a_test_already_unless_another_subject_owns_it() -> None:
    """S4 is this log's own ground; S0 (R169 to R205) is that of the services and the alerts."""
    untested = {row for row, shown_by in REQUIREMENTS.items() if not any("::" in one for one in shown_by)}
    handling = {row for row in untested - OF_KIND_C if row < "R169"}
    assert handling == {"R012"}
