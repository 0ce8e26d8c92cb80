"""The doctor's look at the channels that messages go out on: of deadlines, and of sources that fell silent."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from adapters.cli.findings import Finding, error, good, warning
from adapters.cli.language import say
from adapters.settings import Settings

SHOWN_FOR = timedelta(days=30)
"""How long an event that no message could be made of is a warning: by then somebody has seen it, or it is over."""


def check_reminders(settings: Settings) -> Iterator[Finding]:
    """Which are set up, what has waited for a day, and what no message could be made of.

    None is only a remark: pages show deadlines and silent sources all the same.
    """
    from adapters import main

    names = [channel.name for channel in main.make_channels(settings)]
    if names:
        yield good("reminders", ", ".join(names))
    else:
        yield good(
            "reminders",
            say(
                "ingen kanal er sat op, så ingen påmindelser sendes (SPORLOG_MAIL_URL, SPORLOG_WEBHOOK_URL)",
                "no channel is set up, so no reminders are sent (SPORLOG_MAIL_URL, SPORLOG_WEBHOOK_URL)",
            ),
        )
    if settings.database is not None or (settings.data / "messages.db").exists():
        yield from _stuck(settings)


def _stuck(settings: Settings) -> Iterator[Finding]:
    from adapters import main
    from handlers.report_sending import PREFIX
    from handlers.sending import STUCK_AFTER

    with closing(main.open_outbox(settings)) as outbox:
        now = datetime.now(UTC)
        # Reports have a check of their own.
        stuck = [one for one in outbox.unsent(now - STUCK_AFTER) if not one.channel.startswith(PREFIX)]
        untold = [one for one in outbox.untold(waiting=False) if one.recorded_at > now - SHOWN_FOR]
    for channel, count, told in stuck:
        yield warning(
            "reminders",
            say(f"{channel}: {count} er ikke sendt i et døgn: {told}", f"{channel}: {count} not sent for 24 hours: {told}"),
            say("ret det; de prøves igen af sig selv", "mend that; they are tried again by themselves"),
        )
    if untold:
        count, last = len(untold), untold[-1]
        yield warning(
            "reminders",
            say(
                f"{count} hændelser i loggen blev der ingen besked af, senest plads {last.position}: {last.reason}",
                f"{count} events of the log made no message, the last one at position {last.position}: {last.reason}",
            ),
            say(
                "se frister og kilder på siden, og meld det som en fejl; sporlog deadletter list viser dem",
                "look at deadlines and sources on the page, and report it; sporlog deadletter list shows them",
            ),
        )


def send_test(settings: Settings) -> Iterator[Finding]:
    """A message that tells of nothing, on each channel."""
    from adapters import main
    from adapters.words.reminder_texts import trial
    from handlers.sending import NotSentError

    for channel in main.make_channels(settings):
        try:
            channel.send(trial(datetime.now(UTC)))
        except NotSentError as fault:
            advice = say("ret indstillingen, eller spørg den anden ende", "mend the setting, or ask the other end")
            yield error("reminders", f"{channel.name}: {fault}", advice)
        else:
            yield good("reminders", say(f"{channel.name}: prøven er sendt", f"{channel.name}: the test was sent"))
