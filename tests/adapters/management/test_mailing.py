"""What the mail with a report says: the three answers, Danish first, and the PDF; nothing confidential."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from adapters.channels.mail import MailChannel
from adapters.management.json import report_sha256
from adapters.management.mailing import report_mail
from adapters.management.making import made
from adapters.web.management import house_of
from adapters.words.letters import letter_of
from domain.management.period import parse_period
from handlers.catalogue import change_all
from handlers.management import Wanted
from handlers.management_treated import parse_treated, record_treated
from handlers.outbox import BoardReport
from handlers.report_sending import PREFIX
from handlers.requests import StepRequest, meta_of
from tests.adapters.web.support import House, a_house
from tests.support.catalogues import SERVER, small
from tests.support.papers import pages, text_of
from tests.support.post import mail_settings

PERIOD = parse_period("2026-Q4")
DECIDED = "Nødplanen øves hos Bent"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """With the small catalogue, an incident on its server, and a report that the board treated."""
    async with a_house(tmp_path) as built:
        await built.parts.desk.committer.submit(lambda uow: change_all(uow, small()))
        await built.report(components=[SERVER], administration="Sundhed", title="Journalen er læst af Bent")
        seen = made(house_of(built.parts), Wanted(PERIOD))
        told = {"period": PERIOD.name, "report_position": seen.report.facts.position, "report_sha256": report_sha256(seen)}
        treated = parse_treated({**told, "treated_on": date(2026, 11, 25), "decisions": DECIDED})
        _, position = await record_treated(built.parts.desk, treated, built.parts.origin("cli", "test"))
        await built.parts.wait_for(position)
        yield built


def written(house: House, administration: str | None = None) -> BoardReport:
    meta = meta_of(StepRequest(), house.parts.origin("cli", "c-1"))
    return report_mail(house_of(house.parts), PERIOD, administration, "1f" * 16, meta)


def test_the_answers_stand_in_the_mail_in_danish_first_and_then_in_english(house: House) -> None:
    report = written(house)
    mail = MailChannel(mail_settings(25), "Direktion <direktion@kommune.dk>", "https://s.dk", PREFIX).compose(report)
    assert mail["Subject"] == "laerkeborg: Ledelsesrapport 2026-Q4"
    body = mail.get_body()
    assert body is not None
    danish, english = body.get_content().split("In English:")
    assert danish.startswith("Gælder hele organisationen, 1. okt. 2026 til 31. dec. 2026, begge dage med.")
    for question in ("Hvad skal vi beslutte?", "Er vi i orden?", "Hvad er blevet værre?"):
        assert question in danish
    assert "- Kan listen over samfundskritiske ydelser godkendes?" in danish
    for question in ("What must we decide?", "Are we in order?", "What got worse?"):
        assert question in english
    assert f"https://s.dk/ledelse?period=2026-Q4&position={report.report_position}" in english
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "ledelsesrapport-2026-Q4.pdf"
    assert "Hvad skal vi beslutte?" in pages(attached.get_content())[0]


def test_it_is_the_report_of_its_position_without_confidential_text(house: House) -> None:
    report = written(house, "Sundhed")
    again = made(house_of(house.parts), Wanted(PERIOD, "Sundhed", report.report_position))
    assert (report.report_position, report.report_sha256) == (house.store.head(), report_sha256(again))
    assert "Gælder Sundhed" in report.text
    assert report.title == "laerkeborg, Sundhed: Ledelsesrapport 2026-Q4"
    link = letter_of(report, "https://s.dk/").text.splitlines()[-1]
    assert link == f"https://s.dk/ledelse?period=2026-Q4&administration=Sundhed&position={report.report_position}"
    shown = made(house_of(house.parts), Wanted(PERIOD))
    assert [one.decisions for one in shown.treatments] == [DECIDED]
    assert "Bent" not in report.text + text_of(report.pdf)
    assert "det viser siden Ledelse" in report.text
