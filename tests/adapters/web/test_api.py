"""The JSON API: what can be read, what can be done, and that OpenAPI tells all of it."""

import csv
import io
from typing import Any

import pytest

from domain.incident.transitions import TRANSITIONS, Nature
from handlers.requests import REQUESTS
from tests.adapters.web.support import House


async def test_a_report_is_durable_when_it_is_answered(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/v1/incidents",
            json={"title": "Login er nede", "severity": "high", "place": "Rådhuset", "occurred_at": "2026-11-22 09:30"},
        )
        body = answer.json()
        assert (answer.status_code, body["version"], body["position"], body["status"]) == (201, 1, 1, "reported")
        assert body["events"] == [{"id": f"{body['id']}/1", "position": 1, "type": "dk.sporlog.incident.reported.v1"}]
        told = (await client.get(answer.headers["location"])).json()
    assert (told["ref"], told["title"], told["place"]) == (body["ref"], "Login er nede", "Rådhuset")
    assert (told["occurred_at"], told["recorded_at"]) == ("2026-11-22T08:30:00Z", "2026-11-22T09:00:00Z")
    assert told["next_deadline"] == {"kind": "internal_assessment", "due_at": "2026-11-22T13:00:00Z"}


async def test_a_step_with_a_consequence_tells_both_events(house: House) -> None:
    reference = await house.report()
    async with house.client() as client:
        answer = await client.post(
            f"/api/v1/incidents/{reference}/assess", json={"significant": True, "nis2_category": "high", "reason": "Medicin"}
        )
        body = answer.json()
        assert [(e["position"], e["type"].split(".")[-2]) for e in body["events"]] == [
            (2, "assessed"),
            (3, "awareness-declared"),
        ]
        assert (body["version"], body["position"]) == (3, 3)
        shown = (await client.get(f"/api/v1/incidents/{reference}")).json()
    assert {d["kind"] for d in shown["deadlines"]} == {"internal_assessment", "early_warning", "incident_notification"}
    assert shown["version"] == 3


async def test_references_are_read_as_people_write_them(house: House) -> None:
    await house.report()
    async with house.client() as client:
        assert (await client.get("/api/v1/incidents/h 2026 1")).json()["ref"] == "H-2026-0001"


async def test_the_list_filters_and_puts_what_owes_something_first(house: House) -> None:
    done = await house.report("Lukket", severity="low")
    await house.step(done, "close", reason="not_an_incident")
    running = await house.report("Åben")
    async with house.client() as client:
        everything = (await client.get("/api/v1/incidents")).json()
        assert [one["ref"] for one in everything] == [running, done]
        assert [one["title"] for one in everything] == ["Åben", "Lukket"]
        assert [one["ref"] for one in (await client.get("/api/v1/incidents?open=true")).json()] == [running]
        assert [one["ref"] for one in (await client.get("/api/v1/incidents?status=closed")).json()] == [done]
        changed = (await client.get(f"/api/v1/incidents?after={everything[1]['position']}")).json()
        assert [one["ref"] for one in changed] == [running]


async def test_csv_has_one_flat_row_each_and_runs_no_formula(house: House) -> None:
    await house.report('=HYPERLINK("http://evil.example")', components=["db-1", "db-2"])
    async with house.client() as client:
        answer = await client.get("/api/v1/incidents?format=csv&after=0")
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["title"].startswith("'=")
    assert (row["components"], row["signal_count"], row["next_duty"]) == ("db-1; db-2", "0", "internal_assessment")
    assert row["recorded_at"] == "2026-11-22T09:00:00Z"


@pytest.mark.parametrize("path", ["/incidents?after=", "/stream?after=", "/incidents/H-2026-0001?position="])
async def test_a_position_greater_than_any_log_is_refused_by_name(house: House, path: str) -> None:
    await house.report()
    async with house.client() as client:
        answer = await client.get(f"/api/v1{path}{2**63}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-fields")


