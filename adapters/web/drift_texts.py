"""What the page on differences between the catalogue and other registers says."""

from adapters.words.wording import Words

DRIFT_TEXTS: dict[str, Words] = {
    "drift.heading": Words("Afvigelser fra andre registre", "Differences from other registers"),
    "drift.lead": Words(
        "Her ses, hvor kataloget og de andre registre er forskellige. Intet ændres, før I overtager det. Det, I beholder, vises"
        " igen, hvis registeret siger noget nyt.",
        "This shows in what the catalogue and the other registers differ. Nothing is changed until you take it over. What you"
        " keep is shown again once the register says something new.",
    ),
    "drift.none-configured": Words(
        "Der er ikke sat andre registre op. OS2kitos, ServiceNow og OS2compliance læses hver dag, når driften har sat deres"
        " adresser: SPORLOG_KITOS, SPORLOG_SERVICENOW, SPORLOG_COMPLIANCE. Lister i CSV og Excel læses ind med",
        "No other registers are set up. OS2kitos, ServiceNow and OS2compliance are read every day once operations have set"
        " their addresses: SPORLOG_KITOS, SPORLOG_SERVICENOW, SPORLOG_COMPLIANCE. Lists in CSV and Excel are read with",
    ),
    "drift.read": Words("Læst", "Read"),
    "drift.never": Words(
        "Ikke læst endnu: det sker inden for ti minutter, eller nu med", "Not read yet: within minutes, or by"
    ),
    "drift.failed": Words("Sidste forsøg mislykkedes", "The last attempt failed"),
    "drift.agrees": Words("Ingen afvigelser.", "No differences."),
    "drift.same": Words("Ens i begge: {count} objekter.", "The same in both: {count} objects."),
    "drift.choose": Words("Vælg", "Choose"),
    "drift.choose-one": Words("Vælg {name}: {what}", "Choose {name}: {what}"),
    "drift.what": Words("Hvad", "What"),
    "drift.object": Words("Objekt", "Object"),
    "drift.field": Words("Felt", "Field"),
    "drift.here": Words("I kataloget", "In the catalogue"),
    "drift.there": Words("I registeret", "In the register"),
    "drift.more": Words(
        "{count} afvigelser mere vises, når disse er afgjort.", "{count} more differences are shown once these are decided."
    ),
    "drift.reason": Words("Hvorfor", "Why"),
    "drift.take": Words("Overtag de valgte", "Take over those chosen"),
    "drift.keep": Words("Behold vores i de valgte", "Keep ours in those chosen"),
    "drift.take-plain": Words(
        "Overtag alle {count}, som ingen har rettet her", "Take over all {count} that nobody changed here"
    ),
    "drift.undo": Words("Fortryd en overtagelse med", "Take a take-over back with"),
    "drift.saved": Words("Det er registreret.", "It is recorded."),
    "drift.nothing": Words("Intet var valgt, og intet er registreret.", "Nothing was chosen, and nothing was recorded."),
    "drift.problems": Words("Det, der ikke kan bruges", "What cannot be used"),
}
