"""What the organisation's parts are called: on the page, in the command line, and as comments in its file."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.organisation import events as e
from domain.policy import Policy
from domain.roles import ROLES


class Label(NamedTuple):
    """One name in both languages."""

    danish: str
    english: str


CHANGES: Mapping[type[e.OrganisationChange], Label] = {
    e.EntityRegistered: Label("Indberettende enhed registreret", "Reporting entity registered"),
    e.EntityChanged: Label("Indberettende enhed ændret", "Reporting entity changed"),
    e.RolePlaced: Label("Rolle placeret", "Role placed"),
    e.RoleVacated: Label("Rolle frigjort", "Role vacated"),
    e.FilerNamed: Label("Indsender udpeget", "Filer named"),
    e.FilerTested: Label("Indsendelse afprøvet", "Filing tested"),
    e.FilerRemoved: Label("Indsender fjernet", "Filer removed"),
    e.ContactSet: Label("Kontakt sat", "Contact set"),
    e.PolicySet: Label("Retningslinjer sat", "Policy set"),
    e.AccessGranted: Label("Adgang givet", "Access granted"),
    e.AccessWithdrawn: Label("Adgang inddraget", "Access withdrawn"),
}

CONTACTS: Mapping[e.Contact, Label] = {
    e.Contact.VIRK: Label("Selvbetjeningsløsningen på virk.dk", "The self-service solution on virk.dk"),
    e.Contact.FALLBACK: Label(
        "Myndighedens alternative kanal, når Virk eller kommunen selv er nede",
        "The authority's alternative channel, when Virk or the municipality is down",
    ),
    e.Contact.CSIRT: Label("CSIRT'en", "The CSIRT"),
    e.Contact.DATA_PROTECTION_AUTHORITY: Label("Datatilsynet", "The data protection authority (Datatilsynet)"),
}

POLICY: Mapping[str, Label] = {
    "four_eyes": Label(
        "Fire øjne: ingen godkender det, de selv har foreslået", "Four eyes: nobody approves what they proposed themselves"
    ),
    "approve_submissions": Label("Underretninger godkendes, før de sendes", "Notices are approved before they are sent"),
    "alone_on_duty": Label(
        "Alene på vagt: man må godkende sit eget, og en anden godkender bagefter",
        "Alone on duty: one may approve one's own, and a second person approves afterwards",
    ),
    "approve_within_hours": Label("Timer til godkendelsen bagefter", "Hours until the approval afterwards"),
    "assess_within_hours": Label("Timer til den første vurdering", "Hours until the first assessment"),
    "assess_from": Label(
        "Den første vurdering regnes fra registreringen (registered) eller opdagelsen (detected)",
        "The first assessment counts from the registration (registered) or the detection (detected)",
    ),
    "recipients_within_hours": Label(
        "Timer til besked til berørte modtagere (§ 15: uden unødigt ophold)",
        "Hours until affected recipients are told (§ 15: without undue delay)",
    ),
    "data_subjects_within_hours": Label(
        "Timer til besked til de registrerede (GDPR art. 34: uden unødig forsinkelse)",
        "Hours until the data subjects are told (GDPR art. 34: without undue delay)",
    ),
    "impact_urgency": Label(
        "Spørg om påvirkning og hast, når en hændelse registreres", "Ask impact and urgency when an incident is reported"
    ),
    "phases": Label("Hvilke faser der vises, i rækkefølge", "Which phases are shown, in order"),
    "notice_order": Label(
        "Underretningens felter i den rækkefølge, som virk.dk har dem; resten følger efter",
        "The notice's fields in the order in which virk.dk has them; the rest follows",
    ),
}
"""Every field of a policy that is one value or a list (a test keeps it complete)."""

THRESHOLDS: Mapping[str, Label] = {
    "critical_service_down_minutes": Label("Minutter, en kritisk tjeneste er nede", "Minutes that a critical service is down"),
    "citizens_affected": Label("Berørte borgere", "Citizens affected"),
    "vulnerable_citizens_affected": Label("Berørte sårbare borgere", "Vulnerable citizens affected"),
    "staff_unable_to_work": Label("Ansatte, der ikke kan arbejde", "Staff unable to work"),
    "records_exposed": Label("Oplysninger om personer, der er blottet", "Personal records exposed"),
    "cost_dkk": Label("Omkostning i kroner", "Cost in DKK"),
    "administrations_hit": Label("Ramte forvaltninger", "Administrations hit"),
    "ir_2024_2690": Label(
        "Vej også efter forordning (EU) 2024/2690, som ikke binder kommuner",
        "Also weigh by Regulation (EU) 2024/2690, which does not bind municipalities",
    ),
}
"""Every threshold (a test keeps it complete)."""

EXAMPLES: Mapping[str, Label] = {
    "operation": Label("Egne eksempler: alvorlig driftsforstyrrelse", "Own examples: severe operational disruption"),
    "economy": Label("Egne eksempler: økonomisk tab", "Own examples: financial loss"),
    "others": Label("Egne eksempler: betydelig skade for andre", "Own examples: considerable damage to others"),
}
"""The three criteria of NIS 2-loven § 12, stk. 2."""


def policy_values(policy: Policy) -> list[tuple[Label, Any]]:
    """Every rule, threshold and example that is set, with its name, in the order of the tables above; JSON values."""
    told = policy.model_dump(mode="json")
    tables = ((POLICY, told), (THRESHOLDS, told["thresholds"]), (EXAMPLES, told["examples"]))
    return [(names[key], part[key]) for names, part in tables for key in names if part.get(key) not in (None, [])]


def subject_of_change(event: e.OrganisationEvent) -> Label:
    """What it is about: entity, administration, role, person or contact, as far as the event has them."""
    parts = [getattr(event, name, None) for name in ("entity", "administration", "who")]
    known = [str(part) for part in parts if part]
    match event:
        case e.RolePlaced() | e.RoleVacated():
            role = ROLES[event.role]
            return Label(", ".join([*known, role.danish]), ", ".join([*known, role.english]))
        case e.ContactSet():
            return CONTACTS[event.contact]
        case e.AccessGranted():
            return _opened(event)
        case e.AccessWithdrawn():
            return Label(event.holder, event.holder)
        case e.PolicySet(entity=None):
            return Label("alle enheder uden deres egne", "all entities without their own")
        case _:
            return Label(", ".join(known), ", ".join(known))


def _opened(event: e.AccessGranted) -> Label:
    if event.incidents:
        count = len(event.incidents)
        return Label(f"{event.holder}, revision af hændelser: {count}", f"{event.holder}, audit of incidents: {count}")
    whose = ", ".join(event.entities)
    return Label(f"{event.holder}, {whose or 'alle enheder'}", f"{event.holder}, {whose or 'every entity'}")
