"""The rules of correlation: what matches, what a verdict says, and what is no valid rule."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.intake.default_rules import DEFAULT_RULES
from domain.intake.rules import NO_RULE, Counted, Likenesses, Rule, Rules, asked, lines, verdict
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.support.signals import signal

LOW, MEDIUM, HIGH, CRITICAL = Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL


def rule(**fields: Any) -> Rule:  # noqa: ANN401 - as the fields of Rule
    return Rule.model_validate({"name": "r", "then": "open"} | fields)


def decided(rules: Rules, alert: Signal, *, in_maintenance: bool = False, **totals: int) -> tuple[str, str]:
    found = asked(rules, alert, in_maintenance=in_maintenance)
    by_line = {line: totals.get(line.rule, 1) for line, _ in lines(found, alert)}
    outcome = verdict(found, alert, by_line)
    return outcome.rule, outcome.then


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        (signal("1", "db", severity=CRITICAL), ("severe", "open")),
        (signal("1", "db", severity=HIGH), ("severe", "open")),
        (signal("1", "db", severity=HIGH, status=SignalStatus.RESOLVED), ("severe", "attach")),
        (signal("1", "db", severity=HIGH, status=SignalStatus.ACKNOWLEDGED), ("severe", "attach")),
        (signal("1", "db", severity=MEDIUM), ("rest", "attach")),
        (signal("1", "db", severity=CRITICAL, kind=SignalKind.INTELLIGENCE), ("intelligence", "count")),
        (signal("1", "db", severity=LOW, kind=SignalKind.TICKET, signal_category="IT-Sikkerhed"), ("security-ticket", "open")),
        (signal("1", "db", severity=LOW, kind=SignalKind.TICKET, signal_category="printer"), ("rest", "attach")),
        (signal("1", "db", severity=LOW, signal_category="security"), ("rest", "attach")),
    ],
)
def test_the_rules_that_sporlog_brings(alert: Signal, expected: tuple[str, str]) -> None:
    assert decided(DEFAULT_RULES, alert) == expected


def test_maintenance_explains_availability_and_nothing_else() -> None:
    down = signal("1", "db", severity=CRITICAL, signal_category="availability")
    attack = signal("2", "db", severity=CRITICAL, signal_category="intrusion")
    assert decided(DEFAULT_RULES, down, in_maintenance=True) == ("maintenance", "suppress")
    assert decided(DEFAULT_RULES, down, in_maintenance=False) == ("severe", "open")
    assert decided(DEFAULT_RULES, attack, in_maintenance=True) == ("severe", "open")


def test_a_security_ticket_opens_a_severe_incident_whatever_its_priority() -> None:
    ticket = signal("1", severity=LOW, kind=SignalKind.TICKET, signal_category="security")
    found = verdict(asked(DEFAULT_RULES, ticket, in_maintenance=False), ticket, {})
    assert (found.opens_as, found.groups) == (HIGH, ("source:wazuh",))


@pytest.mark.parametrize(("count", "expected"), [(99, ("severe", "open")), (100, ("storm", "open"))])
def test_a_storm_of_one_source_is_one_incident_from_the_hundredth_on(count: int, expected: tuple[str, str]) -> None:
    assert decided(DEFAULT_RULES, signal("1", "db", severity=HIGH), storm=count) == expected


@pytest.mark.parametrize(("count", "expected"), [(49, ("rest", "attach")), (50, ("many", "open"))])
def test_many_lesser_alerts_on_one_component_open_an_incident(count: int, expected: tuple[str, str]) -> None:
    assert decided(DEFAULT_RULES, signal("1", "db", severity=MEDIUM), many=count) == expected


@pytest.mark.parametrize(("count", "expected"), [(999, ("many", "open")), (1000, ("flood", "open"))])
def test_a_flood_of_lesser_alerts_from_one_source_is_one_incident(count: int, expected: tuple[str, str]) -> None:
    assert decided(DEFAULT_RULES, signal("1", "db", severity=MEDIUM), many=50, flood=count) == expected
    assert decided(DEFAULT_RULES, signal("1", "db", severity=HIGH), many=50, flood=count) == ("severe", "open")


def test_any_of_a_signal_s_components_reaches_the_count() -> None:
    counting = Rules(rules=(rule(count=5, minutes=10),))
    alert = signal("1", "db", "web")
    found = asked(counting, alert, in_maintenance=False)
    assert [line for line, _ in lines(found, alert)] == [Counted("r", "db"), Counted("r", "web")]
    assert verdict(found, alert, {Counted("r", "db"): 4, Counted("r", "web"): 5}).rule == "r"
    assert verdict(found, alert, {Counted("r", "db"): 4, Counted("r", "web"): 4}).rule == NO_RULE


@pytest.mark.parametrize(
    ("fields", "matches"),
    [
        ({}, True),
        ({"sources": ["waz*"]}, True),
        ({"sources": ["zabbix", "WAZUH"]}, True),
        ({"sources": ["zabbix"]}, False),
        ({"kinds": ["alert"]}, True),
        ({"kinds": ["ticket"]}, False),
        ({"severity": "high"}, True),
        ({"severity": "critical"}, False),
        ({"components": ["DB-?"]}, True),
        ({"components": ["db"]}, False),
        ({"services": ["*portal"]}, True),
        ({"services": ["økonomi"]}, False),
        ({"categories": ["ssh*"]}, True),
        ({"categories": ["web"]}, False),
        ({"sources": ["wazuh"], "components": ["other"]}, False),
        ({"in_maintenance": True}, False),
    ],
)
def test_every_condition_that_is_given_must_hold(fields: dict[str, Any], matches: bool) -> None:  # noqa: FBT001 - a case
    alert = signal("1", "web-1", "db-1", severity=HIGH, services=("Borgerportal",), signal_category="auth, sshd")
    assert rule(**fields).applies(alert, in_maintenance=False) is matches


def test_the_first_rule_that_decides_ends_the_asking() -> None:
    rules = Rules(rules=(rule(name="a", count=3, minutes=5), rule(name="b", then="count"), rule(name="c")))
    assert [each.name for each in asked(rules, signal("1", "db"), in_maintenance=False)] == ["a", "b"]


ALIKE = st.builds(
    lambda names, services, **fields: signal("1", *names, services=services, **fields),
    st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
    st.sampled_from([(), ("a",), ("b",)]),
    source=st.sampled_from("ab"),
    kind=st.sampled_from([SignalKind.ALERT, SignalKind.TICKET]),
    severity=st.sampled_from([LOW, HIGH]),
    signal_category=st.sampled_from("ab"),
)
CONDITIONS: list[dict[str, Any]] = [
    *({name: ["a"]} for name in ("sources", "components", "services", "categories")),
    *({"kinds": ["ticket"]}, {"severity": "high"}, {"in_maintenance": True}, {}),
]


@given(st.lists(st.sampled_from(CONDITIONS), max_size=3), st.lists(st.tuples(ALIKE, st.booleans()), max_size=20))
def test_what_looks_alike_to_the_rules_is_asked_about_once_and_meets_the_same(
    conditions: list[dict[str, Any]], alerts: list[tuple[Signal, bool]]
) -> None:
    rules = Rules(rules=tuple(rule(name=f"r{number}", **fields) for number, fields in enumerate(conditions)))
    likenesses = Likenesses(rules)
    for alert, covered in alerts:
        assert likenesses.asked(alert, in_maintenance=covered) == asked(rules, alert, in_maintenance=covered)


def test_without_a_rule_that_matches_a_signal_is_counted() -> None:
    assert decided(Rules(rules=()), signal("1", "db", severity=CRITICAL)) == (NO_RULE, "count")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"count": 3}, "count and minutes belong together"),
        ({"minutes": 3}, "count and minutes belong together"),
        ({"then": "suppress"}, "only what an announced maintenance covers may be suppressed"),
        ({"then": "count", "opens_as": "high"}, "opens_as is for rules"),
        ({"name": "to ord"}, "name"),
        ({"severity": "høj"}, "severity"),
        ({"minutes": 1441, "count": 1}, "minutes"),
        ({"unknown": 1}, "unknown"),
        ({"components": [""]}, "components"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_by_name(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        rule(**fields)
    assert told in str(caught.value)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ValidationError, match="two rules are called r"):
        Rules(rules=(rule(), rule(then="count")))


@given(
    st.builds(
        signal,
        st.text(min_size=1, max_size=5),
        st.text(max_size=9),
        severity=st.sampled_from(Severity),
        status=st.sampled_from(SignalStatus),
        kind=st.sampled_from(SignalKind),
        detected_at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1)),  # noqa: DTZ001 - given its zone
    ),
    st.booleans(),
)
def test_every_signal_gets_a_verdict_that_names_its_rule(alert: Signal, in_maintenance: bool) -> None:  # noqa: FBT001 - drawn
    rule_name, then = decided(DEFAULT_RULES, alert, in_maintenance=in_maintenance)
    assert rule_name in {each.name for each in DEFAULT_RULES.rules}
    assert then != "open" or alert.status is SignalStatus.FIRING
