"""What the message about a missing emergency pack says to people, Danish first, English second: since when, what to do."""

from adapters.words.wording import Words
from domain.pack import PackProblem
from domain.time import show_da, show_en
from handlers.outbox import PackLapse

TITLES: dict[PackProblem, str] = {
    PackProblem.TOO_OLD: "Nødpakken er for gammel",
    PackProblem.DRIVE_MISSING: "Nødpakkens drev mangler",
}
LEADS: dict[PackProblem, Words] = {
    PackProblem.TOO_OLD: Words(
        "Der er ingen frisk nødpakke: den nyeste hele er fra {since}.",
        "There is no fresh emergency pack: the newest whole one is from {since}.",
    ),
    PackProblem.DRIVE_MISSING: Words(
        "Drevet, som nødpakken skrives til, er der ikke. Den nyeste hele, der er set, er fra {since}.",
        "The drive that the emergency pack is written to is not there. The newest whole one that was seen is from {since}.",
    ),
}
NEVER = Words("aldrig", "never")
DO = Words(
    "Se, om drevet sidder i og har plads, og lav en pakke nu: sporlog pack. Hvorfor det ikke lykkedes, står i loggen og i "
    "sporlog doctor.",
    "See whether the drive is mounted and has room, and make a pack now: sporlog pack. Why it failed stands in Sporlog's log "
    "and in sporlog doctor.",
)
DEMO = Words("DEMO: det er ikke en virkelig nødpakke.", "DEMO: this is no real emergency pack.")


def words_of(lapse: PackLapse, link: str | None) -> tuple[str, tuple[str, ...]]:
    """A Danish title of one line, the paragraphs in Danish, and once more in English."""
    since_da = show_da(lapse.since) if lapse.since else NEVER.da
    since_en = show_en(lapse.since) if lapse.since else NEVER.en
    lead, title = LEADS[lapse.problem], TITLES[lapse.problem]
    paragraphs = (
        DEMO.da if lapse.demo else "",
        lead.da.format(since=since_da),
        DO.da,
        link or "",
        "In English:",
        lead.en.format(since=since_en),
        DO.en,
    )
    return f"DEMO {title}" if lapse.demo else title, paragraphs
