"""What is in a bundle, on both databases."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from adapters.bundle.contents import StoreDiffersError
from adapters.bundle.verify import verify
from adapters.event_store.application import EventStore
from domain.catalogue.kinds import Kind
from domain.errors import NotFoundError
from domain.intake.events import INTAKE, SecretSet
from domain.organisation.events import ORGANISATION
from domain.signals import Severity, Signal, SignalStatus
from handlers.evidence_store import EvidenceMissingError
from handlers.exporting import NothingToExportError, Wanted
from handlers.unit_of_work import UnitOfWork
from tests.support import incidents as tell
from tests.support.bundles import (
    a_log,
    a_log_with_a_catalogue,
    anchored,
    anchors_of,
    bundle_of,
    desk_of,
    evidence_of,
    files_of,
    flipped,
    secured,
    signed_tree,
)
from tests.support.catalogues import CARE, MAILBOX, PLAN, SERVER, SUPPLIER, SYSTEM, WHY, ident
from tests.support.logs import attached, incident_id, record
from tests.support.papers import text_of
from tests.support.time_stamping import Authority

ONE = Wanted("H-2026-0042")


def events_in(files: dict[str, bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in files["events.ndjson"].splitlines()]


def positions_in(files: dict[str, bytes]) -> list[object]:
    return [event["position"] for event in events_in(files)]


@pytest.fixture
def logged(store: EventStore) -> EventStore:
    a_log(store)
    return store


def kept(store: EventStore, raw: bytes) -> str:
    """A payload in the store, on which the second incident's next event depends; its hash."""
    digest = sha256(raw).hexdigest()
    signal = Signal(
        "wazuh", "9", "Brute force", "ssh", Severity.HIGH, SignalStatus.FIRING, tell.at(1), (), "intrusion", (), digest, raw
    )

    def work(uow: UnitOfWork) -> None:
        uow.store_payloads([signal])

    store.commit([work])
    event = attached(1)
    named = event.model_copy(update={"signals": (event.signals[0].model_copy(update={"payload_sha256": digest}),)})
    record(store, [(incident_id(2), named)])
    return digest


def test_the_events_are_the_stored_bytes(logged: EventStore) -> None:
    stored = {row.position: row for row in logged.rows(0, 100)}
    found = events_in(files_of(bundle_of(logged, ONE)))
    assert len(found) == 5
    for event in found:
        row = stored[int(str(event["position"]))]
        assert str(event["state"]).encode() == row.state
        assert (event["aggregate_id"], event["version"], event["topic"], event["recorded_at_us"]) == (
            str(row.aggregate_id),
            row.version,
            row.topic,
            row.recorded_at_us,
        )


def test_the_same_log_and_checkpoint_give_the_same_bytes_whatever_was_logged_since(logged: EventStore) -> None:
    tree = signed_tree(logged)
    first = bundle_of(logged, ONE, tree=tree)
    record(logged, [(incident_id(1), tell.closed())])
    assert bundle_of(logged, ONE, tree=tree) == first
    assert bundle_of(logged, ONE) != first


def test_of_another_incident_and_of_what_it_does_not_refer_to_nothing_is_along(logged: EventStore) -> None:
    files = files_of(bundle_of(logged, ONE, with_keys=True))
    assert positions_in(files) == [1, 4, 6, 8, 10]
    everything = b"".join(content for name, content in files.items() if name not in {"verify.py", "index.html"})
    assert b"H-2026-0043" not in everything
    assert b"u-1" not in everything


