"""Rules in words: one sentence each, in both languages, for every value that a rule can have."""

from typing import get_args

import pytest

from adapters.connecting.rule_words import (
    ACTIONS,
    DISPOSITIONS,
    GROUPS,
    KINDS,
    NO_RULES,
    STANDING,
    rule_name,
    sentence,
)
from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.rules import NO_RULE, PERSON, TWIN, Action, Group, Rule
from domain.intake.state import Standing
from domain.signals import Disposition, Severity, SignalKind
from projections.signals import EARLIER

FULL = Rule(
    name="mange",
    sources=("forti*", "cef"),
    kinds=(SignalKind.ALERT,),
    severity=Severity.MEDIUM,
    components=("fw-*",),
    count=10,
    minutes=5,
    then="open",
    group="source",
    opens_as=Severity.HIGH,
)


@pytest.mark.parametrize(
    ("rule", "danish"),
    [
        (
            FULL,
            (
                "Alarmer fra forti* eller cef på fw-* med alvoren mellem eller værre, fra nr. 10 inden for 5 minutter fra "
                "samme kilde: føjes til den åbne hændelse fra samme kilde; er der ingen, åbnes der en med alvoren høj."
            ),
        ),
        (DEFAULT_RULES.rules[0], "Trusselsviden: tælles kun."),
        (DEFAULT_RULES.rules[-1], "Alt: føjes til den åbne hændelse på samme komponent; er der ingen, tælles det kun."),
    ],
)
def test_a_rule_is_one_sentence(rule: Rule, danish: str) -> None:
    assert sentence(rule, "da") == danish


def test_every_value_has_words() -> None:
    assert ACTIONS.keys() == set(get_args(Action))
    assert GROUPS.keys() == set(get_args(Group))
    assert STANDING.keys() == set(get_args(Standing))
    assert KINDS.keys() == set(SignalKind)
    assert DISPOSITIONS.keys() == set(Disposition)
    assert NO_RULES.keys() == {PERSON, NO_RULE, TWIN, EARLIER}


def test_a_rule_is_called_by_its_name() -> None:
    assert rule_name("storm", "da") == "storm"
    assert rule_name("twin", "en") == "(the same from another source)"
