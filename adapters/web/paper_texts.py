"""The texts of the pages of notices, the brief and the action cards, in both languages."""

from adapters.words.wording import Words

PAPER_TEXTS: dict[str, Words] = {
    "papers.heading": Words("Underretninger og papirer", "Notices and papers"),
    "papers.brief": Words("Orientering til ledelsen", "Brief for the director"),
    "papers.documents": Words("Dokumenter, aktindsigt og journalisering", "Documents, access to them, and filing"),
    "papers.export": Words("Hent til journalen (zip)", "Get for the records system (zip)"),
    "papers.print": Words("Print (PDF)", "Print (PDF)"),
    "papers.text": Words("Som tekst", "As text"),
    "papers.back": Words("Til hændelsen {ref}", "To incident {ref}"),
    "papers.to-notice": Words(
        "Skriv, godkend og registrér den på dens egen side", "Write, approve and record it on its own page"
    ),
    "papers.missing": Words("Mangler", "Missing"),
    "notice.to": Words("Til: {to}", "To: {to}"),
    "notice.not-submitted": Words(
        "Sporlog har ikke indsendt noget. Et menneske indsender på virk.dk med MitID og registrerer det bagefter her.",
        "Sporlog has not submitted anything. A person submits on virk.dk with MitID and records it here afterwards.",
    ),
    "notice.not-submitted-people": Words(
        "Sporlog har ikke sendt noget. Et menneske giver de berørte besked og registrerer det bagefter her.",
        "Sporlog has not sent anything. A person tells those affected and records it here afterwards.",
    ),
    "notice.way": Words("På denne side", "On this page"),
    "notice.fill": Words("1. Udfyld", "1. Fill in"),
    "notice.approve": Words("2. Godkend", "2. Approve"),
    "notice.submit": Words("3. Indsend", "3. Submit"),
    "notice.record": Words("4. Registrér", "4. Record"),
    "notice.fill-heading": Words("1. Udfyld udkastet", "1. Fill in the draft"),
    "notice.from-log": Words(
        "Felterne er udfyldt fra loggen. Læs dem, ret dem, og gem udkastet.",
        "The fields are filled in from the log. Read them, correct them, and save the draft.",
    ),
    "notice.from-draft": Words("Felterne er fra udkast nr. {number}.", "The fields are from draft no. {number}."),
    "notice.from-sent": Words(
        "Det, du skrev, står her endnu. Ret det, og gem igen.", "What you wrote is still here. Correct it."
    ),
    "notice.anew": Words("Hent det nye fra loggen", "Bring in what is new in the log"),
    "notice.moved": Words("Loggen siger nu noget andet end udkastet", "The log now says otherwise than the draft"),
    "notice.required": Words("Loven kræver det: {paragraph}", "Required by law: {paragraph}"),
    "notice.more-fields": Words("Flere felter, som må være tomme ({count})", "More fields that may be empty ({count})"),
    "notice.time-hint": Words(
        "Skriv som 2026-11-20 15:20, eller »Ved ikke endnu«.", "Write it as 2026-11-20 15:20, or »Not known yet«."
    ),
    "notice.save": Words("Gem udkast", "Save draft"),
    "notice.complete-heading": Words("Er den klar?", "Is it complete?"),
    "notice.complete": Words("Alt, hvad loven kræver nu, er udfyldt.", "All that the law requires now is filled in."),
    "notice.missing-now": Words("Det kræver loven nu", "The law requires it now"),
    "notice.send-anyway": Words(
        "Mangler noget, må den sendes alligevel; det bliver noteret.", "It may be sent all the same; that is then noted."
    ),
    "notice.may-wait": Words("Det kan vente ({count})", "It may wait ({count})"),
    "notice.until": Words("til: {kind}", "until: {kind}"),
    "notice.approve-heading": Words("2. Godkend udkastet", "2. Approve the draft"),
    "notice.no-draft": Words("Gem et udkast først.", "Save a draft first."),
    "notice.draft-by": Words("Udkast nr. {number} er skrevet af {actor}.", "Draft no. {number} was written by {actor}."),
    "notice.approved": Words("Udkastet er godkendt.", "The draft is approved."),
    "notice.four-eyes": Words(
        "Fire øjne: den, der skrev udkastet, godkender det ikke selv.",
        "Four eyes: whoever wrote the draft does not approve it.",
    ),
    "notice.alone": Words(
        "Er du alene på vagt, så svar ja nedenfor: en anden godkender bagefter.",
        "If you are alone on duty, say so below: a second person approves afterwards.",
    ),
    "notice.approve-not-needed": Words(
        "Retningslinjerne kræver ingen godkendelse af denne.", "The policy asks for no approval of this one."
    ),
    "notice.approve-button": Words("Godkend udkastet", "Approve the draft"),
    "notice.submit-heading": Words("3. Indsend på virk.dk", "3. Submit on virk.dk"),
    "notice.submit-heading-people": Words("3. Giv besked", "3. Tell them"),
    "notice.save-first": Words(
        "Arket viser det senest gemte udkast, og uden et udkast det, loggen ved.",
        "The sheet shows the draft that was saved last, and without a draft what the log knows.",
    ),
    "notice.copy": Words("Kopiér felt for felt", "Copy field by field"),
    "notice.copy-all": Words("Hele underretningen som tekst", "The whole notice as text"),
    "notice.filers": Words("Hvem kan indsende?", "Who may file?"),
    "notice.contacts": Words("Hvis det ikke lykkes", "If it does not work"),
    "notice.record-heading": Words("4. Registrér, at den er sendt", "4. Record that it was sent"),
    "notice.record-lead": Words(
        "Registrér det også, hvis det var for sent, manglede noget eller blev sagt i telefon. Det, der er sket, kan altid "
        "registreres.",
        "Record it also if it was late, incomplete or told by telephone: what has happened is always taken in.",
    ),
    "notice.record-draft": Words(
        "Det gemte udkast bliver frosset som det indsendte.", "The saved draft is frozen as what was filed."
    ),
    "notice.record-no-draft": Words(
        "Intet udkast er gemt: det, siden viser, bliver frosset som det indsendte.",
        "No draft is saved: what the page shows is frozen as what was filed.",
    ),
    "notice.record-button": Words("Registrér, at den er sendt", "Record that it was sent"),
    "notice.filed-heading": Words("Det, der er sendt", "What was sent"),
    "notice.filed-at": Words("Sendt", "Sent"),
    "notice.filed-recorded": Words("Registreret", "Recorded"),
    "notice.filed-channel": Words("Gennem", "Through"),
    "notice.filed-receipt": Words("Kvittering", "Receipt"),
    "notice.filed-no-receipt": Words("ikke set endnu", "not seen yet"),
    "notice.filed-form": Words("Formular", "Form"),
    "notice.filed-hash": Words("SHA-256 af det indsendte", "SHA-256 of what was filed"),
    "notice.filed-why": Words("Hvorfor", "Why"),
    "notice.filed-deviations": Words("Afvigelser", "Deviations"),
    "notice.filed-values": Words("Vis det, der stod i den", "Show what it said"),
    "notice.filed-sheet": Words("Arket, som det blev sendt (PDF)", "The sheet as it was sent (PDF)"),
    "notice.filed-then": Words("Det, der var kendt da", "What was known then"),
    "notice.same": Words(
        "Alle felter siger det samme, som loggen vidste, da den blev sendt.",
        "Every field says what the log knew when it was sent.",
    ),
    "notice.differences": Words("Den sagde noget andet, end loggen vidste", "It said otherwise than the log knew"),
    "notice.left-out": Words("Loggen vidste det, men det var ikke med", "The log knew it, and it was not in it"),
    "notice.known-since": Words("Siden er loggen blevet klogere", "Since then the log has learnt more"),
    "notice.field": Words("Felt", "Field"),
    "notice.column-filed": Words("Det sendte", "As sent"),
    "notice.column-known": Words("Loggen dengang", "The log then"),
    "notice.column-now": Words("Loggen nu", "The log now"),
    "notice.column-draft": Words("Udkastet", "The draft"),
    "notice.not-sent": Words("(ikke med)", "(not in it)"),
    "notice.not-known": Words("(stod ikke i loggen)", "(not in the log)"),
    "brief.heading": Words("Orientering til ledelsen", "Brief for the director"),
    "brief.stamp": Words("Til og med logpost nr. {position}.", "Up to no. {position} of the log."),
    "brief.decision": Words("Beslutning nu", "Decision now"),
    "brief.hit": Words("Hvad er ramt?", "What is hit?"),
    "brief.done": Words("Hvad er der gjort?", "What has been done?"),
    "brief.unknown": Words("Hvad ved vi ikke?", "What is not known?"),
    "brief.deadlines": Words("Frister", "Limits"),
    "brief.nothing": Words("Intet er registreret.", "Nothing is recorded."),
    "brief.until": Words("Senest", "At the latest"),
    "cards.heading": Words("Handlingskort", "Action cards"),
    "cards.lead": Words(
        "Ét kort til hver rolle, til at hænge op. Kortene er lavet af skridtene i Sporlog og kommunens retningslinjer.",
        "One card for each role, to hang on the wall. They are made of the steps in Sporlog and the municipality's policy.",
    ),
    "cards.all": Words("Alle kort (PDF)", "All cards (PDF)"),
    "cards.one": Words("Print kortet (PDF)", "Print the card (PDF)"),
    "cards.who": Words("Hvem", "Who"),
    "cards.not-placed": Words("Rollen er ikke placeret.", "The role is not placed."),
    "cards.steps": Words("Skridt", "Steps"),
    "cards.needs": Words("Du skal bruge: {needs}", "You need: {needs}"),
    "cards.rules": Words("Det gælder hos os", "What holds here"),
    "cards.contacts": Words("Kontakter", "Contacts"),
}
