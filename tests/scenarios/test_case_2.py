"""KL's case 2, Copenhagen: the list of critical systems is at hand without power and network, and an extract for helpers."""

import csv
import json
import re
from pathlib import Path

from tests.adapters.cli.conftest import Sporlog
from tests.scenarios.catalogue import CARE, RECORD, classed, does, drawn
from tests.support.papers import text_of

SECRET = "Anna Andersen ringede"


def test_the_list_of_critical_systems_is_usable_offline_and_an_extract_tells_helpers_no_secret(
    sporlog: Sporlog, tmp_path: Path
) -> None:
    drawn(sporlog)
    classed(sporlog)
    # Another service, which is restored after it although it was registered with the lower number in the alphabet.
    does(sporlog, "catalogue", "register", "service", "Affald og genbrug", "--restoration-order", 9)
    proposing = ("propose-class", "Affald og genbrug", "society_critical", "--reason", "Rotter", "--actor", "rolle:teknik")
    does(sporlog, "catalogue", *proposing)
    does(sporlog, "catalogue", "approve-class", "Affald og genbrug", "--actor", "rolle:ledelse")
    ref = sporlog.report(SECRET, services=CARE)

    made = does(sporlog, "pack", "--to", str(tmp_path / "noeddrev"), "--json").json
    pack = Path(made["folder"])
    with (pack / "csv" / "ydelser.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    listed = [next(cell for cell in row if cell in {CARE, "Affald og genbrug"}) for row in rows[1:]]
    assert listed == [CARE, "Affald og genbrug"], "in the order in which they are restored"

    # A page that loads nothing from anywhere: it opens from the drive on a machine without a network.
    page = (pack / "index.html").read_text(encoding="utf-8")
    assert RECORD in page
    assert ref in page
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page) == []

    # What helpers from outside get says which services and systems, and neither whom to call at home nor what was told.
    extract = text_of((pack / "udtraek-til-beredskab.pdf").read_bytes())
    assert CARE in extract
    assert SECRET not in extract
    assert "00 00 00 21" not in extract

    # Each file is what was signed; one that is exchanged is named.
    does(sporlog, "pack", "verify", str(pack))
    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) >= {"csv/ydelser.csv", "index.html", "noedpakke.pdf", "udtraek-til-beredskab.pdf"}
    (pack / "csv" / "ydelser.csv").chmod(0o600)
    (pack / "csv" / "ydelser.csv").write_text("forfalsket", encoding="utf-8")
    exchanged = sporlog("pack", "verify", str(pack))
    assert (exchanged.code, "ydelser.csv" in exchanged.out + exchanged.err) == (1, True)
