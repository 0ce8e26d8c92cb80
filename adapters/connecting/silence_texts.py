"""What the message about a silent source says to people, Danish first, English second: which, since when, what to check."""

from collections.abc import Iterator
from datetime import timedelta

from adapters.words.wording import Language, Words
from domain.time import show_da, show_en, show_span_da, show_span_en
from handlers.outbox import Silence

TITLE = "Kilden {source} er tavs siden {since}"
DEMO = Words("DEMO: det er ikke en virkelig kilde.", "DEMO: this is no real source.")
HEARD = Words(
    "Kilden {source} ({format}) er tavs: der er intet hørt siden {since}.",
    "The source {source} ({format}) is silent: nothing was heard since {since}.",
)
NEVER_HEARD = Words(
    "Kilden {source} ({format}) er tavs: der er intet hørt, siden den blev tilføjet {since}.",
    "The source {source} ({format}) is silent: nothing was heard since it was added, {since}.",
)
RHYTHM = Words(
    "Forventet rytme: højst {span} mellem to beskeder, prøver medregnet.",
    "Expected rhythm: at most {span} between two messages, tests included.",
)
EFFECT = Words(
    "Så længe den er tavs, ser Sporlog ingen af dens alarmer.",
    "While it is silent, Sporlog sees none of its alarms.",
)
CHECK = Words(
    "Undersøg: Kører værktøjet? Når det Sporlog (netværk, token, certifikat)? Send en prøve fra værktøjet, og se dets log. "
    "Kildens opsætning: sporlog source show {source}. Sporlogs egen tilstand: sporlog doctor. Har Sporlog selv været stoppet, "
    "så vent først på kildens næste besked.",
    "Check: Is the tool running? Does it reach Sporlog (network, token, certificate)? Send a test from the tool, and look at "
    "its log. The source's settings: sporlog source show {source}. Sporlog's own state: sporlog doctor. If Sporlog itself was "
    "stopped, wait for the source's next message first.",
)
END = Words(
    "Når kilden taler igen, kommer der ingen besked: siden viser det. Sådan så loggen ud {noted}. Sendt af Sporlog.",
    "No message comes when the source speaks again: the page shows it. The log as of {noted}. Sent by Sporlog.",
)


def words_of(silence: Silence, link: str | None) -> tuple[str, tuple[str, ...]]:
    """A Danish title of one line, the paragraphs in Danish, and once more in English."""
    title = TITLE.format(source=silence.source, since=show_da(silence.since))
    paragraphs = (*_paragraphs(silence, "da"), link or "", "In English:", *_paragraphs(silence, "en"))
    return f"DEMO {title}" if silence.demo else title, paragraphs


def _paragraphs(silence: Silence, language: Language) -> Iterator[str]:
    show, show_span = (show_da, show_span_da) if language == "da" else (show_en, show_span_en)
    minutes = silence.expected_minutes
    values = {
        "source": silence.source,
        "format": silence.format,
        "since": show(silence.since),
        "span": show_span(timedelta(minutes=minutes)) if minutes else "",
        "noted": show(silence.noted_at),
    }
    for words, holds in (
        (DEMO, silence.demo),
        (HEARD if silence.ever_heard else NEVER_HEARD, True),
        (RHYTHM, minutes is not None),
        (EFFECT, True),
        (CHECK, True),
        (END, True),
    ):
        if holds:
            yield words.to(language).format(**values)
