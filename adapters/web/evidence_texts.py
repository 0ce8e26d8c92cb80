"""The texts of an incident's evidence."""

from adapters.words.wording import Words

EVIDENCE_TEXTS: dict[str, Words] = {
    "choose.evidence_number": Words("Hvilket bevis?", "Which evidence?"),
    "evidence.heading": Words("Beviser", "Evidence"),
    "evidence.none": Words("Ingen beviser er registreret endnu.", "No evidence is on record yet."),
    "evidence.number": Words("Nummer", "Number"),
    "evidence.size": Words("Størrelse", "Size"),
    "evidence.not-shown": Words("(indholdet viser det ikke)", "(the content does not show it)"),
    "evidence.elsewhere": Words("Ligger et andet sted", "Kept somewhere else"),
    "evidence.secured": Words("Sikret", "Secured"),
    "evidence.fetch": Words("Hent filen", "Fetch the file"),
    "evidence.fetch-hint": Words("Det noteres, hvem der henter den.", "Who fetches it is put on record."),
    "evidence.know-infected": Words(
        "Jeg ved, at filen indeholder skadelig kode, og åbner den kun et sikkert sted",
        "I know that the file holds malware, and open it in a safe place only",
    ),
    "evidence.keep": Words("Gem en fil som bevis", "Keep a file as evidence"),
    "evidence.keep-text": Words(
        "Filen gemmes krypteret i Sporlog, højst {size}. Større ting, som et diskbillede, bliver, hvor de er: registrér dem "
        "med deres SHA-256 under »Bevis registreret«.",
        "The file is kept in Sporlog, encrypted, {size} at most. Larger things, such as a disk image, stay where they are: put "
        "them on record by their SHA-256 under »Evidence recorded«.",
    ),
    "evidence.name": Words("Hvad er det?", "What is it?"),
    "evidence.name-hint": Words("Tom: filens eget navn", "Empty: the file's own name"),
    "evidence.when": Words("Hvornår blev det sikret?", "When was it secured?"),
    "evidence.when-hint": Words("Dansk tid. Tom: nu", "Danish time. Empty: now"),
    "evidence.file": Words("Fil", "File"),
}