def test_of_the_catalogue_only_what_the_incident_refers_to_is_along_and_no_contact_is_opened(
    store: EventStore, tmp_path: Path
) -> None:
    a_log_with_a_catalogue(store)
    files = files_of(made := bundle_of(store, Wanted("H-2026-0044"), with_keys=True))
    along = [event for event in events_in(files) if str(event["topic"]).startswith("catalogue.")]
    wanted = {ident(Kind.COMPONENT, SERVER), ident(Kind.SYSTEM, SYSTEM), ident(Kind.SERVICE, CARE)}
    assert {event["aggregate_id"] for event in along} == {str(one) for one in wanted}
    everything = b"".join(content for name, content in files.items() if name not in {"verify.py", "index.html"})
    for left_out in (
        "Lønsystem",
        SUPPLIER,
        MAILBOX,
        PLAN,
        str(ident(Kind.SERVICE, "Løn")),
        "Hemmeligt nummer",
        "Ring til vagten",
    ):
        assert left_out.encode() not in everything, left_out
    opened = {one["position"]: one for one in map(orjson.loads, files["opened.ndjson"].splitlines())}
    reasons = [opened[e["position"]]["fields"] for e in along if str(e["topic"]).startswith("catalogue.class-proposed")]
    assert reasons == [{"reason": WHY}]
    contacts = [opened[e["position"]] for e in along if "described" in str(e["topic"])]
    assert [(one["fields"], one["withheld"]) for one in contacts] == [(None, True)]
    (tmp_path / "b.zip").write_bytes(made)
    assert verify(tmp_path / "b.zip").wrong == []
    # Another incident names nothing of it, and all of the log is all of it, contacts too.
    assert not [e for e in events_in(files_of(bundle_of(store, ONE))) if str(e["topic"]).startswith("catalogue.")]
    assert "Hemmeligt nummer" in files_of(bundle_of(store, Wanted()))["opened.ndjson"].decode()


def test_texts_stand_apart_from_the_sealed_bytes(logged: EventStore) -> None:
    files = files_of(bundle_of(logged, ONE))
    assert b"Sagssystemet" not in files["events.ndjson"]
    opened = [orjson.loads(line) for line in files["opened.ndjson"].splitlines()]
    assert opened == [
        {"position": 4, "fields": {"title": "Sagssystemet svarer ikke"}},
        {"position": 10, "fields": {"summary": "Genetableret"}},
    ]


def test_an_erased_text_is_told_as_erased_and_verifies(logged: EventStore, tmp_path: Path) -> None:
    logged.keyring.destroy(f"incident:{incident_id(1).hex}")
    (tmp_path / "b.zip").write_bytes(made := bundle_of(logged, ONE, with_keys=True))
    files = files_of(made)
    assert files["opened.ndjson"].startswith(b'{"fields":null,"position":4}\n')
    assert files["text-keys.ndjson"] == b""
    assert "Teksten er slettet" in files["timelines/H-2026-0042.da.html"].decode()
    report = verify(tmp_path / "b.zip")
    assert report.wrong == []
    assert "2 not opened" in report.good[-1][2]


def test_payloads_are_along_byte_for_byte_and_erased_ones_are_named(logged: EventStore, tmp_path: Path) -> None:
    digest = kept(logged, raw := b'{"rule": "5712"}\x00\xff')
    files = files_of(made := bundle_of(logged, Wanted("H-2026-0043")))
    assert files[f"payloads/{digest}"] == raw
    assert json.loads(files["manifest.json"])["erased"] == {"payloads": ["00" * 32], "evidence": []}
    (tmp_path / "b.zip").write_bytes(made)
    assert verify(tmp_path / "b.zip").wrong == []
    assert "Brute force" in files["timelines/H-2026-0043.en.html"].decode()


def test_evidence_is_along_byte_for_byte_and_what_is_damaged_or_lost_ends_the_export(logged: EventStore) -> None:
    digest = secured(logged, incident_id(1), content := b"an image of a disk" * 20_000)
    assert files_of(bundle_of(logged, ONE))[f"evidence/{digest}"] == content
    assert not [name for name in files_of(bundle_of(logged, Wanted("H-2026-0043"))) if name.startswith("evidence/")]
    evidence_of(logged).delete(incident_id(1), digest)
    with pytest.raises(EvidenceMissingError):
        bundle_of(logged, ONE)


