"""What the management report's refusals mean to a person, as `adapters.words.error_texts` has it for all others."""

from adapters.words.wording import Words

MANAGEMENT_ERRORS: dict[str, Words] = {
    "unreadable-period": Words(
        "Perioden kan ikke læses. Skriv for eksempel 2026-Q3, 2026-10, 2026 eller 2026-07-01..2026-09-30.",
        "The period cannot be read. Write for example 2026-Q3, 2026-10, 2026 or 2026-07-01..2026-09-30.",
    ),
    "no-events": Words(
        "Loggen er tom på det sted, så der er intet at rapportere om. Registrér en hændelse først.",
        "The log is empty at that point, so there is nothing to report on. Register an incident first.",
    ),
    "report-changed": Words(
        "Rapporten er ikke længere den, du så. Åbn den igen, og registrér, at den er behandlet, derfra.",
        "The report is no longer the one that you saw. Open it again, and record from there that it was treated.",
    ),
}
