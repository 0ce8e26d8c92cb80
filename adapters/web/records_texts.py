"""What the page on an incident's documents says."""

from adapters.words.wording import Words

RECORDS_TEXTS: dict[str, Words] = {
    "records.heading": Words("Dokumenter", "Documents"),
    "records.lead": Words(
        "Her står hvert dokument i sagen: hvordan det er mærket, når nogen beder om aktindsigt, og om det er journaliseret."
        " Sporlog foreslår, et menneske beslutter.",
        "Every document of the incident: how it is marked when somebody asks for access, and whether it is filed. Sporlog"
        " proposes, a person decides.",
    ),
    "records.number": Words("Nr.", "No."),
    "records.document": Words("Dokument", "Document"),
    "records.mark": Words("Mærket", "Marked"),
    "records.filed": Words("Journaliseret", "Filed"),
    "records.fields": Words("Felter", "Fields"),
    "records.only-fields": Words("kun {fields}", "only {fields}"),
    "records.proposed": Words("Forslag", "Proposal"),
    "records.decided": Words("Besluttet af {actor}", "Decided by {actor}"),
    "records.decide": Words("Tag stilling", "Decide"),
    "records.change": Words("Ret", "Change"),
    "records.not-filed": Words("Ikke endnu", "Not yet"),
    "records.not-final": Words("Udkast: skal ikke", "Draft: need not be"),
    "records.accept-lead": Words(
        "{count} dokumenter venter på, at nogen tager stilling. Har du læst dem, kan du følge alle forslag på én gang. Hvert af"
        " dem kan rettes bagefter.",
        "{count} documents wait for a decision. If you have read them, you can follow all proposals at once. Each can be"
        " changed afterwards.",
    ),
    "records.accept": Words("Følg forslagene", "Follow the proposals"),
    "records.accepted": Words("Dokumenterne er mærket som foreslået.", "The documents are marked as proposed."),
    "records.extract": Words("Aktindsigt", "Access to documents"),
    "records.extract-lead": Words(
        "Udtrækket nævner hvert dokument og udelader det, der er undtaget, med paragraffen i stedet. Hent udkastet, læs det, og"
        " godkend det så. Interne dokumenter er udeladt (OFL § 23): vurdér, om oplysninger i dem skal gives alligevel"
        " (§§ 28-29).",
        "The extract names every document and leaves out what is exempt, with the paragraph in its place. Fetch the draft, read"
        " it, then approve it. Internal documents are left out (OFL § 23): consider whether facts in them must be given all"
        " the same (§§ 28-29).",
    ),
    "records.draft": Words("Hent udkast (zip med PDF, HTML og CSV)", "Fetch the draft (zip with PDF, HTML and CSV)"),
    "records.undecided": Words(
        "Det kan godkendes, når alle dokumenter er mærket.", "It can be approved once every document is marked."
    ),
    "records.recipient": Words("Hvem får aktindsigt?", "Who is given access?"),
    "records.basis": Words("Hjemmel", "Legal basis"),
    "records.basis-hint": Words("For eksempel OFL § 7", "For example OFL § 7"),
    "records.approve": Words("Jeg har kontrolleret udkastet: godkend og hent", "I have checked the draft: approve and fetch"),
    "records.given": Words("Udleveret", "Given out"),
    "records.given-line": Words("nr. {number} til {recipient} ({basis})", "no. {number} to {recipient} ({basis})"),
    "records.none-given": Words("Intet er udleveret endnu.", "Nothing was given out yet."),
    "records.esdh": Words("Til ESDH", "For the records system"),
    "records.esdh-lead": Words(
        "Zip med hvert dokument som PDF/A og oplysninger til journalen. Notér sagsnummeret her bagefter.",
        "Zip with every document as PDF/A and what the journal wants to know. Record the case number here afterwards.",
    ),
    "records.export": Words("Hent til ESDH", "Fetch for the records system"),
    "records.journalise": Words("Notér, at det er journaliseret", "Record that it is filed"),
    "records.pending": Words("{count} dokumenter er ikke journaliseret (§ 15).", "{count} documents are not filed (§ 15)."),
    "records.all-filed": Words("Alt er journaliseret.", "Everything is filed."),
    "records.all-pending": Words("Se det samlet for alle hændelser", "See it for all incidents"),
}
