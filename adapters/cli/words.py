"""Danish and English for what the log holds as keys."""

from adapters.cli.language import ENGLISH, say

_VALUES = {
    "reported": "registreret",
    "assessed": "vurderet",
    "mitigated": "håndteret",
    "closed": "lukket",
    "critical": "kritisk",
    "high": "høj",
    "medium": "mellem",
    "low": "lav",
    "info": "info",
    "incident": "hændelse",
    "near_miss": "nærved-hændelse",
    "threat": "trussel",
    "planned_work": "planlagt arbejde",
    "resolved": "løst",
    "not_an_incident": "ikke en hændelse",
    "not_significant": "ikke væsentlig",
    "external_cause": "ekstern årsag",
    "duplicate": "dublet",
    "late": "for sent",
    "not-approved": "ikke godkendt",
    "not-assessed": "ikke vurderet",
    "not-significant": "vurderet som ikke væsentlig",
    "already-recorded": "registreret i forvejen",
    "out-of-order": "uden forudgående hændelsesunderretning",
    "after-close": "efter lukning",
    "early_warning": "tidlig varsling",
    "incident_notification": "hændelsesunderretning",
    "status_report": "statusrapport",
    "final_report": "endelig rapport",
    "final_report_after_status": "endelig rapport efter statusrapport",
    "internal_assessment": "første vurdering",
    "gdpr_notification": "anmeldelse til Datatilsynet",
    "recipients": "underretning af berørte modtagere",
    "data_subjects": "underretning af de registrerede",
    "csirt_reply": "svar fra CSIRT'en",
    "interim_report": "foreløbig rapport",
    "second_approval": "efterfølgende godkendelse",
    "yes": "ja",
    "no": "nej",
    "unknown": "ved ikke",
    "virk": "Virk",
    "alternative": "alternativ kanal",
}


def word(value: object) -> str:
    """A stored key as people say it; what is no key stays as it is."""
    key = "" if value is None else str(value)
    return key.replace("_", " ").replace("-", " ") if ENGLISH and key in _VALUES else _VALUES.get(key, key)


FIELDS = {
    "title": say("Overskrift", "Title"),
    "description": say("Beskrivelse", "Description"),
    "place": say("Sted", "Place"),
    "severity": say("Alvor", "Severity"),
    "kind": say("Art", "Kind"),
    "detected_at": say("Første observation; ellers hvornår det skete", "First observation; when it happened, if left out"),
    "services": say("Berørte tjenester, med komma imellem", "Services hit, with commas"),
    "components": say("Berørte komponenter, med komma imellem", "Components hit, with commas"),
    "measure": say("Hvad der blev gjort", "What was done"),
    "action": say("Hvad der blev gjort", "What was done"),
    "text": say("Notatets tekst", "The note's text"),
    "significant": say("Væsentlig eller ej (NIS 2-loven § 12, stk. 2)", "Significant or not (NIS 2-loven § 12, stk. 2)"),
    "nis2_category": say("Lav, Mellem eller Høj", "Low, medium or high"),
    "depth": say("Hurtig eller fuld vurdering", "A quick or a full assessment"),
    "answers": say(
        "Et svar fra guiden, SPØRGSMÅL=SVAR; kan gentages", "An answer to the guide, QUESTION=ANSWER; may be repeated"
    ),
    "guide_version": say("Guidens version", "The guide's version"),
    "reason": say("Begrundelse", "Reason"),
    "comment": say("Bemærkning", "Comment"),
    "aware_at": say("Kendskab: herfra løber fristerne", "Awareness: the clocks run from here"),
    "submission_channel": say("Hvordan det blev sendt", "How it was sent"),
    "receipt": say("Kvitteringsnummer", "Receipt"),
    "late_reason": say("Hvorfor det er for sent", "Why it is late"),
    "suspected_malicious": say("Mistanke om ond vilje", "Suspected to be malicious"),
    "cross_border": say("Mulig virkning i andre lande", "Possible effect in other countries"),
    "summary": say("Sammenfatning", "Summary"),
    "recipients": say("Hvem der blev underrettet", "Who was told"),
    "duplicate_of": say("Den anden hændelse, reference eller id", "The other incident, reference or id"),
    "field": say("Feltet, der rettes", "The field to correct"),
    "new": say("Den rigtige værdi", "The right value"),
    "occurred_at": say("Hvornår det skete; ellers nu", "When it happened; now, if left out"),
    "actor": say("Hvem der handler (uigennemskueligt id); ellers os:<bruger>", "Who acts (an opaque id); else os:<user>"),
    "role": say("I hvilken rolle", "In which role"),
    "on_behalf_of": say("På vegne af", "On behalf of"),
    "expected_version": say(
        "Den version, du så; er den en anden nu, afvises trinnet", "The version you saw; refused if it differs"
    ),
}
"""Every field of every step's request (a test keeps it complete)."""

FACTS = {
    "reference": say("Reference", "Reference"),
    "entity": say("Enhed", "Entity"),
    "status": say("Status", "Status"),
    "kind": FIELDS["kind"],
    "severity": FIELDS["severity"],
    "detected_at": say("Opdaget", "Detected"),
    "title": FIELDS["title"],
    "description": FIELDS["description"],
    "place": FIELDS["place"],
    "services": say("Tjenester", "Services"),
    "components": say("Komponenter", "Components"),
    "significant": say("Væsentlig", "Significant"),
    "nis2_category": say("NIS2-kategori", "NIS2 category"),
    "approved": say("Vurdering godkendt", "Assessment approved"),
    "aware_at": say("Kendskab", "Awareness"),
    "handled_at": say("Håndteret", "Handled"),
    "sent": say("Sendt", "Sent"),
    "missed": say("Overskredne frister", "Deadlines missed"),
}
"""What is known of an incident (a test keeps it complete)."""
