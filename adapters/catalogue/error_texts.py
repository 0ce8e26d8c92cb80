"""What the catalogue's refusals mean to a person, as `adapters.words.error_texts` has it for all others."""

from adapters.words.wording import Words

CATALOGUE_ERRORS: dict[str, Words] = {
    "unknown-object": Words(
        "Det findes ikke i kataloget. Se efter navnet i listen, eller registrér det først.",
        "The catalogue does not hold it. Look for the name in the list, or register it first.",
    ),
    "ambiguous-object": Words(
        "Flere i kataloget hedder sådan. Brug id'et på det, du mener.",
        "Several in the catalogue are called that. Use the id of the one you mean.",
    ),
    "plan-infected": Words(
        "Filen indeholder skadelig kode, og den er ikke gemt.", "The file holds malware, and it was not kept."
    ),
    "not-a-plan": Words("Kun nødplaner har en fil.", "Only emergency plans have a file."),
    "no-plan-file": Words(
        "Nødplanen har ingen fil. Læg en ved: sporlog catalogue plan attach.",
        "The plan has no file. Attach one: sporlog catalogue plan attach.",
    ),
    "unreadable-catalogue": Words(
        "Filen med kataloget kan ikke læses. Ret det, der står her; intet er registreret.",
        "The catalogue's file cannot be read. Correct what stands here; nothing was recorded.",
    ),
    "unclear-catalogue": Words(
        "Filens navne kan ikke tydes. Ret det, der står her; intet er registreret.",
        "The file's names are not clear. Correct what stands here; nothing was recorded.",
    ),
    "already-registered": Words(
        "Der er allerede et objekt af den slags med det navn. Ret det, eller vælg et andet navn.",
        "There is an object of that kind and name already. Change that one, or choose another name.",
    ),
    "kind-fixed": Words(
        "Et objekts slags kan ikke ændres. Registrér et nyt, og tag det gamle ud af brug.",
        "An object's kind cannot be changed. Register a new one, and retire the old one.",
    ),
    "tie-impossible": Words(
        "De to kan ikke hænge sammen på den måde. Vælg en anden slags forbindelse.",
        "The two cannot belong together like that. Choose another kind of tie.",
    ),
    "not-a-service": Words("Kun ydelser har en klasse.", "Only services have a class."),
    "object-retired": Words("Det er ude af brug. Tag det i brug igen først.", "It is out of use. Reinstate it first."),
    "no-such-proposal": Words(
        "Der venter ingen klasse med det nummer. Den er afgjort: se på ydelsen igen.",
        "No class of that number waits. It was decided on: look at the service again.",
    ),
    "same-eyes": Words(
        "Du har selv foreslået klassen: en anden skal godkende den.",
        "You proposed the class yourself: somebody else must approve it.",
    ),
    "list-changed": Words(
        "Listen over kritiske ydelser er ændret, siden du læste den. Læs den igen, og godkend så.",
        "The list of critical services changed since you read it. Read it again, then approve.",
    ),
    "nothing-to-draw": Words(
        "Ingen ydelse er samfundskritisk endnu. Foreslå klassen på en ydelse, og lad en anden godkende den.",
        "No service is critical to society yet. Propose the class of a service, and let somebody else approve it.",
    ),
}
