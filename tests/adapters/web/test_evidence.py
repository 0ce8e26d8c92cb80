"""Evidence through the API and the page: in and out in pieces, its custody on record, its limits kept."""

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from prometheus_client import CollectorRegistry

from adapters.evidence.clamd import Clamd
from adapters.evidence_settings import ClamdPlace
from adapters.web.app import make_app
from domain.organisation.events import ORGANISATION
from tests.adapters.web.support import LIMITS, House, a_house
from tests.support.evidence import EICAR, a_clamd
from tests.support.organisations import registered

CONTENT = b"Oct 12 02:14 sshd: Failed password for root\n" * 10_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NAME = "auth – bjørns.log"
NAMED = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(NAME)}"}
FORM = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(params=["sqlite", "postgres"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    async with a_house(tmp_path, postgres_url=url) as opened:
        yield opened


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "evidence").rglob("*") if path.is_file()]


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


async def keep(
    client: httpx.AsyncClient, reference: str, content: bytes = CONTENT, headers: Mapping[str, str] = NAMED
) -> httpx.Response:
    return await client.post(f"/api/v1/incidents/{reference}/evidence/files", content=content, headers={**NAMED, **headers})


async def listed(client: httpx.AsyncClient, reference: str) -> Any:  # noqa: ANN401 - JSON
    return (await client.get(f"/api/v1/incidents/{reference}/evidence")).json()


async def test_what_is_kept_comes_back_with_its_hash_and_whoever_fetched_it_is_on_record(house: House, tmp_path: Path) -> None:
    reference = await house.report()
    async with house.client() as client:
        answer = await keep(client, reference, headers={"Content-Digest": digest(CONTENT), "Content-Type": "text/x-log"})
        assert answer.status_code == 201, answer.text
        told = answer.json()
        assert (told["sha256"], told["bytes"], told["name"], told["stored"]) == (SHA256, len(CONTENT), NAME, True)
        assert (told["media_type"], told["claimed_type"], told["scan"]) == ("text/plain", None, "unscanned")
        back = await client.get(f"{answer.headers['location']}?actor=politiet")
        (one,) = await listed(client, reference)
    assert back.content == CONTENT
    saved_as = f"attachment; filename=\"{reference}-2\"; filename*=UTF-8''{quote(NAME)}"
    assert back.headers["content-disposition"] == saved_as
    assert (back.headers["x-content-type-options"], back.headers["content-digest"]) == ("nosniff", digest(CONTENT))
    assert back.headers["content-type"] == "application/octet-stream"
    (access,) = one["custody"]
    assert (access["step"], access["actor"], access["number"]) == ("evidence-accessed", "politiet", 3)
    (file,) = files(tmp_path)
    assert file.parts[-2:] == (SHA256[:2], SHA256[2:])
    assert b"sshd" not in file.read_bytes()
    assert NAME.encode() not in b"".join(row.state for row in house.store.rows())


async def test_a_digest_that_is_wrong_or_unreadable_is_refused_and_nothing_is_kept(house: House, tmp_path: Path) -> None:
    reference = await house.report()
    async with house.client() as client:
        wrong = await keep(client, reference, headers={"Content-Digest": digest(b"something else")})
        unreadable = await keep(client, reference, headers={"Content-Digest": "md5=:AAAA:"})
        assert [(a.status_code, a.json()["code"]) for a in (wrong, unreadable)] == [
            (422, "digest-mismatch"),
            (422, "invalid-input"),
        ]
        assert await listed(client, reference) == []
    assert SHA256 in wrong.json()["detail"]
    assert (files(tmp_path), house.store.head()) == ([], 1)


async def test_a_file_without_content_or_name_is_refused(house: House, tmp_path: Path) -> None:
    reference = await house.report()
    async with house.client() as client:
        assert (await keep(client, reference, b"")).json()["code"] == "evidence-empty"
        nameless = await client.post(f"/api/v1/incidents/{reference}/evidence/files", content=CONTENT)
    assert (nameless.status_code, nameless.json()["errors"][0]["field"]) == (422, "name")
    assert (files(tmp_path), house.store.head()) == ([], 1)


