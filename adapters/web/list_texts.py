"""The texts of looking back and over many: replay, the two readings of a history, and the lists."""

from adapters.words.wording import Words

LIST_TEXTS: dict[str, Words] = {
    "replay.heading": Words("Du ser fortiden", "You are seeing the past"),
    "replay.known": Words("Sådan var hændelsen kendt", "This is how the incident was known"),
    "replay.position": Words("logpost nr. {position}", "no. {position} of the log"),
    "replay.now": Words("Vis hændelsen nu", "Show the incident now"),
    "replay.previous": Words("Forrige skridt", "Previous step"),
    "replay.following": Words("Næste skridt", "Next step"),
    "replay.changed": Words("Det ændrede sig her", "What changed here"),
    "replay.field": Words("Oplysning", "Field"),
    "replay.before": Words("Før", "Before"),
    "replay.after": Words("Efter", "After"),
    "replay.nothing": Words("Skridtet ændrede ingen oplysninger.", "The step changed no field."),
    "replay.not-yet": Words("Hændelsen var endnu ikke registreret.", "The incident was not yet reported."),
    "replay.unknown-then": Words("Sket inden da, men endnu ikke indført", "Happened by then, but not yet entered"),
    "replay.at": Words("Vis, hvad der var kendt på dette tidspunkt", "Show what was known at this time"),
    "replay.show": Words("Vis", "Show"),
    "readings.heading": Words("Hvad loggen sagde, og hvad der var", "What the log said, and what was so"),
    "readings.lead": Words(
        "Når noget indføres senere, end det skete, er der et tidsrum, hvor loggen sagde ét, og noget andet var tilfældet."
        " Her står de tidsrum, der varede mere end fem minutter.",
        "When something is entered later than it happened, there is a time in which the log said one thing and another was so."
        " Here are those that lasted more than five minutes.",
    ),
    "readings.since": Words("Fra", "From"),
    "readings.until": Words("Til", "Until"),
    "readings.still": Words("nu", "now"),
    "readings.recorded": Words("Loggen sagde", "The log said"),
    "readings.occurred": Words("Det var", "It was"),
    "readings.clock": Words("Ur: {name}", "Clock: {name}"),
    "readings.same": Words("Alt er indført, som det skete.", "Everything was entered as it happened."),
    "readings.link": Words(
        "Vis, hvor loggen og det, der skete, var forskellige", "Show where the log and what happened differed"
    ),
    "lists.heading": Words("Lister", "Lists"),
    "lists.exercise": Words("ØVELSE", "EXERCISE"),
    "lists.answers": Words("{count} svar", "{count} answers"),
    "lists.wrong-period": Words(
        "Perioden kan ikke læses, eller den slutter, før den begynder. Listen vises uden den.",
        "The period cannot be read, or it ends before it begins. The list is shown without it.",
    ),
    "lists.from": Words("Fra og med", "From"),
    "lists.to": Words("Til og med", "To, inclusive"),
    "as-of.heading": Words("Se det, som loggen stod", "See it as the log stood"),
    "as-of.when": Words("Hvornår?", "When?"),
    "as-of.show": Words("Vis", "Show"),
    "as-of.wrong": Words("Skriv en dato og et klokkeslæt.", "Write a date and a time."),
    "as-of.stood": Words("Sådan stod loggen dengang.", "This is how the log stood then."),
    "as-of.now": Words("Vis, som den står nu", "Show it as it stands now"),
    "lists.as-of": Words("Som loggen stod (tomt: nu)", "As the log stood (empty: now)"),
    "lists.stood": Words("Du ser listen, som loggen stod dengang.", "You see the list as the log stood then."),
    "lists.now": Words("Vis den, som den er nu", "Show it as it is now"),
    "lists.with-exercises": Words("Vis også øvelser", "Show exercises too"),
    "lists.show": Words("Vis perioden", "Show the period"),
    "lists.one": Words("1 linje.", "1 line."),
    "lists.count": Words("{count} linjer.", "{count} lines."),
    "lists.download": Words("Hent som CSV", "Download as CSV"),
    "lists.empty": Words("Der er ingen i perioden.", "There are none in the period."),
}
