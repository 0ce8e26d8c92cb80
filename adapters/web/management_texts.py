"""What the management report's page says around the report."""

from adapters.words.wording import Words

MANAGEMENT_TEXTS: dict[str, Words] = {
    "board.heading": Words("Ledelse", "Management"),
    "board.lead": Words(
        "Rapporten til direktionen over en periode: er vi i orden, hvad er blevet værre, og hvad skal vi beslutte? Tallene er "
        "en anbefaling; mennesker beslutter.",
        "The executive board's report of a period: are we in order, what got worse, and what must we decide? The figures "
        "recommend; people decide.",
    ),
    "board.period": Words("Periode", "Period"),
    "board.period-hint": Words(
        "For eksempel 2026-Q3, 2026-10, 2026 eller 2026-07-01..2026-09-30",
        "For example 2026-Q3, 2026-10, 2026 or 2026-07-01..2026-09-30",
    ),
    "board.administration": Words("Forvaltning", "Administration"),
    "board.all": Words("Alle", "All"),
    "board.show": Words("Vis rapporten", "Show the report"),
    "board.wrong": Words("Perioden kan ikke læses.", "The period cannot be read."),
    "board.quick": Words("Andre perioder", "Other periods"),
    "board.files": Words("Hent rapporten som", "Download the report as"),
    "board.empty": Words(
        "Loggen er tom, så der er intet at rapportere om endnu. Registrér den første hændelse, så er rapporten her.",
        "The log is empty, so there is nothing to report on yet. Report the first incident, and the report is here.",
    ),
    "board.treat": Words(
        "Registrér, at direktionen har behandlet rapporten", "Record that the executive board treated the report"
    ),
    "board.treat-lead": Words(
        "Det, der blev besluttet, står her og i de næste rapporter. Rapporten kan altid laves magen til igen af sin logpost.",
        "What was decided stands here and in the next reports. The report can always be made alike again from its position.",
    ),
    "board.field.treated_on": Words("Mødets dag", "The meeting's day"),
    "board.field.case_number": Words("Sagsnummer i ESDH", "Case number in the records system"),
    "board.field.decisions": Words("Hvad blev besluttet?", "What was decided?"),
    "board.record": Words("Registrér", "Record"),
    "board.saved": Words("Det er registreret.", "It is recorded."),
    "board.figure": Words("{figure}, {period}", "{figure}, {period}"),
    "board.behind": Words("Det hviler tallet på", "What the figure rests on"),
    "board.behind-lead": Words(
        "{count} logposter. Hver er den seneste om sin hændelse eller den, der blev talt.",
        "{count} events of the log. Each is the last one of its incident, or the one that was counted.",
    ),
    "board.none": Words("Tallet hviler på intet: der var ingen i perioden.", "The figure rests on nothing: there were none."),
    "board.position": Words("logpost {position}", "position {position}"),
    "board.sent": Words("Sendt med mail", "Sent by mail"),
    "board.sent-lead": Words("De seneste rapporter, der er sendt, og til hvem", "The last reports that were sent, and to whom"),
    "board.sent-as-of": Words("Som loggen stod ved", "As the log stood at"),
    "board.sent-to": Words("Hvem og hvornår", "Who and when"),
    "board.erased": Words("(slettet)", "(erased)"),
    "board.back": Words("Tilbage til rapporten", "Back to the report"),
}
