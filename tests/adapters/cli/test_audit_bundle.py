import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from adapters.anchors.folder import AnchorFolder
from adapters.anchors.mail import compose
from adapters.bundle.verify import verify
from tests.adapters.cli.conftest import Sporlog
from tests.support.bundles import files_of, flipped
from tests.support.time_stamping import Authority, time_stamping


@pytest.fixture
def folder(sporlog: Sporlog) -> Path:
    return sporlog.data.parent


def test_a_bundle_is_written_recorded_and_verified(sporlog: Sporlog, folder: Path) -> None:
    reference, out = sporlog.report("Sagssystemet svarer ikke"), folder / "tilsyn.zip"
    said = sporlog("audit", "export", reference, "--out", out, "--recipient", "SAMSIK", "--basis", "NIS 2-loven § 21")
    assert said.code == 0, said.err
    assert str(out) in said.out
    assert "sporlog/H+" in said.out
    assert "1 hændelse, 1 begivenhed, position 1" in said.out
    assert "Intet uden for huset står inde for loggen endnu: sæt SPORLOG_TSA_URL eller SPORLOG_ANCHOR_MAIL." in said.out
    checked = sporlog("audit", "verify", out)
    assert checked.code == 0, checked.err
    assert "Intet er ændret" in checked.out
    assert "anchors: intet uden for kommunen står inde for loggen endnu" in checked.out
    opened = [json.loads(line) for line in files_of(out.read_bytes())["opened.ndjson"].splitlines()]
    assert {"fields": {"title": "Sagssystemet svarer ikke"}, "position": 1} in opened


