"""The doctor's look at the anchors: whether checkpoints get out of the house, and when one last did."""

from collections.abc import Iterator
from datetime import UTC, datetime

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say, show_time
from adapters.settings import Settings


def check_anchors(settings: Settings) -> Iterator[Finding]:
    """Each with its newest anchor. None is only a remark. Raises `SettingError` for certificates that cannot be used."""
    from adapters import main

    anchors = main.make_anchors(settings)
    if not anchors:
        names = "SPORLOG_TSA_URL, SPORLOG_ANCHOR_MAIL"
        yield good("anchors", say(f"ingen uden for huset ({names})", f"none outside the house ({names})"))
    for anchor in anchors:
        last = anchor.last()
        if last is None:
            yield good("anchors", say(f"{anchor.name}: ingen endnu", f"{anchor.name}: none yet"))
            continue
        told = say(
            f"{anchor.name}: begivenhed 1–{last.size}, {show_time(last.at)}",
            f"{anchor.name}: events 1–{last.size}, {show_time(last.at)}",
        )
        # Twice as long as it should be: once may be a night without power.
        if datetime.now(UTC) - last.at > 2 * settings.anchors.every:
            advice = say(
                "se i loggen, hvorfor der ikke er kommet flere; er der ikke sket noget, er alt i orden",
                "see in the log why no more came; if nothing has happened since, all is well",
            )
            yield warning("anchors", told, advice)
        else:
            yield good("anchors", told)
