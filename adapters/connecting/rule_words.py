"""A rule as one sentence, outcomes and maintenance in words: the same on the page and on the command line."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.intake.rules import NO_RULE, PERSON, TWIN, Action, Group, Rule
from domain.intake.state import Standing
from domain.signals import Disposition, SignalKind

KINDS: Mapping[SignalKind, Words] = {
    SignalKind.ALERT: Words("alarmer", "alerts"),
    SignalKind.TICKET: Words("sager", "tickets"),
    SignalKind.REPORT: Words("meldinger fra mennesker", "reports from people"),
    SignalKind.INTELLIGENCE: Words("trusselsviden", "intelligence"),
    SignalKind.UNREAD: Words("det ulæselige", "what could not be read"),
}
GROUPS: Mapping[Group, Words] = {
    "component": Words("på samme komponent", "on the same component"),
    "source": Words("fra samme kilde", "from the same source"),
    "rule": Words("under samme regel", "under the same rule"),
}
ACTIONS: Mapping[Action, Words] = {
    "open": Words(
        "føjes til den åbne hændelse {group}; er der ingen, åbnes der en",
        "joins the open incident {group}; if none is, opens one",
    ),
    "attach": Words(
        "føjes til den åbne hændelse {group}; er der ingen, tælles det kun",
        "joins the open incident {group}; if none is, it is only counted",
    ),
    "count": Words("tælles kun", "is only counted"),
    "suppress": Words("tælles og mærkes, men åbner intet", "is counted and marked, and opens nothing"),
}
DISPOSITIONS: Mapping[Disposition, Words] = {
    Disposition.OPENED: Words("åbnede en hændelse", "opened an incident"),
    Disposition.ATTACHED: Words("føjet til en hændelse", "joined an incident"),
    Disposition.COUNTED: Words("kun talt", "only counted"),
    Disposition.SUPPRESSED: Words("forklaret af vedligehold", "explained by maintenance"),
    Disposition.TO_PERSON: Words("til et menneske", "to a person"),
    Disposition.DISMISSED: Words("lagt væk af et menneske", "dismissed by a person"),
}
STANDING: Mapping[Standing, Words] = {
    "planned": Words("kommer", "planned"),
    "active": Words("i gang", "under way"),
    "over": Words("slut", "over"),
}
NO_RULES: Mapping[str, Words] = {
    PERSON: Words("(et menneske afgør)", "(a person decides)"),
    NO_RULE: Words("(ingen regel passede)", "(no rule matched)"),
    TWIN: Words("(det samme fra en anden kilde)", "(the same from another source)"),
    "earlier": Words("(fra før reglerne)", "(from before the rules)"),
}
"""What stands in a rule's place where none decided."""


def sentence(rule: Rule, language: Language) -> str:
    """Which signals it is for, and what becomes of them."""
    told, group = " ".join(_conditions(rule, language)), GROUPS[rule.group].to(language)
    if rule.count is not None:
        told += Words(
            f", fra nr. {rule.count} inden for {rule.minutes} minutter {group}",
            f", from number {rule.count} within {rule.minutes} minutes {group}",
        ).to(language)
    then = ACTIONS[rule.then].to(language).format(group=group)
    if rule.opens_as is not None:
        severity = value_label("Severity", rule.opens_as, language).lower()
        then += Words(f" med alvoren {severity}", f" of severity {severity}").to(language)
    return f"{told[0].upper()}{told[1:]}: {then}."


def rule_name(name: str, language: Language) -> str:
    """A rule's name, or what stands in its place."""
    words = NO_RULES.get(name)
    return name if words is None else words.to(language)


def _conditions(rule: Rule, language: Language) -> Iterator[str]:
    kinds = [KINDS[kind].to(language) for kind in rule.kinds]
    yield _either(kinds, language) if kinds else Words("alt", "everything").to(language)
    for names, words in (
        (rule.sources, Words("fra {}", "from {}")),
        (rule.components, Words("på {}", "on {}")),
        (rule.services, Words("der rammer {}", "that hits {}")),
        (rule.categories, Words("i kategorien {}", "in the category {}")),
    ):
        if names:
            yield words.to(language).format(_either(names, language))
    if rule.severity is not None:
        severity = value_label("Severity", rule.severity, language).lower()
        yield Words(f"med alvoren {severity} eller værre", f"of severity {severity} or worse").to(language)
    if rule.in_maintenance:
        yield Words("under varslet vedligehold", "during announced maintenance").to(language)


def _either(names: Sequence[str], language: Language) -> str:
    return Words(" eller ", " or ").to(language).join(names)
