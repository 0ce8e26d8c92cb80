"""What a reminder says to people, in Danish: what is owed until when, what the law asks, where to go. Nothing confidential."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid4

from adapters.value_labels import VALUES
from domain import reminders
from domain.incident.state import Status
from domain.time import show_da, show_span_da
from handlers.outbox import Reminder

TEST = "test"
"""The rung of a message that only tries out a channel."""


class Letter(NamedTuple):
    """A title of one line, and paragraphs with a blank line between them."""

    title: str
    text: str


def letter_of(reminder: Reminder, public_url: str | None) -> Letter:
    """The words of a message; with a link to the incident's page when the base address is known."""
    if reminder.rung == TEST:
        return Letter("Sporlog: en prøve", "Dette er en prøve: påmindelser om frister kommer ad denne vej. Du skal intet gøre.")
    stamp = " ".join(word for word, holds in (("DEMO", reminder.demo), ("ØVELSE", reminder.exercise)) if holds)
    title = f"{reminder.reference}: {_headline(reminder)}"
    category = VALUES["Nis2Category"][reminder.nis2_category].da if reminder.nis2_category else "ikke vurderet"
    paragraphs = (
        stamp and f"{stamp}: det er ikke en virkelig hændelse.",
        _lead(reminder),
        reminder.explanation,
        f"{reminder.paragraph}.",
        f"Status: {VALUES['Status'][reminder.status].da}. Kategori: {category}.",
        link_to(reminder.reference, public_url) or "",
        f"Sådan så loggen ud {show_da(reminder.noted_at)}. Sendt af Sporlog.",
    )
    return Letter(f"{stamp} {title}".strip(), "\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def trial(now: datetime) -> Reminder:
    """A message that tells of no incident."""
    return Reminder(
        id=uuid4().hex,
        incident_id=UUID(int=0),
        reference="PRØVE",
        kind=TEST,
        rung=TEST,
        due_at=now,
        noted_at=now,
        name="Prøve",
        explanation="",
        paragraph="",
        status=Status.REPORTED,
        nis2_category=None,
    )


def link_to(reference: str, public_url: str | None) -> str | None:
    """The incident's page; None when nobody said where Sporlog is reached."""
    return f"{public_url.rstrip('/')}/haendelser/{quote(reference)}" if public_url else None


def _headline(reminder: Reminder) -> str:
    due = show_da(reminder.due_at)
    match reminder.rung:
        case reminders.MISSED:
            return f"{reminder.name}: fristen {due} er overskredet"
        case reminders.LIMIT:
            return f"{reminder.name}: den interne frist {due} er nået"
        case _:
            return f"{reminder.name} senest {due}"


def _lead(reminder: Reminder) -> str:
    due, missing = show_da(reminder.due_at), f"{reminder.name} er endnu ikke registreret i Sporlog."
    if reminder.rung == reminders.MISSED:
        return (
            f"{missing} Fristen {due} er overskredet, og pligten gælder stadig: gør det hurtigst muligt, og skriv, hvorfor det "
            "kom for sent. Er det gjort, så registrér det med det rigtige tidspunkt."
        )
    if reminder.rung == reminders.LIMIT:
        return f"{missing} Den interne frist {due} er nået. {_whom_to_call(reminder)} Sporlog eskalerer ikke af sig selv."
    if reminder.noted_at > reminder.due_at:
        return f"{missing} Fristen {due} var overskredet, da Sporlog kom i gang igen: påmindelsen kommer for sent."
    return f"{missing} Der er {show_span_da(reminder.due_at - reminder.noted_at)} til fristen {due}."


def _whom_to_call(reminder: Reminder) -> str:
    holder, *deputies = reminder.decision_makers or ("",)
    named = f" ({holder})" if holder else ""
    then = f" ({', så '.join(deputies)})" if deputies else ""
    return f"Eskalér til Ledelsesbeslutningstageren{named}; kan vedkommende ikke nås, så til stedfortræderen{then}."
