"""What the refusals about emergency lists mean to a person, as `adapters.words.error_texts` has it for all others."""

from adapters.words.wording import Words

LIST_ERRORS: dict[str, Words] = {
    "unknown-emergency-list": Words(
        "Der ventes ingen nødliste med det navn. Se navnene i listen, eller tilmeld den først.",
        "No emergency list of that name is expected. Look for the name in the list, or declare it first.",
    ),
    "no-such-list-file": Words(
        "Der ligger ingen hel fil at udlevere. Se i mappen; ligger kopien et andet sted, så sig det med --elsewhere.",
        "No whole file lies there to be given. Look in the folder; if the copy is elsewhere, say so with --elsewhere.",
    ),
}
