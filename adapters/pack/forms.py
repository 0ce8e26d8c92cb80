"""Blank forms to fill in by hand, in the order in which Sporlog asks for it afterwards (`sporlog incident from-paper`)."""

from collections.abc import Iterator
from datetime import date

from adapters.pack.survey import stamp_of
from adapters.reports.document import Blank, BlankTable, Block, Document, Heading, Lines
from adapters.words.field_labels import field_label
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.guide.guide import guide_on
from domain.guide.question import AnswerKind, Part, Question
from domain.signals import Severity
from domain.submissions.field import Field, Widget
from domain.submissions.forms import form_on
from domain.submissions.kinds import KINDS, ReportKind
from domain.time import local
from handlers.pack_contents import Contents

SHEET_ROWS = 22
NOW = (
    "entity.name",
    "entity.cvr",
    "contact.name",
    "contact.phone",
    "time.detected",
    "time.aware",
    "summary",
    "impact.services",
)
"""What an early warning says of itself beside what the law requires; all else may wait for the notification."""
_HEIGHT = {Widget.AREA: 4, Widget.LIST: 2}
_REPORT: tuple[tuple[str, int], ...] = (
    ("title", 1),
    ("place", 1),
    ("occurred_at", 1),
    ("detected_at", 1),
    ("services", 1),
    ("components", 1),
    ("description", 5),
)


def blank_forms(contents: Contents, language: Language) -> Document:
    """Registration, log sheet, quick assessment, early warning; a page or more each."""
    return Document(
        title=Words("Blanketter til papir", "Forms for paper").to(language),
        lead=(
            Words(
                "Kopiér dem, før I skriver. Skriv klokkeslæt i dansk tid. Bagefter indtastes de i samme rækkefølge: "
                "sporlog incident from-paper, eller »Indtast fra papir« på siden.",
                "Copy them before you write. Write times in Danish time. Afterwards they are entered in the same order: "
                "sporlog incident from-paper, or »Enter from paper« on the page.",
            ).to(language),
        ),
        language=language,
        blocks=tuple(_blocks(contents, language)),
        stamp=stamp_of(contents),
    )


def _blocks(contents: Contents, language: Language) -> Iterator[Block]:
    today = local(contents.as_of).date()
    yield Heading(Words("1. Registrering af hændelse", "1. Registration of an incident").to(language))
    yield Blank(Words("Udfyldt af, og hvornår", "Filled in by, and when").to(language))
    for name, lines in _REPORT:
        yield Blank(field_label(name, language), lines)
    yield Blank(field_label("severity", language), 0, choices=tuple(value_label("Severity", one, language) for one in Severity))
    yield Heading(Words("2. Logark", "2. Log sheet").to(language), page=True)
    told = Words(
        "En linje for hvert skridt: hvad der skete, hvad I gjorde, hvem der blev ringet til. Slags: N note, F foranstaltning, "
        "D ydelse nede, G ydelse genoprettet, L leverandør kontaktet, V væsentlig nu. Skriv en rolle, ikke et navn.",
        "A line for each step: what happened, what you did, who was called. Kind: N note, F measure, D service down, "
        "G service restored, L supplier called, V significant now. Write a role, not a name.",
    )
    yield Lines((told.to(language),))
    columns = (
        Words("Dato og tid", "Date and time"),
        Words("Hvem", "Who"),
        Words("Slags", "Kind"),
        Words("Hvad", "What"),
        Words("Tastet", "Entered"),
    )
    yield BlankTable(tuple(one.to(language) for one in columns), SHEET_ROWS, (14, 12, 7, 50, 8))
    yield Heading(Words("3. Hurtigvurdering", "3. Quick assessment").to(language), page=True)
    yield Lines((Words("»Ved ikke« er et svar.", "»Unknown« is an answer.").to(language),))
    for question in guide_on(today).part(Part.QUICK):
        yield _question(question, language)
    yield Blank(Words("Besluttet af, og hvornår", "Decided by, and when").to(language))
    yield from _warning(today, language)


def _question(question: Question, language: Language) -> Blank:
    english = language == "en"
    label = f"{question.number}. {question.english if english else question.danish}"
    choices = tuple(option.english if english else option.danish for option in question.options)
    return Blank(label, 0 if choices and question.kind is not AnswerKind.TEXT else 1, choices=choices)


def _warning(today: date, language: Language) -> Iterator[Block]:
    kind = KINDS[ReportKind.EARLY_WARNING]
    name = kind.english if language == "en" else kind.danish
    yield Heading(f"4. {name} (virk.dk)", page=True)
    told = Words(
        f"Senest 24 timer efter kendskab (NIS 2-loven {kind.paragraph}). Det, loven kræver nu, står først.",
        f"Within 24 hours of awareness (NIS 2 Act {kind.paragraph}). What the law requires now stands first.",
    )
    yield Lines((told.to(language),))
    fields = form_on(today).fields(ReportKind.EARLY_WARNING)
    required = [one for one in fields if ReportKind.EARLY_WARNING in one.required]
    for field in (*required, *(one for one in fields if one.key in NOW and one not in required)):
        yield _field(field, language)
    waits = ", ".join(_name(one, language) for one in fields if one.key not in NOW and one not in required)
    yield Lines((Words(f"Kan vente: {waits}.", f"May wait: {waits}.").to(language),))
    yield Blank(Words("Sendt af, hvornår, kvittering", "Sent by, when, receipt").to(language))


def _name(field: Field, language: Language) -> str:
    return field.english if language == "en" else field.danish


def _field(field: Field, language: Language) -> Blank:
    choices = tuple(option.english if language == "en" else option.danish for option in field.options)
    lines = 0 if choices else _HEIGHT.get(field.widget, 1)
    return Blank(_name(field, language), lines, field.required.get(ReportKind.EARLY_WARNING, ""), choices)
