"""The sentences and headings of the management report, in both languages."""

from adapters.words.wording import Words
from domain.management.answers import Order

ORDER: dict[Order, Words] = {
    Order.IN_ORDER: Words("Ja, alt er i orden.", "Yes, all is in order."),
    Order.WATCH: Words("Ja, men noget kræver opmærksomhed.", "Yes, but something needs attention."),
    Order.NOT: Words("Nej, ikke alt er i orden.", "No, not all is in order."),
}
REASONS: dict[str, Words] = {
    "limits_missed": Words(
        "Lovfrister overskredet, hvor pligten endnu ikke er opfyldt: {count}.",
        "Statutory deadlines passed whose duty is not met yet: {count}.",
    ),
    "limits_late": Words(
        "Lovfrister indfriet for sent i perioden: {count}.", "Statutory deadlines met late in the period: {count}."
    ),
    "below_target": Words(
        "Ydelser under målet for tilgængelighed ({count}): {services}.",
        "Services below their availability target ({count}): {services}.",
    ),
    "too_long": Words(
        "Ydelser, der i ét stræk var nede længere, end der kan tåles ({count}): {services}.",
        "Services that were down in one go for longer than can be tolerated ({count}): {services}.",
    ),
    "follow_ups_overdue": Words(
        "Aftalte forbedringer over fristen: {count}.", "Agreed improvements that are overdue: {count}."
    ),
    "no_services": Words(
        "Ingen ydelser er klassificeret som kritiske i kataloget.", "No service is classed as critical in the catalogue."
    ),
    "never_approved": Words(
        "Direktionen har endnu ikke godkendt listen over samfundskritiske ydelser.",
        "The executive board has not approved the list of services critical to society yet.",
    ),
    "list_changed": Words(
        "Listen over samfundskritiske ydelser er ændret, siden direktionen godkendte den {day}.",
        "The list of services critical to society changed since the executive board approved it on {day}.",
    ),
    "no_plan": Words("Kritiske ydelser uden nødplan: {services}.", "Critical services without an emergency plan: {services}."),
    "silent": Words("Værktøjer, der tav i perioden: {sources}.", "Tools that fell silent in the period: {sources}."),
}
DECISIONS: dict[str, Words] = {
    "send": Words(
        "Hvem sender {notice} for {reference} nu? Fristen var {due_at}.",
        "Who sends the {notice} for {reference} now? The limit was {due_at}.",
    ),
    "send_more": Words(
        "Hvem sender de øvrige {count} underretninger, hvis frist er passeret?",
        "Who sends the other {count} notices whose limit is past?",
    ),
    "running": Words(
        "Skal der flere kræfter på væsentlige hændelser, der ikke er håndteret ({count})? {references}.",
        "Do significant incidents that are not handled ({count}) need more hands? {references}.",
    ),
    "below_target": Words(
        "Hvad skal der til, for at {service} når målet? {value} % mod {target} %.",
        "What does it take for {service} to reach its target? {value} % against {target} %.",
    ),
    "too_long": Words(
        "Kan {service} tåle at være nede i {span}, eller skal beredskabet styrkes? Grænsen er {tolerable}.",
        "Can {service} be down for {span}, or must preparedness be strengthened? The limit is {tolerable}.",
    ),
    "below_target_more": Words(
        "Hvad skal der til for de øvrige {count} under målet? {services}.",
        "What does it take for the other {count} below their targets? {services}.",
    ),
    "too_long_more": Words(
        "Skal beredskabet styrkes for de øvrige {count}, der var nede for længe? {services}.",
        "Must preparedness be strengthened for the other {count} that were down too long? {services}.",
    ),
    "no_services": Words(
        "Hvilke ydelser er kritiske? Kataloget nævner ingen.", "Which services are critical? The catalogue names none."
    ),
    "never_approved": Words(
        "Kan listen over samfundskritiske ydelser godkendes? Det er den aldrig blevet.",
        "Can the list of services critical to society be approved? It never was.",
    ),
    "list_changed": Words(
        "Kan den ændrede liste over samfundskritiske ydelser godkendes? Den blev sidst godkendt {day}.",
        "Can the changed list of services critical to society be approved? It was last approved on {day}.",
    ),
    "no_plan": Words(
        "Hvem laver nødplaner for ydelser uden ({count})? {services}.",
        "Who makes emergency plans for services without ({count})? {services}.",
    ),
    "follow_ups_overdue": Words(
        "Skal aftalte forbedringer over fristen ({count}) have nye datoer eller flere kræfter?",
        "Do agreed improvements that are overdue ({count}) get new dates or more hands?",
    ),
    "recurring": Words(
        "Skal årsagen til {count} ens hændelser fjernes ved roden ({cause})?",
        "Is the cause of {count} alike incidents to be removed at its root ({cause})?",
    ),
}
TEXTS: dict[str, Words] = {
    "title": Words("Ledelsesrapport {period}", "Management report {period}"),
    "of": Words("Gælder {who}, {first} til {last}, begge dage med.", "Of {who}, {first} to {last}, both days included."),
    "whole": Words("hele organisationen", "the whole organisation"),
    "order": Words("Er vi i orden?", "Are we in order?"),
    "worse": Words("Hvad er blevet værre?", "What got worse?"),
    "decide": Words("Hvad skal vi beslutte?", "What must we decide?"),
    "to-decide": Words("Beslutninger, der venter: {count}.", "Decisions that wait: {count}."),
    "nothing-worse": Words(
        "Intet, der kan måles på fem tilfælde eller flere, er blevet værre siden {before}.",
        "Nothing that can be measured on five cases or more got worse since {before}.",
    ),
    "nothing-to-decide": Words("Tallene lægger ikke op til nogen beslutning.", "The figures call for no decision."),
    "worse-line": Words("{figure}{where}: {now} mod {before}.", "{figure}{where}: {now} against {before}."),
    "worse-more": Words(
        "Og {count} tal til, mest for enkelte ydelser: de står som »værre« i tabellerne.",
        "And {count} more figures, mostly of single services: the tables tell them as “worse”.",
    ),
    "in-short": Words("Tallene for det hele", "The figures of the whole"),
    "services": Words("Kritiske ydelser", "Critical services"),
    "service": Words("Ydelse", "Service"),
    "class": Words("Klasse", "Class"),
    "plan": Words("Nødplan", "Plan"),
    "figure": Words("Tal", "Figure"),
    "now": Words("Perioden", "The period"),
    "before": Words("Før ({name})", "Before ({name})"),
    "trend": Words("Udvikling", "Trend"),
    "worse-word": Words("værre", "worse"),
    "better-word": Words("bedre", "better"),
    "unchanged": Words("uændret", "unchanged"),
    "other": Words("ændret", "changed"),
    "few": Words("færre end fem", "fewer than five"),
    "none": Words("–", "–"),
    "target": Words("Mål", "Target"),
    "met": Words("nået", "met"),
    "not-met": Words("ikke nået", "not met"),
    "yes": Words("ja", "yes"),
    "no": Words("nej", "no"),
    "no-services": Words(
        "Ingen ydelser var klassificeret som kritiske ved periodens udgang.",
        "No service was classed as critical at the end of the period.",
    ),
    "limits": Words("Lovens frister", "Statutory deadlines"),
    "no-limits": Words(
        "Ingen frister faldt i perioden, og ingen løber.", "No deadline fell due in the period, none is running."
    ),
    "some-limits": Words(
        "Viser {shown} af {count}: det, der mangler, kom for sent eller løber, går forud. Alle står i regnearket og i JSON.",
        "Shows {shown} of {count}: what is missing, came late or runs goes first. The workbook and JSON have all.",
    ),
    "reference": Words("Hændelse", "Incident"),
    "duty": Words("Pligt", "Duty"),
    "started": Words("Løber fra", "Runs from"),
    "due": Words("Frist", "Limit"),
    "sent": Words("Opfyldt", "Met"),
    "hours": Words("Timer", "Hours"),
    "outcome": Words("Udfald", "Outcome"),
    "to": Words(" til ", " to "),
    "kept": Words("i tide", "in time"),
    "late": Words("for sent", "late"),
    "missed": Words("mangler", "missing"),
    "running": Words("løber", "running"),
    "part": Words("Fordelt på", "Divided by"),
    "count": Words("Antal", "Count"),
    "unknown": Words("Ikke oplyst", "Not known"),
    "recurring": Words("Samme årsag inden for seks måneder", "The same cause within six months"),
    "cause": Words("Årsag", "Cause"),
    "incidents": Words("Hændelser", "Incidents"),
    "treated": Words("Behandlet af direktionen", "Treated by the executive board"),
    "treated-on": Words("Dato", "Date"),
    "period": Words("Periode", "Period"),
    "position": Words("Logpost", "Position"),
    "case-number": Words("Sag", "Case"),
    "decisions": Words("Beslutninger", "Decisions"),
    "definitions": Words("Sådan er tallene talt", "How the figures are counted"),
    "definition": Words("Betydning", "Meaning"),
    "few-rule": Words(
        "Under fem tilfælde siges hverken procent, median eller udvikling: så står de enkelte værdier eller »færre end fem«.",
        "Below five cases no percentage, median or trend is told: the single values or “fewer than five” stand instead.",
    ),
    "origin": Words("Hvor tallene kommer fra", "Where the figures come from"),
    "origin-line": Words(
        "Opgjort efter logpost {position}, ført {at}. Sporlog {version}. Regnskabets rod over de {position} logposter: {root}. "
        "Samme periode og logpost giver den samme rapport igen, og hvert tal viser de hændelser, det hviler på.",
        "As of position {position} of the log, recorded {at}. Sporlog {version}. The ledger's root over those {position} "
        "events: {root}. The same period and position give the same report again, and each figure shows the events that it "
        "rests on.",
    ),
    "severity-plot": Words("Hændelser efter alvor", "Incidents by severity"),
    "down-plot": Words("Nedetid for hver kritisk ydelse", "Downtime of each critical service"),
    "largest": Words("{title}, de {count} største", "{title}, the {count} largest"),
    "attempts-plot": Words("Alarmer på det, ydelserne bygger på", "Alerts on what the services stand on"),
}
