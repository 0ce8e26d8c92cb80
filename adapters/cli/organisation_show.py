"""The organisation for people's eyes."""

from collections.abc import Sequence

from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.output import console, table
from adapters.organisation.texts import CHANGES, CONTACTS, Label, policy_values, subject_of_change
from domain.organisation.state import Organisation
from domain.organisation.warnings import StandingWarning
from domain.policy import Policy
from domain.roles import ROLES
from handlers.organisation import Changed


def print_warnings(warnings: Sequence[StandingWarning]) -> None:
    """One line each."""
    out = console()
    for warning in warnings:
        out.print("! " + say(warning.danish, warning.english), style="bold")
    if not warnings:
        out.print(say("Organisationen mangler intet.", "The organisation lacks nothing."))


def print_changes(done: Changed) -> None:
    """What was recorded, or that nothing was."""
    out = console()
    for event in done.events:
        out.print(f"{_word(CHANGES[type(event)])}: {_word(subject_of_change(event))}")
    if not done.events:
        out.print(say("Intet at ændre: det står sådan i forvejen.", "Nothing to change: it is so already."))


def print_organisation(organisation: Organisation) -> None:
    """Entities with their roles and filers, then contacts and policies."""
    out = console()
    for name, entity in organisation.entities.items():
        out.print(f"\n{name}", style="bold")
        cvr = f"CVR {entity.cvr}"
        out.print(f"{cvr} · {entity.authority} · {entity.form_set} · {entity.prefix}-")
        roles = table(
            say("Rolle", "Role"), say("Forvaltning", "Administration"), say("Har den", "Held by"), say("Træder til", "Deputies")
        )
        for place, placing in organisation.placings.items():
            if place.entity == name:
                role = say(ROLES[place.role].danish, ROLES[place.role].english)
                roles.add_row(role, place.administration or "", placing.holder, ", ".join(placing.deputies) or "–")
        out.print(roles)
        filers = table(say("Kan indsende på Virk", "May file on Virk"), say("Sidst afprøvet", "Last tested"))
        for who, tested in organisation.filers.get(name, {}).items():
            filers.add_row(who, show_time(tested))
        out.print(filers)
    contacts = table(say("Kontakt", "Contact"), "", title=say("\nKontakter", "\nContacts"))
    for contact, label in CONTACTS.items():
        contacts.add_row(_word(label), organisation.contacts.get(contact, "–"))
    out.print(contacts)
    general = organisation.policies.get(None)
    _print_policy(say("alle andre enheder", "all other entities"), general or Policy())
    for entity_name, policy in organisation.policies.items():
        if entity_name is not None:
            _print_policy(entity_name, policy)


def _print_policy(whose: str, policy: Policy) -> None:
    shown = table(say("Retningslinje", "Policy"), "", title=say(f"\nRetningslinjer for {whose}", f"\nPolicy of {whose}"))
    for label, value in policy_values(policy):
        shown.add_row(_word(label), _shown(value))
    console().print(shown)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nej", "no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _word(label: Label) -> str:
    return label.english if ENGLISH else label.danish
