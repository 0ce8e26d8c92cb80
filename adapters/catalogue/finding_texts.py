"""What is found in the landscape, in words. A test keeps the tables complete against the model."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from adapters.catalogue.words import catalogue_word
from adapters.words.wording import Language, Words
from domain.catalogue.findings import Finding, FindingKind
from domain.catalogue.landscape import Landscape
from domain.time import day_da, day_en

NAMED = 5
"""Names that a sentence holds; of more it tells the number."""

HEADINGS: Mapping[FindingKind, Words] = {
    FindingKind.SINGLE_POINT: Words("Sårbare enkeltpunkter", "Single points of failure"),
    FindingKind.NO_CLASS: Words("Ydelser uden klasse", "Services without a class"),
    FindingKind.NO_PLAN: Words("Ydelser uden nødplan", "Services without an emergency plan"),
    FindingKind.NO_OWNER: Words("Ydelser uden ejer", "Services without an owner"),
    FindingKind.PLAN_OVERDUE: Words("Nødplaner, der skulle være gennemgået", "Emergency plans overdue for review"),
    FindingKind.PLAN_COVERS_NOTHING: Words("Nødplaner, der ikke dækker noget", "Emergency plans that cover nothing"),
    FindingKind.CONTRACT_ENDED: Words("Udløbne kontrakter", "Contracts that have ended"),
    FindingKind.STANDS_ON_NOTHING: Words("Ydelser, der ikke afhænger af noget", "Services that depend on nothing"),
    FindingKind.CYCLE: Words("Kredse", "Cycles"),
    FindingKind.SAME_NAME: Words("Flere med samme navn", "Several of one name"),
    FindingKind.UNUSED: Words("Systemer og komponenter, som intet bruger", "Systems and components that nothing needs"),
}
SENTENCES: Mapping[FindingKind, Words] = {
    FindingKind.SINGLE_POINT: Words(
        "{name} alene kan stoppe {others}: der er intet, der tager over. Find et alternativ, eller lav en nødplan.",
        "{name} alone can stop {others}: nothing stands in for it. Find an alternative, or make an emergency plan.",
    ),
    FindingKind.NO_CLASS: Words(
        "{name} har ingen klasse og regnes for almindelig, når den rammes. Foreslå en klasse.",
        "{name} has no class and counts as ordinary when it is hit. Propose a class.",
    ),
    FindingKind.NO_PLAN: Words(
        "{name} har ingen nødplan. Skriv, hvordan arbejdet går videre uden it, og læg planen ind.",
        "{name} has no emergency plan. Write down how the work goes on without IT, and add the plan.",
    ),
    FindingKind.NO_OWNER: Words(
        "Ingen svarer for {name}. Skriv en rolle eller en postkasse på som ejer.",
        "Nobody answers for {name}. Name a role or a mailbox as its owner.",
    ),
    FindingKind.PLAN_OVERDUE: Words(
        "{name} skulle være gennemgået senest {day}. Gennemgå planen, og skriv den næste dag på.",
        "{name} was to be reviewed by {day}. Review the plan, and write the next day on it.",
    ),
    FindingKind.PLAN_COVERS_NOTHING: Words(
        "{name} er ikke knyttet til nogen ydelse. Knyt den til dem, den gælder for.",
        "{name} is tied to no service. Tie it to those that it is for.",
    ),
    FindingKind.CONTRACT_ENDED: Words(
        "{name} udløb {day}. Er der en ny, så skriv dens dag på; ellers tag kontrakten ud af brug.",
        "{name} ended on {day}. If there is a new one, write its day; else retire the contract.",
    ),
    FindingKind.STANDS_ON_NOTHING: Words(
        "Det er ikke sagt, hvad {name} afhænger af, så ingen fejl når frem til den. Tilføj systemerne.",
        "Nobody said what {name} depends on, so no failure ever reaches it. Add the systems.",
    ),
    FindingKind.CYCLE: Words(
        "{name} og {others} afhænger af hinanden: ingen af dem kan startes først. Se, om en afhængighed er vendt forkert.",
        "{name} and {others} depend on each other: none can be started first. See whether a dependency points the wrong way.",
    ),
    FindingKind.SAME_NAME: Words(
        "»{shared}« kan være både {name} og {others}: en alarm om det ene rammer dem alle. Giv dem hver sit navn.",
        "“{shared}” may be {name} or {others}: an alert about one hits all. Give each a name of its own.",
    ),
    FindingKind.UNUSED: Words(
        "Intet bruger {name}. Tilføj det, der afhænger af det, eller tag det ud af brug.",
        "Nothing needs {name}. Add what depends on it, or retire it.",
    ),
}
_AND = Words(" og ", " and ")
_MORE = Words("{count} andre", "{count} others")


def finding_sentence(finding: Finding, landscape: Landscape, language: Language) -> str:
    """What was found and what to do. A day is Copenhagen's, as 20.11.2026 or 2026-11-20."""
    name, *others = (_told(landscape, one, finding.kind, language) for one in (finding.about, *finding.others))
    day = finding.day and (day_en(finding.day) if language == "en" else day_da(finding.day))
    told = SENTENCES[finding.kind].to(language)
    return told.format(name=name, others=together(others, language), shared=finding.name, day=day)


def together(names: Sequence[str], language: Language) -> str:
    """`a, b and c`; of many the first ones and how many more there are."""
    shown = list(names) if len(names) <= NAMED else [*names[:NAMED], _MORE.to(language).format(count=len(names) - NAMED)]
    return _AND.to(language).join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def _told(landscape: Landscape, one: UUID, kind: FindingKind, language: Language) -> str:
    node = landscape.nodes[one]
    # Names that are the same tell nothing apart.
    return f"{node.name} ({catalogue_word(node.kind, language).lower()})" if kind is FindingKind.SAME_NAME else node.name
