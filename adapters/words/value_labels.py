"""What values and steps are called by people. A test keeps the tables complete against the models."""

from adapters.words.wording import Language, Words
from domain.guide.options import DATA_TYPES
from domain.records.documents import DOCUMENTS
from domain.records.exemptions import EXEMPTIONS
from domain.roles import ROLES
from domain.submissions.kinds import KINDS

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
    "rung": {
        "half": Words("Halvvejs", "Halfway"),
        "limit": Words("Fristen er nået", "The limit is reached"),
        "1h-left": Words("1 time tilbage", "1 hour left"),
        "4h-left": Words("4 timer tilbage", "4 hours left"),
        "12h-left": Words("12 timer tilbage", "12 hours left"),
        "24h-left": Words("24 timer tilbage", "24 hours left"),
        "1d-left": Words("1 dag tilbage", "1 day left"),
        "7d-left": Words("7 dage tilbage", "7 days left"),
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
        "administration": Words("Forvaltning", "Administration"),
        "trust_service": Words("Tillidstjeneste", "Trust service"),
    },
    "SignalKind": {
        "alert": Words("Alarm", "Alarm"),
        "ticket": Words("Sag", "Ticket"),
        "report": Words("Brev", "Mail"),
        "intelligence": Words("Trusselsefterretning", "Threat intelligence"),
        "unread": Words("Kunne ikke læses", "Could not be read"),
    },
    "ToldBy": {
        "alarm": Words("En alarm", "An alarm"),
        "kommunecert": Words("KommuneCERT", "KommuneCERT"),
        "employee": Words("En medarbejder", "An employee"),
        "citizen": Words("En borger", "A citizen"),
        "supplier": Words("En leverandør", "A supplier"),
        "processor": Words("En databehandler", "A processor"),
    },
    "Level": {"high": Words("Høj", "High"), "medium": Words("Mellem", "Medium"), "low": Words("Lav", "Low")},
    "Track": {
        "A": Words("Spor A, drift", "Track A, operations"),
        "B": Words("Spor B, vurdering og underretning", "Track B, assessment and notification"),
        "A+B": Words("Begge spor", "Both tracks"),
    },
    "track": {
        "A": Words("Spor A", "Track A"),
        "B": Words("Spor B", "Track B"),
        "A+B": Words("Begge spor", "Both tracks"),
    },
    "Role": {role.value: Words(names.danish, names.english) for role, names in ROLES.items()},
    "ReportKind": {kind.value: Words(names.danish, names.english) for kind, names in KINDS.items()},
    "state": {
        "planned": Words("Planlagt", "Planned"),
        "ongoing": Words("I gang", "Ongoing"),
        "done": Words("Udført", "Done"),
        "dropped": Words("Opgivet", "Dropped"),
    },
    "degree": {"degraded": Words("Forringet", "Degraded"), "down": Words("Nede", "Down")},
    "contingency": {
        "contingency_plan": Words("Beredskabsplanen", "The contingency plan"),
        "fallback_operation": Words("Nøddrift", "Fallback operation"),
        "crisis_staff": Words("Krisestaben", "The crisis staff"),
    },
    "cause": {
        "system_failures": Words("Systemfejl", "System failure"),
        "natural_phenomena": Words("Naturfænomen", "Natural phenomenon"),
        "human_errors": Words("Menneskelig fejl", "Human error"),
        "malicious_actions": Words("Ondsindet handling", "Malicious action"),
        "third_party_failures": Words("Fejl hos tredjepart", "Third-party failure"),
    },
    "stage": {
        "heard": Words("Myndigheden har hørt os", "The authority heard us"),
        "answered": Words("Vi har svaret", "We answered"),
        "decided": Words("Myndigheden har besluttet", "The authority decided"),
    },
    "mark": {"internal": Words("Internt", "Internal"), "external": Words("Eksternt", "External")},
    "scan": {
        "clean": Words("Intet fundet", "Nothing found"),
        "infected": Words("Skadelig kode fundet", "Malware found"),
        "unscanned": Words("Ikke scannet", "Not scanned"),
    },
    "system": {"esdh": Words("ESDH", "Records system (ESDH)"), "isms": Words("ISMS", "ISMS")},
    "risk": {
        "unlikely": Words("Usandsynlig: anmeldes ikke", "Unlikely: not notified"),
        "possible": Words("Mulig: anmeldes til Datatilsynet", "Possible: the authority is told"),
        "high": Words("Høj: også de registrerede underrettes", "High: the data subjects are told too"),
    },
    "exempt": {
        "encrypted": Words("Oplysningerne var krypteret", "The data were encrypted"),
        "later_measures": Words("Risikoen er fjernet siden", "The risk was removed since"),
        "disproportionate": Words("Uforholdsmæssigt: offentlig meddelelse", "Disproportionate: public notice instead"),
        "overriding_interests": Words("Afgørende hensyn (§ 22)", "Overriding interests (§ 22)"),
    },
    "area": {
        "risk_assessment": Words("Risikovurdering", "Risk assessment"),
        "criticality": Words("Kritikalitet", "Criticality"),
        "suppliers": Words("Leverandører", "Suppliers"),
        "procedures": Words("Arbejdsgange", "Procedures"),
        "contingency": Words("Beredskab", "Contingency"),
        "roles": Words("Roller", "Roles"),
        "technology": Words("Teknik", "Technology"),
        "other": Words("Andet", "Other"),
    },
    "review": {
        "post_incident": Words("Efterhændelsesgennemgang", "Post-incident review"),
        "weekly": Words("Ugentligt møde", "Weekly meeting"),
        "monthly": Words("Månedligt møde", "Monthly meeting"),
    },
    "verdict": {"approved": Words("Godkendt", "Approved"), "rejected": Words("Afvist", "Rejected")},
    "todo": {
        "task": Words("Opgave", "Task"),
        "follow_up": Words("Opfølgning", "Follow-up"),
        "supplier": Words("Svar fra leverandør", "Answer of a supplier"),
        "approval": Words("Efterfølgende godkendelse", "Approval afterwards"),
        "service": Words("Ydelse, der ikke virker", "Service that does not work"),
    },
    "lacks": {
        "post_incident_review": Words("Efterhændelsesgennemgang", "Post-incident review"),
        "root_cause": Words("Grundlæggende årsag", "Root cause"),
        "incident_class": Words("RSIT-klasse", "RSIT class"),
        "follow_up": Words("Opfølgning", "Follow-up"),
    },
    "legal_basis": {
        "right_to_erasure": Words("Retten til sletning (GDPR art. 17)", "Right to erasure (GDPR art. 17)"),
        "minimisation": Words("Dataminimering (GDPR art. 5, stk. 1, litra c)", "Data minimisation (GDPR art. 5(1)(c))"),
        "storage_limitation": Words(
            "Opbevaringsbegrænsning (GDPR art. 5, stk. 1, litra e)", "Storage limitation (art. 5(1)(e))"
        ),
        "archive_rules": Words("Arkivlovens kassationsregler", "The Archives Act's rules on disposal"),
        "wrong_place": Words("Skulle aldrig have stået her", "Should never have been written here"),
    },
    "ground": {
        "retention_passed": Words("Den skulle gemmes, og den tid er gået", "It had to be kept, and that time has passed"),
        "stated": Words("En anden grund, som begrundelsen siger", "Another one, which the reason says"),
    },
    "archive_check": {
        "nothing_to_keep": Words("Arkivet skal intet have", "The archive is to have nothing"),
        "delivered": Words("Afleveret til arkivet", "Delivered to the archive"),
        "kept_elsewhere": Words("Gemt i ESDH eller et andet system", "Kept in the records system or elsewhere"),
    },
    "relation": {
        "merged": Words("Lagt sammen med denne", "Merged into this one"),
        "split": Words("Delt fra", "Split off from"),
    },
    "bool": {"true": Words("Ja", "Yes"), "false": Words("Nej", "No")},
    "Deviation": {
        "late": Words("Efter fristen", "After the limit"),
        "not-approved": Words("Uden godkendelse", "Without approval"),
        "not-assessed": Words("Hændelsen var ikke vurderet", "The incident was not assessed"),
        "not-significant": Words("Hændelsen var vurderet som ikke væsentlig", "The incident was assessed as not significant"),
        "already-recorded": Words("Var registreret i forvejen", "Was recorded before"),
        "out-of-order": Words("Uden forudgående hændelsesunderretning", "Without an incident notification before it"),
        "after-close": Words("Efter lukning", "After the close"),
        "before-handled": Words("Før hændelsen var håndteret", "Before the incident was handled"),
        "incomplete": Words("Uden alt det, som loven kræver", "Without all that the law wants"),
        "not-tested": Words("Ikke afprøvet først", "Not tested first"),
        "not-requested": Words("Ingen har bedt om den", "Nobody asked for it"),
        "no-reason": Words("Uden en begrundelse", "Without a reason"),
        "outside-role": Words("Uden for rollens opgaver", "Outside the role's tasks"),
        "role-not-held": Words("Rollen tilhører en anden", "The role is somebody else's"),
    },
    "channel": {
        "web": Words("siden", "the page"),
        "cli": Words("kommandolinjen", "the command line"),
        "api": Words("API", "the API"),
        "intake": Words("automatisk indgang", "automatic intake"),
        "system": Words("Sporlog selv", "Sporlog itself"),
        "demo": Words("demoen", "the demo"),
        "paper": Words("papir, indtastet bagefter", "paper, entered afterwards"),
    },
}
"""By the enum's class name; a literal's by its field; what a read model calls its rows by its column."""
VALUES["notice"] = {
    **VALUES["ReportKind"],
    "voluntary_declined": Words("Frivillig underretning fravalgt", "Voluntary notice declined"),
}
VALUES["Exemption"] = {
    key: Words(f"{one.cited} ({one.danish})", f"{one.cited} ({one.english})") for key, one in EXEMPTIONS.items()
}
VALUES["document"] = {event.TOPIC: Words(kind.danish, kind.english) for event, kind in DOCUMENTS.items()}
VALUES["direction"] = {
    "incoming": Words("Indgående", "Incoming"),
    "outgoing": Words("Udgående", "Outgoing"),
    "internal": Words("Intern", "Internal"),
}
VALUES["learning"] = {**VALUES["review"], "lesson": Words("Læring", "Lesson")}
VALUES["data_type"] = {option.key: Words(option.danish, option.english) for option in DATA_TYPES}


