"""Danish and English for what the log holds as keys."""

from adapters.cli.language import ENGLISH, say
from adapters.field_labels import FIELDS, SHORT

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


def field_name(name: str) -> str:
    """What a field is called when it is asked for."""
    return say(*FIELDS[name])


def fact_name(name: str) -> str:
    """What a field is called when it is known."""
    return say(*(SHORT.get(name) or FIELDS[name]))
