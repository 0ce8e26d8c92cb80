"""The doctor's look at the ledger: whether log and ledger agree, and how far it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from adapters.audit.ledger_words import told
from adapters.cli.findings import Finding, error, good, warning
from adapters.cli.language import say, show_time

if TYPE_CHECKING:
    from adapters.main import Office
    from handlers.ledger_tables import Signed

PATIENCE = timedelta(hours=1)
"""So long may the newest events wait for Sporlog to run before somebody is told."""


def check_ledger(opened: "Office") -> Iterator[Finding]:
    """What was found to differ, else how far it is."""
    from contextlib import closing

    from adapters import main

    head = opened.store.head()
    with closing(main.open_ledger(opened.settings)) as tables:
        size, found, signed = tables.size(), tables.open_differences(), tables.latest_checkpoint()
    for difference in found:
        words = told(difference)
        when = show_time(difference.noted_at)
        yield error(
            "ledger",
            say(f"{words.da} (set {when})", f"{words.en} (noted {when})"),
            say(
                "ændr intet; sammenlign begivenheden med en sikkerhedskopi, og find ud af, hvem der kunne skrive",
                "change nothing; compare the event with a backup, and find out who could write",
            ),
        )
    if found:
        return
    late = opened.store.read(size, 1)
    if late and late[0].recorded_at < datetime.now(UTC) - PATIENCE:
        yield warning(
            "ledger",
            say(f"{head - size} begivenheder bag loggen", f"{head - size} events behind the log"),
            say("det indhentes, når Sporlog kører", "it catches up while Sporlog runs"),
        )
    else:
        yield good("ledger", say(f"er på plads {size}", f"is at position {size}") + _signed(signed))


def _signed(signed: "Signed | None") -> str:
    if signed is None:
        return say("; ikke underskrevet endnu", "; not signed yet")
    when = show_time(signed.signed_at)
    return say(f"; underskrevet til {signed.size}, {when}", f"; signed up to {signed.size}, {when}")