async def test_an_incident_can_be_seen_as_it_was_known(house: House) -> None:
    reference = await house.report()
    house.clock.go_on(hours=1)
    await house.step(reference, "assess", significant=True, nis2_category="high")
    async with house.client() as client:
        address = f"/api/v1/incidents/{reference}"
        assert (await client.get(address, params={"at": "2026-11-22T10:59:59+01:00"})).json()["status"] == "reported"
        assert (await client.get(f"{address}?at=2026-11-22T11:00:00+01:00")).json()["status"] == "assessed"
        assert (await client.get(address, params={"position": 1})).json()["nis2_category"] is None
        assert (await client.get(address, params={"at": "2026-11-22 09:00"})).status_code == 404
        assert len((await client.get(f"{address}/events?position=1")).json()) == 1
        assert len((await client.get(f"{address}/events?at=2026-11-22 10:30")).json()) == 1


async def test_the_timeline_tells_both_times_and_the_text(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "note", text="Ringede til vagten", occurred_at="2026-11-22 09:20")
    async with house.client() as client:
        reported, note = (await client.get(f"/api/v1/incidents/{reference}/events")).json()
    assert reported["data"]["title"] == "Omsorgsjournalen svarer ikke"
    assert (note["time"], note["recorded_at"]) == ("2026-11-22T08:20:00Z", "2026-11-22T09:00:00Z")
    assert (note["step"], note["data"], note["channel"]) == ("note", {"text": "Ringede til vagten"}, "api")


async def test_a_kept_timeline_is_never_older_than_the_log(house: House) -> None:
    mine, other = await house.report(), await house.report()
    async with house.client() as client:
        for count in range(1, 4):
            assert len((await client.get(f"/api/v1/incidents/{mine}/events")).json()) == count
            await house.step(other, "note", text="ikke mit")
            assert len((await client.get(f"/api/v1/incidents/{mine}/events")).json()) == count
            await house.step(mine, "note", text="mit")


async def test_what_is_owed_is_listed_over_all_incidents(house: House) -> None:
    late, soon = await house.report("Første"), await house.report("Anden")
    await house.step(late, "assess", significant=True, nis2_category="high")
    house.clock.go_on(hours=25)
    await house.step(soon, "assess", significant=True, nis2_category="high")
    async with house.client() as client:
        owed = (await client.get("/api/v1/deadlines")).json()
    assert [(d["ref"], d["kind"], d["overdue"]) for d in owed] == [
        (late, "early_warning", True),
        (soon, "early_warning", False),
        (late, "incident_notification", False),
        (soon, "incident_notification", False),
    ]
    assert owed[0]["due_at"] == "2026-11-23T10:00:00+01:00"
    assert "24 timer" in owed[0]["explanation"]


async def test_openapi_has_one_operation_for_each_step_that_people_take(house: House) -> None:
    async with house.client() as client:
        document = (await client.get("/openapi.json")).json()
    steps = {t.step for t in TRANSITIONS if t.nature is not Nature.SYSTEM}
    operations = {told["operationId"]: told for path in document["paths"].values() for m, told in path.items() if m == "post"}
    assert steps <= operations.keys()
    for step in steps:
        schema = operations[step]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        assert document["components"]["schemas"][schema]["properties"].keys() == REQUESTS[step].model_fields.keys()
    assert "deadline-missed" not in str(document["paths"].keys())


async def test_the_documentation_page_names_every_operation_and_needs_no_other_host(house: House) -> None:
    async with house.client(Accept="text/html") as client:
        page = (await client.get("/docs")).text
        document = (await client.get("/openapi.json")).json()
    for path in document["paths"]:
        assert f">{path}</code>" in page
    assert "cdn" not in page


async def test_metrics_count_requests_by_route_and_not_by_reference(house: House) -> None:
    reference = await house.report()
    async with house.client() as client:
        await client.get(f"/api/v1/incidents/{reference}")
        text = (await client.get("/metrics")).text
    assert 'sporlog_http_requests_total{method="GET",route="/api/v1/incidents/{ref}",status="200"} 1.0' in text
    assert reference not in text


@pytest.mark.parametrize("step", [t.step for t in TRANSITIONS if t.nature is Nature.SYSTEM])
async def test_nobody_can_ask_for_a_step_that_is_sporlogs_own(house: House, step: str) -> None:
    reference = await house.report()
    sent: dict[str, Any] = {}
    async with house.client() as client:
        assert (await client.post(f"/api/v1/incidents/{reference}/{step}", json=sent)).status_code == 404
