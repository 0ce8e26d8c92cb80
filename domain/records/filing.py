"""What a note of filing in the records system (ESDH) covers, offentlighedsloven § 15."""

from domain.incident.events import RecordJournalised


def files_everything(filed: RecordJournalised) -> bool:
    """Whether all documents recorded until then lie on that case. What names a document, in words or by number, does not."""
    return filed.system == "esdh" and filed.document_number is None and filed.document is None and filed.sealed is None
