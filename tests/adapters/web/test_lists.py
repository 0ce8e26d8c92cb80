"""The lists by HTTP and as pages: the same rows, for machines and for people."""

import csv
import io
import re

import pytest
from httpx import Response

from adapters.lists.table import LISTS
from domain.guide.guide import GUIDES
from domain.time import COPENHAGEN
from tests.adapters.web.support import House

API = "/api/v1/lists"


def spreadsheet(answer: Response) -> list[list[str]]:
    """The file as a Danish spreadsheet reads it."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


async def a_case(house: House) -> str:
    """An incident that is judged not significant, with work still to do, and an exercise beside it."""
    reference = await house.report("=Brud <b>i arkivet</b>", services=["esdh"])
    judged = {"significant": False, "nis2_category": "low", "reason": "Kun få sager", "role": "assessor"}
    await house.step(reference, "assess", **judged)
    await house.step(reference, "plan-task", owner="u-drift", due_at="2026-11-22 10:00", task="Skift adgangskoder")
    await house.step(reference, "breach", breach_aware_at="2026-11-22 10:00", risk="unlikely", reason="Krypteret")
    exercise = await house.report("Øvelsen", exercise=True)
    await house.step(exercise, "assess", **judged)
    house.clock.go_on(hours=2)
    return reference


async def test_a_list_is_rows_with_stable_names_and_exercises_only_when_asked_for(house: House) -> None:
    reference = await a_case(house)
    async with house.client() as client:
        (row,) = (await client.get(f"{API}/not-significant")).json()
        both = (await client.get(f"{API}/not-significant", params={"exercises": "true"})).json()
        none = (await client.get(f"{API}/not-significant", params={"from": "2026-11-23"})).json()
        same_day = (await client.get(f"{API}/not-significant", params={"from": "2026-11-22", "to": "2026-11-22"})).json()
    assert (row["ref"], row["title"], row["reason"]) == (reference, "=Brud <b>i arkivet</b>", "Kun få sager")
    assert (row["actor"], row["role"], row["occurred_at"]) == ("vagttelefon", "assessor", "2026-11-22T09:00:00Z")
    assert [one["exercise"] for one in both] == [False, True]
    assert none == []
    assert same_day == [row]


async def test_what_is_open_tells_whether_it_is_overdue_now(house: House) -> None:
    await a_case(house)
    async with house.client() as client:
        (row,) = (await client.get(f"{API}/todos")).json()
    assert (row["owner"], row["text"], row["due_at"], row["overdue"]) == (
        "u-drift",
        "Skift adgangskoder",
        "2026-11-22T09:00:00Z",
        True,
    )


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_there_as_json_csv_page_and_file(house: House, name: str) -> None:
    await a_case(house)
    wanted = LISTS[name]
    async with house.client(Accept="text/html") as client:
        rows = (await client.get(f"{API}/{name}")).json()
        answers = [await client.get(path) for path in (f"{API}/{name}?format=csv", f"/lister/{name}.csv")]
        page = await client.get(f"/lister/{name}")
        english = await client.get(f"/lister/{name}?lang=en")
    tables = [list(csv.reader(io.StringIO(answers[0].text))), spreadsheet(answers[1])]
    assert [len(table) for table in tables] == [len(rows) + 1, len(rows) + 1]
    assert tables[0][0] == wanted.keys
    assert tables[1][0] == [column.words.da for column in wanted.columns]
    assert page.status_code == 200
    assert wanted.belongs.da in page.text
    assert wanted.heading.en in english.text
    assert ("Der er ingen i perioden." in page.text) is (rows == [])
    assert "<b>i arkivet" not in page.text


async def test_a_file_for_a_spreadsheet_says_values_in_words_and_runs_nothing(house: House) -> None:
    await a_case(house)
    async with house.client() as client:
        headings, cells = spreadsheet(await client.get("/lister/breaches.csv"))
    row = dict(zip(headings, cells, strict=True))
    assert (row["Titel"], row["Risiko for de registrerede"]) == ("'=Brud <b>i arkivet</b>", "Usandsynlig: anmeldes ikke")
    assert row["Kendskab til bruddet"] == "søn. 22. nov. 2026 kl. 10.00"


async def test_a_file_for_a_spreadsheet_opens_with_its_columns_and_letters_in_the_readers_language(house: House) -> None:
    await a_case(house)
    async with house.client() as client:
        danish = await client.get("/lister/todos.csv")
        english = await client.get("/lister/todos.csv?lang=en")
    assert danish.content.startswith("\ufeffAnsvarlig;Slags;".encode())
    assert english.content.startswith("\ufeffOwner,Kind,".encode())


async def test_the_evaluation_lists_say_what_an_ended_incident_lacks_and_which_follow_ups_are_open(house: House) -> None:
    reference = await house.report("Arkivet svarer ikke")
    await house.step(reference, "mitigate", summary="Ny disk")
    await house.step(reference, "plan-follow-up", owner="u-it", due_at="2026-11-29 10:00", follow_up="En disk mere")
    async with house.client() as client:

        async def lacking(name: str) -> list[list[str]]:
            return [row["lacks"] for row in (await client.get(f"{API}/{name}")).json()]

        assert await lacking("weekly") == [["post_incident_review"], ["follow_up"]]
        assert await lacking("monthly") == [["post_incident_review", "root_cause", "incident_class"], ["follow_up"]]
        await house.step(reference, "review", review="post_incident", conclusion="Godt klaret")
        await house.step(reference, "root-cause", cause="system_failures", text="En disk")
        assert await lacking("weekly") == [["follow_up"]]
        assert await lacking("monthly") == [["incident_class"], ["follow_up"]]
        await house.step(reference, "classify", incident_class="availability.outage")
        await house.step(reference, "follow-up-done", follow_up_number=3)
        assert await lacking("monthly") == []
        house.clock.go_on(days=8)
        other = await house.report("Et andet arkiv")
        await house.step(other, "mitigate", summary="Ny disk")
        assert await lacking("weekly") == [["post_incident_review"]]


async def test_the_same_cause_twice_is_one_row_until_a_person_considered_both(house: House) -> None:
    references = [await house.report(title) for title in ("Arkivet svarer ikke", "Arkivet svarer igen ikke")]
    for reference in references:
        await house.step(reference, "root-cause", cause="system_failures", cause_key="disk-a", text="En disk")
    async with house.client(Accept="text/html") as client:
        (row,) = (await client.get(f"{API}/recurrence")).json()
        page = (await client.get("/lister/recurrence")).text
        considered = {"others": [references[0]], "significant_together": False, "reason": "Hver for sig", "role": "assessor"}
        await house.step(references[1], "recurrence", **considered)
        after = (await client.get(f"{API}/recurrence")).json()
    assert (row["refs"], row["cause_key"], row["judged"]) == (references, "disk-a", ["unknown", "unknown"])
    assert all(f'href="/haendelser/{reference}"' in page for reference in references)
    assert after == []


async def test_answers_are_told_in_the_words_of_the_guide_that_was_used(house: House) -> None:
    reference = await house.report()
    judged = {"significant": False, "nis2_category": "low", "reason": "Nej", "role": "assessor", "answers": {"q1.cia": "none"}}
    await house.step(reference, "assess", **judged)
    question = GUIDES["2026-11"].by_key["q1.cia"]
    async with house.client() as client:
        (row,) = (await client.get(f"{API}/not-significant")).json()
        page = (await client.get("/lister/not-significant")).text
    assert row["answers"] == {"q1.cia": "none"}
    assert f"{question.number}. {question.danish}" in page
    assert "1 svar" in page


async def test_the_overview_of_lists_says_what_belongs_in_each_and_how_much_there_is(house: House) -> None:
    await a_case(house)
    async with house.client(Accept="text/html") as client:
        page = (await client.get("/lister")).text
        front = (await client.get("/")).text
    for one in LISTS.values():
        assert one.belongs.da in page
    assert re.search(r'<a href="/lister/todos">Åbne opgaver</a> \(1\)', page)
    assert '<a href="/lister">Lister</a>' in front


async def test_the_page_keeps_the_period_and_says_when_it_cannot_be_read(house: House) -> None:
    reference = await a_case(house)
    async with house.client(Accept="text/html") as client:
        page = (await client.get("/lister/not-significant?from=2026-11-01&to=2026-11-30&exercises=true")).text
        wrong = await client.get("/lister/not-significant?from=2026-11-30&to=2026-11-01")
    assert 'name="from" value="2026-11-01"' in page
    assert 'href="/lister/not-significant.csv?from=2026-11-01&amp;to=2026-11-30&amp;exercises=true"' in page
    assert "<strong>ØVELSE</strong>" in page
    assert "2 linjer." in page
    assert wrong.status_code == 422
    assert "slutter, før den begynder" in wrong.text
    assert reference in wrong.text


async def test_an_unknown_list_and_a_wrong_period_are_refused_by_name(house: House) -> None:
    async with house.client() as client:
        unknown = await client.get(f"{API}/alt")
        wrong = await client.get(f"{API}/todos?from=2026-11-30&to=2026-11-01")
        unreadable = await client.get(f"{API}/todos?from=i+går")
        which = (await client.get(API)).json()
    assert (unknown.status_code, "use one of not-significant, judgements" in unknown.json()["detail"]) == (404, True)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-period")
    assert (unreadable.status_code, unreadable.json()["code"]) == (422, "unreadable-time")
    assert [one["name"] for one in which] == list(LISTS)


async def test_lists_need_the_token(house: House) -> None:
    async with house.visitor() as client:
        for path in (API, f"{API}/todos", "/lister", "/lister/todos", "/lister/todos.csv"):
            assert (await client.get(path)).status_code == 401


async def test_a_list_and_the_incidents_can_be_seen_as_the_log_stood(house: House) -> None:
    reference = await a_case(house)
    before = house.clock.now
    house.clock.go_on(hours=1)
    done = await house.step(reference, "task-done", task_number=3)
    house.clock.go_on(hours=1)
    async with house.client() as client:
        now = (await client.get(f"{API}/todos")).json()
        then = (await client.get(f"{API}/todos", params={"at": before.isoformat()})).json()
        page = await client.get("/lister/todos", params={"at": before.astimezone(COPENHAGEN).strftime("%Y-%m-%dT%H:%M")})
        listed = [
            (await client.get("/api/v1/incidents", params=asked)).json()
            for asked in ({"at": before.isoformat()}, {"position": done}, {"position": 0}, {"at": "2020-01-01 12:00"})
        ]
        both = await client.get("/api/v1/incidents", params={"at": before.isoformat(), "position": 3})
        owed = (await client.get("/api/v1/deadlines", params={"position": 0})).json()
    assert [len(now), len(then)] == [0, 1]
    assert "Skift adgangskoder" in page.text
    assert "som loggen stod dengang" in page.text
    assert [len(one) for one in listed] == [2, 2, 0, 0]
    assert max(one["position"] for one in listed[0]) < done
    assert (both.status_code, both.json()["code"], owed) == (422, "invalid-input", [])