async def test_limits_hold_with_and_without_a_length_and_for_the_whole_incident(house: House, tmp_path: Path) -> None:
    reference = await house.report()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield bytes(100_000)

    async with house.client() as client:
        path = f"/api/v1/incidents/{reference}/evidence/files"
        told = await client.post(path, content=bytes(LIMITS.file + 1), headers=NAMED)
        untold = await client.post(path, content=endless(), headers=NAMED)
        assert [a.status_code for a in (told, untold)] == [413, 413]
        assert [a.json()["code"] for a in (told, untold)] == ["evidence-too-large"] * 2
        assert files(tmp_path) == []
        assert [(await keep(client, reference, secrets.token_bytes(LIMITS.file))).status_code for _ in range(2)] == [201, 201]
        third = await keep(client, reference, secrets.token_bytes(LIMITS.file))
        assert third.json()["code"] == "evidence-too-large"
        assert str(LIMITS.incident - 2 * LIMITS.file) in third.json()["detail"]
        other = await house.report()
        assert (await keep(client, other, secrets.token_bytes(LIMITS.file))).status_code == 201
    assert len(files(tmp_path)) == 3


async def test_the_same_content_twice_lies_there_once_and_in_another_incident_under_its_own_key(
    house: House, tmp_path: Path
) -> None:
    first, second = await house.report(), await house.report()
    async with house.client() as client:
        for reference in (first, first, second):
            assert (await keep(client, reference)).status_code == 201
        assert [one["number"] for one in await listed(client, first)] == [2, 3]
        one, other = files(tmp_path)
        assert one.read_bytes() != other.read_bytes()
        house.parts.evidence.store.delete_all(house.parts.desk.find(first))
        gone = await client.get(f"/api/v1/incidents/{first}/evidence/2/file")
        assert (gone.status_code, gone.json()["code"]) == (404, "evidence-missing")
        # Nothing is on record as given out that was not.
        assert [each["custody"] for each in await listed(client, first)] == [[], []]
        assert (await client.get(f"/api/v1/incidents/{second}/evidence/2/file")).content == CONTENT


async def test_what_is_kept_elsewhere_or_does_not_exist_is_told_apart(house: House) -> None:
    reference = await house.report()
    await house.step(reference, "evidence", sha256=SHA256, name="Diskbillede", kept_at="Pengeskabet")
    async with house.client() as client:
        elsewhere = await client.get(f"/api/v1/incidents/{reference}/evidence/2/file")
        none = await client.get(f"/api/v1/incidents/{reference}/evidence/1/file")
        claimed = await client.post(
            f"/api/v1/incidents/{reference}/evidence", json={"sha256": SHA256, "name": "x", "stored": True}
        )
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "evidence-elsewhere")
    assert "Pengeskabet" in elsewhere.json()["detail"]
    assert (none.status_code, none.json()["code"]) == (404, "not-found")
    assert (claimed.status_code, claimed.json()["errors"][0]["field"]) == (422, "stored")


async def test_a_damaged_file_is_not_given_out_and_not_on_record_as_given_out(house: House, tmp_path: Path) -> None:
    reference = await house.report()
    async with house.client() as client:
        await keep(client, reference)
        (file,) = files(tmp_path)
        file.write_bytes(file.read_bytes()[:-100])
        answer = await client.get(f"/api/v1/incidents/{reference}/evidence/2/file")
        assert (answer.status_code, answer.json()["code"]) == (500, "evidence-damaged")
        assert (await listed(client, reference))[0]["custody"] == []
        # Sent again, the same content lies there whole again.
        await keep(client, reference)
        assert (await client.get(f"/api/v1/incidents/{reference}/evidence/2/file")).content == CONTENT


