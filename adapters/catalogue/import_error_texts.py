"""What the refusals of imports and other registers mean to a person, as `adapters.words.error_texts` has it for all others."""

from adapters.words.wording import Words

IMPORT_ERRORS: dict[str, Words] = {
    "unreadable-table": Words("Filen kan ikke læses som en tabel.", "The file cannot be read as a table."),
    "unreadable-mapping": Words("Mappingen kan ikke læses.", "The mapping cannot be read."),
    "no-mapping": Words(
        "Der er ikke gemt en mapping for kilden. Angiv en med --mapping, eller få et forslag med catalogue mapping suggest.",
        "No mapping is saved for the source. Give one with --mapping, or get a proposal from catalogue mapping suggest.",
    ),
    "no-import": Words("Der er ingen import med det nummer. Se listen over importer.", "There is no import of that number."),
    "import-undone": Words("Importen er fortrudt før.", "The import was undone before."),
    "difference-gone": Words(
        "Forskellen er der ikke mere: en af siderne er ændret. Se på forskellene igen.",
        "The difference is gone: one of the sides changed. Look at the differences again.",
    ),
    "tie-target-missing": Words(
        "Forbindelsen fører til noget, der selv er nyt. Overtag det også, eller først.",
        "The tie leads to what is new itself. Take that over too, or first.",
    ),
    "register-failed": Words(
        "Det andet register svarede ikke, som det skal. Det, det sagde sidst, gælder stadig; der prøves igen.",
        "The other register did not answer as it should. What it told last still stands; it is tried again.",
    ),
    "no-register": Words(
        "Der er ikke sat et register op med det navn. Se indstillingerne SPORLOG_KITOS, _SERVICENOW og _COMPLIANCE.",
        "No register of that name is set up. See the settings SPORLOG_KITOS, _SERVICENOW and _COMPLIANCE.",
    ),
}
