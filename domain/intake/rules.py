"""The rules of correlation, as data: the first rule that matches a signal decides what becomes of it, and is named with it.

Rules are read from TOML, checked, numbered, and changed by an event. Three things are no rules and hold before all of them:
what no format could read and what a person wrote go to a person, and a signal that is not firing opens nothing.
"""

import re
from collections.abc import Iterator, Mapping
from fnmatch import translate
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints, model_validator

from domain.events import Frozen
from domain.incident.events import Word
from domain.signals import Severity, Signal, SignalKind, SignalStatus

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253)]
"""A name, or several with `*` and `?`; letters' case does not matter."""
Action = Literal["open", "attach", "count", "suppress"]
"""`open` joins its group's open incident or opens one; `attach` joins it or is counted; `suppress` is counted and marked."""
Group = Literal["component", "source", "rule"]
"""What belongs together: signals on one component, of one source, or of one rule."""
SEVERITIES = tuple(Severity)
MAX_WINDOW = 1440
"""Minutes of the longest window, a day: longer trends are a report's."""
MAX_RULES = 200
TO_A_PERSON = frozenset({SignalKind.REPORT, SignalKind.UNREAD})


class Rule(Frozen):
    """One rule. Every condition that is given must hold; a list is "one of these"."""

    name: Word
    sources: tuple[Pattern, ...] = ()
    kinds: tuple[SignalKind, ...] = ()
    severity: Severity | None = None
    """This severe or worse."""
    components: tuple[Pattern, ...] = ()
    services: tuple[Pattern, ...] = ()
    categories: tuple[Pattern, ...] = ()
    in_maintenance: bool = False
    """Only for what an announced maintenance covers."""
    count: PositiveInt | None = None
    """From this many different signals on, counted per `group` within `minutes` by the tools' clocks."""
    minutes: Annotated[int, Field(ge=1, le=MAX_WINDOW)] | None = None
    then: Action
    group: Group = "component"
    opens_as: Severity | None = None
    """The severity of an incident that this rule opens; None: the signal's own."""

    @model_validator(mode="after")
    def _is_whole(self) -> "Rule":
        if (self.count is None) != (self.minutes is None):
            msg = "count and minutes belong together: give both or none"
            raise ValueError(msg)
        if self.then == "suppress" and not self.in_maintenance:
            msg = (
                'only what an announced maintenance covers may be suppressed: add in_maintenance = true, or use then = "count"'
            )
            raise ValueError(msg)
        if self.opens_as is not None and self.then != "open":
            msg = 'opens_as is for rules with then = "open"'
            raise ValueError(msg)
        return self

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, ...]:
        return tuple(_any_of(names) for names in (self.sources, self.components, self.services, self.categories))

    def applies(self, signal: Signal, *, in_maintenance: bool) -> bool:
        """Whether all conditions but the count hold."""
        if self.severity is not None and SEVERITIES.index(signal.severity) > SEVERITIES.index(self.severity):
            return False
        if (self.kinds and signal.kind not in self.kinds) or (self.in_maintenance and not in_maintenance):
            return False
        sources, components, services, categories = self._patterns
        return (
            (sources is None or sources.match(signal.source.casefold()) is not None)
            and (components is None or _one_matches(components, signal.components))
            and (services is None or _one_matches(services, signal.services))
            and (categories is None or _one_matches(categories, signal.signal_category.split(",")))
        )

    def groups(self, signal: Signal) -> tuple[str, ...]:
        """The names under which what belongs together is found."""
        match self.group:
            case "component":
                # A signal that names no component still needs one place where its like will be found again.
                return signal.components or (f"source:{signal.source}",)
            case "source":
                return (f"source:{signal.source}",)
            case "rule":
                return (f"rule:{self.name}",)


def _with_distinct_names(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    names = [rule.name for rule in rules]
    if double := sorted({name for name in names if names.count(name) > 1}):
        msg = f"two rules are called {', '.join(double)}: a decision names its rule, so each needs a name of its own"
        raise ValueError(msg)
    return rules


RuleList = Annotated[tuple[Rule, ...], Field(max_length=MAX_RULES), AfterValidator(_with_distinct_names)]
"""Rules in their order, each with a name of its own."""


class Rules(Frozen):
    """All of them. `number` is 0 for those that Sporlog brings, and counts up with every change."""

    number: int = 0
    rules: RuleList


class Counted(NamedTuple):
    """One line of counting: a rule, and the group that it counts in."""

    rule: str
    group: str


class Verdict(NamedTuple):
    """What a rule decides, before anybody looked which incidents are open."""

    rule: str
    then: Action
    groups: tuple[str, ...]
    opens_as: Severity


PERSON = "person"
"""The name that stands in a rule's place where no rule was asked: a person decides."""
NO_RULE = "none"
"""The same where no rule matched: the signal is counted."""
TWIN = "twin"
"""The same for what another source has told already: it goes where that went."""


def asked(rules: Rules, signal: Signal, *, in_maintenance: bool) -> tuple[Rule, ...]:
    """The rules that may decide, in order: those whose conditions hold, up to the first that counts nothing."""
    found: list[Rule] = []
    for rule in rules.rules:
        if rule.applies(signal, in_maintenance=in_maintenance):
            found.append(rule)
            if rule.count is None:
                break
    return tuple(found)


class Likenesses:
    """Rules that are asked about many signals: of those that look alike to them, only about the first."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._by_components = any(rule.components for rule in rules.rules)
        self._by_services = any(rule.services for rule in rules.rules)
        self._found: dict[tuple[object, ...], tuple[Rule, ...]] = {}

    def asked(self, signal: Signal, *, in_maintenance: bool) -> tuple[Rule, ...]:
        """As the function `asked`."""
        likeness = (
            signal.source,
            signal.kind,
            signal.severity,
            signal.signal_category,
            in_maintenance,
            # In a storm thousands of signals differ by names that no rule asks for.
            signal.components if self._by_components else (),
            signal.services if self._by_services else (),
        )
        if (found := self._found.get(likeness)) is None:
            found = self._found[likeness] = asked(self._rules, signal, in_maintenance=in_maintenance)
        return found


def lines(rules: tuple[Rule, ...], signal: Signal) -> Iterator[tuple[Counted, int]]:
    """Where the signal is counted before the verdict: each line, and over how many minutes."""
    for rule in rules:
        if rule.minutes is not None:
            for group in rule.groups(signal):
                yield Counted(rule.name, group), rule.minutes


def verdict(rules: tuple[Rule, ...], signal: Signal, totals: Mapping[Counted, int]) -> Verdict:
    """Let the rules that `asked` found decide. `totals` has each of the signal's lines, the signal itself included."""
    for rule in rules:
        groups = rule.groups(signal)
        if rule.count is None or any(totals.get(Counted(rule.name, group), 0) >= rule.count for group in groups):
            firing = signal.status is SignalStatus.FIRING
            then: Action = "attach" if rule.then == "open" and not firing else rule.then
            return Verdict(rule.name, then, groups, rule.opens_as or signal.severity)
    return Verdict(NO_RULE, "count", (), signal.severity)


def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(translate(name.casefold()) for name in names)) if names else None


def _one_matches(pattern: re.Pattern[str], names: tuple[str, ...] | list[str]) -> bool:
    return any(pattern.match(name.strip().casefold()) for name in names)
