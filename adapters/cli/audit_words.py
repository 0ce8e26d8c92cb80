"""What a verification found, as sentences."""

from collections.abc import Iterator

from adapters.cli.language import say, show_time
from handlers.audit import Report, Seen
from handlers.audit_findings import Difference, Kind

KINDS: dict[Kind, tuple[str, str]] = {
    Kind.CHANGED: ("er ændret", "was changed"),
    Kind.MISSING: ("mangler", "is missing"),
    Kind.INSERTED: ("er sat ind bagefter", "was put in afterwards"),
    Kind.MOVED: ("står et andet sted", "stands elsewhere"),
    Kind.CUT: ("og alt efter den er skåret af", "and all behind it was cut off"),
    Kind.REWRITTEN: ("siger noget andet end det, der blev underskrevet", "says something else than what was signed"),
    Kind.UNSIGNED: ("er ikke underskrevet med loggens nøgle", "is not signed with the log's key"),
    Kind.TIME: ("har et tidspunkt, der ikke kan passe", "has a time that cannot be"),
}
WAYS = {"time stamp": ("tidsstempel", "time stamp"), "mail": ("mail", "mail"), "given": ("medbragt fil", "file given")}


def events(first: int, last: int) -> str:
    """Which ones: `begivenhed 5`, `begivenhed 5–9`."""
    span = f"{first}–{last}" if first < last else f"{last}"
    return say(f"begivenhed {span}", f"events {span}" if first < last else f"event {span}")


def told(difference: Difference) -> str:
    """One sentence: what, where, and what is and was there."""
    of_event = difference.where == "events" and difference.position is not None
    if of_event:
        subject = say(f"begivenhed {difference.position}", f"event {difference.position}")
    else:
        subject = f"{difference.where} {difference.key}".strip()
    if difference.column is not None:
        subject += f", {difference.column},"
    sentence = f"{subject} {say(*KINDS[difference.kind])}"
    if not of_event and difference.position is not None:
        place = difference.position
        sentence += say(f", fra begivenhed {place} eller senere", f", from event {place} on or later")
    shown = (difference.expected, say("var", "was")), (difference.actual, say("er nu", "is now"))
    values = ", ".join(f"{word} {value}" for value, word in shown if value is not None)
    return f"{sentence}: {values}" if values else sentence


def told_anchor(seen: Seen) -> str:
    """One line: which events somebody outside holds, since when."""
    by = f", {seen.by}" if seen.by else ""
    since = f", {show_time(seen.at)}" if seen.at else ""
    return f"{events(1, seen.size)}: {say(*WAYS[seen.way])}{since}{by} ({seen.where})"


def as_entered(report: Report, skipped: int) -> str:
    """How many of the events behind the first `skipped` the ledger holds as they are in the log."""
    count, signed = max(0, min(report.events, report.ledger) - skipped), report.checkpoints
    danish = "begivenhed er, som den blev ført ind" if count == 1 else "begivenheder er, som de blev ført ind"
    english = "event is as it was entered" if count == 1 else "events are as they were entered"
    return f"{count} {say(danish, english)} ({signed} checkpoint{'' if signed == 1 else 's'})."


def not_shown(report: Report, head: int) -> Iterator[str]:
    """What this verification cannot show, and what to do about it."""
    outside = report.anchored
    if outside is None:
        yield say(
            "Intet er forankret uden for huset: den, der har både database og nøgle, kan have skrevet alt om. Sæt"
            " SPORLOG_TSA_URL eller SPORLOG_ANCHOR_MAIL, eller giv en modtaget mail med --anchor.",
            "Nothing is anchored outside the house: whoever has database and key may have rewritten all of it. Set"
            " SPORLOG_TSA_URL or SPORLOG_ANCHOR_MAIL, or give a mail that was received with --anchor.",
        )
    elif outside.size < head:
        since = show_time(outside.at) if outside.at else f"{outside.where}"
        yield say(
            f"Ikke forankret siden {since}: {events(outside.size + 1, head)} kan den, der har både database og nøgle, have"
            " ændret eller skåret af.",
            f"Not anchored since {since}: {events(outside.size + 1, head)} may have been changed or cut off by whoever has"
            " database and key.",
        )
    if report.ledger < head:
        late = "is" if report.ledger + 1 == head else "are"
        yield say(
            f"{events(report.ledger + 1, head).capitalize()} er ikke ført ind i regnskabet endnu.",
            f"{events(report.ledger + 1, head).capitalize()} {late} not entered in the ledger yet.",
        )
    if report.unverified:
        many = len(report.unverified)
        yield say(
            f"{many} tidsstemp{'el' if many == 1 else 'ler'} er ikke undersøgt: sæt SPORLOG_TSA_CHAIN.",
            f"{many} time stamp{' was' if many == 1 else 's were'} not verified: set SPORLOG_TSA_CHAIN.",
        )
