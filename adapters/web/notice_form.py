"""A notice as a form: every field in the form's order, times as people write them, and what the law requires marked."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from adapters.web.forms import FormField, Option
from adapters.web.texts import text
from adapters.words.wording import Language
from domain.errors import InvalidInputError
from domain.submissions.completeness import completeness
from domain.submissions.field import UNKNOWN, Field, Widget
from domain.submissions.forms import FormVersion, show_value_da
from domain.submissions.kinds import ReportKind
from domain.time import local, parse_time, rfc3339_local

_WIDGETS = {Widget.LINE: "line", Widget.AREA: "area", Widget.LIST: "area", Widget.TIME: "line", Widget.CHOICE: "select"}
_NOT_KNOWN = frozenset({UNKNOWN, "ved ikke", "ved ikke endnu", "not known yet"})
_SHOWN = "%Y-%m-%d %H:%M"


class NoticeField(NamedTuple):
    """A field on the page. `paragraph` is by which the law requires it in this notice; `copy_text` is to paste elsewhere."""

    form: FormField
    paragraph: str | None
    missing: bool
    copy_text: str


def notice_fields(
    asked: Iterable[Field],
    kind: ReportKind,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    language: Language,
) -> tuple[NoticeField, ...]:
    """The fields of such a notice, filled in. `wrong` says what is wrong with a field that was sent."""
    missing = {one.field.key for one in completeness(kind, values).missing}
    return tuple(
        NoticeField(
            _form_field(field, values.get(field.key, ""), wrong.get(field.key), language),
            field.required.get(kind),
            field.key in missing,
            show_value_da(field, values.get(field.key, "")),
        )
        for field in asked
    )


def sent_values(
    form: FormVersion, kind: ReportKind, sent: Mapping[str, str], shown: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What a browser sent, as it is stored; and, by field, the error code of what cannot be read.

    `shown` is what the page was filled in with: a time that nobody touched stays what it was, to the second.
    """
    values, wrong = dict[str, str](), dict[str, str]()
    for field in form.fields(kind):
        told = sent.get(field.key, "")
        if told and field.widget is Widget.TIME and told != _shown(field, shown.get(field.key, "")):
            try:
                values[field.key] = UNKNOWN if told.lower() in _NOT_KNOWN else rfc3339_local(parse_time(told))
            except InvalidInputError as error:
                values[field.key], wrong[field.key] = told, error.code
        elif told:
            values[field.key] = shown[field.key] if field.widget is Widget.TIME else told
    return values, wrong


def _form_field(field: Field, value: str, error: str | None, language: Language) -> FormField:
    english = language == "en"
    hints = [field.help_en if english else field.help_da]
    if field.widget is Widget.TIME:
        hints.append(text(language, "notice.time-hint"))
    options = tuple(Option(option.key, option.english if english else option.danish) for option in field.options)
    return FormField(
        name=field.key,
        label=field.english if english else field.danish,
        hint=" ".join(hints),
        widget=_WIDGETS[field.widget],  # type: ignore[arg-type]  # each is a Widget of the forms'
        required=False,
        options=options,
        value=_shown(field, value),
        error=error,
    )


def _shown(field: Field, value: str) -> str:
    """A time by Copenhagen's clock; all else, and what cannot be read, as it is."""
    if field.widget is not Widget.TIME or not value:
        return value
    if value == UNKNOWN:
        return "Ved ikke endnu"
    try:
        instant = parse_time(value)
    except InvalidInputError:
        return value
    clock = local(instant).strftime(_SHOWN)
    try:
        # In the hour that the clock shows twice only the offset tells which one is meant.
        return clock if abs(parse_time(clock) - instant).total_seconds() < 60 else value  # noqa: PLR2004 - one minute
    except InvalidInputError:
        return value
