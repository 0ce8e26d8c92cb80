"""What the pages say of what an incident hits, and where services are picked."""

from adapters.catalogue import impact_words
from adapters.words.wording import Words

IMPACT_TEXTS: dict[str, Words] = {
    "choose.several": Words(
        "Vælg ydelser fra kataloget, eller skriv andre. Er der flere end felter, så adskil dem med komma",
        "Choose services of the catalogue, or write others. If there are more than inputs, separate them with commas",
    ),
    "impact.heading": impact_words.HEADING,
    "impact.assumed": impact_words.ASSUMED,
    "impact.nobody": impact_words.NOBODY,
    "impact.nothing-named": impact_words.NOTHING_NAMED,
    "impact.empty": impact_words.EMPTY,
    "impact.fill-in": Words("Fyld kataloget", "Fill in the catalogue"),
    "impact.look": Words("Se kataloget", "See the catalogue"),
    "impact.unreadable": Words(
        "Kataloget kan ikke læses lige nu, så det vides ikke, hvilke ydelser der rammes. Genindlæs siden om lidt.",
        "The catalogue cannot be read right now, so what is hit is not known. Reload the page in a moment.",
    ),
    "impact.hit": Words("Ydelser, der rammes", "Services that are hit"),
    "impact.more": Words("Vis {count} til", "Show {count} more"),
    "impact.severity": Words("alvor", "severity"),
    "impact.correct": Words("Ret alvoren til den anbefalede", "Correct the severity to the recommended one"),
}
