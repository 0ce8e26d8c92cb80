"""The texts of the page of rules and maintenance, in both languages."""

from adapters.words.wording import Words

RULE_TEXTS: dict[str, Words] = {
    "rules.heading": Words("Regler og vedligehold", "Rules and maintenance"),
    "rules.in-force": Words("Regler nr. {number}", "Rules no. {number}"),
    "rules.lead": Words(
        "Reglerne læses oppefra, og den første, der passer, afgør alarmen. Det, som et menneske har skrevet, og det, som ikke "
        "kunne læses, går altid til et menneske.",
        "Rules are read from the top, and the first that matches decides. What a person wrote, and what could not be read, "
        "always goes to a person.",
    ),
    "rules.change": Words("Reglerne ændres med filen fra:", "The rules are changed with the file of:"),
    "rules.rule": Words("Regel", "Rule"),
    "rules.does": Words("Hvad den gør", "What it does"),
    "rules.yesterday": Words("I går", "Yesterday"),
    "rules.no-signals": Words("Der kom ingen alarmer i går.", "No alerts came yesterday."),
    "rules.outcome": Words("Udfald", "Outcome"),
    "rules.signals": Words("Antal", "Number"),
    "maintenance.heading": Words("Varslet vedligehold", "Announced maintenance"),
    "maintenance.none": Words("Intet vedligehold er varslet.", "No maintenance is announced."),
    "maintenance.name": Words("Navn", "Name"),
    "maintenance.covers": Words("Dækker", "Covers"),
    "maintenance.time": Words("Fra og til", "From and until"),
    "maintenance.standing": Words("Status", "Status"),
    "maintenance.cancel": Words("Aflys", "Call off"),
    "maintenance.cancel-named": Words("Aflys {name}", "Call {name} off"),
    "maintenance.announce": Words("Varsl vedligehold", "Announce maintenance"),
    "maintenance.effect": Words(
        "Alarmer om tilgængelighed, som vedligeholdet dækker, tælles og åbner ingen hændelse.",
        "Alerts on availability that the maintenance covers are counted and open no incident.",
    ),
    "maintenance.field.name": Words("Navn, ét ord", "Name, one word"),
    "maintenance.field.begins_at": Words("Fra", "From"),
    "maintenance.field.ends_at": Words("Til", "Until"),
    "maintenance.field.components": Words("Komponenter eller tjenester", "Components or services"),
    "maintenance.field.reason": Words("Hvorfor", "Why"),
    "maintenance.patterns": Words(
        "Med komma imellem; * står for hvad som helst, som i db-*", "With commas between; * is anything, as in db-*"
    ),
}
