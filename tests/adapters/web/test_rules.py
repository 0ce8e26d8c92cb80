"""Rules and maintenance by HTTP: read, changed, refused by name, and tried on what came in."""

from typing import Any

from domain.intake.default_rules import DEFAULT_RULES
from tests.adapters.web.support import House
from tests.support.intake import take
from tests.support.signals import signal

RULES, MAINTENANCE = "/api/v1/rules", "/api/v1/maintenance"
COUNTING = [{"name": "tael", "then": "count"}]
WORK = {
    "name": "patch",
    "begins_at": "2026-11-22 22:00",
    "ends_at": "2026-11-23T02:00:00+01:00",
    "components": ["db-*"],
    "reason": "Ny database",
}


async def test_what_is_shown_can_be_sent_back_and_other_rules_get_a_number(house: House) -> None:
    async with house.client() as client:
        shown = (await client.get(RULES)).json()
        same = (await client.post(RULES, json={"reason": "prøve", "rules": shown["rules"]})).json()
        done = (await client.post(RULES, json={"reason": "For megen støj", "rules": COUNTING})).json()
        after = (await client.get(RULES)).json()
    assert (shown["number"], len(shown["rules"])) == (0, len(DEFAULT_RULES.rules))
    assert same == {"version": 0, "position": 0, "rules": 0, "events": []}
    assert (done["rules"], [event["type"] for event in done["events"]]) == (1, ["dk.sporlog.intake.rules-set.v1"])
    assert after == {"number": 1, "rules": COUNTING}


async def test_refusals_are_problems_with_a_code_and_write_nothing(house: House) -> None:
    sent: list[tuple[str, dict[str, Any], int, str]] = [
        (RULES, {"rules": COUNTING}, 422, "reason-missing"),
        (RULES, {"rules": COUNTING * 2, "reason": "x"}, 422, "invalid-fields"),
        (RULES, {"rules": [{"name": "a", "then": "luk"}], "reason": "x"}, 422, "invalid-fields"),
        (f"{RULES}/simulate", {"days": 0}, 422, "invalid-fields"),
        (MAINTENANCE, {**WORK, "components": []}, 422, "invalid-fields"),
        (MAINTENANCE, {**WORK, "ends_at": "2026-11-22 21:00"}, 422, "maintenance-times"),
        (MAINTENANCE, {**WORK, "begins_at": "i morgen"}, 422, "unreadable-time"),
        (f"{MAINTENANCE}/patch/cancel", {}, 404, "unknown-maintenance"),
    ]
    async with house.client() as client:
        for address, body, status, code in sent:
            answer = await client.post(address, json=body)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert answer.headers["content-type"] == "application/problem+json"
    assert house.store.head() == 0


async def test_rules_are_tried_on_what_came_in(house: House) -> None:
    take(house.store, signal("1", "db-1"), signal("2", "db-1"))
    async with house.client() as client:
        in_force = (await client.post(f"{RULES}/simulate", json={})).json()
        other = (await client.post(f"{RULES}/simulate", json={"rules": COUNTING, "days": 7})).json()
    assert in_force["incidents"] == {"would": 1, "was": 1}
    assert (other["from"], other["to"]) == ("2026-11-15T09:00:00Z", "2026-11-22T09:00:00Z")
    assert other["outcomes"] == [
        {"rule": "severe", "disposition": "attached", "would": 0, "was": 1},
        {"rule": "severe", "disposition": "opened", "would": 0, "was": 1},
        {"rule": "tael", "disposition": "counted", "would": 2, "was": 0},
    ]
    assert other["components"] == [{"component": "db-1", "would": 0, "was": 1}]


async def test_maintenance_is_announced_listed_and_called_off(house: House) -> None:
    async with house.client() as client:
        assert (await client.post(MAINTENANCE, json=WORK)).status_code == 200
        (planned,) = (await client.get(MAINTENANCE)).json()
        house.clock.go_on(hours=13)
        (active,) = (await client.get(MAINTENANCE)).json()
        assert (await client.post(f"{MAINTENANCE}/patch/cancel", json={"reason": "Færdig"})).status_code == 200
        (over,) = (await client.get(MAINTENANCE)).json()
    assert planned == {
        "name": "patch",
        "begins_at": "2026-11-22T21:00:00Z",
        "ends_at": "2026-11-23T01:00:00Z",
        "components": ["db-*"],
        "standing": "planned",
    }
    assert active["standing"] == "active"
    assert (over["standing"], over["ends_at"]) == ("over", "2026-11-22T22:00:00Z")
