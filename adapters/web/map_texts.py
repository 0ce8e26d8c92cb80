"""What the pages with maps say around them."""

from adapters.words.wording import Words

MAP_TEXTS: dict[str, Words] = {
    "map.link": Words("Se det som kort", "See it as a map"),
    "map.critical-link": Words("Kort over de samfundskritiske ydelser", "Map of the services critical to society"),
    "map.back": Words("Til {name}", "To {name}"),
    "map.to-catalogue": Words("Til kataloget", "To the catalogue"),
    "map.choose": Words("Vælg, hvad kortet viser", "Choose what the map shows"),
    "map.depth": Words("Hvor mange led ud", "How many steps out"),
    "map.all": Words("Alle", "All"),
    "map.at": Words("Som det stod (tom: nu)", "As it stood (empty: now)"),
    "map.show": Words("Vis kortet", "Show the map"),
    "map.wrong": Words(
        "Det kan ikke læses. Vælg et antal led fra listen og et tidspunkt, og vis kortet igen.",
        "That cannot be read. Choose a number of steps from the list and a time, and show the map again.",
    ),
    "map.stood": Words("Kortet viser, hvad loggen vidste", "The map shows what the log knew"),
    "map.now": Words("Se det som nu", "See it as now"),
    "map.pdf": Words("Print (PDF)", "Print (PDF)"),
    "map.svg": Words("Hent billedet (SVG)", "Get the picture (SVG)"),
    "map.picture": Words("Kortet. Rul til siden for at se det hele.", "The map. Scroll sideways to see all of it."),
    "map.members": Words("Vis alle {count}", "Show all {count}"),
    "map.empty": Words(
        "Ingen ydelse er samfundskritisk endnu, så der er intet kort at tegne. Foreslå klassen på en ydelse, og lad en anden"
        " godkende den.",
        "No service is critical to society yet, so there is no map to draw. Propose a service's class, and let somebody else"
        " approve it.",
    ),
    "map.alone": Words(
        "Kataloget ved ikke, hvad det hænger sammen med. Tilføj dets forbindelser, så viser kortet dem.",
        "The catalogue does not know what it belongs together with. Add its ties, and the map shows them.",
    ),
}
