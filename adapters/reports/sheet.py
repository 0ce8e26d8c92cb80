"""The sheet to copy a notice from, into virk.dk by hand or over the telephone. Sporlog itself submits nothing."""

from collections.abc import Mapping
from typing import NamedTuple

from adapters.reports.typesetting import Stamp, date_of, typeset
from domain.submissions.completeness import completeness
from domain.submissions.forms import FormVersion, show_value_da
from domain.submissions.kinds import KINDS, ReportKind

NOT_SUBMITTED = "Kopiark: Sporlog har ikke indsendt noget."
MISSING = "MANGLER (loven kræver det nu)"
MAY_WAIT = "Det kan vente"


class Sheet(NamedTuple):
    """A notice as it stands, complete or not."""

    kind: ReportKind
    reference: str
    values: Mapping[str, str]
    form: FormVersion
    stamp: Stamp
    own_order: tuple[str, ...] = ()
    """The municipality's own order of fields; the form's comes after it."""


class _Row(NamedTuple):
    label: str
    value: str
    paragraph: str | None
    """By which the law requires it in this notice."""


def sheet_pdf(sheet: Sheet) -> bytes:
    """Make the sheet to print and to file: PDF/UA-1 and PDF/A-2a."""
    return typeset(
        "sheet.typ",
        {
            "title": f"{KINDS[sheet.kind].danish}, {sheet.reference}",
            "kind": KINDS[sheet.kind].danish,
            "paragraph": _paragraph(sheet.kind),
            "reference": sheet.reference,
            "to": KINDS[sheet.kind].to_da,
            "notice": NOT_SUBMITTED,
            "missing": MISSING,
            "rows": [row._asdict() for row in _rows(sheet)],
            "may_wait_heading": MAY_WAIT,
            "may_wait": _may_wait(sheet),
            "form": sheet.form.id,
            "stamp": sheet.stamp.data,
            "date": date_of(sheet.stamp),
        },
        archival=True,
    )


def sheet_text(sheet: Sheet) -> str:
    """Give the same as plain text, to paste into a chat or read aloud."""
    head = (
        *sheet.stamp.words,
        f"{KINDS[sheet.kind].danish} ({_paragraph(sheet.kind)})",
        f"{sheet.stamp.entity}, {sheet.reference}",
        f"Til: {KINDS[sheet.kind].to_da}",
        NOT_SUBMITTED,
    )
    fields = (f"{row.label}\n{row.value or f'{MISSING}: {row.paragraph}'}" for row in _rows(sheet))
    waiting = _may_wait(sheet)
    tail = ("\n".join((f"{MAY_WAIT}:", *(f"- {line}" for line in waiting))),) if waiting else ()
    return "\n\n".join(("\n".join(head), *fields, *tail, f"{sheet.stamp.origin}. Formular {sheet.form.id}.")) + "\n"


def _paragraph(kind: ReportKind) -> str:
    paragraph = KINDS[kind].paragraph
    return f"NIS 2-loven {paragraph}" if paragraph.startswith("§") else paragraph


def _rows(sheet: Sheet) -> list[_Row]:
    """Everything filled in and everything the law wants now; an early warning begins with the latter, whatever the order."""
    wanted = {field.key for field, _ in completeness(sheet.kind, sheet.values).missing}
    fields = sheet.form.fields(sheet.kind, sheet.own_order)
    if sheet.kind is ReportKind.EARLY_WARNING:
        fields = tuple(sorted(fields, key=lambda field: sheet.kind not in field.required))
    return [
        _Row(field.danish, show_value_da(field, sheet.values.get(field.key, "")).strip(), field.required.get(sheet.kind))
        for field in fields
        if field.key in wanted or sheet.values.get(field.key, "").strip()
    ]


def _may_wait(sheet: Sheet) -> list[str]:
    shown = {field.key: until for field, until in completeness(sheet.kind, sheet.values).may_wait}
    return [
        f"{field.danish} (til: {KINDS[until].danish})" if (until := shown[field.key]) else field.danish
        for field in sheet.form.fields(sheet.kind, sheet.own_order)
        if field.key in shown
    ]
