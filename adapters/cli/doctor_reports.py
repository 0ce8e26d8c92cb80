"""The doctor's look at the management reports that are sent by themselves: whether the last one went to everybody."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say, show_time

if TYPE_CHECKING:
    from adapters.main import Office

_START = say(
    "den sendes, når Sporlog kører; gør det det, så se i loggen, hvorfor ikke; eller: sporlog report send",
    "it is sent when Sporlog runs; if it does, see in the log why not; or: sporlog report send",
)
_MEND = say(
    "ret mailserveren (SPORLOG_MAIL_URL) eller adressen; det prøves igen af sig selv, mens Sporlog kører",
    "mend the mail server (SPORLOG_MAIL_URL) or the address; a running Sporlog tries again by itself",
)


def check_reports(opened: "Office") -> Iterator[Finding]:
    """Who gets them, the last one sent, and what has not gone out. None is only a remark."""
    from domain.management.schedule import due_at
    from handlers.report_sending import sendings_of
    from handlers.report_watch import owed

    settings, now = opened.settings.reports, datetime.now(UTC)
    if not settings.recipients:
        yield good("reports", say("sendes ikke (SPORLOG_REPORT_TO)", "are not sent (SPORLOG_REPORT_TO)"))
        return
    late = owed(settings.every, settings.recipients, opened.store, now)
    for one in late:
        name, when = ", ".join(filter(None, (one.period.name, one.administration))), show_time(due_at(one.period))
        yield warning("reports", say(f"{name} skulle være sendt {when}", f"{name} should have been sent {when}"), _START)
    failing = list(_failing(opened, now))
    yield from failing
    if not late and not failing:
        last = next(iter(sendings_of(opened.store)), None)
        told = say("ingen sendt endnu", "none sent yet")
        if last is not None:
            told = f"{last.period}: {show_time(last.mails[-1].at)}"
        addresses = dict.fromkeys(address for named in settings.recipients.values() for address in named)
        yield good("reports", f"{', '.join(addresses)}; {told}")


def _failing(opened: "Office", now: datetime) -> Iterator[Finding]:
    from adapters import main
    from handlers.report_sending import PREFIX

    if opened.settings.database is None and not (opened.settings.data / "messages.db").exists():
        return
    with closing(main.open_outbox(opened.settings)) as outbox:
        waiting = outbox.unsent(now + timedelta(seconds=1))
    for channel, count, told in waiting:
        if channel.startswith(PREFIX) and told is not None:
            who = channel.removeprefix(PREFIX)
            yield warning("reports", say(f"{who}: {count} ikke sendt: {told}", f"{who}: {count} not sent: {told}"), _MEND)