def test_the_newest_anchor_that_the_tree_begins_with_is_along_as_it_is(
    logged: EventStore, authority: Authority, tmp_path: Path
) -> None:
    kept = anchors_of(logged)
    for size in (3, 7, 10):
        anchored(logged, authority, size)
    kept.keep(9, "checkpoint", signed_tree(logged, 9).note)
    for size, newest in ((10, 10), (9, 7), (8, 7), (7, 7), (6, 3)):
        (tmp_path / "b.zip").write_bytes(made := bundle_of(logged, ONE, tree=signed_tree(logged, size)))
        files = files_of(made)
        found = {name: content for name, content in files.items() if name.startswith("anchors/")}
        proof = {} if size == newest else {f"anchors/{newest}.consistency": found[f"anchors/{newest}.consistency"]}
        assert found == proof | {f"anchors/{newest}.{k}": kept.get(newest, k) for k in ("checkpoint", "tsr", "eml")}
        assert f"Andre har fået anchors/{newest}.checkpoint" in files["LAESMIG.txt"].decode()
        assert f"Others have anchors/{newest}.checkpoint" in files["README.txt"].decode()
        report = verify(tmp_path / "b.zip")
        assert report.wrong == []
        assert (f"anchors/{newest}.checkpoint", f"up to position {newest} the log is the one others got") in [
            (where, en) for where, _, en in report.good
        ]
        assert [where for where, _, _ in report.noted] == [f"anchors/{newest}.tsr", f"anchors/{newest}.eml"]
        assert f"openssl ts -verify -data anchors/{newest}.checkpoint" in report.noted[0][2]


