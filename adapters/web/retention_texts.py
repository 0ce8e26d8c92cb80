"""What the pages on retention and on the data map say."""

from adapters.words.wording import Words

RETENTION_TEXTS: dict[str, Words] = {
    "privacy.heading": Words("Hvor der er noget om personer", "Where something of persons is kept"),
    "privacy.lead": Words(
        "Kortet er lavet af modellerne selv og følger de frister, der gælder. Som data:",
        "The map is made from the models themselves and follows the periods in force. As data:",
    ),
    "privacy.seen-by": Words("Hvem ser det", "Who sees it"),
    "privacy.kept": Words("Hvor længe", "How long"),
    "privacy.field": Words("Felt", "Field"),
    "privacy.what": Words("Hvad", "What"),
    "privacy.erased": Words("Sådan slettes det", "How it is erased"),
    "retention.heading": Words("Hvor længe vi gemmer hvad", "How long we keep what"),
    "retention.lead": Words(
        "Ingen lov fastsætter fristerne: de er kommunens eget valg. Hændelser kasseres kun, når et menneske beslutter det, og"
        " intet af en hændelse slettes, så længe den bevares.",
        "No act sets the periods: they are the municipality's own choice. Incidents are disposed of only when a person decides"
        " it, and nothing of an incident is erased while it has a legal hold.",
    ),
    "retention.in-force": Words("Frister, der gælder nu (nr. {number})", "Periods in force now (no. {number})"),
    "retention.since": Words("De gælder fra {day}.", "They hold from {day}."),
    "retention.brought": Words(
        "Det er Sporlogs forslag. De gælder, til I vælger jeres egne.",
        "These are Sporlog's suggestion until you choose your own.",
    ),
    "retention.what": Words("Hvad", "What"),
    "retention.kept": Words("Gemmes", "Kept"),
    "retention.who": Words("Hvem sletter", "Who ends it"),
    "retention.change": Words("Ret fristerne i filen fra", "Change the periods in the file from"),
    "retention.due": Words("Se, hvad der er for gammelt i dag, med", "See what is too old today with"),
    "retention.to-come": Words("Frister nr. {number}, fra {day}", "Periods no. {number}, from {day}"),
    "retention.acts": Words("Hvad der er besluttet og slettet", "What was decided and let go"),
    "retention.no-acts": Words(
        "Intet endnu. Når Sporlog sletter noget, fordi fristen er gået, står det her.",
        "Nothing yet. When Sporlog lets go of something because its period has passed, it is told here.",
    ),
    "retention.erased": Words("(slettet)", "(erased)"),
    "retention.was-set": Words(
        "Frister nr. {number} besluttet, gælder fra {day}: {reason}",
        "Periods no. {number} decided, in force from {day}: {reason}",
    ),
    "retention.let-go-signals": Words(
        "Tekst og rå data i {rows} alarmer fra {month}, der ikke blev til en hændelse, slettet efter frister nr. {number}",
        "Text and raw data of {rows} alerts of {month} that became no incident, let go by periods no. {number}",
    ),
    "retention.let-go-payloads": Words(
        "Tekst og rå data i alle alarmer fra {month} slettet med månedens nøgle ({rows} rækker), efter frister nr. {number}",
        "Text and raw data of all alerts of {month} let go with the month's key ({rows} rows), by periods no. {number}",
    ),
    "retention.let-go-letters": Words(
        "{letters} ting, der ikke kunne behandles, fra før {before}, slettet efter frister nr. {number}",
        "{letters} dead letters of before {before} let go by periods no. {number}",
    ),
}
