"""The texts of the pages on alarms: what waits for a person, and what an incident holds."""

from adapters.words.wording import Words

SIGNAL_TEXTS: dict[str, Words] = {
    "signals.heading": Words("Alarmer", "Alarms"),
    "signals.nav": Words("Alarmer", "Alarms"),
    "signals.waiting": Words("Venter på et menneske", "Waiting for a person"),
    "signals.lead": Words(
        "Breve, og det, som Sporlog ikke kunne læse, afgøres aldrig af en regel. Opret en hændelse, føj det til en åben, eller "
        "afvis det. Alt kan gøres om.",
        "Mails, and what Sporlog could not read, are never decided by a rule. Open an incident, add it to an open one, or "
        "dismiss it. All of it can be undone.",
    ),
    "signals.none": Words("Intet venter.", "Nothing is waiting."),
    "signals.count": Words("Viser de {shown} ældste af {total}.", "Showing the {shown} oldest of {total}."),
    "signals.from": Words("Fra {source}", "From {source}"),
    "signals.erased": Words("Teksten er slettet", "The text has been erased"),
    "signals.text": Words("Vis hele teksten", "Show the whole text"),
    "signals.open": Words("Opret hændelse", "Open an incident"),
    "signals.attach": Words("Føj til hændelsen", "Add to the incident"),
    "signals.which": Words("Åben hændelse", "Open incident"),
    "signals.dismiss": Words("Afvis", "Dismiss"),
    "signals.why-dismiss": Words("Hvorfor skal den afvises?", "Why dismiss it?"),
    "signals.why-detach": Words("Hvorfor hører den ikke til her?", "Why does it not belong here?"),
    "signals.undo": Words("Fortryd", "Undo"),
    "signals.done-attach": Words("Føjet til hændelsen.", "Added to the incident."),
    "signals.done-detach": Words("Taget ud af hændelsen.", "Taken out of the incident."),
    "signals.done-dismiss": Words("Afvist.", "Dismissed."),
    "signals.done-reopen": Words("Den venter igen.", "It is waiting again."),
    "signals.sources": Words("Kilder", "Sources"),
    "signals.no-sources": Words(
        "Ingen kilde har sendt noget endnu. Send en alarm til {address}, eller se »sporlog source add«.",
        "No source has sent anything yet. Send an alarm to {address}, or see »sporlog source add«.",
    ),
    "signals.source": Words("Kilde", "Source"),
    "signals.last": Words("Sidst hørt", "Last heard"),
    "signals.never": Words("Aldrig", "Never"),
    "signals.silent": Words("Tavs: se efter, om den virker", "Silent: check that it works"),
    "signals.different": Words("Alarmer", "Alarms"),
    "signals.repeats": Words("Gentagelser", "Repeats"),
    "signals.of": Words("Alarmer på {ref}", "Alarms of {ref}"),
    "signals.of-link": Words("Se alarmerne", "See the alarms"),
    "signals.of-none": Words("Hændelsen har ingen alarmer.", "The incident has no alarms."),
    "signals.detach": Words("Tag ud af hændelsen", "Take out of the incident"),
    "signals.attach-known": Words("Føj en alarm til", "Add an alarm"),
    "signals.attach-hint": Words(
        "Kilde og id, som værktøjet eller Sporlog viser dem.", "Source and id as the tool or Sporlog shows them."
    ),
    "signals.id": Words("Alarmens id", "The alarm's id"),
    "signals.back": Words("Tilbage til {ref}", "Back to {ref}"),
    "overview.silent": Words("Tavse kilder: {names}", "Silent sources: {names}"),
    "overview.waiting-one": Words("1 alarm eller brev venter på et menneske", "1 alarm or mail is waiting for a person"),
    "overview.waiting": Words(
        "{count} alarmer eller breve venter på et menneske", "{count} alarms or mails are waiting for a person"
    ),
}
