"""KL's case 4, Aarhus: a plan refers to the services it is for, a class has its reason, and the board approves the list."""

import hashlib
from pathlib import Path

from tests.adapters.cli.conftest import Sporlog
from tests.scenarios.catalogue import CARE, CRITICAL, PLAN, classed, does, drawn

TEXT = b"# Noedplan\n\n1. Hent noedlisten.\n"


def test_a_plan_names_its_services_a_class_its_reason_and_the_board_approves_the_list(sporlog: Sporlog, tmp_path: Path) -> None:
    drawn(sporlog)

    # The plan is a file with its day and its hash, and says sharply for which service it is.
    file = tmp_path / "noedplan.md"
    file.write_bytes(TEXT)
    does(sporlog, "catalogue", "plan", "attach", PLAN, str(file), "--dated", "2026-03-02", "--reason", "Revideret for NIS2")
    plan = does(sporlog, "catalogue", "show", PLAN, "--json").json
    assert (plan["sha256"], plan["dated"]) == (hashlib.sha256(TEXT).hexdigest(), "2026-03-02")
    assert [(one["tie"], one["to"]["name"]) for one in plan["ties"]] == [("covers", CARE)]
    fetched = tmp_path / "hentet.md"
    does(sporlog, "catalogue", "plan", "fetch", PLAN, "--out", str(fetched))
    assert fetched.read_bytes() == TEXT

    # A class without a reason is refused, and whoever proposed it does not approve it.
    without = sporlog("catalogue", "propose-class", CARE, "society_critical", "--actor", "rolle:omsorg")
    assert (without.code, "reason" in without.err) == (2, True)
    proposed = ("propose-class", CARE, "society_critical", "--reason", CRITICAL, "--actor", "rolle:omsorg")
    does(sporlog, "catalogue", *proposed)
    alone = sporlog("catalogue", "approve-class", CARE, "--actor", "rolle:omsorg")
    assert (alone.code, "en anden skal godkende" in alone.err) == (1, True)
    does(sporlog, "catalogue", "approve-class", CARE, "--actor", "rolle:ledelse")
    service = does(sporlog, "catalogue", "show", CARE, "--json").json
    assert service["service_class"] == "society_critical"
    told = does(sporlog, "catalogue", "history", CARE).out
    assert CRITICAL in told, "supervision asks why"


def test_the_board_approves_the_list_that_it_read_and_no_other(sporlog: Sporlog) -> None:
    drawn(sporlog)
    classed(sporlog)
    before = does(sporlog, "catalogue", "critical", "--json").json
    approving = ("--list-sha256", before["list_sha256"], "--on", "2026-11-24", "--case", "D-2026-1104", "--yes")
    does(sporlog, "catalogue", "register", "service", "Nødkald", "--restoration-order", 1)
    does(sporlog, *("catalogue", "propose-class", "Nødkald", "society_critical", "--reason", "Liv", "--actor", "rolle:omsorg"))
    does(sporlog, "catalogue", "approve-class", "Nødkald", "--actor", "rolle:ledelse")
    other = sporlog("catalogue", "approve", *approving)
    assert (other.code, "ændret, siden du læste den" in other.err) == (1, True)
    now = does(sporlog, "catalogue", "critical", "--json").json
    does(sporlog, *("catalogue", "approve", "--list-sha256", now["list_sha256"], "--on", "2026-11-24", "--yes"))
    assert [one["name"] for one in now["services"]] == [CARE, "Nødkald"]
