"""The catalogue of a small municipality, told on the command line as people would."""

from tests.adapters.cli.conftest import Said, Sporlog

CARE, RECORD, SERVER = "Hjemmepleje og medicin", "Omsorgsjournal", "srv-omsorg-01"
SUPPLIER, MAILBOX, PLAN, WORK = "Nordlys Omsorg A/S", "Systemejer, omsorg", "Nødplan for hjemmepleje", "Medicin gives ved besøg"
WHY = "Kortlægningen i år"
CRITICAL = "Borgere kan få forkert medicin eller ingen"


def does(sporlog: Sporlog, *words: object) -> Said:
    """A command that is taken."""
    said = sporlog(*words)
    assert said.code == 0, said.err
    return said


def drawn(sporlog: Sporlog) -> None:
    """One service with everything that it stands on, and whom to call."""
    for kind, name, more in (
        ("service", CARE, ("--restoration-order", 1, "--tolerable-downtime-minutes", 60, "--owner", "rolle:omsorg")),
        ("process", WORK, ()),
        ("system", RECORD, ("--owner", "rolle:omsorg")),
        ("component", SERVER, ()),
        ("supplier", SUPPLIER, ("--contact", "Ring 00 00 01 00, hele døgnet")),
        ("mailbox", MAILBOX, ("--contact", "Ring 00 00 00 21")),
        ("plan", PLAN, ("--owner", "rolle:omsorg")),
    ):
        does(sporlog, "catalogue", "register", kind, name, *more)
    for one, tie, other in (
        (CARE, "depends_on", WORK),
        (WORK, "depends_on", RECORD),
        (CARE, "depends_on", RECORD),
        (RECORD, "depends_on", SERVER),
        (RECORD, "supplied_by", SUPPLIER),
        (RECORD, "reached_at", MAILBOX),
        (PLAN, "covers", CARE),
    ):
        does(sporlog, "catalogue", "tie", one, tie, other)


def classed(sporlog: Sporlog) -> None:
    """Somebody proposes that it is critical to society, somebody else approves."""
    does(
        sporlog,
        *("catalogue", "propose-class", CARE, "society_critical", "--reason", CRITICAL, "--actor", "rolle:omsorg"),
    )
    does(sporlog, "catalogue", "approve-class", CARE, "--actor", "rolle:ledelse")
