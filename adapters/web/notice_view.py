"""What the page of one notice shows: the form, what is missing, the draft's way, and what was filed beside what was known."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from adapters.incident.json import duties_after
from adapters.organisation.texts import CONTACTS
from adapters.papers.making import form_of, sheet_of, sheet_text
from adapters.web.clocks import Clock, clock
from adapters.web.forms import Form, Wrong, make_form
from adapters.web.notice_form import NoticeField, notice_fields
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.incident.submission_kinds import STEP_OF_DUTY
from domain.incident.work import Draft
from domain.organisation.events import Contact
from domain.submissions.completeness import completeness
from domain.submissions.fields import FIELD_BY_KEY
from domain.submissions.forms import show_value_da
from domain.submissions.frozen import Difference, differences
from domain.submissions.kinds import KINDS, ReportKind
from domain.submissions.prefill import prefill
from handlers.dossier import Dossier
from handlers.notices import Compared, compared, draft_of, filings_of, from_log, written

_ELSEWHERE = frozenset({"values", "receipt_sha256", "suspected_malicious", "cross_border", "summary"})
"""Fields of a step that the notice itself holds, or that few have: the record form does not ask them again."""
_IN_NOTICE = ("suspected_malicious", "cross_border")
_ASKED_FIRST = ("occurred_at", "submission_channel", "receipt", "combined", "channel_reason")
_WORDS_OF = {"text": ("recipients.what_happened", "breach.nature"), "advice": ("recipients.advice", "breach.advice")}
"""What the two steps that tell people ask, and the fields of the notice that say it."""
_WITH_FACTS = frozenset({ReportKind.EARLY_WARNING, ReportKind.INCIDENT_NOTIFICATION})
_TO_PEOPLE = frozenset({ReportKind.RECIPIENTS, ReportKind.DATA_SUBJECTS})


class Line(NamedTuple):
    """A field of which two texts are shown side by side; None is on one side only."""

    label: str
    filed: str | None
    known: str | None


class FiledPart(NamedTuple):
    """One filing of this kind."""

    compared: Compared
    channel: str | None
    deviations: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    differences: tuple[Line, ...]
    left_out: tuple[Line, ...]
    """What the log knew and the notice did not say."""
    known_since: tuple[Line, ...]


class Lacking(NamedTuple):
    """A field that is empty: by which paragraph it is wanted now, or which later notice must have it."""

    key: str
    label: str
    why: str | None


class NoticeView(NamedTuple):
    """The page, in one language."""

    reference: str
    title: str | None
    kind: ReportKind
    name: str
    paragraph: str
    to: str
    step: str
    version: int
    clock: Clock | None
    fields: tuple[NoticeField, ...]
    """All that is filled in, wanted now or wrong."""
    empty_fields: tuple[NoticeField, ...]
    """All that may be left empty and is."""
    missing: tuple[Lacking, ...]
    may_wait: tuple[Lacking, ...]
    draft: Draft | None
    source: str
    """Where the values come from: `sent` (a form not taken), `draft`, `log`."""
    moved: tuple[Line, ...]
    """What the draft says otherwise than the log knows it now."""
    copy_all: str
    approval: Form | None
    """None where nothing is to be approved: no draft, or the last one was."""
    four_eyes: bool
    alone_on_duty: bool
    approve_first: bool
    record: Form
    filed: tuple[FiledPart, ...]
    filers: Mapping[str, datetime | None]
    contacts: tuple[tuple[str, str | None], ...]


class SentNotice(NamedTuple):
    """A form of this page that was not taken: it is shown again as it was sent."""

    step: str
    sent: Mapping[str, str]
    wrong: Wrong
    values: Mapping[str, str] | None = None
    """The notice's fields, when it was they that were sent."""


def notice_view(
    dossier: Dossier,
    kind: ReportKind,
    now: datetime,
    language: Language,
    refused: SentNotice | None = None,
    *,
    anew: bool = False,
) -> NoticeView:
    """Make it. `anew` fills the form in from the log although there is a draft."""
    incident, policy, draft = dossier.incident, dossier.policy, draft_of(dossier, kind)
    values, source = _values(dossier, kind, refused, anew=anew)
    lacking = completeness(kind, values)
    form = form_of(dossier, None)
    wrong = refused.wrong.fields if refused and refused.values is not None else {}
    fields = notice_fields(form.fields(kind, dossier.field_order), kind, values, wrong, language)
    english, names = language == "en", KINDS[kind]
    sheet = sheet_of(dossier, kind)._replace(values=values)
    due = _clock(dossier, kind, now, language)
    mine = tuple(_filed(compared(dossier, filing), language) for filing in filings_of(dossier) if filing.kind is kind)
    return NoticeView(
        reference=incident.reference,
        title=incident.title,
        kind=kind,
        name=names.english if english else names.danish,
        paragraph=names.paragraph,
        to=names.to_en if english else names.to_da,
        step=STEP_OF_DUTY[kind.value],
        version=incident.version,
        clock=due,
        fields=tuple(one for one in fields if one.paragraph or one.form.value or one.form.error),
        empty_fields=tuple(one for one in fields if not (one.paragraph or one.form.value or one.form.error)),
        missing=tuple(Lacking(one.field.key, _label(one.field.key, language), one.paragraph) for one in lacking.missing),
        may_wait=tuple(
            Lacking(
                one.field.key,
                _label(one.field.key, language),
                value_label("ReportKind", one.until, language) if one.until else None,
            )
            for one in lacking.may_wait
        ),
        draft=draft,
        source=source,
        moved=_moved(dossier, kind, language) if source == "draft" else (),
        copy_all=sheet_text(sheet),
        approval=_approval(incident.version, language, refused) if draft and not draft.approved else None,
        four_eyes=policy.four_eyes,
        alone_on_duty=policy.alone_on_duty,
        approve_first=policy.approve_submissions and kind not in _TO_PEOPLE and kind is not ReportKind.WITHDRAWAL,
        record=_record(kind, values, due, language, refused),
        filed=mine,
        filers=dossier.organisation.filers.get(incident.entity, {}),
        contacts=_contacts(dossier, kind, language),
    )


