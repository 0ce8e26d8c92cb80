"""The management report over HTTP and as a page: what it says, made again, and who treated it."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from domain.management.events import MANAGEMENT, ReportSent
from handlers.catalogue import change_all
from tests.adapters.web.support import House, a_house
from tests.support import incidents as tell
from tests.support.catalogues import CARE, SERVER, small
from tests.support.logs import record
from tests.support.papers import pages, text_of

REPORT, PERIOD = "/api/v1/reports/management", "2026-Q4"


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[House]:
    """A house with the small catalogue and an incident on its server."""
    async with a_house(tmp_path) as house:
        await house.parts.desk.committer.submit(lambda uow: change_all(uow, small()))
        await house.report(components=[SERVER], administration="Sundhed")
        yield house


def reader(house: House) -> httpx.AsyncClient:
    return house.client(Accept="text/html")


async def test_the_report_tells_what_hit_a_critical_service_and_where_each_figure_comes_from(board: House) -> None:
    async with board.client() as client:
        told = (await client.get(REPORT, params={"period": PERIOD})).json()
        (care,) = told["services"]
        assert (care["service"]["name"], care["figures"]["incidents"]["value"]) == (CARE, 1)
        assert told["whole"]["figures"]["incidents"]["behind"][0]["reference"] == "H-2026-0001"
        assert [one["code"] for one in told["decide"]] == ["never_approved"]
        address = f"{REPORT}/figures/incidents"
        alone = (await client.get(address, params={"period": PERIOD, "service": care["service"]["id"]})).json()
        assert alone["behind"] == told["whole"]["figures"]["incidents"]["behind"]
        none = await client.get(f"{REPORT}/figures/nothing", params={"period": PERIOD})
        assert (none.status_code, "limits_missed" in none.text) == (404, True)


@pytest.mark.parametrize("format_", ["json", "csv", "xlsx", "html", "pdf"])
async def test_the_same_position_gives_the_same_bytes_after_more_was_recorded(board: House, format_: str) -> None:
    asked = {"period": PERIOD, "format": format_, "position": str(board.store.head())}
    async with board.client() as client:
        first = await client.get(REPORT, params=asked)
        assert first.status_code == 200
        await board.report()
        assert (await client.get(REPORT, params=asked)).content == first.content
        assert (await client.get(REPORT, params={**asked, "position": str(board.store.head())})).content != first.content


async def test_a_period_that_cannot_be_read_is_refused_in_words(board: House) -> None:
    async with board.client() as client:
        wrong = await client.get(REPORT, params={"period": "sidste kvartal"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "unreadable-period")
    async with reader(board) as client:
        page = await client.get("/ledelse?period=igen")
        assert (page.status_code, "Perioden kan ikke læses." in page.text) == (422, True)
        assert (await client.get("/ledelse?position=x")).status_code == 422


async def test_an_empty_log_says_so_on_the_page(house: House) -> None:
    async with reader(house) as client:
        page = await client.get("/ledelse")
        assert (page.status_code, "Registrér den første hændelse" in page.text) == (200, True)
    async with house.client() as client:
        assert (await client.get(REPORT, params={"period": PERIOD})).status_code == 404


async def test_the_page_answers_the_three_questions_first_and_links_each_figure_to_its_events(board: House) -> None:
    async with reader(board) as client:
        page = (await client.get(f"/ledelse?period={PERIOD}")).text
        assert page.index("Hvad skal vi beslutte?") < page.index("Tallene for det hele") < page.index("Sådan er tallene talt")
        assert "Kan listen over samfundskritiske ydelser godkendes?" in page
        assert f"/ledelse/tal/incidents?period={PERIOD}" in page.replace("&amp;", "&")
        figure = (await client.get(f"/ledelse/tal/incidents?period={PERIOD}")).text
        assert 'href="/haendelser/H-2026-0001"' in figure
        english = (await client.get(f"/ledelse?period={PERIOD}&lang=en")).text
        assert "What must we decide?" in english
        other = (await client.get(f"/ledelse?period={PERIOD}&administration=Teknik&lang=da")).text
        assert "Gælder Teknik" in other
        assert "Ingen ydelser var klassificeret som kritiske" in other


async def test_that_the_board_treated_it_is_recorded_once_and_stands_in_the_next_report(board: House) -> None:
    async with reader(board) as client:
        page = (await client.get(f"/ledelse?period={PERIOD}")).text
        sent = {name: value_of(page, name) for name in ("period", "report_position", "report_sha256")}
        sent |= {"treated_on": "2026-11-25", "decisions": "Listen godkendes i december", "case_number": "26/77"}
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert (await client.post("/ledelse", data=sent, headers=headers)).status_code == 303
        head = board.store.head()
        assert (await client.post("/ledelse", data=sent, headers=headers)).status_code == 303
        assert board.store.head() == head
        page = (await client.get(f"/ledelse?period={PERIOD}&gemt=ja")).text
        assert "Det er registreret." in page
        assert "Listen godkendes i december" in page
        stale = await client.post("/ledelse", data={**sent, "report_sha256": "0" * 64}, headers=headers)
        assert (stale.status_code, "Rapporten er ikke længere den, du så" in stale.text) == (412, True)
        lacking = await client.post("/ledelse", data={**sent, "treated_on": ""}, headers=headers)
        assert lacking.status_code == 422
        cpr = await client.post("/ledelse", data={**sent, "decisions": "Ring til 010190-1234"}, headers=headers)
        assert (cpr.status_code, board.store.head()) == (422, head)
    async with board.client() as client:
        assert (await client.get(REPORT, params={"period": "2027"})).json()["treated"][0]["decisions"] == sent["decisions"]
        before = {"period": PERIOD, "position": sent["report_position"]}
        assert (await client.get(REPORT, params=before)).json()["treated"] == []


async def test_who_got_which_report_stands_on_the_page_and_in_the_api(board: House) -> None:
    async with board.client() as client:
        assert (await client.get(f"{REPORT}/sent")).json() == []
    async with reader(board) as client:
        assert "Sendt med mail" not in (await client.get(f"/ledelse?period={PERIOD}")).text

    def sent(hours: float, recipient: str, administration: str | None) -> ReportSent:
        told = {"period": "2026-Q3", "report_position": 3, "report_sha256": "ab" * 32, "administration": administration}
        return ReportSent.model_validate({"meta": tell.meta(hours), "recipient": recipient, **told})

    mails = [sent(2, "chef@kommune.dk", "Sundhed"), sent(4, "bi@kommune.dk", None), sent(3, "direktion@kommune.dk", None)]
    record(board.store, [(MANAGEMENT, mail) for mail in mails])
    async with board.client() as client:
        whole, health = (await client.get(f"{REPORT}/sent")).json()
    assert [mail["recipient"] for mail in whole["mails"]] == ["direktion@kommune.dk", "bi@kommune.dk"]
    assert (whole["period"], whole["report_position"], whole["report_sha256"]) == ("2026-Q3", 3, "ab" * 32)
    assert (health["administration"], health["mails"][0]["sent_at"]) == ("Sundhed", "2026-11-20T16:20:00Z")
    async with reader(board) as client:
        page = (await client.get(f"/ledelse?period={PERIOD}")).text
    assert page.index("chef@kommune.dk") < page.index("fre. 20. nov. 2026 kl. 17.20")
    assert 'href="/ledelse?period=2026-Q3&amp;administration=Sundhed&amp;position=3"' in page


async def test_over_http_the_board_treats_the_report_that_was_seen(board: House) -> None:
    async with board.client() as client:
        told = (await client.get(REPORT, params={"period": PERIOD})).json()
        body = {"period": PERIOD, "report_position": told["position"], "treated_on": "2026-11-25"}
        wrong = await client.post(f"{REPORT}/treated", json={**body, "report_sha256": "0" * 64})
        assert (wrong.status_code, wrong.json()["code"]) == (412, "report-changed")
        done = await client.post(f"{REPORT}/treated", json={**body, "report_sha256": told["sha256"]})
        assert (done.status_code, done.json()["position"]) == (201, board.store.head())


async def test_the_pdf_reads_back_with_its_answers_on_the_first_page_and_danish_letters(board: House) -> None:
    async with board.client() as client:
        pdf = (await client.get(REPORT, params={"period": PERIOD, "format": "pdf"})).content
    first, *others = pages(pdf)
    for question in ("Er vi i orden?", "Hvad er blevet værre?", "Hvad skal vi beslutte?"):
        assert question in first
    assert others
    assert "Sådan er tallene talt" in text_of(pdf)
    assert b"/MarkInfo" in pdf or b"pdfuaid" in pdf


async def test_the_workbook_holds_the_same_figures_as_text_and_numbers_without_formulas(board: House) -> None:
    await board.report(title="=1+1", services=["=HYPERLINK(1)"])
    async with board.client() as client:
        content = (await client.get(REPORT, params={"period": PERIOD, "format": "xlsx"})).content
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets" in name]
    assert "<f>" not in "".join(sheets)
    assert "=HYPERLINK(1)" in "".join(sheets)
    assert "H-2026-0001" in "".join(sheets)


def value_of(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
