"""The action cards (KL's bilag 4c): what each role does and in which order, made from the table of steps and the policy."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.incident.phases import PHASES, Phase
from domain.incident.step_tasks import EVERYBODY, TASKS
from domain.incident.transitions import TRANSITIONS
from domain.organisation.events import Contact
from domain.organisation.state import Organisation
from domain.policy import Policy
from domain.roles import ADVISERS, Role

_FILING = frozenset({"early-warning", "incident-notification", "final-report"})
_GDPR = frozenset({"breach", "dpo-advice", "gdpr-notification", "data-subjects"})


class RoleStep(NamedTuple):
    """One thing that the role does."""

    step: str
    phase: Phase
    danish: str
    paragraph: str
    needs: tuple[str, ...]


class Held(NamedTuple):
    """Who has the role in one administration, or (None) in the whole entity; deputies in the order in which they stand in."""

    administration: str | None
    holder: str
    deputies: tuple[str, ...]


class RoleCard(NamedTuple):
    """A role's page."""

    role: Role
    steps: tuple[RoleStep, ...]
    """By phase, as the policy orders them; within one, as in the table of steps."""
    rules: tuple[str, ...]
    """What the entity's policy says to this role, and what holds for all."""
    held: tuple[Held, ...]
    contacts: tuple[tuple[Contact, str], ...]


def role_cards(organisation: Organisation, entity: str) -> tuple[RoleCard, ...]:
    """One for each role, in their order."""
    policy = organisation.authority(entity, None).policy
    return tuple(_card(organisation, entity, policy, role) for role in Role)


def _card(organisation: Organisation, entity: str, policy: Policy, role: Role) -> RoleCard:
    steps = _steps(policy, role)
    taken = {one.step for one in steps}
    places = sorted(
        (place for place in organisation.placings if place.entity == entity and place.role is role),
        key=lambda place: place.administration or "",
    )
    held = tuple(Held(place.administration, *organisation.placings[place]) for place in places)
    contacts = tuple(
        (contact, organisation.contacts[contact]) for contact in _reached(taken) if contact in organisation.contacts
    )
    return RoleCard(role, steps, tuple(_rules(policy, taken, role)), held, contacts)


def _steps(policy: Policy, role: Role) -> tuple[RoleStep, ...]:
    order = {phase: place for place, phase in enumerate(policy.phases)}
    found = [
        RoleStep(one.step, one.phase, TASKS[one.step].danish, _paragraph(one.paragraph), TASKS[one.step].needs)
        for one in TRANSITIONS
        if role in one.roles and one.step in TASKS and (one.step != "report" or role is Role.INCIDENT_RECEIVER)
    ]
    return tuple(sorted(found, key=lambda one: order.get(one.phase, len(PHASES))))


def _paragraph(paragraph: str) -> str:
    return f"NIS 2-loven {paragraph}" if paragraph.startswith("§") else paragraph


def _rules(policy: Policy, taken: set[str], role: Role) -> Iterator[str]:
    if "assess" in taken:
        start = "registreringen" if policy.assess_from == "registered" else "opdagelsen"
        yield f"Den første vurdering skal være der {policy.assess_within_hours} timer efter {start}."
    if taken & {"assess", "draft-submission", "approve-assessment", "approve-submission"} and policy.four_eyes:
        yield "Fire øjne: ingen godkender det, de selv har foreslået."
        if policy.alone_on_duty:
            yield (
                "Er du alene på vagt, må du godkende dit eget; en anden godkender det bagefter, senest "
                f"{policy.approve_within_hours} timer senere."
            )
    if taken & _FILING:
        yield "Lovens grænser er 24 timer, 72 timer og en måned; pligten er at gøre det uden unødigt ophold."
        if policy.approve_submissions:
            yield "En underretning godkendes, før den sendes. Kan det ikke nås, så send den: den godkendes bagefter."
        yield "Sporlog indsender intet. Det gør et menneske på virk.dk med MitID."
    if "recipients" in taken:
        yield f"Internt mål for besked til berørte modtagere: {policy.recipients_within_hours} timer."
    if role in ADVISERS:
        yield "Du rådgiver; de to spors roller beslutter."
    yield from EVERYBODY


def _reached(taken: set[str]) -> Iterator[Contact]:
    if taken & _FILING:
        yield from (Contact.VIRK, Contact.FALLBACK)
    if "csirt-help" in taken:
        yield Contact.CSIRT
    if taken & _GDPR:
        yield Contact.DATA_PROTECTION_AUTHORITY
