"""What maps say, in both languages, beside the catalogue's own words."""

from collections.abc import Mapping

from adapters.words.wording import Words
from domain.catalogue.classes import Effect
from domain.catalogue.ties import Weight

TEXTS: Mapping[str, Words] = {
    "title": Words("Kort over {name}", "Map of {name}"),
    "critical": Words("Samfundskritiske ydelser", "Services critical to society"),
    "critical-title": Words("Kort over de samfundskritiske ydelser", "Map of the services critical to society"),
    "desc": Words(
        "{objects} i {boxes} felter, {lines} linjer. Det, der står øverst, bygger på det, der står under. {hit} Tabellen"
        " fortæller det samme.",
        "{objects} in {boxes} boxes, {lines} lines. What is on top stands on what is below. {hit} The table tells the same.",
    ),
    "one-object": Words("1 objekt", "1 object"),
    "objects": Words("{count} objekter", "{count} objects"),
    "no-incident": Words("Ingen åben hændelse rammer noget på kortet.", "No open incident hits anything on the map."),
    "one-incident": Words(
        "1 åben hændelse rammer noget på kortet: {refs}.", "1 open incident hits something on the map: {refs}."
    ),
    "incidents": Words(
        "{count} åbne hændelser rammer noget på kortet: {refs}.", "{count} open incidents hit something on the map: {refs}."
    ),
    "group": Words("{count} {kinds}", "{count} {kinds}"),
    "of": Words("fx {names}", "such as {names}"),
    "exercise": Words("ØVELSE", "EXERCISE"),
    "more-incidents": Words("og {count} mere", "and {count} more"),
    "beyond": Words("+ {count} uden for kortet", "+ {count} not on the map"),
    "retired": Words("Ude af brug", "Out of use"),
    "legend": Words("Sådan læses kortet", "How to read the map"),
    "legend-subject": Words("Det, kortet handler om", "What the map is of"),
    "legend-hit": Words("Åben hændelse med alvor", "Open incident with severity"),
    "legend-reached": Words("Rammes gennem det, det bygger på", "Reached through what it stands on"),
    "legend-class": Words("Tyk kant: kritisk ydelse", "Thick edge: critical service"),
    "legend-many": Words("Flere objekter i ét felt", "Several objects in one box"),
    "legend-tie": Words("hører til (kontrakt, postkasse, plan)", "belongs to (contract, mailbox, plan)"),
    "legend-alternative": Words("én af flere er nok", "one of several is enough"),
    "legend-travels": Words("her går fejlen igennem", "here the failure passes"),
    "kind": Words("Slags", "Kind"),
    "name": Words("Navn", "Name"),
    "class": Words("Klasse", "Class"),
    "administration": Words("Forvaltning", "Administration"),
    "state": Words("Nu", "Now"),
    "onwards": Words("Hænger sammen med", "Belongs together with"),
    "alternative": Words("én af flere er nok", "one of several is enough"),
    "times": Words("{count} forbindelser", "{count} ties"),
    "table": Words("Det samme som tabel", "The same as a table"),
    "outside": Words(
        "Noget uden for kortet, som det bygger på, er også ramt.", "Something outside the map that it stands on is hit, too."
    ),
    "cut-at-one": Words(
        "Kortet går ét led ud. Ved de yderste hænger der mere: vælg flere led.",
        "The map goes one step out. More hangs on the outermost: choose more steps.",
    ),
    "cut": Words(
        "Kortet går {depth} led ud. Ved de yderste hænger der mere: vælg flere led.",
        "The map goes {depth} steps out. More hangs on the outermost: choose more steps.",
    ),
    "grouped": Words(
        "Der er {count} objekter, flere end et kort kan vise enkeltvis. De er samlet i felter efter, hvad de bruges til, eller"
        " efter forvaltning; tabellen nævner dem alle.",
        "There are {count} objects, more than a map can show one by one. They are gathered in boxes by what they are for, or"
        " by administration; the table names them all.",
    ),
    "page": Words("Del {number} af {count}", "Part {number} of {count}"),
}
REACHED: Mapping[Effect, Words] = {
    Effect.STOPPED: Words("Kan stoppe", "May stop"),
    Effect.DEGRADED: Words("Kan virke dårligere", "May work less well"),
    Effect.BOTHERED: Words("Mindre robust", "Less robust"),
}
"""What becomes of an object if what the open incidents name has failed."""
DASHES: Mapping[Weight | None, str | None] = {
    Weight.STOPS: None,
    Weight.DEGRADES: "7 4",
    Weight.BOTHERS: "2 4",
    None: "10 3 2 3",
}
"""How a line of that weight is drawn, as SVG's `stroke-dasharray`; None as weight: no failure travels along it."""
