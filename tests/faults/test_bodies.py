"""What nobody should send, and what everybody sends at once: it costs itself only, and the rest of the batch is taken."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from nats.errors import MaxPayloadError

from adapters import main
from adapters.bus.deadletter import letters
from adapters.settings import read_settings
from tests.faults.house import MARKS, open_house
from tests.faults.proofs import prove
from tests.faults.senders import Ledger, alert, event_id
from tests.support.intake import told
from tests.support.waiting import until

pytestmark = MARKS

MIB = 1_048_576
BAD = {
    "empty": b"",
    "malformed": b'{"id": "1", "rule": {"level": 12',
    "not JSON": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "Latin-1": orjson.dumps(alert("latin")).decode().replace("(latin)", "på Lærkeborg Rådhus").encode("latin-1"),
    "UTF-16": orjson.dumps(alert("utf-16")).decode().encode("utf-16"),
    "deep lists": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"rule":' * 100_000 + b"1" + b"}" * 100_000,
    "deep inside": orjson.dumps(alert("deep"))[:-1] + b',"data":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "no alert": b'"fortroligt"',
    "a huge number": b'{"id": ' + b"9" * 400_000 + b', "rule": {"level": 3}}',
}
TOO_LARGE = {"10 MiB of one alert": b'{"id": "' + b"x" * (10 * MIB) + b'"}', "10 MiB of nothing": b" " * (10 * MIB)}
SOURCES = ("wazuh", "alertmanager", "cloudevents")


async def pieces(body: bytes) -> AsyncIterator[bytes]:
    """As somebody sends it who does not say beforehand how much it will be."""
    for start in range(0, len(body), 65536):
        yield body[start : start + 65536]


async def test_bodies_that_cannot_be_read_are_refused_by_name_and_those_beside_them_are_taken(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:

        async def refused(source: str, body: bytes, *, in_pieces: bool = False) -> None:
            content = pieces(body) if in_pieces else body
            answer = await house.http.post(f"/intake/{source}", content=content)
            assert answer.status_code == (413 if len(body) > MIB else 422), answer.text[:200]
            assert answer.headers["Content-Type"] == "application/problem+json"
            problem = answer.json()
            assert problem["detail"]
            assert "fortroligt" not in answer.text, "what was sent is not repeated: it may be confidential"

        async def taken(number: int) -> None:
            good = [alert(f"good {number}"), {"rule": "none"}, alert(f"good too {number}")]
            answer = (await house.http.post("/intake/wazuh", content=orjson.dumps(good))).json()
            assert [one["item"] for one in answer["rejected"]] == [2]
            ledger.acknowledged.update(one["source_event_id"] for one in answer["taken"])

        bad = [(source, body) for source in SOURCES for body in (BAD | TOO_LARGE).values()]
        await asyncio.gather(*(refused(*one) for one in bad), *(taken(number) for number in range(20)))
        for body in TOO_LARGE.values():
            await refused("wazuh", body, in_pieces=True)
        assert len(ledger.acknowledged) == 40
        await prove(house, ledger)
        with main.open_office(read_settings({}, data=house.data)) as office:
            kept = [office.store.payload(sha256(body).hexdigest()) for body in BAD.values() if body]
        assert [payload and payload.raw for payload in kept] == [body for body in BAD.values() if body]


async def test_messages_that_cannot_be_read_are_put_aside_with_their_reason_and_the_rest_is_taken(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        nc = await house.bus()
        js = nc.jetstream()
        for number, body in enumerate(BAD.values()):
            good = f"good {number}"
            await js.publish("intake.wazuh", orjson.dumps(alert(good)))
            ledger.acknowledged[event_id(good)] += 1
            for source in SOURCES:
                await js.publish(f"intake.{source}", body, headers={"X-Correlation-ID": good})
        half = f"half {len(BAD)}"
        await js.publish("intake.wazuh", orjson.dumps([alert(half), {"rule": "none"}]))
        ledger.acknowledged[event_id(half)] += 1
        await js.publish("intake.nobody-knows", b"{}")
        await js.publish("intake.wazuh", b'{"id": "' + b"x" * (2_000_000) + b'"}')
        for body in TOO_LARGE.values():
            with pytest.raises(MaxPayloadError):
                await js.publish("intake.wazuh", body)
        await prove(house, ledger)
        kept = await letters(nc)
        await nc.close()
        assert len(kept) == len(SOURCES) * len(BAD) + 3
        assert all(letter.reason and letter.handler == "intake" for letter in kept)
        assert "fortroligt" not in "".join(letter.reason for letter in kept)
        assert {letter.body for letter in kept} >= set(BAD.values())

        async def told() -> bool:
            return bool((await house.health())["dead_letters"] == len(kept))

        await until(told)


async def test_the_same_alert_a_hundred_times_at_once_is_one_record_and_a_count(tmp_path: Path) -> None:
    ledger = Ledger()
    async with open_house(tmp_path / "data") as house:
        nc = await house.bus()
        by_http, by_nats = orjson.dumps(alert("http", level=12)), orjson.dumps(alert("nats", level=12, component="db1"))
        answers = await asyncio.gather(*(house.http.post("/intake/wazuh", content=by_http) for _ in range(100)))
        await asyncio.gather(*(nc.jetstream().publish("intake.wazuh", by_nats) for _ in range(100)))
        await nc.close()
        taken = [answer.json()["taken"][0] for answer in answers]
        assert sorted(one["times"] for one in taken) == list(range(1, 101))
        assert [one["disposition"] for one in taken if one["times"] == 1] == ["opened"]
        ledger.acknowledged.update({event_id("http"): 100, event_id("nats"): 100})
        await prove(house, ledger)
        incidents = (await house.http.get("/api/v1/incidents")).json()
        assert len(incidents) == 2
        with main.open_office(read_settings({}, data=house.data)) as office:
            assert told(office.store) == {("wazuh", event_id("http")): 100, ("wazuh", event_id("nats")): 100}
            ((payloads,),) = office.store.database.read("SELECT count(*) FROM payloads")
            assert payloads == 2
