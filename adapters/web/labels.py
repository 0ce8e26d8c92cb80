"""What fields and values are called by people. A test keeps both tables complete against the steps' models."""

from adapters.web.language import Language, Words

FIELDS: dict[str, Words] = {
    "action": Words("Hvad blev der gjort?", "What was done?"),
    "actor": Words("Udført af", "Done by"),
    "answers": Words("Svar i spørgeguiden", "Answers of the question guide"),
    "aware_at": Words("Tidspunkt for kendskab", "Time of awareness"),
    "comment": Words("Bemærkning", "Comment"),
    "components": Words("Berørte komponenter", "Components affected"),
    "cross_border": Words("Mulig grænseoverskridende virkning?", "Cross-border effect possible?"),
    "depth": Words("Vurderingens dybde", "Depth of the assessment"),
    "description": Words("Beskrivelse", "Description"),
    "detected_at": Words("Opdaget", "Detected"),
    "duplicate_of": Words("Gentager hændelsen", "Repeats the incident"),
    "expected_version": Words("Set version", "Version seen"),
    "field": Words("Hvilken oplysning?", "Which field?"),
    "guide_version": Words("Spørgeguidens version", "Version of the question guide"),
    "kind": Words("Slags", "Kind"),
    "late_reason": Words("Hvorfor efter fristen?", "Why after the limit?"),
    "measure": Words("Hvad blev der gjort?", "What was done?"),
    "new": Words("Ny værdi", "New value"),
    "nis2_category": Words("Kategori", "Category"),
    "occurred_at": Words("Hvornår skete det?", "When did it happen?"),
    "on_behalf_of": Words("På vegne af", "On behalf of"),
    "place": Words("Hvor?", "Where?"),
    "reason": Words("Begrundelse", "Reason"),
    "receipt": Words("Kvitteringens nummer", "Number of the receipt"),
    "recipients": Words("Hvem blev underrettet, og hvordan?", "Who was told, and how?"),
    "role": Words("I rollen", "In the role"),
    "services": Words("Berørte ydelser", "Services affected"),
    "severity": Words("Alvor", "Severity"),
    "significant": Words("Er hændelsen væsentlig?", "Is the incident significant?"),
    "submission_channel": Words("Sendt gennem", "Sent through"),
    "summary": Words("Kort fortalt", "In short"),
    "suspected_malicious": Words("Mistanke om ulovlig eller ondsindet handling?", "Unlawful or malicious act suspected?"),
    "text": Words("Notat", "Note"),
    "title": Words("Hvad er der sket?", "What has happened?"),
}

HINTS: dict[str, Words] = {
    "actor": Words("Rolle eller postkasse, ikke et personnavn", "A role or mailbox, not a person's name"),
    "aware_at": Words("Urene på 24 og 72 timer løber herfra", "The clocks of 24 and 72 hours run from here"),
    "components": Words("Adskil med komma", "Separate with commas"),
    "cross_border": Words("»Ved ikke« er et svar", "»Unknown« is an answer"),
    "description": Words("Skriv ikke CPR-numre", "Do not write CPR numbers"),
    "detected_at": Words("Tom: da det skete", "Empty: when it happened"),
    "duplicate_of": Words("Referencen, for eksempel H-2026-0042", "The reference, for example H-2026-0042"),
    "new": Words("Flere navne adskilles med komma", "Separate several names with commas"),
    "occurred_at": Words("Dansk tid. Tom: nu", "Danish time. Empty: now"),
    "services": Words("Adskil med komma", "Separate with commas"),
    "significant": Words(
        "Alvorlig driftsforstyrrelse, økonomisk tab eller betydelig skade for andre; det er nok, at det kan ske (§ 12)",
        "Serious operational disruption, financial loss or considerable harm to others; that it can happen is enough (§ 12)",
    ),
    "suspected_malicious": Words(
        "»Ved ikke« er et svar: loven spørger om mistanke", "»Unknown« is an answer: a suspicion is asked"
    ),
}

SHORT: dict[str, Words] = {
    "action": Words("Handling", "Action"),
    "approved": Words("Vurdering godkendt", "Assessment approved"),
    "aware_at": Words("Kendskab", "Awareness"),
    "by_default": Words("Fulgte af vurderingen", "Followed from the assessment"),
    "clear_new": Words("Ny værdi", "New value"),
    "clear_old": Words("Gammel værdi", "Old value"),
    "cross_border": Words("Mulig grænseoverskridende virkning", "Cross-border effect possible"),
    "deviations": Words("Afvigelser", "Deviations"),
    "due_at": Words("Frist", "Limit"),
    "entity": Words("Indberettende enhed", "Reporting entity"),
    "field": Words("Oplysning", "Field"),
    "handled_at": Words("Håndteret", "Mitigated"),
    "late_reason": Words("Hvorfor efter fristen", "Why after the limit"),
    "measure": Words("Foranstaltning", "Measure"),
    "missed": Words("Overskredne frister", "Limits missed"),
    "occurred_at": Words("Sket", "Happened"),
    "old": Words("Gammel værdi", "Old value"),
    "place": Words("Sted", "Place"),
    "receipt": Words("Kvittering", "Receipt"),
    "recipients": Words("Modtagere", "Recipients"),
    "recorded_at": Words("Registreret", "Registered"),
    "sent": Words("Sendt", "Sent"),
    "signals": Words("Signaler", "Signals"),
    "significant": Words("Væsentlig", "Significant"),
    "status": Words("Status", "Status"),
    "suspected_malicious": Words("Mistanke om ulovlig eller ondsindet handling", "Unlawful or malicious act suspected"),
    "title": Words("Titel", "Title"),
}
"""For showing what is known; a field that is not here is called what its question is."""

