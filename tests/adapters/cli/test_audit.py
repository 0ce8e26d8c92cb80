"""`sporlog audit`: a log is signed and an event proved while all else is down, and what is handed out verifies by itself."""

import base64
from pathlib import Path

from adapters.transparency.ed25519 import Ed25519Verifier
from domain.ledger.checkpoint import parse_checkpoint
from domain.ledger.encoding import decode
from domain.ledger.note import parse_note, verified_by
from domain.ledger.proof import parse_proof
from domain.merkle import verify_consistency
from tests.adapters.cli.conftest import Sporlog


def test_an_empty_log_has_nothing_to_sign(sporlog: Sporlog) -> None:
    assert sporlog("audit", "checkpoint").out == "Loggen er tom.\n"
    assert sporlog("audit", "checkpoint", "--json").json is None
    said = sporlog("audit", "prove", "--position", 1)
    assert (said.code, "intet" in said.err.lower() or "nothing is signed yet" in said.err) == (1, True)
    said = sporlog("audit", "export", "--all")
    assert (said.code, "Der er intet at lægge i et bundt" in said.err) == (2, True)


def test_the_checkpoint_is_a_note_that_verifies_by_the_key_that_is_told(sporlog: Sporlog) -> None:
    sporlog.report()
    told = sporlog("audit", "checkpoint", "--json").json
    note = sporlog("audit", "checkpoint").out
    assert note == told["checkpoint"] == (sporlog.data / "checkpoints" / "latest").read_text()
    (key,) = told["keys"]
    assert verified_by(parse_note(note.encode()), [Ed25519Verifier.of(key["vkey"])])
    checkpoint = parse_checkpoint(parse_note(note.encode()).text)
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (
        "sporlog/H",
        told["size"],
        base64.b64decode(told["root"]),
    )
    assert (key["first"], key["last"]) == (0, None)


def test_a_proof_names_the_incidents_event_and_holds(sporlog: Sporlog, tmp_path: Path) -> None:
    first, second = sporlog.report(), sporlog.report("Noget andet")
    assert sporlog("incident", "note", first, "--text", "Set på").code == 0
    newest = parse_proof(sporlog("audit", "prove", first).out.encode())
    assert newest.extra is not None
    assert b"\nincident.note-added.1\n" in newest.extra
    newest.check_entry(newest.extra)
    out = tmp_path / "bevis.tlog-proof"
    assert sporlog("audit", "prove", second, "--version", 1, "--out", out).out == ""
    filed = parse_proof(out.read_bytes())
    assert filed.extra is not None
    assert b"\n1\nincident.reported.1\n" in filed.extra
    filed.check_entry(filed.extra)
    assert sporlog("audit", "prove", "--position", filed.leaf_index + 1).out == out.read_text()


def test_an_earlier_checkpoint_is_the_beginning_of_the_newest(sporlog: Sporlog) -> None:
    sporlog.report()
    earlier = sporlog("audit", "checkpoint", "--json").json
    for number in range(5):
        sporlog.report(f"Nr. {number}")
    told = sporlog("audit", "prove", "--from", earlier["size"]).json
    newest = parse_checkpoint(parse_note(told["checkpoint"].encode()).text)
    assert (told["size1"], told["size2"]) == (earlier["size"], newest.size)
    proof = [decode(each, "hash") for each in told["proof"]]
    verify_consistency(told["size1"], told["size2"], proof, decode(earlier["root"], "root"), newest.root)


def test_what_cannot_be_meant_is_one_line_and_writes_nothing(sporlog: Sporlog, tmp_path: Path) -> None:
    reference = sporlog.report()
    out = tmp_path / "bevis"
    for arguments, code, words in (
        ((), 2, "REF, --position eller --from"),
        ((reference, "--position", 1), 2, "REF, --position eller --from"),
        ((reference, "--version", 99), 2, "ikke 99"),
        (("H-2026-9999",), 1, "H-2026-9999"),
        (("vrøvl",), 2, ""),
        (("--position", 99), 2, "99"),
        (("--from", 99), 2, "99"),
    ):
        said = sporlog("audit", "prove", *arguments, "--out", out)
        assert (said.code, said.err.count("\n")) == (code, 1), (arguments, said)
        assert words in said.err
    assert not out.exists()


def test_a_new_key_is_told_and_needs_a_reason(sporlog: Sporlog) -> None:
    sporlog.report()
    before = sporlog("audit", "checkpoint", "--json").json["keys"][0]["vkey"]
    assert sporlog("audit", "rotate-key").code == 2
    said = sporlog("audit", "rotate-key", "--reason", "Serveren er skiftet")
    after = said.out.splitlines()[-1]
    keys = sporlog("audit", "checkpoint", "--json").json["keys"]
    assert [key["vkey"] for key in keys] == [before, after]
    assert keys[0]["last"] + 1 == keys[1]["first"]
    assert Ed25519Verifier.of(after).key.name == "sporlog/H"


def test_settling_needs_something_to_settle(sporlog: Sporlog) -> None:
    assert sporlog("audit", "settle", "--reason", "Set på").out == "Intet er fundet, der ikke stemmer.\n"


def test_what_the_log_does_not_have_is_refused_by_the_option_that_asked_for_it(sporlog: Sporlog) -> None:
    sporlog.report()
    for option in ("--position", "--from"):
        said = sporlog("audit", "prove", option, 99)
        assert (said.code, said.err) == (2, f"fejl: {option}: loggen har 1 underskrevne, ikke 99\n")
        assert sporlog("audit", "prove", option, 0).code == 2
