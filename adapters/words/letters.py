"""What a message says to people, whichever kind it is: a letter for every channel, and the page that it is about."""

from typing import NamedTuple, assert_never
from urllib.parse import quote, urlencode

from adapters.connecting import silence_texts
from adapters.emergency_lists import words as list_words
from adapters.pack import lapse_texts
from adapters.words import reminder_texts
from handlers.outbox import BoardReport, ListAlarm, Message, PackLapse, Reminder, Silence


class Letter(NamedTuple):
    """A title of one line, and paragraphs with a blank line between them."""

    title: str
    text: str


def letter_of(message: Message, public_url: str | None) -> Letter:
    """The words of a message; with a link to its page when the base address is known."""
    link = link_to(message, public_url)
    match message:
        case Silence():
            title, paragraphs = silence_texts.words_of(message, link)
        case ListAlarm():
            title, paragraphs = list_words.words_of(message, link)
        case PackLapse():
            title, paragraphs = lapse_texts.words_of(message, link)
        case BoardReport():
            title, paragraphs = message.title, (message.text, link or "")
        case Reminder():
            title, paragraphs = reminder_texts.words_of(message, link)
        case _:
            assert_never(message)
    return Letter(title, "\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def link_to(message: Message, public_url: str | None) -> str | None:
    """The page that it is about; None when nobody said where Sporlog is reached."""
    match message:
        case Silence():
            page = "alarmer#kilder"
        case ListAlarm():
            page = "noedlister"
        case PackLapse():
            page = "noedpakke"
        case BoardReport():
            which = {"period": message.period, "administration": message.administration, "position": message.report_position}
            page = f"ledelse?{urlencode({name: value for name, value in which.items() if value})}"
        case Reminder():
            page = f"haendelser/{quote(message.reference)}"
        case _:
            assert_never(message)
    return f"{public_url.rstrip('/')}/{page}" if public_url else None
