"""What the catalogue's kinds, ties and classes are called by people. A test keeps the tables complete against the models."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from adapters.words.wording import Language, Words
from domain.catalogue.classes import Effect, ServiceClass
from domain.catalogue.kinds import Criterion, Kind
from domain.catalogue.ties import Need, Tie, Weight

KINDS: Mapping[Kind, Words] = {
    Kind.SERVICE: Words("Ydelse", "Service"),
    Kind.PROCESS: Words("Arbejdsgang", "Work process"),
    Kind.SYSTEM: Words("System", "System"),
    Kind.INTEGRATION: Words("Integration", "Integration"),
    Kind.COMPONENT: Words("Komponent", "Component"),
    Kind.SUPPLIER: Words("Leverandør", "Supplier"),
    Kind.CONTRACT: Words("Kontrakt", "Contract"),
    Kind.MAILBOX: Words("Rollepostkasse", "Role mailbox"),
    Kind.PLAN: Words("Nødplan", "Emergency plan"),
}
PLURALS: Mapping[Kind, Words] = {
    Kind.SERVICE: Words("Ydelser", "Services"),
    Kind.PROCESS: Words("Arbejdsgange", "Work processes"),
    Kind.SYSTEM: Words("Systemer", "Systems"),
    Kind.INTEGRATION: Words("Integrationer", "Integrations"),
    Kind.COMPONENT: Words("Komponenter", "Components"),
    Kind.SUPPLIER: Words("Leverandører", "Suppliers"),
    Kind.CONTRACT: Words("Kontrakter", "Contracts"),
    Kind.MAILBOX: Words("Rollepostkasser", "Role mailboxes"),
    Kind.PLAN: Words("Nødplaner", "Emergency plans"),
}
TIES: Mapping[Tie, Words] = {
    Tie.DEPENDS_ON: Words("afhænger af", "depends on"),
    Tie.SUPPLIED_BY: Words("leveres af", "is supplied by"),
    Tie.UNDER_CONTRACT: Words("er under kontrakten", "is under the contract"),
    Tie.REACHED_AT: Words("nås på", "is reached at"),
    Tie.COVERS: Words("er nødplan for", "is the emergency plan of"),
}
BACKWARDS: Mapping[Tie, Words] = {
    Tie.DEPENDS_ON: Words("bruges af", "is needed by"),
    Tie.SUPPLIED_BY: Words("leverer", "supplies"),
    Tie.UNDER_CONTRACT: Words("gælder for", "holds for"),
    Tie.REACHED_AT: Words("svarer for", "answers for"),
    Tie.COVERS: Words("har nødplanen", "has the emergency plan"),
}
"""The same ties read from the other end."""
NEEDS: Mapping[Need, Words] = {
    Need.HOSTING: Words("drift", "hosting"),
    Need.DATA: Words("data", "data"),
    Need.SIGN_IN: Words("log ind", "sign-in"),
    Need.NETWORK: Words("netværk", "network"),
    Need.INTEGRATION: Words("integration", "integration"),
    Need.POWER: Words("strøm", "power"),
    Need.WORK: Words("arbejdet", "work"),
    Need.OTHER: Words("andet", "other"),
}
WEIGHTS: Mapping[Weight, Words] = {
    Weight.STOPS: Words("stopper uden", "stops without"),
    Weight.DEGRADES: Words("virker dårligere uden", "works less well without"),
    Weight.BOTHERS: Words("mærker det kun lidt", "hardly notices"),
}
CLASSES: Mapping[ServiceClass, Words] = {
    ServiceClass.SOCIETY_CRITICAL: Words("Samfundskritisk", "Critical to society"),
    ServiceClass.CRITICAL: Words("Kritisk", "Critical"),
    ServiceClass.IMPORTANT: Words("Vigtig", "Important"),
    ServiceClass.ORDINARY: Words("Almindelig", "Ordinary"),
}
EFFECTS: Mapping[Effect, Words] = {
    Effect.STOPPED: Words("stoppet", "stopped"),
    Effect.DEGRADED: Words("virker dårligere", "degraded"),
    Effect.BOTHERED: Words("mindre robust", "less robust"),
}
CRITERIA: Mapping[Criterion, Words] = {
    Criterion.LIFE_AND_HEALTH: Words("Liv og helbred", "Life and health"),
    Criterion.SAFETY: Words("Sikkerhed for mennesker", "Safety of people"),
    Criterion.VULNERABLE_CITIZENS: Words("Udsatte borgere", "Vulnerable citizens"),
    Criterion.SUPPLY: Words("Forsyning: vand, varme, affald, el", "Supply: water, heat, waste, electricity"),
    Criterion.MONEY_TO_CITIZENS: Words("Borgernes penge til at leve for", "The money that citizens live on"),
    Criterion.STATUTORY_DEADLINES: Words("Frister i loven", "Statutory deadlines"),
    Criterion.PREPAREDNESS: Words("Andre har brug for den i en krise", "Others need it in a crisis"),
    Criterion.MANY_SERVICES: Words("Andre kritiske ydelser stopper med den", "Other critical services stop with it"),
}
TABLES: Mapping[type[StrEnum], Mapping[Any, Words]] = {
    Kind: KINDS,
    Tie: TIES,
    Need: NEEDS,
    Weight: WEIGHTS,
    ServiceClass: CLASSES,
    Effect: EFFECTS,
    Criterion: CRITERIA,
}


def catalogue_word(value: StrEnum, language: Language) -> str:
    """What a kind, tie, need, weight, class, effect or criterion is called."""
    return TABLES[type(value)][value].to(language)