VALUES: dict[str, dict[str, Words]] = {
    "Severity": {
        "critical": Words("Kritisk", "Critical"),
        "high": Words("Høj", "High"),
        "medium": Words("Mellem", "Medium"),
        "low": Words("Lav", "Low"),
        "info": Words("Til orientering", "Information"),
    },
    "IncidentKind": {
        "incident": Words("Hændelse", "Incident"),
        "near_miss": Words("Nærvedhændelse", "Near miss"),
        "threat": Words("Cybertrussel", "Cyber threat"),
        "planned_work": Words("Planlagt arbejde", "Planned work"),
    },
    "Nis2Category": {
        "low": Words("Lav", "Low"),
        "medium": Words("Mellem", "Medium"),
        "high": Words("Høj: skal underrettes", "High: must be notified"),
    },
    "YesNoUnknown": {
        "yes": Words("Ja", "Yes"),
        "no": Words("Nej", "No"),
        "unknown": Words("Ved ikke", "Unknown"),
    },
    "SubmissionChannel": {
        "virk": Words("Virk.dk med MitID", "Virk.dk with MitID"),
        "alternative": Words("SAMSIK's alternative kanal", "SAMSIK's alternative channel"),
    },
    "CloseReason": {
        "resolved": Words("Løst", "Resolved"),
        "not_an_incident": Words("Ikke en hændelse", "Not an incident"),
        "planned_work": Words("Planlagt arbejde", "Planned work"),
        "near_miss": Words("Nærvedhændelse", "Near miss"),
        "threat": Words("Cybertrussel, der ikke blev til noget", "Cyber threat that came to nothing"),
        "not_significant": Words("Ikke væsentlig", "Not significant"),
        "external_cause": Words("Årsag hos andre", "Cause outside"),
        "duplicate": Words("Gentager en anden hændelse", "Repeats another incident"),
    },
    "Status": {
        "reported": Words("Registreret", "Reported"),
        "assessed": Words("Vurderet", "Assessed"),
        "mitigated": Words("Håndteret", "Mitigated"),
        "closed": Words("Lukket", "Closed"),
    },
    "depth": {
        "quick": Words("Hurtigvurdering", "Quick assessment"),
        "full": Words("Uddybende vurdering", "In-depth assessment"),
    },
    "field": {
        "title": Words("Titel", "Title"),
        "description": Words("Beskrivelse", "Description"),
        "place": Words("Sted", "Place"),
        "severity": Words("Alvor", "Severity"),
        "kind": Words("Slags", "Kind"),
        "detected_at": Words("Opdaget", "Detected"),
        "services": Words("Berørte ydelser", "Services affected"),
        "components": Words("Berørte komponenter", "Components affected"),
    },
    "bool": {"true": Words("Ja", "Yes"), "false": Words("Nej", "No")},
    "Deviation": {
        "late": Words("Efter fristen", "After the limit"),
        "not-approved": Words("Vurderingen var ikke godkendt", "The assessment was not approved"),
        "not-assessed": Words("Hændelsen var ikke vurderet", "The incident was not assessed"),
        "not-significant": Words("Hændelsen var vurderet som ikke væsentlig", "The incident was assessed as not significant"),
        "already-recorded": Words("Var registreret i forvejen", "Was recorded before"),
        "out-of-order": Words("Uden forudgående hændelsesunderretning", "Without an incident notification before it"),
        "after-close": Words("Efter lukning", "After the close"),
    },
    "channel": {
        "web": Words("siden", "the page"),
        "cli": Words("kommandolinjen", "the command line"),
        "api": Words("API", "the API"),
        "intake": Words("automatisk indgang", "automatic intake"),
        "system": Words("Sporlog selv", "Sporlog itself"),
        "demo": Words("demoen", "the demo"),
    },
}
"""By the enum's class name; a literal's by its field."""


HAPPENED: dict[str, Words] = {
    "report": Words("Hændelse registreret", "Incident reported"),
    "assess": Words("Væsentlighed vurderet", "Significance assessed"),
    "approve-assessment": Words("Vurdering godkendt", "Assessment approved"),
    "declare-awareness": Words("Kendskab fastsat", "Awareness declared"),
    "close": Words("Hændelse lukket", "Incident closed"),
    "reopen": Words("Hændelse genåbnet", "Incident reopened"),
    "correct": Words("Oplysning rettet", "Field corrected"),
}
"""What a step is called once it is history, where the transition table names it as a thing to do."""


def field_label(name: str, language: Language) -> str:
    """The question that a form asks."""
    return FIELDS[name].to(language)


def short_label(name: str, language: Language) -> str:
    """What a known fact is called."""
    return (SHORT.get(name) or FIELDS[name]).to(language)


def value_label(kind: str, value: object, language: Language) -> str:
    """A value in words; one that has none, such as free text, is itself."""
    words = VALUES.get(kind, {}).get(str(value).lower() if isinstance(value, bool) else str(value))
    return str(value) if words is None else words.to(language)