def test_what_was_exported_of_an_incident_is_given_again_to_the_byte_until_more_happens(sporlog: Sporlog, folder: Path) -> None:
    reference = sporlog.report()
    assert sporlog("audit", "export", reference, "--out", folder / "a.zip").code == 0
    assert sporlog("audit", "export", reference, "--out", folder / "b.zip").code == 0
    assert (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    assert sporlog("incident", "note", reference, "--text", "Ringet").code == 0
    assert sporlog("audit", "export", reference, "--out", folder / "c.zip").code == 0
    assert b"Ringet" in files_of((folder / "c.zip").read_bytes())["opened.ndjson"]


def test_a_changed_bundle_is_named_and_ends_with_1(sporlog: Sporlog, folder: Path) -> None:
    reference, out = sporlog.report(), folder / "b.zip"
    assert sporlog("audit", "export", reference, "--out", out).code == 0
    content = files_of(out.read_bytes())["events.ndjson"]
    out.write_bytes(out.read_bytes().replace(content, flipped(content)))
    said = sporlog("audit", "verify", out)
    assert said.code == 1
    assert "fejl: events.ndjson: er ændret" in said.err
    wrong = sporlog("audit", "verify", out, "--json").json["wrong"]
    assert wrong[0]["where"] == "events.ndjson"


def test_what_others_got_of_the_log_is_along(sporlog: Sporlog, folder: Path) -> None:
    reference, out, anchors = sporlog.report(), folder / "b.zip", AnchorFolder(sporlog.data / "anchors")
    note = sporlog("audit", "checkpoint").out.encode()
    anchors.keep(1, "checkpoint", note)
    anchors.keep(1, "eml", compose(1, note, datetime(2026, 11, 21, tzinfo=UTC), sender="log@a.example", mailbox="b@c.example"))
    sporlog("incident", "note", reference, "--text", "Ringet")
    said = sporlog("audit", "export", reference, "--out", out)
    assert "Uden for huset er begivenhed 1 forankret; det er med i bundtet (anchors)." in said.out, said.err
    checked = sporlog("audit", "verify", out)
    assert checked.code == 0, checked.err
    assert "anchors/1.checkpoint: loggen er til og med plads 1 den, andre fik" in checked.out
    assert sporlog("audit", "verify", out, "--json").json["noted"][0]["where"] == "anchors/1.eml"


def test_what_cannot_be_checked_ends_with_2_and_what_is_cut_with_1(sporlog: Sporlog, folder: Path) -> None:
    said = sporlog("audit", "verify", folder / "none.zip")
    assert (said.code, said.err.endswith("none.zip findes ikke\n")) == (2, True)
    (folder / "cut.zip").write_bytes(b"PK\3\4")
    said = sporlog("audit", "verify", folder / "cut.zip")
    assert (said.code, "er filen hel?" in said.err) == (1, True)
    assert "der er ingen sådan dag" in sporlog("audit", "export", "--period", "2026-11-31..2026-12-30").err


def test_a_period_and_all(sporlog: Sporlog, folder: Path) -> None:
    sporlog.report()
    said = sporlog("audit", "export", "--period", "2026-01-01..2099-12-31", "--out", folder / "p.zip", "--json")
    assert said.code == 0, said.err
    assert (said.json["incidents"], said.json["events"]) == (1, 1)
    everything = sporlog("audit", "export", "--all", "--with-keys", "--out", folder / "all.zip", "--json").json
    assert everything["events"] == everything["position"] == 2
    report = verify(folder / "all.zip")
    assert (report.wrong, report.unchecked) == ([], [])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "giv REF, --period eller --all, én af dem"),
        (("H-2026-0001", "--all"), 2, "giv REF, --period eller --all, én af dem"),
        (("H-2026-0404",), 1, "H-2026-0404"),
        (("--period", "i sommer"), 2, "skriv FRA..TIL, som 2026-07-01..2026-09-30"),
        (("--period", "2026-09-30..2026-07-01"), 2, "skriv FRA..TIL"),
        (("--period", "2026-02-30..2026-07-01"), 2, "--period '2026-02-30..2026-07-01'"),
        (("--period", "2020-01-01..2020-01-31"), 2, "nothing of that period"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    sporlog: Sporlog, folder: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    sporlog.report()
    said = sporlog("audit", "export", *arguments, "--out", folder / "x.zip")
    assert said.code == code, said.err
    assert words in said.err
    assert said.err.count("\n") == 1
    assert not (folder / "x.zip").exists()


def test_a_file_that_is_there_stays(sporlog: Sporlog, folder: Path) -> None:
    reference = sporlog.report()
    (folder / "x.zip").write_bytes(b"mine")
    said = sporlog("audit", "export", reference, "--out", folder / "x.zip")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert (folder / "x.zip").read_bytes() == b"mine"


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with time_stamping(tmp_path) as running:
        yield running


def anchored_bundle(sporlog: Sporlog, folder: Path, authority: Authority) -> Path:
    reference, out, anchors = sporlog.report(), folder / "stamped.zip", AnchorFolder(sporlog.data / "anchors")
    note = sporlog("audit", "checkpoint").out.encode()
    anchors.keep(1, "checkpoint", note)
    anchors.keep(1, "tsr", authority.over(sha256(note).digest(), 1))
    assert sporlog("audit", "export", reference, "--out", out).code == 0
    return out


def test_a_bundles_time_stamp_is_held_against_the_authoritys_certificates(
    sporlog: Sporlog, folder: Path, authority: Authority, tmp_path: Path
) -> None:
    out = anchored_bundle(sporlog, folder, authority)
    unasked = sporlog("audit", "verify", out)
    assert "anchors/1.tsr: udstederens underskrift er IKKE kontrolleret her" in unasked.out
    said = sporlog("audit", "verify", out, "--chain", authority.chain)
    assert said.code == 0, said.err
    assert "anchors/1.tsr: stemplet " in said.out
    assert "A time stamping authority" in said.out
    assert "IKKE kontrolleret her: openssl" not in said.out
    other = tmp_path / "other"
    other.mkdir()
    stranger = Authority(other)
    refused = sporlog("audit", "verify", out, "--chain", stranger.chain)
    assert refused.code == 1
    assert "anchors/1.tsr: tidsstemplet holder ikke" in refused.err


def test_the_key_that_was_told_elsewhere_is_asked_for(sporlog: Sporlog, folder: Path, authority: Authority) -> None:
    out = anchored_bundle(sporlog, folder, authority)
    (key,) = files_of(out.read_bytes())["keys.txt"].decode().split()
    said = sporlog("audit", "verify", out, "--key", key)
    assert said.code == 0, said.err
    assert "keys.txt: nøglerne er dem, du har angivet" in said.out
    refused = sporlog("audit", "verify", out, "--key", "sporlog/H+00000000+AAAA")
    assert refused.code == 1
    assert f"keys.txt: nøglen {key} er ikke en af dem, du har angivet" in refused.err


def test_certificates_that_cannot_be_read_are_named(sporlog: Sporlog, folder: Path, authority: Authority) -> None:
    out = anchored_bundle(sporlog, folder, authority)
    said = sporlog("audit", "verify", out, "--chain", folder / "none.pem")
    assert said.code == 2
    assert "none.pem" in said.err
