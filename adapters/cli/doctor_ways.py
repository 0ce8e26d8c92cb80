"""The doctor's look at the ways in that are configured."""

from collections.abc import Iterator
from contextlib import closing

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say, show_time
from adapters.settings import Settings
from handlers.ways_in import WayState


def check_ways(settings: Settings) -> Iterator[Finding]:
    """Each with its last message and its last error. None is only a remark: HTTP and NATS are always there."""
    from adapters import main

    ways = main.make_ways(settings)
    if not ways:
        names = "SPORLOG_SYSLOG, SPORLOG_IMAP, SPORLOG_GRAPH"
        yield good("ways", say(f"kun HTTP og NATS; andre er ikke sat op ({names})", f"HTTP and NATS only; no others ({names})"))
        return
    states = dict[str, WayState]()
    if settings.database is not None or (settings.data / "ways.db").exists():
        with closing(main.open_ways_memory(settings)) as memory:
            states = memory.states()
    for way in ways:
        yield _finding(f"{way.name} ({way.source})", states.get(way.name))


def _finding(name: str, state: WayState | None) -> Finding:
    if state is None:
        return good("ways", say(f"{name}: har ikke kørt endnu", f"{name}: has not run yet"))
    told = say("ingen besked endnu", "no message yet")
    if state.last_message_at:
        told = say(f"sidste besked {show_time(state.last_message_at)}", f"last message {show_time(state.last_message_at)}")
    if state.last_error and state.error_at:
        at = show_time(state.error_at)
        told += say(f"; sidste fejl {at}: {state.last_error}", f"; last error {at}: {state.last_error}")
    if state.dropped:
        told += say(f"; {state.dropped} beskeder er gået tabt", f"; {state.dropped} messages were lost")
    if state.kernel_dropped:
        told += say(
            f"; {state.kernel_dropped} datagrammer tabte styresystemet, før de blev læst (net.core.rmem_default)",
            f"; {state.kernel_dropped} datagrams were dropped by the kernel before they were read (net.core.rmem_default)",
        )
    if state.is_failing:
        advice = say("ret det; vejen prøves igen af sig selv", "mend that; the way is tried again by itself")
        return warning("ways", f"{name}: {told}", advice)
    return good("ways", f"{name}: {told}")
