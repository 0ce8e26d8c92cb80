"""What the page on the emergency pack says, and the overview of it."""

from adapters.words.wording import Words

PACK_TEXTS: dict[str, Words] = {
    "pack.heading": Words("Nødpakke", "Emergency pack"),
    "pack.lead": Words(
        "Alt det, der skal bruges, når strøm, netværk eller fagsystemer er væk: på et drev for sig, til at printe og læse uden "
        "Sporlog. Den laves hver dag.",
        "All that is needed when power, network or line-of-business systems are gone: on a drive of its own, to print and read "
        "without Sporlog. One is made each day.",
    ),
    "pack.off": Words(
        "Der er ikke valgt noget drev endnu, så der laves ingen nødpakke. Driften sætter SPORLOG_PACK_DIR.",
        "No drive is chosen yet, so no emergency pack is made. Operations set SPORLOG_PACK_DIR.",
    ),
    "pack.too-old": Words(
        "Nødpakken er for gammel: den nyeste hele er mere end 26 timer gammel, eller der er ingen.",
        "The emergency pack is too old: the newest whole one is more than 26 hours old, or there is none.",
    ),
    "pack.drive-missing": Words(
        "Nødpakkens drev er der ikke. Sæt det i.", "The emergency pack's drive is not there. Mount it."
    ),
    "pack.elsewhere": Words(
        "Loggen føres et andet sted: her kan den kun læses. Driften afgør det med sporlog primary. ({why})",
        "The log is kept elsewhere: here it can only be read. Operations decide with sporlog primary. ({why})",
    ),
    "pack.newest": Words("Den nyeste pakke", "The newest pack"),
    "pack.none": Words("Der er ingen hel nødpakke endnu.", "There is no whole emergency pack yet."),
    "pack.made": Words("Lavet", "Made"),
    "pack.place": Words("Ligger i", "Lies in"),
    "pack.position": Words("Loggen til og med", "The log up to"),
    "pack.backup": Words("Backup til kriselaptoppen", "Backup for the crisis laptop"),
    "pack.with-backup": Words("Ja, lukket for modtagernes nøgler", "Yes, sealed for the recipients' keys"),
    "pack.no-backup": Words("Nej", "No"),
    "pack.sealed": Words(
        "Papirerne er lukket: kun modtagerne kan åbne dem.", "The papers are sealed: only recipients open them."
    ),
    "pack.lacking": Words("Det mangler", "What it lacks"),
    "pack.contents": Words("Filer ({count})", "Files ({count})"),
    "pack.make": Words("Lav en ny nu", "Make a new one now"),
    "pack.made-now": Words("En ny nødpakke ligger på drevet.", "A new emergency pack is on the drive."),
    "pack.release": Words("Frigiv pakken", "Release the pack"),
    "pack.release-lead": Words(
        "Pakken er fortrolig. Når nogen uden for de få får den, føres det i loggen. Til beredskabet: giv kun udtrækket.",
        "The pack is confidential. When anybody beyond the few gets it, that is recorded. For the emergency services: give the "
        "extract only.",
    ),
    "pack.recipient": Words("Hvem får den?", "Who gets it?"),
    "pack.reason": Words("Hvorfor?", "Why?"),
    "pack.released-now": Words("Frigivelsen er ført i loggen.", "The release is on record."),
    "pack.given": Words("Frigivet", "Released"),
    "pack.given-line": Words("{name} til {recipient}: {reason} ({actor})", "{name} to {recipient}: {reason} ({actor})"),
    "pack.given-none": Words("Ingen pakke er frigivet.", "No pack was released."),
    "from-paper.heading": Words("Indtast fra papir", "Enter from paper"),
    "from-paper.lead": Words(
        "Blev der skrevet på papir, mens Sporlog var væk, så indtast det her i papirets rækkefølge med de rigtige tider. "
        "Frister løber fra det, der skete, ikke fra nu. Intet skrives, før du har set det igennem.",
        "If you wrote on paper while Sporlog was away, enter it here in the paper's order with the true times. Clocks run from "
        "what happened, not from now. Nothing is recorded before you have looked through it.",
    ),
    "from-paper.goes-on": Words("Linjerne hører til", "The lines belong to"),
    "from-paper.registration": Words("1. Registrering", "1. Registration"),
    "from-paper.sheet": Words("2. Logark", "2. Log sheet"),
    "from-paper.how": Words(
        "En linje for hvert skridt: dato og tid; hvem; slags; hvad. Som 2026-11-29 02:10; vagt-3; N; Ringede til driften. "
        "Skriv en rolle eller et id, aldrig et navn.",
        "One line for each step: date and time; who; kind; what. As 2026-11-29 02:10; vagt-3; N; Called operations. "
        "Write a role or an id, never a name.",
    ),
    "from-paper.subject": Words("begynd med dens navn og et kolon", "begin with its name and a colon"),
    "from-paper.lines": Words("Logarkets linjer", "The lines of the log sheet"),
    "from-paper.check": Words("Se det igennem", "Look through it"),
    "from-paper.when": Words("Sket", "Happened"),
    "from-paper.who": Words("Hvem", "Who"),
    "from-paper.step": Words("Skridt", "Step"),
    "from-paper.what": Words("Hvad", "What"),
    "from-paper.no-lines": Words("Ingen linjer: kun registreringen.", "No lines: the registration only."),
    "from-paper.show": Words("Vis, før det skrives", "Show before it is recorded"),
    "from-paper.record": Words("Skriv det i loggen", "Record it"),
}
