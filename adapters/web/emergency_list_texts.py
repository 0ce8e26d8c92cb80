"""What the page of emergency lists says."""

from adapters.words.wording import Words

EMERGENCY_LIST_TEXTS: dict[str, Words] = {
    "emergency-lists.heading": Words("Nødlister", "Emergency lists"),
    "emergency-lists.alarm": Words("Nødlister, I ikke kan regne med:", "Emergency lists that you cannot rely on:"),
    "emergency-lists.lead": Words(
        "Fagsystemer skriver lister, som I kan arbejde efter, når systemet er nede. Sporlog ser efter hvert kvarter, at de er"
        " kommet, er nye, hele og lukkede for andre. Det gemmer tid, størrelse og hash, aldrig det, der står i dem.",
        "Systems write lists that you can work by while the system is down. Sporlog looks every quarter of an hour that they"
        " came, are new, whole and closed to others. It keeps time, size and hash, never what stands in them.",
    ),
    "emergency-lists.none": Words(
        "Der ventes ingen nødlister endnu. Tilmeld den første på kommandolinjen:",
        "No emergency lists are expected yet. Declare the first one on the command line:",
    ),
    "emergency-lists.in-order": Words("I orden", "In order"),
    "emergency-lists.look": Words("Se efter nu på kommandolinjen:", "Look now on the command line:"),
    "emergency-lists.system": Words("System", "System"),
    "emergency-lists.owner": Words("Ansvarlig", "Answers for it"),
    "emergency-lists.folder": Words("Mappe og filer", "Folder and files"),
    "emergency-lists.rhythm": Words("Ventes", "Expected"),
    "emergency-lists.rhythm-text": Words("hver {hours}. time, gemt i {days} dage", "every {hours} hours, kept for {days} days"),
    "emergency-lists.readers": Words("Må læses af", "May be read by"),
    "emergency-lists.readers-text": Words(
        "ejer {owner}, gruppe {group}, rettigheder højst {mode}", "owner {owner}, group {group}, permissions {mode} at most"
    ),
    "emergency-lists.any": Words("enhver", "any"),
    "emergency-lists.newest": Words("Nyeste hele liste", "Newest whole list"),
    "emergency-lists.newest-text": Words(
        "{bytes} bytes, filer fra {days} dage, SHA-256 {sha256}", "{bytes} bytes, files of {days} days, SHA-256 {sha256}"
    ),
    "emergency-lists.no-newest": Words("ingen", "none"),
    "emergency-lists.looked-at": Words("Sidst noteret", "Last noted"),
    "emergency-lists.never": Words("aldrig", "never"),
    "emergency-lists.released": Words("Frigivet til", "Released to"),
    "emergency-lists.released-text": Words("{to}: {reason} (af {by})", "{to}: {reason} (by {by})"),
    "emergency-lists.erased": Words("(slettet)", "(erased)"),
    "emergency-lists.none-released": Words("ingen endnu", "nobody yet"),
    "emergency-lists.release": Words("Får nogen listen, så registrér det:", "When somebody is given the list, record it:"),
}
