"""The kinds of records in words: what each is, from when its period counts, and who ends it. Same on page and command line."""

from collections.abc import Mapping

from adapters.words.wording import Language, Words
from domain.retention.periods import Ends, Kind

KINDS: Mapping[Kind, Words] = {
    "incident_files": Words("Hændelser, fra de blev lukket", "Incidents, from when they were closed"),
    "significant_incident_files": Words(
        "Væsentlige hændelser (§ 12), fra de blev lukket", "Significant incidents (§ 12), from when they were closed"
    ),
    "signals": Words(
        "Tekst og rå data i alarmer, der ikke blev til en hændelse, fra månedens udgang",
        "Text and raw data of alerts that became no incident, from the month's end",
    ),
    "payloads": Words(
        "Tekst og rå data i alle alarmer, med månedens nøgle, fra månedens udgang",
        "Text and raw data of all alerts, with the month's key, from the month's end",
    ),
    "dead_letters": Words(
        "Det, der ikke kunne behandles, fra det blev lagt til side", "What could not be processed, from when it was put aside"
    ),
    "sent_messages": Words(
        "Mails og kald, der er sendt; kopier i postkasser sletter driften",
        "Mails and calls that were sent; operations delete copies in mailboxes",
    ),
    "access_log": Words("Hvem der har åbnet hvad", "Who opened what"),
    "logs": Words("Programmets og maskinens logfiler", "The log files of program and machine"),
}
ENDED_BY: Mapping[Ends, Words] = {
    Ends.PERSON: Words(
        "Et menneske beslutter; Sporlog viser, hvad der kan kasseres", "A person decides; Sporlog shows what may be disposed of"
    ),
    Ends.SPORLOG: Words(
        "Sporlog sletter selv og registrerer det; intet, der bevares eller er åbent",
        "Sporlog deletes by itself and records it; nothing that is held or open",
    ),
    Ends.UNRECORDED: Words(
        "Sporlog sletter selv hver dag og registrerer det ikke", "Sporlog deletes by itself every day and does not record it"
    ),
    Ends.OPERATOR: Words("Driften indstiller maskinen efter det", "Operations set the machine by it"),
}
_UNITS: Mapping[str, tuple[Words, Words]] = {
    "days": (Words("dag", "day"), Words("dage", "days")),
    "months": (Words("måned", "month"), Words("måneder", "months")),
    "years": (Words("år", "year"), Words("år", "years")),
}


def period_words(period: str, language: Language) -> str:
    """`5 years` is `5 år`."""
    number, unit = period.split(" ")
    one, several = _UNITS[unit]
    return f"{number} {(one if number == '1' else several).to(language)}"
