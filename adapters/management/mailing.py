"""A report as the mail that brings it: the first page's answers as text, Danish first, English second, and the PDF beside it.

What the board decided on earlier reports is confidential text: that stays in the house, where the page shows it.
"""

from collections.abc import Iterator

from adapters.management.document import document_of
from adapters.management.files import report_file
from adapters.management.formats import ReportFormat
from adapters.management.json import report_sha256
from adapters.management.made import Made
from adapters.management.making import House, made
from adapters.reports.management import with_references
from adapters.words.wording import Language, Words
from domain.events import Meta
from domain.management.period import Period
from handlers.management import Wanted
from handlers.outbox import BoardReport

END = Words(
    "Rapporten er vedhæftet, som loggen stod ved logpost {position}. Hvad direktionen tidligere har besluttet, står ikke i "
    "den: det viser siden Ledelse. Tallene er en anbefaling; mennesker beslutter. Sendt af Sporlog.",
    "The report is attached (in Danish), as the log stood at position {position}. What the board decided earlier is not in it: "
    "the page Management shows that. The figures recommend; people decide. Sent by Sporlog.",
)


def report_mail(house: House, period: Period, administration: str | None, identity: str, meta: Meta) -> BoardReport:
    """See `handlers.report_watch.Maker`: the tables must have caught up. Raises `NoEventsError`, `UnavailableError`."""
    report = made(house, Wanted(period, administration))._replace(treatments=())
    file = report_file(report, ReportFormat.PDF, "da")
    return BoardReport(
        id=identity,
        noted_at=meta.occurred_at,
        period=period.name,
        administration=administration,
        report_position=report.report.facts.position,
        report_sha256=report_sha256(report),
        title=f"{', '.join(filter(None, (house.entity, administration)))}: {document_of(report, 'da').title}",
        text="\n\n".join((*_paragraphs(report, "da"), "In English:", *_paragraphs(report, "en"))),
        file_name=file.name,
        pdf=file.content,
        meta=meta,
    )


def _paragraphs(report: Made, language: Language) -> Iterator[str]:
    document = document_of(report, language)
    yield document.lead
    for one in document.answers:
        lines = (f"- {with_references(line.cells[0], line.references)}" for line in one.lines)
        yield "\n".join((one.question, *filter(None, (one.answer,)), *lines))
    yield END.to(language).format(position=report.report.facts.position)
