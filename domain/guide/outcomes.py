"""What the guide can recommend, why, and what that opens. A recommendation is never the decision: a person decides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from domain.incident.events import Nis2Category


class Outcome(StrEnum):
    """What the answers recommend."""

    SIGNIFICANT_RECOMMENDED = "significant_recommended"
    MORE_INFORMATION_NEEDED = "more_information_needed"
    VOLUNTARY_POSSIBLE = "voluntary_possible"
    NOT_SIGNIFICANT = "not_significant"
    NOT_AN_INCIDENT = "not_an_incident"


class NextStep(StrEnum):
    """What the answers open. Each is an offer to a person, and none waits for another."""

    ESCALATE = "escalate"
    FULL_ASSESSMENT = "full_assessment"
    VOLUNTARY = "voluntary"
    RECIPIENTS = "recipients"
    THREAT_ADVICE = "threat_advice"
    GDPR = "gdpr"
    DATA_SUBJECTS = "data_subjects"
    RECURRENCE = "recurrence"


class Words(NamedTuple):
    """The same in Danish and in English."""

    danish: str
    english: str


OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.SIGNIFICANT_RECOMMENDED: Words("Anbefaling: væsentlig hændelse", "Recommended: significant incident"),
    Outcome.MORE_INFORMATION_NEEDED: Words("Der mangler oplysninger", "More information is needed"),
    Outcome.VOLUNTARY_POSSIBLE: Words("Frivillig underretning er mulig", "A voluntary notification is possible"),
    Outcome.NOT_SIGNIFICANT: Words("Anbefaling: ikke væsentlig", "Recommended: not significant"),
    Outcome.NOT_AN_INCIDENT: Words("Anbefaling: ikke en hændelse efter NIS 2", "Recommended: not an incident under NIS 2"),
}

NEXT_STEPS: Mapping[NextStep, Words] = {
    NextStep.ESCALATE: Words(
        "Løft den straks til Ledelsesbeslutningstageren.", "Take it to the management decision-maker at once."
    ),
    NextStep.FULL_ASSESSMENT: Words("Gør den uddybende vurdering (del 2) færdig.", "Complete the full assessment (part 2)."),
    NextStep.VOLUNTARY: Words(
        "Tag stilling til en frivillig underretning (§ 14).", "Decide on a voluntary notification (§ 14)."
    ),
    NextStep.RECIPIENTS: Words(
        "Vurdér, hvilke modtagere af ydelserne der skal have besked (§ 15, stk. 1).",
        "Judge which recipients of the services must be told (§ 15, stk. 1).",
    ),
    NextStep.THREAT_ADVICE: Words(
        "Undersøg, om truslen er væsentlig, og om modtagerne skal rådes til modtræk (§ 15, stk. 2).",
        "Look into whether the threat is significant and recipients must be advised on countermeasures (§ 15, stk. 2).",
    ),
    NextStep.GDPR: Words(
        "Åbn GDPR-sporet: vurdér bruddet på persondatasikkerheden (GDPR art. 33).",
        "Open the GDPR track: assess the personal data breach (GDPR art. 33).",
    ),
    NextStep.DATA_SUBJECTS: Words(
        "Vurdér, om de registrerede skal underrettes (GDPR art. 34).",
        "Judge whether the data subjects must be told (GDPR art. 34).",
    ),
    NextStep.RECURRENCE: Words(
        "Se hændelserne under ét: sammen kan de være en væsentlig hændelse.",
        "Look at the incidents as one: together they may be a significant incident.",
    ),
}


class Verdict(NamedTuple):
    """One row of the decision rule: what it recommends, and the sentence that says why."""

    outcome: Outcome
    category: Nis2Category
    danish: str
    english: str


CONTRADICTION = Verdict(
    Outcome.MORE_INFORMATION_NEEDED,
    Nis2Category.MEDIUM,
    "Svarene modsiger hinanden: det skulle ikke være en hændelse, men et svar er alvorligt nok til at være en væsentlig.",
    "The answers contradict each other: it is said to be no incident, yet one answer is serious enough for a significant one.",
)
NO_INCIDENT = Verdict(
    Outcome.NOT_AN_INCIDENT,
    Nis2Category.LOW,
    "Svarene beskriver ikke en hændelse (§ 3, nr. 12). Gem svarene og begrundelsen.",
    "The answers do not describe an incident (§ 3, nr. 12). Keep the answers and the reason.",
)
NEAR_MISS_OR_THREAT = Verdict(
    Outcome.VOLUNTARY_POSSIBLE,
    Nis2Category.MEDIUM,
    "CSIRT'en kan underrettes frivilligt om en nærvedhændelse eller en cybertrussel (§ 14).",
    "The CSIRT can be told voluntarily of a near miss or a cyber threat (§ 14).",
)
ONE_IS_ENOUGH = Verdict(
    Outcome.SIGNIFICANT_RECOMMENDED,
    Nis2Category.HIGH,
    "Mindst ét forhold er i sig selv nok til at anbefale, at hændelsen behandles som væsentlig (§ 12, stk. 2).",
    "At least one matter is enough by itself to recommend that the incident be treated as significant (§ 12, stk. 2).",
)
NOT_KNOWN_YET = Verdict(
    Outcome.MORE_INFORMATION_NEEDED,
    Nis2Category.MEDIUM,
    "Noget afgørende er ikke oplyst endnu. Find ud af det inden for fristen; er I i tvivl, så varsl hellere tidligt.",
    "Something decisive is not known yet. Find it out within the limit; in doubt, an early warning is the safer way.",
)
SEVERAL_AGGRAVATE = Verdict(
    Outcome.MORE_INFORMATION_NEEDED,
    Nis2Category.MEDIUM,
    "Flere forhold skærper vurderingen. Ingen af dem er nok alene, men sammen kræver de en uddybende vurdering (del 2).",
    "Several matters aggravate the incident. None is enough alone, but together they call for a full assessment (part 2).",
)
ONE_AGGRAVATES = Verdict(
    Outcome.VOLUNTARY_POSSIBLE,
    Nis2Category.MEDIUM,
    "Ét forhold skærper vurderingen uden at være nok alene. En frivillig underretning er mulig (§ 14).",
    "One matter aggravates the incident without being enough alone. A voluntary notification is possible (§ 14).",
)
NOTHING_WEIGHS = Verdict(
    Outcome.NOT_SIGNIFICANT,
    Nis2Category.LOW,
    "Intet i svarene taler for, at hændelsen er væsentlig (§ 12, stk. 2). Den kan håndteres internt.",
    "Nothing in the answers speaks for a significant incident (§ 12, stk. 2). It can be handled internally.",
)
