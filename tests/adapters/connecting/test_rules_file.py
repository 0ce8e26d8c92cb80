"""The rules' file: what is written is read again as it was, and every mistake is named with its rule and key."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.connecting.rules_file import HEAD, KEYS, UnreadableRulesError, read_rules, write_rules
from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.rules import Action, Group, Rule, Rules
from domain.signals import Severity, SignalKind

NAMES = st.integers(1, 99).map(lambda number: f"regel-{number}")
LETTERS = "ab*?.-_ \"'\\#[]{}=,\n\t\x00\x1b\x7f\x85æØ\u2028€😀"
PATTERNS = st.lists(st.text(LETTERS, min_size=1, max_size=9).map(str.strip).filter(bool), max_size=3).map(tuple)


@st.composite
def a_rule(draw: st.DrawFn) -> Rule:
    then: Action = draw(st.sampled_from(get_args(Action)))
    counting = draw(st.booleans())
    return Rule(
        name=draw(NAMES),
        sources=draw(PATTERNS),
        kinds=tuple(draw(st.lists(st.sampled_from(SignalKind), max_size=2))),
        severity=draw(st.none() | st.sampled_from(Severity)),
        components=draw(PATTERNS),
        services=draw(PATTERNS),
        categories=draw(PATTERNS),
        in_maintenance=then == "suppress" or draw(st.booleans()),
        count=draw(st.integers(1, 1000)) if counting else None,
        minutes=draw(st.integers(1, 1440)) if counting else None,
        then=then,
        group=draw(st.sampled_from(get_args(Group))),
        opens_as=draw(st.none() | st.sampled_from(Severity)) if then == "open" else None,
    )


RULES = st.lists(a_rule(), max_size=5, unique_by=lambda rule: rule.name).map(lambda rules: Rules(rules=tuple(rules)))


@given(RULES)
def test_what_is_written_is_read_again_as_it_was(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> None:
    path = tmp_path_factory.mktemp("file") / "regler.toml"
    path.write_bytes(write_rules(rules).encode())
    assert read_rules(path) == rules


def test_the_rules_that_sporlog_brings_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "regler.toml"
    path.write_text(write_rules(DEFAULT_RULES), encoding="utf-8")
    assert read_rules(path) == DEFAULT_RULES


def test_the_worked_example_is_a_rule(tmp_path: Path) -> None:
    path = tmp_path / "regler.toml"
    example = HEAD[HEAD.index("# [[rules]]") :].replace("# ", "")
    path.write_text(example, encoding="utf-8")
    assert [(rule.name, rule.count) for rule in read_rules(path).rules] == [("firewall-mange", 10)]


def test_every_key_of_a_rule_has_a_comment_in_danish() -> None:
    assert KEYS.keys() == Rule.model_fields.keys()


A, B = '[[rules]]\nname = "a"\nthen = "open"\n', '[[rules]]\nname = "b"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'{A}{B}then = "luk"', "rule 2 (b): then: Input should be 'open', 'attach', 'count' or 'suppress'"),
        (f"{A}{B}", "rule 2 (b): then: Field required"),
        ('[[rules]]\nthen = "open"', "rule 1: name: Field required"),
        (f'{A}alvor = "high"', "rule 1 (a): alvor: there is no such key, possible are name, sources, kinds, severity"),
        (f'{A}severity = "høj"', "rule 1 (a): severity: Input should be 'critical'"),
        (f'{A}count = "4"\nminutes = 5', "rule 1 (a): count: Input should be a valid integer"),
        (f"{A}count = 4", "rule 1 (a): count and minutes belong together"),
        (f'{A}components = ["db", ""]', "rule 1 (a): components.2: String should have at least 1 character"),
        (f'{B}then = "suppress"', "rule 1 (b): only what an announced maintenance covers may be suppressed"),
        (f"{A}{A}", "rules: two rules are called a"),
        (f'{A}severity = "høj"\n{B}', "; rule 2 (b): then: Field required"),
        ("number = 4", "number: there is no such key, each rule begins with [[rules]]"),
        ("", "rules: Field required"),
        ("rules = [4]", "rule 1: Input should be an object"),
        ("[[rules", "is no TOML file in UTF-8"),
    ],
)
def test_a_mistake_is_named_with_its_rule_and_key(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "forkert.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableRulesError) as refusal:
        read_rules(path)
    assert str(path) in str(refusal.value)
    assert says in str(refusal.value)


def test_no_rules_at_all_are_written_on_purpose(tmp_path: Path) -> None:
    path = tmp_path / "tom.toml"
    path.write_text("rules = []", encoding="utf-8")
    assert read_rules(path) == Rules(rules=())