HAPPENED: dict[str, Words] = {
    "report": Words("Hændelse registreret", "Incident reported"),
    "assess": Words("Væsentlighed vurderet", "Significance assessed"),
    "approve-assessment": Words("Vurdering godkendt", "Assessment approved"),
    "declare-awareness": Words("Kendskab fastsat", "Awareness declared"),
    "close": Words("Hændelse lukket", "Incident closed"),
    "reopen": Words("Hændelse genåbnet", "Incident reopened"),
    "mark-document": Words("Dokument mærket", "Document marked"),
    "correct": Words("Oplysning rettet", "Field corrected"),
    "assign-role": Words("Rolle tildelt", "Role assigned"),
    "classify": Words("Hændelse klassificeret", "Incident classified"),
    "significant-now": Words("Erklæret væsentlig", "Declared significant"),
    "reject-assessment": Words("Vurdering afvist", "Assessment rejected"),
    "approve-afterwards": Words("Godkendt bagefter", "Approved afterwards"),
    "draft-submission": Words("Udkast skrevet", "Draft written"),
    "approve-submission": Words("Udkast godkendt", "Draft approved"),
    "breach": Words("Brud på persondatasikkerheden registreret", "Personal data breach registered"),
    "merge": Words("Lagt sammen med anden hændelse", "Merged into another incident"),
    "split": Words("Hændelse delt", "Incident split"),
    "share": Words("Delt med anden enhed", "Shared with another entity"),
    "propose-redaction": Words("Foreslået, at en tekst fjernes", "Removal of a text proposed"),
    "redact": Words("Tekst fjernet for altid", "Text removed for good"),
    "propose-disposal": Words("Kassation foreslået", "Disposal proposed"),
    "dispose": Words("Hændelse kasseret", "Incident disposed of"),
    "reject-erasure": Words("Sletning afvist", "Erasure rejected"),
}
"""What a step is called once it is history, where the transition table names it as a thing to do."""


def value_label(kind: str, value: object, language: Language) -> str:
    """A value in words; one that has none, such as free text, is itself."""
    words = VALUES.get(kind, {}).get(str(value).lower() if isinstance(value, bool) else str(value))
    return str(value) if words is None else words.to(language)
