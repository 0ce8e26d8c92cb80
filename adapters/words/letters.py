"""What a message says to people, whichever kind it is: a letter for every channel, and the page that it is about."""

from typing import NamedTuple
from urllib.parse import quote

from adapters.connecting import silence_texts
from adapters.words import reminder_texts
from handlers.outbox import Message, Silence


class Letter(NamedTuple):
    """A title of one line, and paragraphs with a blank line between them."""

    title: str
    text: str


def letter_of(message: Message, public_url: str | None) -> Letter:
    """The words of a message; with a link to its page when the base address is known."""
    link = link_to(message, public_url)
    if isinstance(message, Silence):
        title, paragraphs = silence_texts.words_of(message, link)
    else:
        title, paragraphs = reminder_texts.words_of(message, link)
    return Letter(title, "\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def link_to(message: Message, public_url: str | None) -> str | None:
    """The incident's page, or the list of sources; None when nobody said where Sporlog is reached."""
    page = "alarmer#kilder" if isinstance(message, Silence) else f"haendelser/{quote(message.reference)}"
    return f"{public_url.rstrip('/')}/{page}" if public_url else None