def test_without_an_anchor_it_is_said_that_nothing_outside_vouches_for_the_log(logged: EventStore, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(made := bundle_of(logged, ONE))
    files = files_of(made)
    assert not [name for name in files if name.startswith("anchors/")]
    assert "Intet uden for kommunen står inde for loggen endnu" in files["LAESMIG.txt"].decode()
    assert "Nothing outside the municipality vouches for the log yet" in files["README.txt"].decode()
    report = verify(tmp_path / "b.zip")
    assert (report.wrong, report.unchecked) == ([], [])
    assert report.noted == [
        (
            "anchors",
            "intet uden for kommunen står inde for loggen endnu",
            "nothing outside the municipality vouches for it yet",
        )
    ]


def _of_another_log(logged: EventStore) -> None:
    note = signed_tree(logged, 7).note
    anchors_of(logged).keep(7, "checkpoint", note.replace(note.splitlines()[2], signed_tree(logged, 6).note.splitlines()[2]))


@pytest.mark.parametrize(
    ("before", "named"),
    [(_of_another_log, "anchors/7.consistency"), (lambda _: None, "anchors/7.checkpoint")],
    ids=["an anchor of another log", "an anchor that lost its checkpoint"],
)
def test_what_others_got_of_another_log_ends_the_export(
    logged: EventStore, authority: Authority, before: Callable[[EventStore], None], named: str
) -> None:
    before(logged)
    anchors_of(logged).keep(7, "tsr", authority.over(sha256(b"").digest(), 1))
    with pytest.raises(StoreDiffersError, match=f"{named} .*look with `sporlog audit verify`"):
        bundle_of(logged, ONE)


def test_a_period_holds_whole_every_incident_on_which_something_was_recorded(store: EventStore, tmp_path: Path) -> None:
    now = [int(datetime(2026, 7, 1, tzinfo=UTC).timestamp() * 1_000_000)]
    store.recorder._now_us = store._now_us = lambda: now[0]
    one, two, three = (incident_id(n) for n in (1, 2, 3))
    record(store, [(one, tell.reported()), (two, tell.reported(reference="H-2026-0043"))])
    now[0] += int(timedelta(days=40) / timedelta(microseconds=1))
    record(store, [(one, tell.assessed()), (three, tell.reported(reference="H-2026-0044"))])
    now[0] += int(timedelta(days=60) / timedelta(microseconds=1))
    record(store, [(two, tell.mitigated())])
    period = Wanted(None, datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
    files = files_of(made := bundle_of(store, period))
    assert positions_in(files) == [1, 3, 4]
    assert json.loads(files["manifest.json"])["wanted"] == {
        "of": "period",
        "since": "2026-08-01T00:00:00Z",
        "before": "2026-09-01T00:00:00Z",
    }
    (tmp_path / "b.zip").write_bytes(made)
    assert verify(tmp_path / "b.zip").wrong == []
    with pytest.raises(NothingToExportError):
        bundle_of(store, Wanted(None, datetime(2025, 8, 1, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)))


def test_all_is_all_and_a_sources_secret_is_not_opened_even_then(logged: EventStore, tmp_path: Path) -> None:
    record(logged, [(INTAKE, SecretSet(meta=tell.meta(), source="wazuh", secret="meget-hemmeligt"))])
    (tmp_path / "b.zip").write_bytes(made := bundle_of(logged, Wanted(), with_keys=True))
    files = files_of(made)
    assert positions_in(files) == list(range(1, 12))
    assert b"hidden" not in files["proof.txt"]
    assert b"meget-hemmeligt" not in made
    assert files["opened.ndjson"].endswith(b'{"fields":null,"position":11,"withheld":true}\n')
    assert b'"position":11' not in files["text-keys.ndjson"]
    assert verify(tmp_path / "b.zip").wrong == []
    assert {name for name in files if name.endswith(".pdf")} == {
        f"timelines/H-2026-00{number}.{language}.pdf" for number in (42, 43) for language in ("da", "en")
    }


@pytest.mark.parametrize("changed", ["state", "topic", "recorded_at_us"])
def test_a_store_that_was_changed_gives_no_bundle(logged: EventStore, changed: str) -> None:
    tree = signed_tree(logged)
    with logged.database.write("events") as cursor:
        cursor.execute(f"SELECT {changed} FROM events WHERE position = 8")  # noqa: S608 - our own columns
        ((value,),) = cursor.fetchall()
        forged = flipped(bytes(value), -9) if changed == "state" else value + 1 if changed == "recorded_at_us" else f"{value}1"
        if changed == "topic":
            forged = "incident.mitigated.1"
        cursor.execute(f"UPDATE events SET {changed} = ? WHERE position = 8", (forged,))  # noqa: S608 - the same
    with pytest.raises(StoreDiffersError, match="look with `sporlog audit verify`"):
        bundle_of(logged, ONE, tree=tree)


def test_what_is_not_there_or_may_not_be_seen_is_not_told_apart(logged: EventStore) -> None:
    with pytest.raises(NotFoundError):
        bundle_of(logged, Wanted("H-2026-0404"))
    record(logged, [(uuid4(), tell.reported(reference="H-2026-0045"))])
    assert desk_of(logged).find("H-2026-0042") == incident_id(1)


def test_what_was_logged_after_the_checkpoint_waits_for_the_next_one(logged: EventStore) -> None:
    with pytest.raises(NothingToExportError, match="latest checkpoint, of position 3"):
        bundle_of(logged, ONE, tree=signed_tree(logged, 3))
    assert positions_in(files_of(bundle_of(logged, ONE, tree=signed_tree(logged, 7)))) == [1, 4, 6]


def test_the_timeline_is_archival_accessible_and_in_both_languages(logged: EventStore) -> None:
    files = files_of(bundle_of(logged, ONE))
    for language, title, word in (("da", "Forløb af hændelse", "Genetableret"), ("en", "Course of incident", "Genetableret")):
        pdf = files[f"timelines/H-2026-0042.{language}.pdf"]
        assert f"{title} H-2026-0042" in text_of(pdf)
        assert word in text_of(pdf)
        assert b"<pdfaid:part>2</pdfaid:part>" in pdf
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        html = files[f"timelines/H-2026-0042.{language}.html"].decode()
        assert f'<html lang="{language}">' in html
        assert f"{title} H-2026-0042" in html


def test_the_organisation_of_the_bundle_is_as_it_stood(logged: EventStore) -> None:
    streams = {event["aggregate_id"] for event in events_in(files_of(bundle_of(logged, ONE)))}
    assert streams == {str(incident_id(1)), str(ORGANISATION)}