async def test_malware_is_kept_marked_and_given_out_only_to_whoever_says_that_they_know(house: House) -> None:
    async with a_clamd() as clamd:
        scanner = Clamd(ClamdPlace("127.0.0.1", clamd.port, None))
        app = make_app(
            replace(house.parts, evidence=replace(house.parts.evidence, scanner=scanner), metrics=CollectorRegistry())
        )
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        reference = await house.report()
        async with (
            house.client() as told,
            httpx.AsyncClient(transport=transport, base_url="http://sporlog.test", headers=told.headers) as client,
        ):
            kept = (await keep(client, reference, EICAR)).json()
            assert (kept["scan"], kept["finding"]) == ("infected", "Eicar-Signature")
            assert (await keep(client, reference)).json()["scan"] == "clean"
            address = f"/api/v1/incidents/{reference}/evidence/2/file"
            refused = await client.get(address)
            assert (refused.status_code, refused.json()["code"]) == (409, "evidence-infected")
            assert (await client.get(f"{address}?infected=true")).content == EICAR
            page = (await client.get(f"/haendelser/{reference}", headers={"Accept": "text/html"})).text
            (custody,) = (await listed(client, reference))[0]["custody"]
    assert custody["despite_infection"] is True
    assert "Skadelig kode fundet: Eicar-Signature" in page
    assert 'name="infected" value="ja" required' in page


async def test_the_page_takes_a_file_shows_it_and_gives_it_back_without_javascript(house: House) -> None:
    reference = await house.report()
    async with house.client(Accept="text/html", **FORM) as client:
        empty = (await client.get(f"/haendelser/{reference}")).text
        assert "Ingen beviser er registreret endnu." in empty
        sent = await client.post(
            f"/haendelser/{reference}/bevis",
            data={"name": "", "occurred_at": "2026-11-22T09:30"},
            files={"file": ("C:\\log\\faktura.pdf", b"MZ" + CONTENT, "application/pdf")},
        )
        assert (sent.status_code, sent.headers["location"]) == (303, f"/haendelser/{reference}?gemt=evidence#bevis")
        await house.step(reference, "hand-over-evidence", evidence_number=2, recipient="NSK", reason="Efterforskning")
        assert (await client.get(f"/haendelser/{reference}/bevis/2")).content == b"MZ" + CONTENT
        page = (await client.get(sent.headers["location"])).text
    section = page.partition('id="bevis"')[2].partition("</section>")[0]
    for words in (
        "faktura.pdf",
        "440,0 kB",
        "application/x-dosexec",
        "application/pdf",
        "Bevis udleveret",
        "NSK",
        "Bevis hentet",
    ):
        assert words in section, words


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"data": {"name": "x"}}, "invalid-input"),
        ({"files": {"name": (None, "x")}}, "evidence-empty"),
        ({"files": {"file": ("", b"")}}, "evidence-empty"),
        ({"files": [("file", ("a", b"a")), ("file", ("b", b"b"))]}, "invalid-input"),
        ({"files": [("name", (None, "x" * 1_100_000)), ("file", ("a", b"a"))]}, "invalid-input"),
        ({"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, "invalid-input"),
    ],
)
async def test_a_form_that_is_none_keeps_nothing(house: House, tmp_path: Path, body: dict[str, Any], code: str) -> None:
    reference = await house.report()
    async with house.client() as client:
        answer = await client.post(f"/haendelser/{reference}/bevis", **{**body, "headers": {**FORM, **body.get("headers", {})}})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (files(tmp_path), house.store.head()) == ([], 1)


async def test_whoever_may_not_see_the_incident_is_told_that_there_is_none(house: House) -> None:
    reference = await house.report()
    async with house.client() as client:
        await keep(client, reference)
    await house.parts.desk.committer.submit(lambda uow: uow.append(ORGANISATION, [registered("vand", prefix="VA")], expected=0))
    token = await house.grant("u-vand", "vand")
    head = house.store.head()
    async with house.visitor(Authorization=f"Bearer {token}") as client:
        for path in ("evidence", "evidence/2/file"):
            assert (await client.get(f"/api/v1/incidents/{reference}/{path}")).status_code == 404
        assert (await keep(client, reference)).status_code == 404
    assert house.store.head() == head


async def test_with_access_of_ones_own_nobody_fetches_in_anothers_name(house: House) -> None:
    reference = await house.report()
    async with house.client() as client:
        await keep(client, reference)
    token = await house.grant("u-1", "laerkeborg")
    async with house.visitor(Authorization=f"Bearer {token}") as client:
        refused = await client.get(f"/api/v1/incidents/{reference}/evidence/2/file?actor=u-2")
        assert (refused.status_code, refused.json()["code"]) == (409, "other-actor")
        await client.get(f"/api/v1/incidents/{reference}/evidence/2/file")
        assert [one["actor"] for one in (await listed(client, reference))[0]["custody"]] == ["u-1"]
