"""A proposal to erase in words and as JSON: what goes, what stays, and why."""

from collections.abc import Iterator
from typing import Any

from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.time import rfc3339_utc
from handlers.erasures import Waiting

GOES_TEXT = Words(
    "Teksten »{path}« i nummer {number} går tabt for altid. Den kan ikke læses igen, heller ikke i afspilning eller af en"
    " administrator.",
    "The text “{path}” of number {number} is lost for good. It cannot be read again, in a replay or by an administrator.",
)
STAYS_TEXT = Words(
    "Tilbage bliver alt andet: hændelsens øvrige tekster, at der stod noget, hvem der fjernede det, og hvorfor. Står det samme"
    " et andet sted, skal det fjernes dér også.",
    "All else stays: the incident's other texts, that something stood there, who removed it and why. Where the same stands"
    " elsewhere, it must be removed there too.",
)
GOES_ALL = Words(
    "Alle hændelsens tekster og alarmernes indhold går tabt for altid, og den forsvinder fra lister, frister og søgning.",
    "All texts of the incident and the contents of its alarms are lost for good; it leaves lists, deadlines and search.",
)
STAYS_ALL = Words(
    "Tilbage bliver gravstenen: reference, datoer, kategori og underretningerne med deres kontrolsummer; og i loggen navne på"
    " ydelser, komponenter og roller, så beviserne stadig holder.",
    "Its tombstone stays: reference, dates, category and the notices with their hashes; and in the log the names of services,"
    " components and roles, so that the proofs still hold.",
)
OLD_BACKUPS = Words(
    "Gamle sikkerhedskopier af nøgleringen kan stadig åbne teksten: slet dem, når de er afløst.",
    "Old backups of the keyring can still open the text: delete them once they are replaced.",
)


def goes_and_stays(waiting: Waiting, language: Language) -> Iterator[str]:
    """What an approval would do, one sentence or two a line; what cannot be undone is said first."""
    told = waiting.proposal.event
    redaction = waiting.proposal.kind == "redaction"
    goes, stays = (GOES_TEXT, STAYS_TEXT) if redaction else (GOES_ALL, STAYS_ALL)
    yield goes.to(language).format(path=getattr(told, "path", ""), number=getattr(told, "redacted_number", ""))
    yield stays.to(language)
    yield OLD_BACKUPS.to(language)
    basis = value_label("legal_basis", told.legal_basis, language)
    yield f"{basis}: {waiting.reason or '–'} ({waiting.proposal.actor})"


def proposal_object(waiting: Waiting) -> dict[str, Any]:
    """A proposal as JSON; fields of the other kind are null."""
    told = waiting.proposal.event
    names = ("redacted_number", "path", "ground", "archive_check", "archive_reference", "legal_basis")
    return {
        "ref": waiting.reference,
        "number": waiting.number,
        "kind": waiting.proposal.kind,
        "proposed_by": waiting.proposal.actor,
        "proposed_at": rfc3339_utc(waiting.recorded.recorded_at),
        "reason": waiting.reason,
        **{name: getattr(told, name, None) for name in names},
    }
