"""Two municipalities' own ways of judging (KL's playbook, bilag 4b), and which questions ask what they ask."""

from typing import NamedTuple


class Screen(NamedTuple):
    """One thing that a municipality looks at, and the keys of the questions that serve it."""

    key: str
    danish: str
    english: str
    questions: tuple[str, ...]


SIX_CRITERIA = (
    Screen(
        "data_types",
        "Datatyper",
        "Types of data",
        (
            "q1.data",
            "q1.data_types",
            "q1.data_damage",
            "q2.data_types",
            "q2.data_subjects",
            "q2.data_amount",
            "q2.data_event",
            "q2.gdpr_risk",
        ),
    ),
    Screen(
        "service_criticality",
        "Kritikalitet af berørt tjeneste",
        "Criticality of the service",
        (
            "q1.critical_service",
            "q1.disruption_now",
            "q1.disruption_worst",
            "q2.services",
            "q2.systems",
            "q2.duration_so_far",
            "q2.duration_expected",
            "q2.degree",
            "q2.workaround",
            "q2.workaround_hours",
        ),
    ),
    Screen(
        "geographic_spread",
        "Geografisk spredning",
        "Geographic spread",
        ("q1.spread", "q2.area", "q2.administrations"),
    ),
    Screen(
        "damage",
        "Realiserede og potentielle skader",
        "Realised and potential damage",
        (
            "q1.safety",
            "q1.others",
            "q2.damage_done",
            "q2.damage_done_kinds",
            "q2.damage_possible",
            "q2.damage_possible_kinds",
        ),
    ),
    Screen(
        "external_parties",
        "Eksterne parter",
        "External parties",
        ("q1.spread", "q1.supplier", "q2.other_entities", "q2.supplier_status"),
    ),
    Screen(
        "societal_importance",
        "Samfundsmæssig betydning",
        "Importance to society",
        ("q1.critical_service", "q1.safety", "q2.services", "q2.users_citizens", "q2.users_vulnerable", "q2.users_estimated"),
    ),
)
"""A medium-sized municipality's six criteria, judged within four hours."""

THREE_PART_SCREEN = (
    Screen(
        "operating_loss",
        "Muligt driftstab",
        "Possible loss of operation",
        ("q1.critical_service", "q1.disruption_now", "q1.disruption_worst"),
    ),
    Screen("economic_loss", "Muligt økonomisk tab", "Possible economic loss", ("q1.economy", "q1.economy_amount")),
    Screen(
        "third_parties",
        "Mulig skade på tredjemand",
        "Possible damage to third parties",
        ("q1.safety", "q1.data", "q1.data_damage", "q1.others"),
    ),
    Screen(
        "threat_context",
        "Trusselsindikatorer og partneres oplysninger",
        "Threat indicators and partners' information",
        ("q1.threat_context",),
    ),
)
"""A large municipality's screen of the early warning: three possible losses, seen beside the current threats."""
