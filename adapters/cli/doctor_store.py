"""The doctor's look at the store, its keyring and the read models."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from adapters.cli.doctor_ledger import check_ledger
from adapters.cli.doctor_lists import check_emergency_lists
from adapters.cli.doctor_reports import check_reports
from adapters.cli.doctor_sources import check_sources
from adapters.cli.findings import Finding, error, good, warning
from adapters.cli.language import say, show_time
from adapters.settings import Settings
from domain.errors import SporlogError

if TYPE_CHECKING:
    from adapters.main import Office

LOOKED_AT = 100
"""Newest events that are opened with their keys."""
SKEW = timedelta(minutes=5)


def check_store(settings: Settings) -> Iterator[Finding]:
    """Open the store if there is one, and look inside."""
    if settings.database is None and not (settings.data / "events.db").exists():
        yield good("store", say("ingen log endnu; den laves ved første brug", "no log yet; it is made at first use"))
        return
    from adapters import main

    try:
        with main.open_office(settings) as opened:
            yield from _look_inside(opened)
    except SporlogError as fault:
        yield error(
            "store", str(fault), say("ret det, som står her; ellers indlæs en sikkerhedskopi", "mend that, or restore a backup")
        )


def _look_inside(opened: "Office") -> Iterator[Finding]:
    store, settings = opened.store, opened.settings
    version = store.database.read("SELECT version FROM schema_version")[0][0]
    where = "PostgreSQL" if settings.database else str(settings.data / "events.db")
    yield good(
        "store", say(f"{where}: {store.head()} hændelser, skema {version}", f"{where}: {store.head()} events, schema {version}")
    )
    yield _durability(opened, postgres=settings.database is not None)
    yield _keyring(opened)
    yield _clock(opened)
    yield from _read_models(opened)
    yield from check_ledger(opened)
    yield from check_sources(opened)
    yield from check_emergency_lists(opened)
    yield from check_reports(opened)


def _durability(opened: "Office", *, postgres: bool) -> Finding:
    # Asked of the connection that writes, where the promise is kept or broken.
    with opened.store.database.write() as cursor:
        cursor.execute("SHOW synchronous_commit" if postgres else "PRAGMA synchronous")
        value = str(cursor.fetchall()[0][0])
    if value == ("on" if postgres else "2"):
        return good("durability", "synchronous_commit=on" if postgres else "synchronous=FULL")
    return error(
        "durability",
        f"synchronous: {value}",
        say("det kvitterede kan gå tabt; meld det som en fejl", "accepted events may be lost; report it"),
    )


def _keyring(opened: "Office") -> Finding:
    try:
        sealed = _newest_sealed(opened)
    except SporlogError as fault:
        return error(
            "keyring", str(fault), say("indlæs nøgleringen fra dens sikkerhedskopi", "restore the keyring from its backup")
        )
    return good("keyring", say(f"de seneste {sealed} fortrolige tekster åbnes", f"the newest {sealed} sealed texts open"))


def _newest_sealed(opened: "Office") -> int:
    """How many texts could be opened, from the end of the log back to where there is one: a flood of alerts has none."""
    for end in range(opened.store.head(), 0, -LOOKED_AT):
        newest = opened.store.read(max(0, end - LOOKED_AT), min(end, LOOKED_AT), opened=True)
        if sealed := sum(recorded.event.sealed is not None for recorded in newest):
            return sealed
    return 0


def _clock(opened: "Office") -> Finding:
    now, newest = datetime.now(UTC), opened.store.read(max(0, opened.store.head() - 1), 1)
    if newest and newest[0].recorded_at > now + SKEW:
        return warning(
            "clock",
            say(
                f"loggen er nået til {show_time(newest[0].recorded_at)}",
                f"the log has reached {show_time(newest[0].recorded_at)}",
            ),
            say("uret er stillet tilbage: stil det rigtigt (NTP)", "the clock was set back: set it right (NTP)"),
        )
    return good("clock", show_time(now))


def _read_models(opened: "Office") -> Iterator[Finding]:
    from adapters import main

    head = opened.store.head()
    with main.open_projectors(opened.settings, opened.store) as projectors:
        behind = {name: head - projector.position() for name, projector in projectors.items()}
    late = ", ".join(f"{name} -{count}" for name, count in behind.items() if count > 0)
    if late:
        yield warning(
            "read-models",
            say(f"bag loggen: {late}", f"behind the log: {late}"),
            say(
                "de indhentes, når Sporlog kører; bliver det ved: sporlog rebuild",
                "they catch up while Sporlog runs; else: sporlog rebuild",
            ),
        )
    else:
        yield good("read-models", say(f"{', '.join(behind)} er på plads {head}", f"{', '.join(behind)} are at position {head}"))