def shown_values(dossier: Dossier, kind: ReportKind, *, anew: bool) -> Mapping[str, str]:
    """What the form is filled in with."""
    return from_log(dossier, kind) if anew else written(dossier, kind)


def _values(dossier: Dossier, kind: ReportKind, refused: SentNotice | None, *, anew: bool) -> tuple[Mapping[str, str], str]:
    if refused and refused.values is not None:
        return refused.values, "sent"
    return shown_values(dossier, kind, anew=anew), "log" if anew or draft_of(dossier, kind) is None else "draft"


def _clock(dossier: Dossier, kind: ReportKind, now: datetime, language: Language) -> Clock | None:
    same = {kind.value, "final_report_after_status"} if kind is ReportKind.FINAL_REPORT else {kind.value}
    clocks = [clock(duty, now, language) for duty in duties_after(dossier.moments) if duty.deadline.kind.value in same]
    return min(clocks, key=lambda one: one.rank, default=None)


def _approval(version: int, language: Language, refused: SentNotice | None) -> Form:
    sent, wrong = (refused.sent, refused.wrong) if refused and refused.step == "approve-submission" else (None, None)
    form = make_form("approve-submission", language, version=version, sent=sent, wrong=wrong)
    asked = [field for field in form.fields if field.name in {"alone", "override", "comment"}]
    return form._replace(fields=tuple(asked))


def _record(
    kind: ReportKind, values: Mapping[str, str], due: Clock | None, language: Language, refused: SentNotice | None
) -> Form:
    """The form that records that it was sent: when, how, with which receipt. The notice's own fields are not asked again."""
    step = STEP_OF_DUTY[kind.value]
    sent, wrong = (refused.sent, refused.wrong) if refused and refused.step == step else (None, None)
    if sent is None and kind in _TO_PEOPLE:
        sent = {name: next((values[key] for key in keys if values.get(key)), "") for name, keys in _WORDS_OF.items()}
    form = make_form(step, language, sent=sent, wrong=wrong)
    asked = {field.name: field for field in (*form.fields, *form.more) if field.name not in _ELSEWHERE}
    first = [field.name for field in form.fields] if kind in _TO_PEOPLE else [*_ASKED_FIRST]
    if due and due.state in {"overdue", "late"}:
        first.append("late_reason")
    return form._replace(
        fields=tuple(asked[name] for name in first if name in asked),
        more=tuple(field for name, field in asked.items() if name not in first),
    )


def facts_in(kind: ReportKind, values: Mapping[str, str]) -> dict[str, str]:
    """What the step that records such a notice asks and the notice itself answers."""
    return {name: values.get(name) or "unknown" for name in _IN_NOTICE} if kind in _WITH_FACTS else {}


def _filed(found: Compared, language: Language) -> FiledPart:
    filing = found.filing
    channel = value_label("SubmissionChannel", filing.channel, language) if filing.channel else None
    return FiledPart(
        compared=found,
        channel=channel,
        deviations=tuple(value_label("Deviation", one, language) for one in filing.deviations),
        values=tuple((_label(key, language), show_value_da(FIELD_BY_KEY[key], text)) for key, text in filing.values.items()),
        differences=_lines([one for one in found.differences if one.filed is not None], language),
        left_out=_lines([one for one in found.differences if one.filed is None], language),
        known_since=_lines([one for one in found.known_since if one.filed is not None], language),
    )


def _moved(dossier: Dossier, kind: ReportKind, language: Language) -> tuple[Line, ...]:
    values, known = written(dossier, kind), prefill(kind, dossier.known)
    return _lines([one for one in differences(values, known) if one.known is not None], language)


def _lines(found: Sequence[Difference], language: Language) -> tuple[Line, ...]:
    def shown(key: str, value: str | None) -> str | None:
        return None if value is None else show_value_da(FIELD_BY_KEY[key], value)

    return tuple(Line(_label(one.key, language), shown(one.key, one.filed), shown(one.key, one.known)) for one in found)


def _label(key: str, language: Language) -> str:
    field = FIELD_BY_KEY[key]
    return field.english if language == "en" else field.danish


def _contacts(dossier: Dossier, kind: ReportKind, language: Language) -> tuple[tuple[str, str | None], ...]:
    if kind in _TO_PEOPLE:
        return ()
    authority = Contact.DATA_PROTECTION_AUTHORITY if kind is ReportKind.GDPR_NOTIFICATION else Contact.CSIRT
    wanted = (Contact.VIRK, Contact.FALLBACK, authority)
    known = dossier.organisation.contacts
    return tuple((CONTACTS[one].english if language == "en" else CONTACTS[one].danish, known.get(one)) for one in wanted)
