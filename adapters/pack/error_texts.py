"""What the errors of emergency packs and of the primary house mean to a person; part of `error_texts.ERRORS`."""

from adapters.words.wording import Words

PACK_ERRORS: dict[str, Words] = {
    "no-pack": Words("Der er ingen hel nødpakke dér.", "There is no whole emergency pack there."),
    "pack-damaged": Words(
        "Nødpakken er ændret eller ufuldstændig. Brug en anden pakke.",
        "The emergency pack was changed or is incomplete. Use another one.",
    ),
    "pack-busy": Words(
        "En anden proces laver en nødpakke lige nu. Vent på den.",
        "Another process makes an emergency pack right now. Wait for it.",
    ),
    "pack-drive-missing": Words(
        "Nødpakkens drev er der ikke. Sæt det i, eller lav mappen på det.",
        "The emergency pack's drive is not there. Mount it, or make the folder on it.",
    ),
    "pack-recipient": Words(
        "Det er ikke en offentlig nøgle. Den begynder med age1; sporlog pack key laver en.",
        "It is no public key. It begins with age1; sporlog pack key makes one.",
    ),
    "pack-key": Words(
        "Nøglefilen åbner den ikke. Find nøglefilen til en af modtagerne, og skriv adgangssætningen rigtigt.",
        "The key file does not open it. Find the key file of one of its recipients, and write the passphrase right.",
    ),
    "paper-line": Words(
        "En linje fra papiret kan ikke læses. Ret den: dato og tid; hvem; slags; hvad.",
        "A line from the paper cannot be read. Correct it: date and time; who; kind; what.",
    ),
    "primary-notice": Words(
        "Det er ikke en besked om denne log, underskrevet med dens nøgle.",
        "It is no notice about this log that its key signed.",
    ),
    "not-primary": Words(
        "Loggen føres et andet sted: her kan den kun læses. Se sporlog primary.",
        "The log is kept elsewhere: here it can only be read. See sporlog primary.",
    ),
    "not-empty": Words("Der ligger allerede noget. Vælg en ny, tom mappe.", "Something is there. Choose a new, empty folder."),
}
